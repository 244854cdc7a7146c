/** An XLSForm (ODK, Kobo: sheets survey, choices, settings) as a questionnaire; what it cannot hold is listed with its row. */
import type { Locale } from '../contracts/common.ts';
import type { UnsupportedPart } from '../contracts/questionnaires.ts';
import { printExpression } from './expressions.ts';
import { fromXPath, Untranslatable, type XPathNames } from './xlsform-expressions.ts';

export interface XlsSheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}
type Row = { readonly number: number; readonly cells: ReadonlyMap<string, string> };
type Members = Record<string, unknown>;

const languages: readonly (readonly [Locale, RegExp])[] = [
  ['kk', /\b(kk|kaz|kz)\b|kazakh|қазақ|казах/i],
  ['ru', /\b(ru|rus)\b|russian|русск|орыс/i],
  ['en', /\b(en|eng)\b|english|англ|ағылшын/i],
];
const localeOf = (name: string): Locale | null =>
  languages.find(([, pattern]) => pattern.test(name))?.[0] ?? null;

const knownColumns = new Set([
  ...[
    'type',
    'name',
    'label',
    'hint',
    'relevant',
    'required',
    'constraint',
    'constraint_message',
    'required_message',
  ],
  ...[
    'calculation',
    'choice_filter',
    'default',
    'appearance',
    'parameters',
    'read_only',
    'readonly',
    'list_name',
    'list name',
  ],
  ...['repeat_count', 'value'],
]);

/** Rows of a sheet by the names of its columns; empty rows are left out. */
function rowsOf(sheet: XlsSheet | undefined): Row[] {
  const header = (sheet?.rows[0] ?? []).map((cell) => cell.trim().toLowerCase());
  return (sheet?.rows ?? []).slice(1).flatMap((cells, place) => {
    const named = header.flatMap((column, index) => {
      const text = (cells[index] ?? '').trim();
      return column === '' || text === '' ? [] : [[column, text] as const];
    });
    return named.length === 0 ? [] : [{ number: place + 2, cells: new Map(named) }];
  });
}

