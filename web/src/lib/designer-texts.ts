import { addTexts } from './i18n.ts';

/** The designer's texts, for whoever speaks of the parts of a questionnaire; fetched when they are first needed. */
export const loadDesignerTexts = (): Promise<void> =>
  addTexts('designer', (locale) => import(`./locales/${locale}/designer.json`));
