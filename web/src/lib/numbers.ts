import type { Locale } from '@akimetr/api/contracts/common';

const cache = new Map<string, Intl.NumberFormat>();

/**
 * A number as the language writes it. Browsers ship without Kazakh figures (Chromium then writes 62.4 for
 * kk), and Kazakh writes them as Russian does: a comma for decimals, a space between thousands.
 * @param most decimals at most
 * @param least decimals at least
 */
export function numberText(value: number, locale: Locale, most: number, least = 0): string {
  const key = `${locale} ${most} ${least}`;
  const format =
    cache.get(key) ??
    new Intl.NumberFormat(locale === 'kk' ? 'ru' : locale, {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
    });
  cache.set(key, format);
  return format.format(value);
}
