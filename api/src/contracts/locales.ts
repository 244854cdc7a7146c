/** The languages of the product. A file of its own: the tablet's first screen needs them, and nothing of the contracts. */
export const locales = ['kk', 'ru', 'en'] as const;
export type Locale = (typeof locales)[number];
