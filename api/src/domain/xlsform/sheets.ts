/** The sheets of an XLSForm workbook (ODK, Kobo): their rows, columns, languages and types, as both ways need them. */
import type { Locale } from '../../contracts/common.ts';

export interface XlsSheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/** Cells of one row by their columns. What nobody asked for can be listed afterwards: it would be lost in silence. */
export class Cells {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #read = new Set<string>();
  constructor(texts: Iterable<readonly [column: string, text: string]>) {
    this.#texts = new Map(texts);
  }
  get(column: string): string | undefined {
    this.#read.add(column);
    return this.#texts.get(column);
  }
  has(column: string): boolean {
    return this.#texts.has(column);
  }
  columns(): string[] {
    return [...this.#texts.keys()];
  }
  isRead(column: string): boolean {
    return this.#read.has(column);
  }
  /** Cells that nobody asked for. */
  unread(): [column: string, text: string][] {
    return [...this.#texts].filter(([column]) => !this.#read.has(column));
  }
}
export type Row = { readonly number: number; readonly cells: Cells };
export type Members = Record<string, unknown>;

/** Our own sheet beside those of a form: what of the questionnaire it does not hold. */
export const lossesSheet = 'unsupported';

/** Heading of each language, as `label::Қазақша (kk)`. */
export const headings: Readonly<Record<Locale, string>> = {
  kk: 'Қазақша (kk)',
  ru: 'Русский (ru)',
  en: 'English (en)',
};
const languages: readonly (readonly [Locale, RegExp])[] = [
  ['kk', /\b(kk|kaz|kz)\b|kazakh|қазақ|казах/i],
  ['ru', /\b(ru|rus)\b|russian|русск|орыс/i],
  ['en', /\b(en|eng)\b|english|англ|ағылшын/i],
];
/**
 * The language that a heading names; null when it is none of ours.
 * @example localeOf('Kazakh (kk)') → 'kk', localeOf('French (fr)') → null
 */
export const localeOf = (name: string): Locale | null =>
  languages.find(([, pattern]) => pattern.test(name))?.[0] ?? null;

/** Columns with texts, each possibly once for every language. */
export const textColumns = ['label', 'hint', 'required_message', 'constraint_message'] as const;

const columnsOf: Readonly<Record<string, readonly string[]>> = {
  ['survey']: [
    ...['type', 'name', ...textColumns, 'relevant', 'required', 'constraint', 'calculation'],
    ...['choice_filter', 'default', 'appearance', 'parameters', 'read_only', 'readonly'],
    'repeat_count',
  ],
  choices: ['list_name', 'list name', 'name', 'value', 'label'],
  settings: ['form_title', 'form_id', 'version', 'default_language'],
};
/** Whether a column means something to us. @example isKnownColumn('survey', 'relevant') → true */
export const isKnownColumn = (sheet: string, column: string): boolean =>
  columnsOf[sheet]?.includes(column) ?? false;

/**
 * A sheet by its name, however it is spelt.
 * @example sheetOf([{ name: ' Survey ', … }], 'survey') → that sheet
 */
export const sheetOf = (sheets: readonly XlsSheet[], name: string): XlsSheet | undefined =>
  sheets.find((one) => one.name.trim().toLowerCase() === name);

/** Whether a row can be nothing but the headings of a sheet. */
function areHeadings(sheet: string, cells: readonly string[]): boolean {
  const columns = cells.map((cell) => cell.trim().toLowerCase().split(/::?/)[0]!.trim());
  const known = columns.filter((column) => isKnownColumn(sheet, column));
  const needed = { ['survey']: ['type'], choices: ['list_name', 'list name'] }[sheet] ?? known;
  return (
    known.some((one) => needed.includes(one)) && known.length >= (sheet === 'settings' ? 1 : 2)
  );
}

/**
 * The headings of a sheet, as they are written, where they stand, and the rows above them: a title, a note.
 * Where no row can be told to be the headings, it is the first that is not empty.
 * @example rows [['Household form'], ['type', 'name']] → place 1, above [0]
 */
export function headerOf(sheet: XlsSheet | undefined): {
  readonly place: number;
  readonly cells: readonly string[];
  readonly above: readonly number[];
} {
  const rows = sheet?.rows ?? [];
  const name = sheet?.name.trim().toLowerCase() ?? '';
  const filled = rows.flatMap((cells, place) => (cells.some((cell) => cell.trim()) ? place : []));
  const place = filled.find((one) => areHeadings(name, rows[one]!)) ?? filled[0] ?? 0;
  const above = filled.filter((one) => one < place);
  return { place, cells: (rows[place] ?? []).map((cell) => cell.trim()), above };
}

/**
 * Rows of a sheet by the names of its columns; empty rows are left out. Of columns with one name the first counts.
 * @example rows [['type', 'name'], ['text', 'age'], ['', '']] → one row, type text, name age
 */
export function rowsOf(sheet: XlsSheet | undefined): Row[] {
  const { place: first, cells: written } = headerOf(sheet);
  const header = written.map((cell) => cell.toLowerCase());
  return (sheet?.rows ?? []).slice(first + 1).flatMap((cells, place) => {
    const named = header.flatMap((column, index) => {
      const text = (cells[index] ?? '').trim();
      const isFirst = header.indexOf(column) === index;
      return column === '' || text === '' || !isFirst ? [] : [[column, text] as const];
    });
    const number = first + place + 2;
    return named.length === 0 ? [] : [{ number, cells: new Cells(named) }];
  });
}

/** Types of a form that are questions of a questionnaire with these members. */
export const plainTypes: Readonly<Record<string, Members>> = {
  text: { type: 'text' },
  string: { type: 'text' },
  integer: { type: 'text', inputType: 'number', step: 1 },
  int: { type: 'text', inputType: 'number', step: 1 },
  decimal: { type: 'text', inputType: 'number' },
  date: { type: 'text', inputType: 'date' },
  time: { type: 'text', inputType: 'time' },
  datetime: { type: 'text', inputType: 'datetime-local' },
  note: { type: 'html' },
  acknowledge: { type: 'boolean' },
  trigger: { type: 'boolean' },
  range: { type: 'slider' },
  image: { type: 'file', acceptedTypes: 'image/*' },
  audio: { type: 'file', acceptedTypes: 'audio/*' },
  video: { type: 'file', acceptedTypes: 'video/*' },
  file: { type: 'file' },
};
/** Types of a form that are kept as a text to type in, with a remark. */
export const typesAsText: ReadonlySet<string> = new Set([
  ...['geopoint', 'geotrace', 'geoshape', 'barcode', 'phonenumber'],
]);
/** Questions with choices: their type in a form, plain and with an appearance. */
export const selects: readonly {
  readonly kind: string;
  readonly appearance: string;
  readonly type: string;
}[] = [
  { kind: 'select_one', appearance: '', type: 'radiogroup' },
  { kind: 'select_one', appearance: 'minimal', type: 'dropdown' },
  { kind: 'select_one', appearance: 'likert', type: 'rating' },
  { kind: 'select_multiple', appearance: '', type: 'checkbox' },
  { kind: 'select_multiple', appearance: 'minimal', type: 'tagbox' },
  { kind: 'rank', appearance: '', type: 'ranking' },
];
