/** An XLSForm (ODK, Kobo: sheets survey, choices, settings) as a questionnaire; what it cannot hold is listed with its row. */
import { code } from '../../contracts/common.ts';
import type { UnsupportedPart } from '../../contracts/xlsform.ts';
import { defaultAs, given, isNo, isYes, labelsOf } from './members.ts';
import { FormReader, selectOf } from './form-reader.ts';
import { quoted } from './messages.ts';
import { pagesOf } from './pages.ts';
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
    const required = row.cells.get('required') ?? '';
    return given({
      title: reader.text(row, 'label'),
      description: reader.text(row, 'hint'),
      visibleIf: reader.expression(row, 'relevant', name),
      isRequired: isYes(required) || undefined,
      requiredIf:
        isYes(required) || isNo(required) ? undefined : reader.expression(row, 'required', name),
      requiredErrorText: reader.text(row, 'required_message'),
      readOnly: this.readOnlyOf(row, name),
    });
  }

  /** What only a question has: a rule for its answer, and the answer it begins with. */
  ofQuestion(row: Row, name: string, kind: string): Members {
    const expression = this.reader.expression(row, 'constraint', name);
    const rule =
      expression === undefined
        ? undefined
        : given({
            type: 'expression',
            expression,
            text: this.reader.text(row, 'constraint_message'),
          });
    return given({
      ...this.common(row, name),
      validators: rule && [rule],
      defaultValue: this.defaultOf(row, name, kind),
    });
  }

  readOnlyOf({ number, cells }: Row, name: string): true | undefined {
    const column = cells.has('read_only') ? 'read_only' : 'readonly';
    const text = cells.get(column) ?? '';
    if (isYes(text)) return true;
    const place = { row: number, column, name };
    if (!isNo(text)) this.reader.tell('cell_left_out', place, { text: quoted(text) });
    return undefined;
  }

  /** The answer a question begins with, as its answers are kept: a number, a list, true or false, else a text. */
  defaultOf({ number, cells }: Row, name: string, kind: string): unknown {
    const text = cells.get('default');
    if (text === undefined) return undefined;
    const value = /[${(]/.test(text) ? undefined : defaultAs(kind, text);
    const place = { row: number, column: 'default', name };
    if (value === undefined) {
      this.reader.tell('default_left_out', place, { text: text.slice(0, 100) });
    }
    return value;
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
    const isYesOrNo = this.reader.isYesOrNo(chosen);
    const common = this.ofQuestion(row, name, isYesOrNo ? 'acknowledge' : chosen.kind);
    const choices = this.choicesOf(row, chosen.list);
    if (isYesOrNo) {
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
      return { type: 'text', name, ...this.ofQuestion(row, name, kind) };
    }
    const plain = plainTypes[kind];
    if (plain === undefined) {
      this.reader.tell('type_left_out', place, { type: type.slice(0, 60) });
      return null;
    }
    const mayBeLong = plain.type === 'text' && plain.inputType === undefined;
    this.ignore(row, name, mayBeLong ? ['multiline'] : []);
    if (kind === 'note') {
      const visibleIf = this.reader.expression(row, 'relevant', name);
      return given({ ...plain, name, visibleIf, html: this.reader.text(row, 'label') ?? '' });
    }
    const own = this.ofQuestion(row, name, kind);
    const isLong = mayBeLong && cells.get('appearance') === 'multiline';
    const range = kind === 'range' ? this.rangeOf(row, name) : {};
    return { ...plain, ...(isLong && { type: 'comment' }), name, ...own, ...range };
  }

  calculation(row: Row, type: string, name: string): void {
    const column = type === 'calculate' ? 'calculation' : 'default';
    const expression = this.reader.expression(row, column, name);
    if (expression !== undefined) {
      this.tellInvented(row, name);
      this.calculated.push({ name, expression, includeIntoResult: true });
    } else if (type === 'hidden') {
      this.reader.tell('hidden_left_out', { row: row.number, column: 'type', name });
    } else if (!row.cells.has(column)) {
      this.reader.tell('calculation_missing', { row: row.number, column, name });
    }
  }

  /** `start=0 end=10 step=1` of a range. */
  rangeOf({ number, cells }: Row, name: string): Members {
    const parameters = cells.get('parameters') ?? '';
    const members: Members = {};
    const rest = parameters.replace(
      /(?<![\w-])(start|end|step)\s*=\s*(-?\d+(?:\.\d+)?)(?![\w.])/g,
      (_, one: keyof typeof rangeMembers, value: string) => {
        members[rangeMembers[one]] = Number(value);
        return '';
      },
    );
    if (/[^\s,;]/.test(rest)) {
      const place = { row: number, column: 'parameters', name };
      this.reader.tell('parameters_left_out', place, { parameters: rest.trim().slice(0, 100) });
    }
    return members;
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
    if (row.cells.get('repeat_count') !== undefined) {
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
      else if (type === '') {
        reader.tell('row_without_type', place);
        continue; // and with it all of its cells
      } else {
        const question = this.question(row, written, name);
        if (question === null) continue;
        this.tellInvented(row, name);
        inside.push(question);
      }
      reader.tellUnread(row, 'survey', called || null);
    }
    for (const { kind, row } of open) {
      const name = row.cells.get('name') ?? null;
      reader.tell('never_closed', { row: row.number, column: 'type', name }, { type: kind });
    }
    this.tellUnused();
    return root;
  }

  /** Names of the groups that the form shows on one screen. */
  onOneScreen(): ReadonlySet<unknown> {
    const { rows, names } = this.reader;
    return new Set(
      rows
        .filter(({ cells }) => cells.get('appearance') === 'field-list')
        .map(({ cells }) => names.get(cells.get('name') ?? '')),
    );
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
}

const rangeMembers = { start: 'min', end: 'max', step: 'step' } as const;

/** The form's own name as the questionnaire's, where it can stand in an address. */
function codeOf(reader: FormReader): string | undefined {
  const { number, cells } = reader.settings;
  const column = 'form_id';
  const text = cells.get(column);
  const found = code.safeParse(text).data;
  if (text !== undefined && found === undefined) {
    const place = { sheet: 'settings', row: number, column };
    reader.tell('cell_left_out', place, { text: quoted(text) });
  }
  return found;
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
  const pages = pagesOf(importer.elements(), importer.onOneScreen());
  reader.tellUnusedFilters(sheetOf(sheets, 'choices'));
  const questionnaire = given({
    code: codeOf(reader),
    title: reader.text(reader.settings, 'form_title'),
    locale: reader.defaultLocale ?? 'kk',
    pages,
    calculatedValues: importer.calculated.length > 0 ? importer.calculated : undefined,
  });
  reader.tellUnread(reader.settings, 'settings');
  return { questionnaire, unsupported: reader.told };
}
