import { locales } from '@akimetr/api/contracts/locales';
import type { Locale } from '@akimetr/api/contracts/locales';

const storageKey = 'akimetr.locale';

export const asLocale = (name: string | null | undefined): Locale | null =>
  locales.find((locale) => locale === name) ?? null;

/** The language chosen on this device; null when none was. */
export const chosenLocale = (): Locale | null => asLocale(storage()?.getItem(storageKey));

export const keepLocale = (locale: Locale): void => storage()?.setItem(storageKey, locale);

/** Null where the browser keeps nothing (site data blocked). */
function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
