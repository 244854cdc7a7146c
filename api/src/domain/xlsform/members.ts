/** Cells of a form as members of a question: yes and no, defaults, what true and false are called. */
import { locales } from '../../contracts/common.ts';
import { defaultWords } from '../default-words.ts';
import type { Members } from './sheets.ts';

/** @example isYes('true()') → true */
export const isYes = (cell: string): boolean => /^(yes|true|true\(\))$/i.test(cell);
/** What says no, nothing at all included. @example isNo('') → true */
export const isNo = (cell: string): boolean => /^(|no|false|false\(\))$/i.test(cell);

/** Members without those that are not there. */
export const given = (members: Members): Members =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/** Labels of "true" and "false", but for those that say no more than yes and no. */
export function labelsOf([yes, no]: readonly Members[]): Members {
  const isPlain = (text: unknown, key: 'true' | 'false') =>
    typeof text === 'object' && text !== null
      ? Object.entries(text).every(
          ([locale, one]) => (defaultWords[key] as Members)[locale] === one,
        )
      : text === undefined || locales.some((locale) => defaultWords[key][locale] === text);
  return given({
    labelTrue: isPlain(yes?.text, 'true') ? undefined : yes?.text,
    labelFalse: isPlain(no?.text, 'false') ? undefined : no?.text,
  });
}

/** A default as the answer to a question of this type; undefined where it can be none. */
export function defaultAs(kind: string, text: string): unknown {
  switch (kind) {
    case 'select_multiple':
    case 'rank':
      return text.split(/\s+/);
    case 'integer':
    case 'int':
    case 'decimal':
    case 'range':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
    case 'acknowledge':
    case 'trigger':
      return isYes(text) || (/^(no|false)$/i.test(text) ? false : undefined);
    default:
      return text;
  }
}
