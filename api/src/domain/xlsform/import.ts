/** An XLSForm (ODK, Kobo: sheets survey, choices, settings) as a questionnaire; what it cannot hold is listed with its row. */
import { locales } from '../../contracts/common.ts';
import type { UnsupportedPart } from '../../contracts/xlsform.ts';
import { defaultWords } from '../default-words.ts';
import { FormReader, selectOf } from './form-reader.ts';
import {
  headerOf,
  plainTypes,
  selects,
  sheetOf,
  typesAsText,
  type Members,
  type Row,
  type XlsSheet,
} from './sheets.ts';

const isYes = (cell: string): boolean => /^(yes|true|true\(\))$/i.test(cell);
const isNo = (cell: string): boolean => /^(|no|false|false\(\))$/i.test(cell);

/** Members without those that are not there. */
const given = (members: Members): Members =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

class Importer {
  readonly reader: FormReader;
  readonly calculated: Members[] = [];
  readonly usedLists = new Set<string>();
  constructor(reader: FormReader) {
    this.reader = reader;
  }

  choicesOf(row: Row, list: string): Members[] {
    const { reader } = this;
    const found = reader.choices.get(list);
    this.usedLists.add(list);
    if (found === undefined) {
      const name = row.cells.get('name') ?? null;
      reader.tell('list_missing', { row: row.number, column: 'type', name }, { list });
    }
    return (found ?? []).flatMap((choice) => {
      const value = choice.cells.get('name') ?? choice.cells.get('value');
      if (value === undefined) {
        const place = { sheet: 'choices', row: choice.number, column: 'name' };
        reader.tell('choice_nameless', place);
        return [];
      }
      const text = reader.text(choice, 'label');
      const visibleIf = reader.expression(row, 'choice_filter', null, choice);
      return [given({ value, text, visibleIf })];
    });
  }

  /** What every question, group and repeat can have. */
  common(row: Row, name: string): Members {
    const { reader } = this;
    const { cells, number } = row;
    const required = cells.get('required') ?? '';
    const expression = reader.expression(row, 'constraint', name);
    const text = reader.text(row, 'constraint_message');
    return given({
      title: reader.text(row, 'label'),
      description: reader.text(row, 'hint'),
      visibleIf: reader.expression(row, 'relevant', name),
      isRequired: isYes(required) || undefined,
      requiredIf:
        isYes(required) || isNo(required) ? undefined : reader.expression(row, 'required', name),
      requiredErrorText: reader.text(row, 'required_message'),
      validators:
        expression === undefined ? undefined : [given({ type: 'expression', expression, text })],
      readOnly: isYes(cells.get('read_only') ?? cells.get('readonly') ?? '') || undefined,
      defaultValue: this.defaultOf(cells.get('default'), number, name),
    });
  }

