/** Cells of an XLSForm as names, texts and expressions of a questionnaire; whatever is lost on the way is told. */
import type { UnsupportedCode, UnsupportedPart } from '../../contracts/xlsform.ts';
import type { Locale } from '../../contracts/common.ts';
import { printExpression } from '../expression-print.ts';
import { quoted, unsupported, Untranslatable, type FormPlace } from './messages.ts';
import { fromXPath, type XPathNames } from './read-expression.ts';
import {
  headerOf,
  isKnownColumn,
  localeOf,
  rowsOf,
  sheetOf,
  type Row,
  type XlsSheet,
} from './sheets.ts';

/**
 * A select from the sheet "choices", as `select_one yes_no or_other`; null for any other type.
 * @example 'select_one yes_no or_other' → { kind: 'select_one', list: 'yes_no', other: true }; 'text' → null
 */
export function selectOf(type: string): { kind: string; list: string; other: boolean } | null {
  const [written = '', list = '', ...more] = type
    .trim()
    .replace(/^select\s+(one|multiple)/i, 'select_$1')
    .split(/\s+/);
  const kind = written.toLowerCase();
  return ['select_one', 'select_multiple', 'rank'].includes(kind)
    ? { kind, list, other: more.some((one) => one.toLowerCase() === 'or_other') }
    : null;
}

/** What a spreadsheet shows in place of what a formula cannot give. */
const formulaError = /^#(REF!|N\/A|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/;

export class FormReader {
  readonly told: UnsupportedPart[] = [];
  readonly rows: readonly Row[];
  readonly settings: ReadonlyMap<string, string>;
  readonly choices: ReadonlyMap<string, readonly Row[]>;
  /** Language of the columns without one; null where the form does not say. */
  readonly defaultLocale: Locale | null;
  /** Name in the form → in the questionnaire. */
  readonly names = new Map<string, string>();
  /** Questions answered with lists, and those answered with true or false. */
  readonly lists = new Set<string>();
  readonly booleans = new Set<string>();

  constructor(sheets: readonly XlsSheet[]) {
    this.rows = this.read(sheets, 'survey');
    const lists = new Map<string, Row[]>();
    for (const row of this.read(sheets, 'choices')) {
      const list = row.cells.get('list_name') ?? row.cells.get('list name') ?? '';
      // Cells joined over several rows hold their text in the first of them only.
      if (list === '') {
        const place = { sheet: 'choices', row: row.number, column: 'list_name' };
        this.tell('choice_listless', place);
      } else lists.set(list, [...(lists.get(list) ?? []), row]);
    }
    this.choices = lists;
    this.settings = this.read(sheets, 'settings')[0]?.cells ?? new Map<string, string>();
    this.defaultLocale = localeOf(this.settings.get('default_language') ?? '');
    for (const name of ['survey', 'choices', 'settings']) {
      this.tellColumns(name, headerOf(sheetOf(sheets, name)));
    }
    this.readNames();
  }

  /** Rows of a sheet; what stands above its headings is told, and cells that hold an error and no text. */
  private read(sheets: readonly XlsSheet[], name: string): Row[] {
    const sheet = sheetOf(sheets, name);
    for (const place of headerOf(sheet).above) {
      const text = quoted((sheet?.rows[place] ?? []).filter((cell) => cell.trim()).join(' '));
      this.tell('above_headings', { sheet: name, row: place + 1 }, { text });
    }
    return rowsOf(sheet).map(({ number, cells }) => {
      const own = name === 'survey' ? (cells.get('name') ?? null) : null;
      const sound = [...cells].filter(([column, text]) => {
        const wrong = formulaError.test(text);
        const place = { sheet: name, row: number, column, name: own };
        if (wrong) this.tell('formula_error', place, { text });
        return !wrong;
      });
      return { number, cells: new Map(sound) };
    });
  }

  /** What a row is called; one without a name is called by its number. */
  nameOf({ number, cells }: Row): string {
    const known = this.names.get(cells.get('name') ?? '');
    if (known !== undefined) return known;
    const taken = new Set(this.names.values());
    let name = `row_${number}`;
    while (taken.has(name)) name += '_';
    return name;
  }

