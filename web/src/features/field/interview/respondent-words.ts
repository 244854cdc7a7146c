import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLocale, loadLocale } from '../../../lib/i18n.ts';
import type { Locale } from '../../../lib/i18n.ts';

/**
 * What the app says to the respondent, who may speak another language than the interviewer.
 * @returns texts of the field app in the interview's language; in the interviewer's until they are here
 */
export function useRespondentWords(language: Locale) {
  const [loaded, setLoaded] = useState(currentLocale);
  useEffect(() => {
    let left = false;
    void loadLocale(language).then(() => {
      if (!left) setLoaded(language);
    });
    return () => {
      left = true;
    };
  }, [language]);
  const { t } = useTranslation('field', { lng: loaded });
  return { words: t, language: loaded };
}
