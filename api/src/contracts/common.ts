import { z } from 'zod';
import { locales } from './locales.ts';

export { locales };
export type { Locale } from './locales.ts';
export const locale = z.enum(locales);

/** A text in the three languages of the interface. */
export const localText = z.object({
  kk: z.string().min(1).max(500),
  ru: z.string().min(1).max(500),
  en: z.string().min(1).max(500),
});
export type LocalText = z.infer<typeof localText>;

export const levels = ['region', 'district', 'rural'] as const;
/** The three levels of office; only akims of one level are ranked together. */
export const level = z.enum(levels);
export type Level = z.infer<typeof level>;

/** Nine-digit code of a territory in the official classifier. */
export const kato = z.string().regex(/^\d{9}$/, 'nine digits of the KATO classifier');
/** A calendar day, ISO 8601, without a time zone. */
export const day = z.iso.date();
/** An instant in UTC, ISO 8601. */
export const instant = z.iso.datetime();
export const uuid = z.uuid();
/** SHA-256 in hexadecimal. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 in hexadecimal');
/** Code of a questionnaire, methodology or wave, as it stands in addresses. */
export const code = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'lower-case letters, digits and hyphens');

export const page = z.object({
  limit: z.coerce.number().int().min(1).max(3000).default(100),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

/** A questionnaire's or methodology's published version. */
export const versionRef = z.object({ code, version: z.number().int().min(1) });
export type VersionRef = z.infer<typeof versionRef>;