  defaultOf(text: string | undefined, row: number, name: string): string | undefined {
    if (text === undefined || !/[${(]/.test(text)) return text;
    const place = { row, column: 'default', name };
    this.reader.tell('default_left_out', place, { text: text.slice(0, 100) });
    return undefined;
  }

  /** An appearance that changes nothing here is told. */
  ignore(row: Row, name: string, kept: readonly string[] = []): void {
    const appearance = row.cells.get('appearance') ?? '';
    if (appearance === '' || kept.includes(appearance)) return;
    const place = { row: row.number, column: 'appearance', name };
    this.reader.tell('appearance_left_out', place, { appearance });
  }

  select(row: Row, name: string, chosen: NonNullable<ReturnType<typeof selectOf>>): Members {
    const same = selects.filter(({ kind }) => kind === chosen.kind);
    const appearance = row.cells.get('appearance') ?? '';
    const { type } = same.find((one) => one.appearance === appearance) ?? same[0]!;
    const common = this.common(row, name);
    const choices = this.choicesOf(row, chosen.list);
    if (this.reader.isYesOrNo(chosen)) {
      this.ignore(row, name);
      return { type: 'boolean', name, ...common, ...labelsOf(choices) };
    }
    const appearances = same.map((one) => one.appearance);
    this.ignore(row, name, appearances);
    if (type === 'rating') return { type, name, ...common, rateValues: choices };
    return given({
      ...{ type, name, ...common, choices },
      showOtherItem: chosen.other || undefined,
      choicesOrder: this.isRandomised(row, name) ? 'random' : undefined,
    });
  }

  /** Whether the choices stand in an order by chance; any other parameter is told. */
  isRandomised(row: Row, name: string): boolean {
    const parameters = row.cells.get('parameters') ?? '';
    const random = /^\s*randomize\s*=\s*true\s*$/i.test(parameters);
    const place = { row: row.number, column: 'parameters', name };
    if (parameters !== '' && !random) {
      this.reader.tell('parameters_left_out', place, { parameters: parameters.slice(0, 100) });
    }
    return random;
  }

  question(row: Row, type: string, name: string): Members | null {
    const { cells, number } = row;
    const chosen = selectOf(type);
    if (chosen) return this.select(row, name, chosen);
    const place = { row: number, column: 'type', name };
    const [kind = ''] = type.toLowerCase().split(' ');
    if (typesAsText.has(kind)) {
      this.reader.tell('became_text', place, { type: kind });
      this.ignore(row, name);
      return { type: 'text', name, ...this.common(row, name) };
    }
    const plain = plainTypes[kind];
    if (plain === undefined) {
      this.reader.tell('type_left_out', place, { type: type.slice(0, 60) });
      return null;
    }
    const mayBeLong = plain.type === 'text' && plain.inputType === undefined;
    this.ignore(row, name, mayBeLong ? ['multiline'] : []);
    const common = this.common(row, name);
    if (kind === 'note') {
      const { title, description: _description, ...rest } = common;
      return { ...plain, name, ...rest, html: title ?? '' };
    }
    const isLong = mayBeLong && cells.get('appearance') === 'multiline';
    const range = kind === 'range' ? rangeOf(cells.get('parameters') ?? '') : {};
    return { ...plain, ...(isLong && { type: 'comment' }), name, ...common, ...range };
  }

  calculation(row: Row, type: string, name: string): void {
    const column = type === 'calculate' ? 'calculation' : 'default';
    const expression = this.reader.expression(row, column, name);
    if (expression !== undefined) {
      this.tellInvented(row, name);
      this.calculated.push({ name, expression, includeIntoResult: true });
    } else if (type === 'hidden') {
      this.reader.tell('hidden_left_out', { row: row.number, column: 'type', name });
    }
  }

  /** Opens a group or a repeat. @returns where what follows belongs, until it is closed */
  container(row: Row, kind: string, name: string, inside: Members[]): Members[] {
    const elements: Members[] = [];
    const own = { name, ...this.common(row, name) };
    this.ignore(row, name, kind === 'group' ? ['field-list'] : []);
    inside.push(
      kind === 'group'
        ? { type: 'panel', ...own, elements }
        : { type: 'paneldynamic', ...own, panelCount: 1, templateElements: elements },
    );
    if (row.cells.has('repeat_count')) {
      const place = { row: row.number, column: 'repeat_count', name: row.cells.get('name') };
      this.reader.tell('repeat_count_left_out', place);
    }
    return elements;
  }

  elements(): Members[] {
    const { reader } = this;
    const root: Members[] = [];
    const open: { kind: string; elements: Members[]; row: Row }[] = [];
    for (const row of reader.rows) {
      const written = (row.cells.get('type') ?? '').replace(/\s+/g, ' ');
      const type = written.toLowerCase();
      const called = row.cells.get('name') ?? '';
      const name = reader.nameOf(row);
      const begin = /^begin[ _](group|repeat)$/.exec(type)?.[1];
      const end = /^end[ _](group|repeat)$/.exec(type)?.[1];
      const inside = open.at(-1)?.elements ?? root;
      const place = { row: row.number, column: 'type', name: called || null };
      if (begin !== undefined) {
        this.tellInvented(row, name);
        open.push({ kind: begin, elements: this.container(row, begin, name, inside), row });
      } else if (end !== undefined) {
        if (open.at(-1)?.kind === end) open.pop();
        else reader.tell('closes_nothing', { ...place, name: null }, { type });
      } else if (type === 'calculate' || type === 'hidden') this.calculation(row, type, name);
      else if (type === '') reader.tell('row_without_type', place);
      else {
        const question = this.question(row, written, name);
        if (question === null) continue;
        this.tellInvented(row, name);
        inside.push(question);
      }
    }
    for (const { kind, row } of open) {
      const name = row.cells.get('name') ?? null;
      reader.tell('never_closed', { row: row.number, column: 'type', name }, { type: kind });
    }
    this.tellUnused();
    return root;
  }

  private tellInvented({ number, cells }: Row, name: string): void {
    if (cells.has('name')) return;
    this.reader.tell('name_invented', { row: number, column: 'name' }, { name });
  }

  private tellUnused(): void {
    for (const [list, [first]] of this.reader.choices) {
      if (this.usedLists.has(list) || first === undefined) continue;
      const place = { sheet: 'choices', row: first.number, column: 'list_name' };
      this.reader.tell('list_unused', place, { list });
    }
  }

  /** Groups that a form shows on one screen are pages; what stands between them has pages of its own. */
  pages(elements: readonly Members[]): Members[] {
    const onOneScreen = new Set(
      this.reader.rows
        .filter(({ cells }) => cells.get('appearance') === 'field-list')
        .map(({ cells }) => this.reader.names.get(cells.get('name') ?? '')),
    );
    const pages: Members[] = [];
    let between: Members[] | null = null;
    for (const element of elements) {
      const { type, ...page } = element;
      if (type === 'panel' && onOneScreen.has(page.name as string)) {
        pages.push(page);
        between = null;
      } else {
        if (between === null) pages.push({ name: '', elements: (between = []) });
        between.push(element);
      }
    }
    const taken = new Set(pages.map(({ name }) => name));
    let number = 0;
    const nextName = () => {
      do number += 1;
      while (taken.has(`page_${number}`));
      return `page_${number}`;
    };
    if (pages.length === 0) pages.push({ name: '', elements: [] });
    return pages.map((page) => (page.name === '' ? { ...page, name: nextName() } : page));
  }
}

/** Labels of "true" and "false", but for those that say no more than yes and no. */
function labelsOf([yes, no]: readonly Members[]): Members {
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

/** `start=0 end=10 step=1` of a range. */
function rangeOf(parameters: string): Members {
  const number = (name: string) => {
    const found = new RegExp(`\\b${name}\\s*=\\s*(-?\\d+(?:\\.\\d+)?)`).exec(parameters)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  return given({ min: number('start'), max: number('end'), step: number('step') });
}

/**
 * Reads an XLSForm.
 * @returns null when the workbook has no sheet "survey" with the column "type"; else the questionnaire, and everything
 *   of the form that it does not hold. Never throws for data.
 * @example a sheet survey with one row of type integer, name age → { pages: [{ elements: [{ type: 'text', inputType: 'number', name: 'age' }] }] }
 */
export function fromXlsForm(
  sheets: readonly XlsSheet[],
): { questionnaire: Record<string, unknown>; unsupported: UnsupportedPart[] } | null {
  const header = headerOf(sheetOf(sheets, 'survey'));
  if (!header.cells.some((cell) => cell.toLowerCase() === 'type')) return null;
  const reader = new FormReader(sheets);
  const importer = new Importer(reader);
  const pages = importer.pages(importer.elements());
  const questionnaire = given({
    title: reader.settings.get('form_title'),
    locale: reader.defaultLocale ?? 'kk',
    pages,
    calculatedValues: importer.calculated.length > 0 ? importer.calculated : undefined,
  });
  return { questionnaire, unsupported: reader.told };
}
