import { currentLocale } from './i18n.ts';
import type { Locale } from './i18n.ts';

/** What stands where there is no figure. */
export const noFigure = '—';

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numbers(locale: Locale, digits: number): Intl.NumberFormat {
  const key = `${locale} ${digits}`;
  const kept = cache.get(key);
  if (kept) return kept as Intl.NumberFormat;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const made = new Intl.NumberFormat(locale, options);
  cache.set(key, made);
  return made;
}

function dates(locale: Locale, kind: 'day' | 'instant'): Intl.DateTimeFormat {
  const key = `${locale} ${kind}`;
  const kept = cache.get(key);
  if (kept) return kept as Intl.DateTimeFormat;
  const options: Intl.DateTimeFormatOptions =
    kind === 'day'
      ? { dateStyle: 'long', timeZone: 'UTC' }
      : { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' };
  const made = new Intl.DateTimeFormat(locale, options);
  cache.set(key, made);
  return made;
}

/** A score or standard error on the 0–100 scale, one decimal: 62,4 (kk, ru) or 62.4 (en). */
export function formatScore(value: number | null, locale = currentLocale()): string {
  return value === null ? noFigure : numbers(locale, 1).format(value);
}

/** A whole number with its thousands apart. */
export function formatCount(value: number | null, locale = currentLocale()): string {
  return value === null ? noFigure : numbers(locale, 0).format(value);
}

/** A number with as many decimals as it is given, at most `digits`. */
export function formatNumber(value: number, digits: number, locale = currentLocale()): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
}

/** A share 0–1 as a percentage with at most one decimal. */
export function formatShare(value: number, locale = currentLocale()): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(
    value,
  );
}

/** 59,1–65,7 */
export function formatInterval(interval: readonly [number, number], locale = currentLocale()) {
  return `${formatScore(interval[0], locale)}–${formatScore(interval[1], locale)}`;
}

/** A score is never shown bare: 62,4 (59,1–65,7). */
export function formatScoreWithInterval(
  score: number,
  interval: readonly [number, number],
  locale = currentLocale(),
): string {
  return `${formatScore(score, locale)} (${formatInterval(interval, locale)})`;
}

/** A rank is never shown bare: 5 (3–9). */
export function formatRank(
  rank: number,
  rankInterval: readonly [number, number],
  locale = currentLocale(),
): string {
  const [best, worst] = rankInterval.map((end) => formatCount(end, locale));
  return `${formatCount(rank, locale)} (${best}–${worst})`;
}

/** A calendar day: 5 қыркүйек 2026 in the language's own order. @param day ISO 8601 without time */
export function formatDay(day: string | null, locale = currentLocale()): string {
  return day === null ? noFigure : dates(locale, 'day').format(new Date(`${day}T00:00:00Z`));
}

/** An instant in the reader's time zone, to the minute. */
export function formatInstant(instant: string | null, locale = currentLocale()): string {
  return instant === null ? noFigure : dates(locale, 'instant').format(new Date(instant));
}

/** A size of a file in kB, or MB from 1 MB on. */
export function formatSize(bytes: number, locale = currentLocale()): string {
  const mega = bytes >= 1e6;
  const unit = { kk: ['кБ', 'МБ'], ru: ['кБ', 'МБ'], en: ['kB', 'MB'] }[locale][mega ? 1 : 0];
  const digits = mega ? 1 : 0;
  return `${formatNumber(bytes / (mega ? 1e6 : 1e3), digits, locale)} ${unit}`;
}
