/** Rows of an XLSForm as they are written: names, texts, expressions and lists of choices; whatever is lost is told. */
import { locale as localeSchema, locales, type Locale } from '../../contracts/common.ts';
import type { UnsupportedCode, UnsupportedPart } from '../../contracts/xlsform.ts';
import { parseExpression } from '../expressions.ts';
import { namesFor, type KnownNames } from './known-names.ts';
import { quoted, unsupported, Untranslatable } from './messages.ts';
import { headings, textColumns, type Members, type XlsSheet } from './sheets.ts';
import { toXPath } from './write-expression.ts';

/** Cells by column; a text in one language is `label@kk`, one without a language `label`. */
export type Cells = Map<string, string>;

/** Members of an element that are still to be written: what nobody takes has no place in a form. */
export class Remaining {
  private readonly left: Map<string, unknown>;
  readonly name: string;
  constructor(members: Members) {
    this.left = new Map(Object.entries(members).filter(([, value]) => value !== undefined));
    this.name = typeof members.name === 'string' ? members.name : '';
  }

  take(property: string): unknown {
    const value = this.left.get(property);
    this.left.delete(property);
    return value;
  }

  /** Gives it a value where it has none. */
  provide(property: string, value: unknown): void {
    if (!this.left.has(property)) this.left.set(property, value);
  }

  /** Takes it only where it is this. @returns whether it was */
  takeIf(property: string, wanted: unknown): boolean {
    const same = this.left.get(property) === wanted;
    if (same) this.left.delete(property);
    return same;
  }

  takeNumber(property: string): number | null {
    const value = this.left.get(property);
    return typeof value === 'number' ? (this.take(property) as number) : null;
  }

  properties = (): string[] => [...this.left.keys()];
}

export class FormWriter {
  readonly told: UnsupportedPart[] = [];
  readonly rows: Cells[] = [];
  readonly choices: Cells[] = [];
  readonly names: KnownNames;
  readonly main: Locale;
  /** Whether any text has a language; else the form has none, and columns without. */
  readonly localised: boolean;
  private readonly lists = new Map<string, { name: string; row: number }>();

  constructor(names: KnownNames, main: Locale, localised: boolean) {
    this.names = names;
    this.main = main;
    this.localised = localised;
  }

  /** Our own words, in as many languages as the form has. */
  words = (texts: Readonly<Record<Locale, string>>): unknown =>
    this.localised ? texts : texts[this.main];

  /** Row of the sheet "survey" that is written next. */
  nextRow = (): number => this.rows.length + 2;

  tell(
    code: UnsupportedCode,
    name: string | null,
    column: string | null,
    params: UnsupportedPart['params'] = {},
    place: { sheet: string; row: number } = { sheet: 'survey', row: this.nextRow() },
  ): void {
    this.told.push(unsupported(code, { ...place, column, name }, params));
  }

  /** What nobody took. */
  tellRemaining(left: Remaining, name: string | null = left.name): void {
    const properties = left.properties();
    if (properties.length === 0) return;
    this.tell('properties_left_out', name, null, { properties: properties.join(', ') });
  }

  /** `{age}` of a text as `${age}`; a name that the form does not hold stays as it is and is told once. */
  private filled(text: string, name: string, column: string): string {
    return text.replace(/\{\s*([A-Za-z_][\w.]*)\s*\}/g, (whole, one: string) => {
      const known = this.names.questions.get(one);
      if (known !== undefined) return `\${${known}}`;
      const row = this.nextRow();
      const isTold = this.told.some(
        (part) => part.code === 'text_name' && part.row === row && part.params.name === one,
      );
      if (!isTold) this.tell('text_name', name, column, { name: one });
      return whole;
    });
  }

  /** A text in its languages. */
  text(cells: Cells, column: string, value: unknown, name: string): void {
    if (typeof value === 'string' || typeof value === 'number') {
      if (value !== '') cells.set(column, this.filled(String(value), name, column));
    } else if (typeof value === 'object' && value !== null) {
      const texts = Object.entries(value).filter(([, text]) => typeof text === 'string' && text);
      for (const [language, text] of texts as [string, string][]) {
        const known = language === 'default' ? this.main : localeSchema.safeParse(language).data;
        const overridden = language === 'default' && texts.some(([one]) => one === this.main);
        if (known !== undefined && !overridden) {
          cells.set(`${column}@${known}`, this.filled(text, name, column));
        } else {
          this.tell('language_left_out', name, `${column}::${language}`);
        }
      }
    }
  }

  /** An expression as XPath; undefined, and told, where it has no counterpart. */
  expression(
    text: unknown,
    { name, column, self = null, within }: ExpressionPlace,
  ): string | undefined {
    if (typeof text !== 'string' || text.trim() === '') return undefined;
    const told = { text: quoted(text) };
    const read = parseExpression(text);
    if ('unreadableAt' in read) {
      const rest = text.slice(read.unreadableAt, read.unreadableAt + 20);
      this.tell('expression_unreadable', name, column, { ...told, rest });
      return undefined;
    }
    try {
      return toXPath(read.expression, namesFor(this.names, self), within);
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      this.tell(error.code, name, column, { ...told, ...error.params });
      return undefined;
    }
  }

  /** A list on the sheet "choices"; the same choices are written once. @returns its name and its first row */
  list(name: string, entries: readonly Cells[]): { name: string; row: number } {
    const key = JSON.stringify(entries.map((cells) => [...cells]));
    const known = this.lists.get(key);
    if (known !== undefined) return known;
    const list = { name, row: this.choices.length + 2 };
    this.lists.set(key, list);
    this.choices.push(...entries.map((cells) => new Map([['list_name', name], ...cells])));
    return list;
  }
}

interface ExpressionPlace {
  readonly name: string;
  readonly column: string;
  /** The question that `.` stands for. */
  readonly self?: string | null;
  readonly within?: number;
}

/**
 * Rows as a sheet. Where any text has a language, texts without one stand in the main language's column.
 * @param columns those without languages and those with, in the order of the sheet
 * @example one row with type text, columns ['type'] → { name, rows: [['type'], ['text']] }
 */
export function sheetOfCells(
  name: string,
  rows: readonly Cells[],
  columns: readonly string[],
  main: Locale | null,
): XlsSheet {
  const settled = main === null ? rows : rows.map((cells) => inMain(cells, main));
  const used = new Set(settled.flatMap((cells) => [...cells.keys()]));
  const shown = columns
    .flatMap((column) => [column, ...locales.map((locale) => `${column}@${locale}`)])
    .filter((column) => used.has(column));
  const others = [...used].filter((column) => !shown.includes(column) && !column.includes('@'));
  const all = [...shown, ...others];
  const heading = (column: string) => {
    const [base = '', locale] = column.split('@');
    return locale === undefined ? base : `${base}::${headings[locale as Locale]}`;
  };
  return {
    name,
    rows: [all.map(heading), ...settled.map((cells) => all.map((one) => cells.get(one) ?? ''))],
  };
}

const translated: ReadonlySet<string> = new Set(textColumns);

const inMain = (cells: Cells, main: Locale): Cells =>
  new Map(
    [...cells].map(([column, text]) => [
      translated.has(column) ? `${column}@${main}` : column,
      text,
    ]),
  );
