/** A questionnaire as an XLSForm for ODK and Kobo; what a form cannot hold is listed with its row and in a sheet of its own. */
import type { UnsupportedPart } from '../../contracts/xlsform.ts';
import { textOf } from '../questionnaire-json.ts';
import { mainLanguageOf, textsOf } from '../questionnaire-texts.ts';
import { writeChoices, writeYesOrNo } from './choices.ts';
import { FormWriter, Remaining, sheetOfCells, type Cells } from './form-writer.ts';
import { knownNames } from './known-names.ts';
import { quoted } from './messages.ts';
import { writeRules } from './rules.ts';
import { lossesSheet, headings, selects, type Members, type XlsSheet } from './sheets.ts';
import { plainList, simplify, type Simplified } from './simplify.ts';

type Plain = Readonly<Record<string, unknown>>;

const inputTypes: Readonly<Record<string, string>> = {
  text: 'text',
  date: 'date',
  time: 'time',
  'datetime-local': 'datetime',
};
const mediaTypes: Readonly<Record<string, string>> = {
  'image/*': 'image',
  'audio/*': 'audio',
  'video/*': 'video',
};

class Exporter {
  readonly writer: FormWriter;
  readonly split: Simplified['split'];
  constructor(writer: FormWriter, split: Simplified['split']) {
    this.writer = writer;
    this.split = split;
  }

  /** What every question, group and repeat can have. */
  common(cells: Cells, left: Remaining): void {
    const { writer } = this;
    const { name } = left;
    const set = (column: string, text: string | undefined) => {
      if (text !== undefined) cells.set(column, text);
    };
    writer.text(cells, 'label', left.take('title'), name);
    writer.text(cells, 'hint', left.take('description'), name);
    writer.text(cells, 'required_message', left.take('requiredErrorText'), name);
    const relevant = { name, column: 'relevant' };
    set('relevant', writer.expression(left.take('visibleIf'), relevant));
    if (left.takeIf('isRequired', true)) set('required', 'yes');
    else {
      const required = { name, column: 'required', self: name };
      set('required', writer.expression(left.take('requiredIf'), required));
    }
    left.takeIf('isRequired', false);
    if (left.takeIf('readOnly', true)) set('read_only', 'yes');
    writeRules(cells, left, writer);
    this.defaultValue(cells, left);
  }

  defaultValue(cells: Cells, left: Remaining): void {
    const value = left.take('defaultValue');
    const values: unknown[] = Array.isArray(value) ? value : [value];
    const isPlain = values.every((one) => ['string', 'number', 'boolean'].includes(typeof one));
    if (value !== undefined && isPlain) cells.set('default', values.join(' '));
    else if (value !== undefined) {
      const text = quoted(JSON.stringify(value));
      this.writer.tell('default_left_out', left.name, 'default', { text });
    }
  }

  /** Type of a question in a form, and what only this type has; null where a form has none. */
  typeOf(type: string, cells: Cells, left: Remaining): string | null {
    const { writer } = this;
    const select = selects.find((one) => one.type === type);
    if (select !== undefined) {
      if (type === 'rating') spellScale(left);
      const list = writeChoices(cells, left, writer, type === 'rating' ? 'rateValues' : 'choices');
      if (select.appearance !== '') cells.set('appearance', select.appearance);
      return `${select.kind} ${list}${left.takeIf('showOtherItem', true) ? ' or_other' : ''}`;
    }
    switch (type) {
      case 'buttongroup':
        return `select_one ${writeChoices(cells, left, writer)}`;
      case 'imagepicker': {
        const kind = left.takeIf('multiSelect', true) ? 'select_multiple' : 'select_one';
        return `${kind} ${writeChoices(cells, left, writer)}`;
      }
      case 'boolean':
        return `select_one ${writeYesOrNo(left, writer)}`;
      case 'text':
        return this.inputType(left);
      case 'comment':
        cells.set('appearance', 'multiline');
        return 'text';
      case 'slider':
        cells.set('parameters', rangeParameters(left));
        return 'range';
      case 'html':
        writer.text(cells, 'label', left.take('html'), left.name);
        return 'note';
      case 'signaturepad':
        cells.set('appearance', 'signature');
        return 'image';
      case 'file':
        return mediaTypes[String(left.take('acceptedTypes'))] ?? 'file';
      default:
        return null;
    }
  }

