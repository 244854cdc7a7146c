import type { Locale } from '@akimetr/api/contracts/common';
import { localeNames, locales } from '../../../lib/i18n.ts';

/** Short names that fit three in a row on a phone; the full name is their description. */
const short: Record<Locale, string> = { kk: 'Қаз', ru: 'Рус', en: 'Eng' };

interface Props {
  label: string;
  chosen: Locale;
  onChoose: (locale: Locale) => void;
}

export function LanguageSegments({ label, chosen, onChoose }: Props) {
  return (
    <div role="group" aria-label={label} className="segments">
      {locales.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          title={localeNames[locale]}
          aria-pressed={locale === chosen}
          onClick={() => onChoose(locale)}
        >
          {short[locale]}
        </button>
      ))}
    </div>
  );
}
