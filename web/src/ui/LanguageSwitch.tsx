import { useTranslation } from 'react-i18next';
import { currentLocale, localeNames, locales, setLocale } from '../lib/i18n.ts';
import styles from './LanguageSwitch.module.css';

/** Қазақша · Русский · English, each in its own language, always in the same order. */
export function LanguageSwitch() {
  const { t } = useTranslation('common');
  const shown = currentLocale();
  return (
    <div role="group" aria-label={t('language')} className={styles.group}>
      {locales.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          className={styles.choice}
          aria-pressed={locale === shown}
          onClick={() => void setLocale(locale)}
        >
          {localeNames[locale]}
        </button>
      ))}
    </div>
  );
}
