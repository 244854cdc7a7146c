import i18next from 'i18next';
import type { FormatterModule, ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { LocalText } from '@akimetr/api/contracts/common';
import { locales } from '@akimetr/api/contracts/locales';
import type { Locale } from '@akimetr/api/contracts/locales';
import { asLocale, chosenLocale, keepLocale } from './locale.ts';
import { numberText } from './numbers.ts';
import type common from './locales/en/common.json';
import type designer from './locales/en/designer.json';
import type faults from './locales/en/faults.json';
import type field from './locales/en/field.json';
import type office from './locales/en/office.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      common: typeof common;
      office: typeof office;
      field: typeof field;
      faults: typeof faults;
      designer: typeof designer;
    };
  }
}

export { locales };
export type { Locale, LocalText };

/** Each language by its own name: whoever looks for it can read it. */
export const localeNames: Record<Locale, string> = {
  kk: 'Қазақша',
  ru: 'Русский',
  en: 'English',
};

/** Fetches the texts of one namespace in one language; a chunk of its own, so that one language is loaded, not three. */
export type NamespaceLoader = (locale: Locale) => Promise<{ default: ResourceKey }>;

const loaders = new Map<string, NamespaceLoader>();

const loadCommon: NamespaceLoader = (locale) => import(`./locales/${locale}/common.json`);

/** Every number in a text is written as the language writes it: 2 335 akims, not 2335. */
const numberFormatter: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown) =>
    typeof value === 'number' ? numberText(value, currentLocale(), 2) : String(value),
};

/**
 * Starts the translations: the chosen language, else Kazakh.
 * @param namespaces namespace → loader; `common` is always there
 */
export async function initI18n(namespaces: Record<string, NamespaceLoader> = {}): Promise<void> {
  loaders.clear();
  for (const [name, load] of Object.entries({ common: loadCommon, ...namespaces })) {
    loaders.set(name, load);
  }
  const locale = chosenLocale() ?? 'kk';
  await i18next
    .use(initReactI18next)
    .use(numberFormatter)
    .init({
      lng: locale,
      fallbackLng: false,
      ns: [...loaders.keys()],
      defaultNS: 'common',
      resources: { [locale]: await textsOf(locale) },
      interpolation: {
        escapeValue: false,
        alwaysFormat: true,
      },
      react: { useSuspense: false },
    });
  document.documentElement.lang = locale;
}

/** Adds the texts of a part that is not always loaded; they follow the language from then on. */
export async function addTexts(namespace: string, load: NamespaceLoader): Promise<void> {
  loaders.set(namespace, load);
  const locale = currentLocale();
  i18next.addResourceBundle(locale, namespace, (await load(locale)).default);
}

/** Changes the language at once and keeps the choice on this device. */
export async function setLocale(locale: Locale): Promise<void> {
  keepLocale(locale);
  await showLocale(locale);
}

/** Follows the account's language, unless a choice was made on this device. */
export async function followAccountLocale(locale: Locale): Promise<void> {
  if (chosenLocale() === null) await showLocale(locale);
}

/** The language now shown. */
export function currentLocale(): Locale {
  return asLocale(i18next.language) ?? 'kk';
}

/** The text in the language now shown. */
export function localText(text: LocalText): string {
  return text[currentLocale()];
}

/** Has the texts of a language at hand beside the one shown: what one person reads may be in another's language. */
export async function loadLocale(locale: Locale): Promise<void> {
  for (const [namespace, texts] of Object.entries(await textsOf(locale))) {
    i18next.addResourceBundle(locale, namespace, texts);
  }
}

async function showLocale(locale: Locale): Promise<void> {
  if (locale === i18next.language) return;
  await loadLocale(locale);
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
}

async function textsOf(locale: Locale): Promise<Record<string, ResourceKey>> {
  const pairs = [...loaders].map(
    async ([name, load]) => [name, (await load(locale)).default] as const,
  );
  return Object.fromEntries(await Promise.all(pairs));
}
