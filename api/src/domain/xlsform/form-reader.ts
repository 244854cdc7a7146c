/** Cells of an XLSForm as names, texts and expressions of a questionnaire; whatever is lost on the way is told. */
import type { UnsupportedCode, UnsupportedPart } from '../../contracts/xlsform.ts';
import type { Locale } from '../../contracts/common.ts';
import { printExpression } from '../expression-print.ts';
import { isNo } from './members.ts';
import { quoted, unsupported, Untranslatable, type FormPlace } from './messages.ts';
import { fromXPath, type XPathNames } from './read-expression.ts';
import {
  Cells,
  headerOf,
  isKnownColumn,
  lossesSheet,
  localeOf,
  rowsOf,
  sheetOf,
  textColumns,
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

const formSheets: ReadonlySet<string> = new Set(['survey', 'choices', 'settings']);

/** What a spreadsheet shows in place of what a formula cannot give. */
const formulaError = /^#(REF!|N\/A|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/;

/** Columns in which a no is the same as nothing. */
const answeredNo: ReadonlySet<string> = new Set(['required', 'read_only', 'readonly']);

export class FormReader {
  readonly told: UnsupportedPart[] = [];
  readonly rows: readonly Row[];
  /** The only row of the settings. */
  readonly settings: Row;
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
    const [settings = { number: 1, cells: new Cells([]) }, ...more] = this.read(sheets, 'settings');
    this.settings = settings;
    for (const row of more) this.tellUnread(row, 'settings');
    this.defaultLocale = localeOf(settings.cells.get('default_language') ?? '');
    for (const sheet of sheets) this.tellColumns(sheet);
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
      const sound = cells.columns().flatMap((column) => {
        const text = cells.get(column)!;
        const wrong = formulaError.test(text);
        const place = { sheet: name, row: number, column, name: own };
        if (wrong) this.tell('formula_error', place, { text });
        return wrong ? [] : [[column, text] as const];
      });
      return { number, cells: new Cells(sound) };
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
  private tellColumns(sheet: XlsSheet): void {
    const name = sheet.name.trim().toLowerCase();
    if (!formSheets.has(name)) {
      if (
        name !== lossesSheet &&
        sheet.rows.some((cells) => cells.some((cell) => cell.trim() !== ''))
      ) {
        this.tell('sheet_left_out', { sheet: sheet.name, row: 1 });
      }
      return;
    }
    const header = headerOf(sheet);
    const seen = new Set<string>();
    header.cells.forEach((column, index) => {
      const place = { sheet: name, row: header.place + 1, column };
      if (column === '') return this.tellNameless(sheet, header.place, index);
      const kind = this.kindOf(name, column);
      if (kind !== 'read' && kind !== 'filter') this.tell(kind, place);
      else if (seen.has(this.keyOf(column))) this.tell('column_twice', place);
      seen.add(this.keyOf(column));
    });
  }

  /** Text below no heading. */
  private tellNameless({ name, rows }: XlsSheet, header: number, index: number): void {
    const row = rows.findIndex(
      (cells, place) => place > header && (cells[index] ?? '').trim() !== '',
    );
    if (row < 0) return;
    const place = { sheet: name.trim().toLowerCase(), row: row + 1 };
    this.tell('column_nameless', place, { text: quoted(rows[row]![index]!.trim()) });
  }

  private kindOf(sheet: string, column: string) {
    const [base = '', language] = column.toLowerCase().split(/::?/);
    const known = isKnownColumn(sheet, base.trim());
    if (language !== undefined && known && localeOf(language) === null) return 'language_left_out';
    if (known) return 'read';
    // Any other column of the choices is there for filters.
    return sheet === 'choices' && language === undefined ? 'filter' : 'column_left_out';
  }

  /** What two columns share that say the same: their name, and their language where they have one. */
  private keyOf(column: string): string {
    const [base = '', language] = column.toLowerCase().split(/::?/);
    const isText = [...textColumns, 'form_title'].includes(base.trim());
    const plain = isText ? this.defaultLocale : null;
    return `${base.trim()} ${(language === undefined ? plain : localeOf(language)) ?? ''}`;
  }

  /** Cells that mean something in other rows and nothing in this one. */
  tellUnread({ number, cells }: Row, sheet: string, name: string | null = null): void {
    for (const [column, text] of cells.unread()) {
      const kind = this.kindOf(sheet, column);
      const place = { sheet, row: number, column, name };
      const saysNo = answeredNo.has(column) && isNo(text);
      if (kind === 'read' && !saysNo) this.tell('cell_left_out', place, { text: quoted(text) });
    }
  }

  /** Columns of the choices that no filter asked for. */
  tellUnusedFilters(sheet: XlsSheet | undefined): void {
    const header = headerOf(sheet);
    for (const column of new Set(header.cells)) {
      if (column === '' || this.kindOf('choices', column) !== 'filter') continue;
      const of = [...this.choices.values()].flat().map(({ cells }) => cells);
      const name = column.toLowerCase();
      const isUsed = of.some((cells) => cells.isRead(name)) || !of.some((cells) => cells.has(name));
      const place = { sheet: 'choices', row: header.place + 1, column };
      if (!isUsed) this.tell('column_left_out', place);
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
    for (const name of cells.columns()) {
      const [base = '', language] = name.split(/::?/);
      if (base.trim() !== column) continue;
      const text = cells.get(name)!;
      const locale = language === undefined ? this.defaultLocale : localeOf(language);
      if (locale !== null && texts[locale] !== undefined) continue; // the column is told
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