  inputType(left: Remaining): string {
    const input = textOf(left.take('inputType')) ?? 'text';
    if (input === 'number') return left.takeIf('step', 1) ? 'integer' : 'decimal';
    const same = inputTypes[input];
    if (same === undefined) {
      this.writer.tell('became_text', left.name, 'type', { type: `text, ${input}` });
    }
    return same ?? 'text';
  }

  element(element: Members): void {
    const left = new Remaining(element);
    const type = String(left.take('type'));
    if (type === 'panel') return this.container('group', left, element.elements);
    if (type === 'paneldynamic') return this.container('repeat', left, element.templateElements);
    if (type === 'expression') return this.calculation(left);
    const cells: Cells = new Map();
    left.take('name');
    const kind = this.typeOf(type, cells, left);
    if (kind === null) return this.writer.tell('type_left_out', left.name, 'type', { type });
    this.named(cells, kind, left);
    // A note has its text as the label already; nobody sees its title.
    if (type === 'html') left.take('title');
    this.common(cells, left);
    this.writer.tellRemaining(left);
    this.writer.rows.push(cells);
  }

  named(cells: Cells, type: string, left: Remaining): void {
    cells.set('type', type);
    const known = this.writer.names.questions.get(left.name) ?? left.name;
    cells.set('name', known);
    if (known !== left.name) this.writer.tell('renamed', left.name, 'name', { name: known });
  }

  /** A group or a repeat; a page is a group shown on one screen. */
  container(kind: 'group' | 'repeat', left: Remaining, inside: unknown, isPage = false): void {
    const { writer } = this;
    const cells: Cells = new Map();
    for (const taken of ['name', 'elements', 'templateElements']) left.take(taken);
    this.named(cells, `begin_${kind}`, left);
    if (isPage) {
      if (hasRepeat(plainList(inside))) writer.tell('page_with_repeat', left.name, 'appearance');
      else cells.set('appearance', 'field-list');
    }
    // A form's repeat begins with one, as ours does where it says nothing else.
    if (kind === 'repeat') left.takeIf('panelCount', 1);
    const names = this.split.get(left.name);
    if (names !== undefined) writer.tell('split', left.name, 'type', { names: names.join(', ') });
    this.common(cells, left);
    const note = this.noteOf(cells, left.name);
    writer.tellRemaining(left);
    writer.rows.push(cells);
    if (note !== null) writer.rows.push(note);
    for (const element of plainList(inside)) this.element(element);
    writer.rows.push(new Map([['type', `end_${kind}`]]));
  }

  /** ODK and Kobo show no hint of a group, so its description becomes a note at its beginning. */
  noteOf(group: Cells, name: string): Cells | null {
    const texts = [...group].filter(([column]) => /^hint(@|$)/.test(column));
    if (texts.length === 0) return null;
    const called = this.writer.names.notes.get(name) ?? `note_${this.writer.nextRow()}`;
    for (const [column] of texts) group.delete(column);
    this.writer.tell('group_hint', name, 'hint', { name: called });
    const labels = texts.map(([column, text]) => [column.replace('hint', 'label'), text] as const);
    return new Map([['type', 'note'], ['name', called], ...labels]);
  }

  calculation(left: Remaining): void {
    const expression = left.take('expression');
    const calculation = this.writer.expression(expression, {
      name: left.name,
      column: 'calculation',
    });
    left.take('name');
    left.take('includeIntoResult');
    if (calculation === undefined) {
      const isSaid = typeof expression === 'string' && expression.trim() !== '';
      if (!isSaid) this.writer.tell('type_left_out', left.name, 'type', { type: 'expression' });
      return;
    }
    const cells: Cells = new Map();
    this.named(cells, 'calculate', left);
    cells.set('calculation', calculation);
    this.writer.tellRemaining(left);
    this.writer.rows.push(cells);
  }

  pages(pages: readonly Members[]): void {
    const [only] = pages;
    const isBare = pages.length === 1 && Object.keys(only!).every(isBarePart);
    if (isBare && only!.name === 'page_1') {
      for (const element of plainList(only!.elements)) this.element(element);
      return;
    }
    for (const page of pages) this.container('group', new Remaining(page), page.elements, true);
  }
}

const isBarePart = (property: string): boolean => property === 'name' || property === 'elements';

const hasRepeat = (elements: readonly Plain[]): boolean =>
  elements.some(
    ({ type, elements: inside }) => type === 'paneldynamic' || hasRepeat(plainList(inside)),
  );

