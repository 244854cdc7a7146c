import { currentLocale } from './i18n.ts';
import type { Locale } from './i18n.ts';
import { numberText } from './numbers.ts';

/** What stands where there is no figure. */
export const noFigure = '—';

/** A score or standard error on the 0–100 scale, one decimal: 62,4 (kk, ru) or 62.4 (en). */
export function formatScore(value: number | null, locale = currentLocale()): string {
  return value === null ? noFigure : numberText(value, locale, 1, 1);
}

/** A whole number with its thousands apart. */
export function formatCount(value: number | null, locale = currentLocale()): string {
  return value === null ? noFigure : numberText(value, locale, 0);
}

/** A number with as many decimals as it has, at most `digits`. */
export function formatNumber(value: number, digits: number, locale = currentLocale()): string {
  return numberText(value, locale, digits);
}

/** A share 0–1 as a percentage with at most one decimal: 12,5% (kk), 12,5 % (ru), 12.5% (en). */
export function formatShare(value: number, locale = currentLocale()): string {
  return `${numberText(value * 100, locale, 1)}${locale === 'ru' ? '\u00a0' : ''}%`;
}

/**
 * A chance 0–1 in whole per cent. Of a chance that rounds to 0 or 100 % only the bound is told: no figure of a sample is
 * certain. 86% · <1% · >99% (kk, en), 86 % · <1 % · >99 % (ru)
 */
export function formatChance(chance: number, locale = currentLocale()): string {
  const hundredths = Math.round(chance * 100);
  const sign = hundredths <= 0 ? '<' : hundredths >= 100 ? '>' : '';
  return `${sign}${formatShare(Math.min(Math.max(hundredths, 1), 99) / 100, locale)}`;
}

/** 59,1–65,7 */
export function formatInterval(
  interval: readonly [number, number],
  locale = currentLocale(),
): string {
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

/** A difference of scores with its sign and interval: +3,2 (−0,5…+6,9). */
export function formatChange(
  difference: number,
  interval: readonly [number, number],
  locale = currentLocale(),
): string {
  const signed = (value: number) => {
    const text = formatScore(Math.abs(value), locale);
    return Number(Math.abs(value).toFixed(1)) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`;
  };
  return `${signed(difference)} (${signed(interval[0])}…${signed(interval[1])})`;
}

/** Browsers ship without Kazakh dates, Chromium among them. */
const kazakhMonths = [
  'қаңтар',
  'ақпан',
  'наурыз',
  'сәуір',
  'мамыр',
  'маусым',
  'шілде',
  'тамыз',
  'қыркүйек',
  'қазан',
  'қараша',
  'желтоқсан',
];

function dateText(year: number, month: number, dayOfMonth: number, locale: Locale): string {
  if (locale === 'kk') return `${year} ж. ${dayOfMonth} ${kazakhMonths[month]}`;
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    dateStyle: 'long',
    timeZone: 'UTC',
  });
  return format.format(new Date(Date.UTC(year, month, dayOfMonth)));
}

/** A calendar day, its month in words. @param day ISO 8601 without time */
export function formatDay(day: string | null, locale = currentLocale()): string {
  if (day === null) return noFigure;
  const date = new Date(`${day}T00:00:00Z`);
  return dateText(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), locale);
}

/** An instant in the reader's time zone, to the minute. */
export function formatInstant(instant: string | null, locale = currentLocale()): string {
  if (instant === null) return noFigure;
  const date = new Date(instant);
  const [hours, minutes] = [date.getHours(), date.getMinutes()];
  const time = [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':');
  return `${dateText(date.getFullYear(), date.getMonth(), date.getDate(), locale)}, ${time}`;
}

/** A size of a file in kB, or MB from 1 MB on. */
export function formatSize(bytes: number, locale = currentLocale()): string {
  const mega = bytes >= 1e6;
  const unit = { kk: ['кБ', 'МБ'], ru: ['кБ', 'МБ'], en: ['kB', 'MB'] }[locale][mega ? 1 : 0];
  return `${numberText(bytes / (mega ? 1e6 : 1e3), locale, mega ? 1 : 0)} ${unit}`;
}
