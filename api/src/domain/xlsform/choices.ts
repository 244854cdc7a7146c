/** Choices of a question as a list of a form: with those SurveyJS adds, their conditions as a filter. */
import { parseExpression } from '../expressions.ts';
import { defaultWords } from '../default-words.ts';
import { textOf } from '../questionnaire-json.ts';
import type { Cells, FormWriter, Remaining } from './form-writer.ts';
import { quoted } from './messages.ts';
import { entriesOf } from './simplify.ts';

type Entry = Readonly<Record<string, unknown>>;

/** Choices that SurveyJS adds by itself, and where the author says what they are called. */
const added = [
  { shown: 'showNoneItem', value: 'none', called: 'noneText' },
  { shown: 'showRefuseItem', value: 'refused', called: 'refuseText' },
  { shown: 'showDontKnowItem', value: 'dontknow', called: 'dontKnowText' },
] as const;

/** One column of the choices that all conditions compare with one answer; null where they do not. */
function filterOf(entries: readonly Entry[], writer: FormWriter): Filter | null {
  const values = entries.map(({ visibleIf }) => {
    const read = typeof visibleIf === 'string' ? parseExpression(visibleIf) : null;
    if (read === null || 'unreadableAt' in read || read.expression.kind !== 'binary') return null;
    const { operator, left, right } = read.expression;
    if (operator !== 'equal' || left.kind !== 'variable' || right.kind !== 'value') return null;
    return { question: writer.names.questions.get(left.name), value: String(right.value) };
  });
  const question = values[0]?.question;
  if (question === undefined || values.some((one) => one?.question !== question)) return null;
  const isTaken = ['list_name', 'name', 'label', 'value'].includes(question);
  return {
    column: isTaken ? `${question}_filter` : question,
    question,
    values: values.map((one) => one!.value),
  };
}
interface Filter {
  readonly column: string;
  readonly question: string;
  /** What the answer must be, choice by choice. */
  readonly values: readonly string[];
}

/**
 * Writes the choices of a question and what shows them: its list, filter and order.
 * @returns name of the list
 * @example choices a and b of question q → two rows on the sheet choices, list name 'q'
 */
export function writeChoices(row: Cells, left: Remaining, writer: FormWriter, from = 'choices') {
  const own: Entry[] = entriesOf(left.take(from));
  const extra: Entry[] = added
    .filter(({ shown }) => left.takeIf(shown, true))
    .map(({ value, called }) => ({
      value,
      text: left.take(called) ?? writer.words(defaultWords[value]),
    }));
  const filter = filterOf(own, writer);
  if (filter !== null) row.set('choice_filter', `${filter.column} = \${${filter.question}}`);
  const entries = [...own, ...extra];
  const list = writer.list(
    left.name,
    entries.map(({ value, text }, place) => {
      const cells: Cells = new Map([['name', String(value)]]);
      const number = typeof value === 'number' ? value : undefined;
      writer.text(cells, 'label', text ?? number, left.name);
      if (filter !== null) cells.set(filter.column, filter.values[place] ?? '');
      return cells;
    }),
  );
  entries.forEach((entry, place) => {
    tellChoice(entry, { sheet: 'choices', row: list.row + place }, filter, left.name, writer);
  });
  if (entries.some(({ value }) => typeof value === 'number')) {
    writer.tell('codes_as_texts', left.name, 'name', {}, { sheet: 'choices', row: list.row });
  }
  if (left.takeIf('choicesOrder', 'random')) row.set('parameters', 'randomize=true');
  return list.name;
}

/** What a form cannot say of one choice. */
function tellChoice(
  { value, text: _text, visibleIf, ...more }: Entry,
  place: { sheet: string; row: number },
  filter: Filter | null,
  name: string,
  writer: FormWriter,
): void {
  if (/\s/.test(String(value))) {
    writer.tell('code_with_spaces', name, 'name', { value: String(value) }, place);
  }
  if (filter === null && typeof visibleIf === 'string') {
    writer.tell('choice_condition', name, null, { text: quoted(visibleIf) }, place);
  }
  const properties = Object.keys(more).join(', ');
  if (properties !== '') writer.tell('properties_left_out', name, null, { properties }, place);
}

/** The two answers of a yes-or-no question. @returns name of the list */
export function writeYesOrNo(left: Remaining, writer: FormWriter): string {
  const list = (['true', 'false'] as const).map((key) => {
    const ending = key === 'true' ? 'True' : 'False';
    const cells: Cells = new Map([['name', textOf(left.take(`value${ending}`)) ?? key]]);
    const label = left.take(`label${ending}`) ?? writer.words(defaultWords[key]);
    writer.text(cells, 'label', label, left.name);
    return cells;
  });
  return writer.list(left.name, list).name;
}