/** A scale from a least to a greatest number as the list of its points. */
function spellScale(left: Remaining): void {
  const [least, greatest] = [left.takeNumber('rateMin') ?? 1, left.takeNumber('rateMax')];
  const [step, count] = [left.takeNumber('rateStep') ?? 1, left.takeNumber('rateCount') ?? 5];
  const points = greatest === null ? count : Math.floor((greatest - least) / step) + 1;
  const numbers = Array.from({ length: Math.max(0, points) }, (_, place) => least + place * step);
  left.provide('rateValues', numbers);
}

function rangeParameters(left: Remaining): string {
  const [start, end] = [left.takeNumber('min') ?? 0, left.takeNumber('max') ?? 100];
  return `start=${start} end=${end} step=${left.takeNumber('step') ?? 1}`;
}

/** Texts of the whole: a form has one title. */
function settingsOf(left: Remaining, writer: FormWriter): Cells {
  const cells: Cells = new Map();
  const title = left.take('title');
  for (const taken of ['pages', 'elements', 'questions', 'calculatedValues']) left.take(taken);
  const [code, version] = [left.take('code'), left.take('version')];
  left.take('locale');
  const row = { sheet: 'settings', row: 2 };
  if (typeof title === 'string') cells.set('form_title', title);
  else if (typeof title === 'object' && title !== null) {
    const texts = Object.entries(title).filter(([, text]) => typeof text === 'string' && text);
    const main = texts.find(([one]) => one === writer.main) ?? texts[0];
    if (main !== undefined) cells.set('form_title', String(main[1]));
    const languages = texts.filter((one) => one !== main).map(([one]) => one);
    if (languages.length > 0) {
      const params = { languages: languages.join(', ') };
      writer.tell('title_languages', null, 'form_title', params, row);
    }
  }
  if (typeof code === 'string') cells.set('form_id', code);
  if (typeof version === 'number') cells.set('version', String(version));
  if (writer.localised) cells.set('default_language', headings[writer.main]);
  const properties = left.properties();
  if (properties.length > 0) {
    writer.tell('properties_left_out', null, null, { properties: properties.join(', ') }, row);
  }
  return cells;
}

const surveyColumns = [
  ...['type', 'name', 'label', 'hint', 'required', 'required_message', 'relevant'],
  ...['constraint', 'constraint_message', 'calculation', 'choice_filter', 'default'],
  ...['appearance', 'parameters', 'read_only'],
];

/**
 * Writes a questionnaire as the sheets of an XLSForm.
 * @returns the sheets survey, choices, settings and, where something is lost, unsupported; and everything that is lost or
 *   changed, with its place on those sheets. Never throws for data.
 * @example a text question 'age' → sheet survey with the row { type: 'text', name: 'age' }
 */
export function toXlsForm(questionnaire: Plain): {
  sheets: XlsSheet[];
  unsupported: UnsupportedPart[];
} {
  const { pages, aliases, split } = simplify(questionnaire);
  const calculated = plainList(questionnaire.calculatedValues);
  const main = mainLanguageOf(questionnaire);
  const localised =
    main !== 'kk' || textsOf(questionnaire).some(({ texts }) => Object.keys(texts).length > 0);
  const writer = new FormWriter(knownNames(pages, calculated, aliases), main, localised);
  const settings = settingsOf(new Remaining(questionnaire), writer);
  const exporter = new Exporter(writer, split);
  exporter.pages(pages);
  for (const value of calculated) exporter.calculation(new Remaining(value));
  const column = localised ? main : null;
  const sheets = [
    sheetOfCells('survey', writer.rows, surveyColumns, column),
    sheetOfCells('choices', writer.choices, ['list_name', 'name', 'label'], column),
    sheetOfCells('settings', [settings], [...settings.keys()], null),
  ];
  if (writer.told.length > 0) sheets.push(unsupportedSheet(writer.told));
  return { sheets, unsupported: writer.told };
}

const unsupportedSheet = (parts: readonly UnsupportedPart[]): XlsSheet => ({
  name: lossesSheet,
  rows: [
    ['sheet', 'row', 'column', 'question', 'what became of it'],
    ...parts.map(({ sheet, row, column, name, message }) => [
      ...[sheet, String(row), column ?? '', name ?? '', message],
    ]),
  ],
});