const plainTypes: Readonly<Record<string, Members>> = {
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
/** Kept as a text to type in, with a remark. */
const asText = new Set(['geopoint', 'geotrace', 'geoshape', 'barcode', 'phonenumber']);
const selects: Readonly<Record<string, string>> = {
  select_one: 'radiogroup',
  select_multiple: 'checkbox',
  rank: 'ranking',
};

class Importer {
  readonly unsupported: UnsupportedPart[] = [];
  readonly names = new Map<string, string>();
  readonly lists = new Set<string>();
  readonly calculated: Members[] = [];
  readonly rows: readonly Row[];
  readonly choices: ReadonlyMap<string, readonly Row[]>;
  readonly defaultLocale: Locale | null;

  constructor(sheets: readonly XlsSheet[]) {
    const sheet = (name: string) => sheets.find((one) => one.name.trim().toLowerCase() === name);
    this.rows = rowsOf(sheet('survey'));
    const lists = new Map<string, Row[]>();
    for (const row of rowsOf(sheet('choices'))) {
      const list = row.cells.get('list_name') ?? row.cells.get('list name') ?? '';
      lists.set(list, [...(lists.get(list) ?? []), row]);
    }
    this.choices = lists;
    const [settings] = rowsOf(sheet('settings'));
    this.defaultLocale = localeOf(settings?.cells.get('default_language') ?? '');
    for (const name of ['survey', 'choices']) this.reportColumns(name, sheet(name)?.rows[0] ?? []);
  }

  report(
    row: number,
    column: string | null,
    name: string | null,
    message: string,
    sheet = 'survey',
  ): void {
    this.unsupported.push({ sheet, row, column, name, message });
  }

  /** Columns that say something a questionnaire has no place for, or in a language it does not have. */
  reportColumns(sheet: string, header: readonly string[]): void {
    for (const column of header.map((cell) => cell.trim()).filter(Boolean)) {
      const [base = '', language] = column.toLowerCase().split(/::?/);
      const known = knownColumns.has(base.trim());
      const filter = sheet === 'choices' && language === undefined;
      if (language !== undefined && known && localeOf(language) === null) {
        this.report(
          1,
          column,
          null,
          'texts in this language are left out: only Kazakh, Russian and English are kept',
          sheet,
        );
      } else if (!known && !filter) this.report(1, column, null, 'this column is left out', sheet);
    }
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

  /** Names as ours must be; whatever is renamed is told. */
  readNames(): void {
    const taken = new Set<string>();
    for (const { number, cells } of this.rows) {
      const given = cells.get('name');
      const type = cells.get('type') ?? '';
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
        this.report(
          number,
          'name',
          given,
          `renamed to "${name}": names are lower-case Latin letters, digits and underscores`,
        );
      if (/^select_multiple\b|^select multiple\b/.test(type)) this.lists.add(name);
    }
  }

  scope(self: string | null, choice?: Row): XPathNames {
    return {
      self,
      question: (name) => this.names.get(name) ?? null,
      isList: (name) => this.lists.has(name),
      column: (name) =>
        choice === undefined ? null : (choice.cells.get(name.toLowerCase()) ?? ''),
    };
  }

  /** A translated expression; undefined, and told, where it cannot be translated. */
  expression(row: Row, column: string, self: string | null, choice?: Row): string | undefined {
    const text = row.cells.get(column);
    if (text === undefined) return undefined;
    try {
      return printExpression(fromXPath(text, this.scope(self, choice)));
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      const message = `"${text.slice(0, 200)}" is left out: ${error.message}`;
      const known = this.unsupported.some((one) => one.row === row.number && one.column === column);
      if (!known) this.report(row.number, column, row.cells.get('name') ?? null, message);
      return undefined;
    }
  }

  choicesOf(row: Row, list: string): Members[] {
    const found = this.choices.get(list);
    if (found === undefined) {
      this.report(
        row.number,
        'type',
        row.cells.get('name') ?? null,
        `there is no list "${list}" on the sheet choices`,
      );
    }
    return (found ?? []).flatMap((choice) => {
      const value = choice.cells.get('name') ?? choice.cells.get('value');
      if (value === undefined) {
        this.report(choice.number, 'name', null, 'a choice without a name is left out', 'choices');
        return [];
      }
      const text = this.text(choice, 'label');
      const visibleIf = this.expression(row, 'choice_filter', null, choice);
      return [
        {
          value,
          ...(text !== undefined && { text }),
          ...(visibleIf !== undefined && { visibleIf }),
        },
      ];
    });
  }

  /** What every question, group and repeat can have. */
  common(row: Row, name: string): Members {
    const { cells, number } = row;
    const members: Members = {};
    const set = (property: string, value: unknown) => {
      if (value !== undefined) members[property] = value;
    };
    set('title', this.text(row, 'label'));
    set('description', this.text(row, 'hint'));
    set('visibleIf', this.expression(row, 'relevant', name));
    const required = cells.get('required')?.toLowerCase() ?? '';
    if (/^(yes|true|true\(\))$/.test(required)) members.isRequired = true;
    else if (!/^(|no|false|false\(\))$/.test(required))
      set('requiredIf', this.expression(row, 'required', name));
    set('requiredErrorText', this.text(row, 'required_message'));
    const expression = this.expression(row, 'constraint', name);
    if (expression !== undefined) {
      const text = this.text(row, 'constraint_message');
      members.validators = [
        { type: 'expression', expression, ...(text !== undefined && { text }) },
      ];
    }
    if (/^(yes|true|true\(\))$/i.test(cells.get('read_only') ?? cells.get('readonly') ?? ''))
      members.readOnly = true;
    const given = cells.get('default');
    if (given !== undefined && /[${(]/.test(given))
      this.report(number, 'default', name, `the default "${given.slice(0, 100)}" is left out`);
    else set('defaultValue', given);
    const appearance = cells.get('appearance');
    if (appearance !== undefined && appearance !== 'multiline')
      this.report(number, 'appearance', name, `the appearance "${appearance}" is left out`);
    return members;
  }

  question(row: Row, type: string, name: string): Members | null {
    const { cells, number } = row;
    const [kind = '', list = '', ...more] = type
      .replace(/^select (one|multiple)/, 'select_$1')
      .split(/\s+/);
    const select = selects[kind];
    if (select !== undefined) {
      const other = more.includes('or_other') ? { showOtherItem: true } : {};
      return {
        type: select,
        name,
        ...this.common(row, name),
        choices: this.choicesOf(row, list),
        ...other,
      };
    }
    if (asText.has(kind)) {
      this.report(number, 'type', name, `"${kind}" became a text that is typed in`);
      return { type: 'text', name, ...this.common(row, name) };
    }
    const plain = plainTypes[kind];
    if (plain === undefined) {
      this.report(
        number,
        'type',
        name,
        `the type "${type.slice(0, 60)}" has no counterpart; the row is left out`,
      );
      return null;
    }
    const common = this.common(row, name);
    if (kind === 'note') {
      const { title, description: _description, ...rest } = common;
      return { ...plain, name, ...rest, html: title ?? '' };
    }
    const long = cells.get('appearance') === 'multiline' ? { type: 'comment' } : {};
    return {
      ...plain,
      ...long,
      name,
      ...common,
      ...(kind === 'range' && rangeOf(cells.get('parameters') ?? '')),
    };
  }

  calculation(row: Row, type: string, name: string): void {
    const expression = this.expression(row, type === 'calculate' ? 'calculation' : 'default', name);
    if (expression !== undefined)
      this.calculated.push({ name, expression, includeIntoResult: true });
    else if (type === 'hidden')
      this.report(row.number, 'type', name, 'a hidden field without a value is left out');
  }

  elements(): Members[] {
    this.readNames();
    const root: Members[] = [];
    const open: { kind: string; elements: Members[]; row: Row }[] = [
      { kind: '', elements: root, row: { number: 1, cells: new Map() } },
    ];
    for (const row of this.rows) {
      const type = (row.cells.get('type') ?? '').toLowerCase().replace(/\s+/g, ' ');
      const given = row.cells.get('name') ?? '';
      const name = this.names.get(given) ?? `row_${row.number}`;
      const begin = /^begin[ _](group|repeat)$/.exec(type)?.[1];
      const end = /^end[ _](group|repeat)$/.exec(type)?.[1];
      const inside = open.at(-1)!.elements;
      if (begin !== undefined) {
        const elements: Members[] = [];
        const own = { name, ...this.common(row, name) };
        inside.push(
          begin === 'group'
            ? { type: 'panel', ...own, elements }
            : { type: 'paneldynamic', ...own, panelCount: 1, templateElements: elements },
        );
        if (row.cells.has('repeat_count'))
          this.report(row.number, 'repeat_count', given, 'the number of repeats is left out');
        open.push({ kind: begin, elements, row });
      } else if (end !== undefined) {
        if (open.length > 1 && open.at(-1)!.kind === end) open.pop();
        else this.report(row.number, 'type', null, `this "${type}" closes nothing`);
      } else if (type === 'calculate' || type === 'hidden') this.calculation(row, type, name);
      else if (type === '')
        this.report(row.number, 'type', given || null, 'a row without a type is left out');
      else {
        const question = this.question(row, type, name);
        if (question !== null) inside.push(question);
      }
    }
    for (const { kind, row } of open.slice(1))
      this.report(
        row.number,
        'type',
        row.cells.get('name') ?? null,
        `this ${kind} is never closed; it ends with the form`,
      );
    return root;
  }
}

/** `start=0 end=10 step=1` of a range. */
function rangeOf(parameters: string): Members {
  const number = (name: string) => {
    const found = new RegExp(`\\b${name}\\s*=\\s*(-?\\d+(?:\\.\\d+)?)`).exec(parameters)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const members = { min: number('start'), max: number('end'), step: number('step') };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/**
 * Reads an XLSForm.
 * @returns null when the workbook has no sheet "survey" with the column "type"; else the questionnaire, and everything
 *   of the form that it does not hold. Never throws for data.
 */
export function fromXlsForm(
  sheets: readonly XlsSheet[],
): { questionnaire: Record<string, unknown>; unsupported: UnsupportedPart[] } | null {
  const main = sheets.find(({ name }) => name.trim().toLowerCase() === 'survey');
  if (!main?.rows[0]?.some((cell) => cell.trim().toLowerCase() === 'type')) return null;
  const importer = new Importer(sheets);
  const elements = importer.elements();
  const [settings] = rowsOf(sheets.find(({ name }) => name.trim().toLowerCase() === 'settings'));
  const title = settings?.cells.get('form_title');
  const questionnaire = {
    ...(title !== undefined && { title }),
    locale: importer.defaultLocale ?? 'kk',
    pages: [{ name: 'page_1', elements }],
    ...(importer.calculated.length > 0 && { calculatedValues: importer.calculated }),
  };
  return { questionnaire, unsupported: importer.unsupported };
}
