/** Lists of choices, rows and columns: each entry a plain value, or an object with a value and texts. */
import { isPlain, listOf, type Plain } from './document.ts';
import { setText } from './commands.ts';
import { cellsOf } from './spreadsheet.ts';

export type Scalar = string | number | boolean;

export const isScalar = (value: unknown): value is Scalar =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** The value of an entry; '' where it has none. */
export function valueOf(entry: unknown): Scalar {
  const value = isPlain(entry) ? entry.value : entry;
  return isScalar(value) ? value : '';
}

export const textsOf = (entry: unknown): unknown => (isPlain(entry) ? entry.text : undefined);

/** As it is kept: an entry of which nothing but the value is said is the value itself. */
const lean = (entry: Plain): unknown =>
  Object.keys(entry).length === 1 && isScalar(entry.value) ? entry.value : entry;

/** What was typed as a value: a number where the one before was a number, or where all others of the list are. */
export function typedValue(typed: string, list: readonly unknown[], place: number): Scalar {
  const others = list.filter((_, other) => other !== place).map(valueOf);
  const numbers =
    typeof valueOf(list[place]) === 'number' ||
    (others.length > 0 && others.every((value) => typeof value === 'number'));
  return numbers && typed.trim() !== '' && Number.isFinite(Number(typed)) ? Number(typed) : typed;
}

export function withValue(entry: unknown, value: Scalar): unknown {
  return isPlain(entry) ? { ...entry, value } : value;
}

export function withText(entry: unknown, language: string, text: string, main: string): unknown {
  const whole: Plain = isPlain(entry) ? entry : { value: entry };
  return lean(setText(whole, ['text'], language, text, main));
}

/**
 * The question after a value of its choices, or a row, got another name: its scoring and its missing values follow.
 * @param list the property that holds the list: choices, columns, rateValues; rows for the rows of a matrix
 */
export function withRenamedValue(question: Plain, list: string, from: Scalar, to: Scalar): Plain {
  const { scoring, missingValues } = question;
  const renamed: Record<string, unknown> = { ...question };
  if (isPlain(scoring)) renamed.scoring = renamedInRule(scoring, list, String(from), to);
  if (isPlain(missingValues) && list !== 'rows') {
    renamed.missingValues = Object.fromEntries(
      Object.entries(missingValues).map(([kind, values]) => [
        kind,
        listOf(values).map((value) => (String(value) === String(from) ? to : value)),
      ]),
    );
  }
  return renamed;
}

function renamedInRule(rule: Plain, list: string, from: string, to: Scalar): Plain {
  const swap = (value: unknown) => (String(value) === from ? String(to) : value);
  if (list === 'rows') {
    return Array.isArray(rule.reversedRows)
      ? { ...rule, reversedRows: rule.reversedRows.map(swap) }
      : rule;
  }
  return {
    ...rule,
    ...(isPlain(rule.scores) && {
      scores: Object.fromEntries(
        Object.entries(rule.scores).map(([value, score]) => [swap(value), score]),
      ),
    }),
    ...(Array.isArray(rule.of) && { of: rule.of.map(swap) }),
    ...(rule.choice !== undefined && { choice: swap(rule.choice) }),
  };
}

/** Rows pasted from a spreadsheet: value, then the texts in Kazakh, Russian and English; empty cells say nothing, a missing value is made. */
export function fromSpreadsheet(pasted: string): unknown[] {
  const rows = cellsOf(pasted);
  const [first] = rows;
  const headed = first !== undefined && /^(value|код|мәні|значение|code)$/i.test(first[0] ?? '');
  const numeric = rows
    .slice(headed ? 1 : 0)
    .every(([value]) => value !== undefined && /^-?\d+(\.\d+)?$/.test(value));
  return rows.slice(headed ? 1 : 0).map(([code = '', ...texts], place) => {
    const value = code === '' ? `option_${place + 1}` : code;
    const written = ['kk', 'ru', 'en'].flatMap((language, place) =>
      texts[place] ? [[language, texts[place]] as const] : [],
    );
    const kept = numeric ? Number(value) : value;
    return written.length > 0 ? { value: kept, text: Object.fromEntries(written) } : kept;
  });
}

/** As a new question has them: a numbered code and no text. */
const isUntouched = (entry: unknown) =>
  typeof entry === 'string' && /^(option|row|column)_\d+$/.test(entry);

/** The list with pasted entries in the place of those with the same value, and the new ones at the end; what a new question began with is replaced. */
export function merged(list: readonly unknown[], pasted: readonly unknown[]): unknown[] {
  if (list.every(isUntouched)) return [...pasted];
  const byValue = new Map(pasted.map((entry) => [String(valueOf(entry)), entry]));
  const kept = list.map((entry) => {
    const key = String(valueOf(entry));
    const found = byValue.get(key);
    byValue.delete(key);
    if (found === undefined) return entry;
    return isPlain(entry) && isPlain(found) ? { ...entry, ...found } : found;
  });
  return [...kept, ...byValue.values()];
}

/** A value that the list does not have yet. */
export function newValue(list: readonly unknown[], stem: string): Scalar {
  const values = list.map(valueOf);
  if (values.length > 0 && values.every((value) => typeof value === 'number')) {
    return Math.max(...values) + 1;
  }
  const taken = new Set(values.map(String));
  let number = values.length + 1;
  while (taken.has(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}