  tell(code: UnsupportedCode, place: FormPlace, params: UnsupportedPart['params'] = {}): void {
    this.told.push(unsupported(code, place, params));
  }

  /** Columns that say something a questionnaire has no place for, or in a language it does not have. */
  private tellColumns(sheet: string, header: ReturnType<typeof headerOf>): void {
    for (const column of header.cells.filter(Boolean)) {
      const [base = '', language] = column.toLowerCase().split(/::?/);
      const known = isKnownColumn(sheet, base.trim());
      // Any other column of the choices is there for filters.
      const filter = sheet === 'choices' && language === undefined;
      const place = { sheet, row: header.place + 1, column };
      if (language !== undefined && known && localeOf(language) === null) {
        this.tell('language_left_out', place);
      } else if (!known && !filter) this.tell('column_left_out', place);
    }
  }

  /** Names as ours must be; whatever is renamed is told. */
  private readNames(): void {
    const taken = new Set<string>();
    for (const { number, cells } of this.rows) {
      const given = cells.get('name');
      if (given === undefined || this.names.has(given)) continue;
      const base =
        given
          .toLowerCase()
          .replace(/[^a-z0-9_]+/g, '_')
          .replace(/^[^a-z]+/, '')
          .slice(0, 60) || `q_${number}`;
      let name = base;
      for (let count = 2; taken.has(name); count += 1) name = `${base}_${count}`;
      taken.add(name);
      this.names.set(given, name);
      if (name !== given)
        this.tell('renamed', { row: number, column: 'name', name: given }, { name });
      this.noteAnswers(name, cells.get('type') ?? '');
    }
  }

  private noteAnswers(name: string, type: string): void {
    const select = selectOf(type);
    if (select?.kind === 'select_multiple') this.lists.add(name);
    const isBoolean = select ? this.isYesOrNo(select) : /^(acknowledge|trigger)$/i.test(type);
    if (isBoolean) this.booleans.add(name);
  }

  /** A choice between `true` and `false` is what a questionnaire calls a boolean. */
  isYesOrNo({ kind, list, other }: NonNullable<ReturnType<typeof selectOf>>): boolean {
    const values = (this.choices.get(list) ?? []).map(({ cells }) => cells.get('name'));
    return kind === 'select_one' && !other && values.join() === 'true,false';
  }

  /** A text from its columns `label`, `label::Русский (ru)`. */
  text({ cells }: Row, column: string): string | Record<string, string> | undefined {
    const texts: Record<string, string> = {};
    for (const [name, text] of cells) {
      const [base = '', language] = name.split(/::?/);
      if (base.trim() !== column) continue;
      const locale = language === undefined ? this.defaultLocale : localeOf(language);
      // ${name} inside a text is filled with the answer.
      const filled = text.replace(
        /\$\{\s*([^}]+?)\s*\}/g,
        (_, one: string) => `{${this.names.get(one) ?? one}}`,
      );
      if (locale !== null) texts[locale] = filled;
      else if (language === undefined) texts.default = filled;
    }
    const keys = Object.keys(texts);
    if (keys.length === 0) return undefined;
    return keys.length === 1 && texts.default !== undefined ? texts.default : texts;
  }

  private scope(self: string | null, choice?: Row): XPathNames {
    return {
      self,
      question: (name) => this.names.get(name) ?? null,
      isList: (name) => this.lists.has(name),
      isBoolean: (name) => this.booleans.has(name),
      column: (name) =>
        choice === undefined ? null : (choice.cells.get(name.toLowerCase()) ?? ''),
    };
  }

  /** A translated expression; undefined, and told once, where it cannot be translated. */
  expression(row: Row, column: string, self: string | null, choice?: Row): string | undefined {
    const text = row.cells.get(column);
    if (text === undefined) return undefined;
    try {
      return printExpression(fromXPath(text, this.scope(self, choice)));
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      const known = this.told.some((one) => one.row === row.number && one.column === column);
      const place = { row: row.number, column, name: row.cells.get('name') ?? null };
      if (!known) this.tell(error.code, place, { text: quoted(text), ...error.params });
      return undefined;
    }
  }
}
