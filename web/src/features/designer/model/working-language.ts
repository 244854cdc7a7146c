import { createContext, useContext } from 'react';
import type { Locale } from '@akimetr/api/contracts/common';

/** The language in which texts of the questionnaire are shown where there is room for one. */
export const LanguageContext = createContext<Locale>('kk');
export const useLanguage = (): Locale => useContext(LanguageContext);
