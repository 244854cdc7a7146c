/** Reads SurveyJS JSON as plain JSON: which questions there are, and which values each can be answered with. */
import { scoringFault } from '../contracts/scoring-faults.ts';
import { panelTypes } from './questionnaire-properties.ts';
import type { MissingKind } from './scoring-rules.ts';

export type Plain = Readonly<Record<string, unknown>>;

/** What a question can be answered with, as far as scoring needs it. */
export interface Scale {
  /** one value, several values, an order of values, a number without named values, or a grid of cells */
  readonly kind: 'one' | 'several' | 'order' | 'open' | 'cells';
  /** every value that can be answered, as text; empty for an open number */
  readonly values: readonly string[];
  /** true where no other value can be answered, so that an unknown missing value is a slip */
  readonly closed: boolean;
  /** least and greatest number of a scale */
  readonly range?: readonly [number, number];
  /** the value of "other", which is unscored unless it is mapped */
  readonly other?: string;
  readonly rows: readonly string[];
  /** columns of a grid: the cell's own scale, or the reason why the column cannot be scored */
  readonly cells: ReadonlyMap<string, Scale | string>;
  /** SurveyJS's own "don't know" and "refuse" choices */
  readonly builtInMissing: readonly (readonly [string, MissingKind])[];
}

const noScale = {
  values: [],
  closed: false,
  rows: [],
  cells: new Map(),
  builtInMissing: [],
} as const;

/**
 * A scalar as the text that keys of a map are written in; null for anything else.
 * @example textOf(5) → '5', textOf(null) → null
 */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : null;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const plainList = (value: unknown): Plain[] => (Array.isArray(value) ? value.filter(isPlain) : []);

/** Values of choices, rows or columns: each a scalar or { value, text }. */
const valuesOf = (list: unknown): string[] =>
  (Array.isArray(list) ? list : []).flatMap(
    (choice: unknown) => textOf(isPlain(choice) ? choice.value : choice) ?? [],
  );

const numberOr = (value: unknown, otherwise: number) =>
  typeof value === 'number' ? value : otherwise;

/**
 * Every question of the questionnaire in the order of asking, however deep in pages and panels.
 * @returns `insidePanel` is true inside a dynamic panel, where a question is asked any number of times
 * @example { pages: [{ elements: [{ type: 'panel', elements: [{ type: 'text', name: 'a' }] }] }] } → a
 */
export function questionsOf(
  questionnaireJson: unknown,
): { question: Plain; insidePanel: boolean }[] {
  const found: { question: Plain; insidePanel: boolean }[] = [];
  const inside = (container: Plain) => [
    ...plainList(container.elements),
    ...plainList(container.questions),
  ];
  const visit = (element: Plain, insidePanel: boolean) => {
    if (!panelTypes.has(element.type)) found.push({ question: element, insidePanel });
    for (const child of inside(element)) visit(child, insidePanel);
    for (const child of plainList(element.templateElements)) visit(child, true);
  };
  const root = isPlain(questionnaireJson) ? questionnaireJson : {};
  for (const page of [...plainList(root.pages), root]) {
    for (const element of inside(page)) visit(element, false);
  }
  return found;
}

/** Choices with SurveyJS's own additions (none, other, don't know, refuse), or the reason why they are unknown. */
function choiceScale(
  question: Plain,
  kind: 'one' | 'several' | 'order',
  all: readonly Plain[],
): Scale | string {
  if (question.choicesByUrl !== undefined) return scoringFault('choices_by_url');
  const source = question.choicesFromQuestion;
  const owner = source === undefined ? question : all.find(({ name }) => name === source);
  if (owner === undefined)
    return scoringFault('choices_from_nowhere', { question: String(textOf(source)) });
  const values = valuesOf(owner.choices);
  if (values.length === 0) return scoringFault('no_choices');
  const shown = (...names: string[]) => names.some((name) => question[name] === true);
  const builtInMissing: [string, MissingKind][] = [];
  if (shown('showDontKnowItem')) builtInMissing.push(['dontknow', 'dontKnow']);
  if (shown('showRefuseItem')) builtInMissing.push(['refused', 'refused']);
  if (shown('showNoneItem', 'hasNone')) values.push('none');
  const other = shown('showOtherItem', 'hasOther') ? 'other' : undefined;
  values.push(...builtInMissing.map(([value]) => value), ...(other === undefined ? [] : [other]));
  return { ...noScale, kind, values, closed: true, other, builtInMissing };
}

/** More points than anybody is asked to choose among; a slip of the hand must not fill the memory. */
const mostPoints = 1000;

function ratingScale(question: Plain): Scale {
  const named = valuesOf(question.rateValues);
  if (named.length > 0) return { ...noScale, kind: 'one', values: named, closed: true };
  const least = numberOr(question.rateMin, 1);
  const step = numberOr(question.rateStep, 1);
  const greatest = numberOr(question.rateMax, least + step * (numberOr(question.rateCount, 5) - 1));
  const count = step > 0 ? Math.floor((greatest - least) / step + 1e-9) + 1 : 0;
  const length = Math.min(mostPoints, Math.max(0, count));
  const values = Array.from({ length }, (_, place) => String(least + place * step));
  return { ...noScale, kind: 'one', values, range: [least, greatest] };
}

const booleanScale = (question: Plain): Scale => {
  const values = [textOf(question.valueTrue) ?? 'true', textOf(question.valueFalse) ?? 'false'];
  return { ...noScale, kind: 'one', values, closed: true };
};

const sliderScale = (question: Plain): Scale | string =>
  question.sliderType === 'range'
    ? scoringFault('two_handles')
    : { ...noScale, kind: 'open', range: [numberOr(question.min, 0), numberOr(question.max, 100)] };

function textScale(question: Plain): Scale | string {
  if (question.inputType !== 'number' && question.inputType !== 'range') {
    return scoringFault('text_not_number');
  }
  const ends = [question.min, question.max];
  const range = ends.every((end) => typeof end === 'number')
    ? (ends as [number, number])
    : undefined;
  return range ? { ...noScale, kind: 'open', range } : scoringFault('number_ends');
}

function matrixScale(question: Plain): Scale | string {
  const values = valuesOf(question.columns);
  if (values.length === 0) return scoringFault('no_columns');
  if (question.cellType === 'checkbox') return scoringFault('several_ticks');
  return { ...noScale, kind: 'one', values, closed: true, rows: valuesOf(question.rows) };
}

function gridScale(question: Plain, all: readonly Plain[]): Scale {
  const cells = plainList(question.columns).map((column) => {
    const type = column.cellType === 'default' ? undefined : column.cellType;
    const cell = {
      choices: question.choices,
      ...column,
      type: type ?? question.cellType ?? 'dropdown',
    };
    const scale = scaleOf(cell, all);
    const nested = typeof scale !== 'string' && scale.kind === 'cells';
    return [textOf(column.name) ?? '', nested ? scoringFault('grid_in_grid') : scale] as const;
  });
  return { ...noScale, kind: 'cells', rows: valuesOf(question.rows), cells: new Map(cells) };
}

/**
 * What a question can be answered with.
 * @param all the questionnaire's questions, for choices taken from another question
 * @returns the scale, or the reason in plain words why this question cannot be scored
 * @example a rating → kind 'one', values '1' … '5'; a comment → 'a question of type "comment" cannot be scored'
 */
export function scaleOf(question: Plain, all: readonly Plain[]): Scale | string {
  if (question.valuePropertyName !== undefined) return scoringFault('list_of_objects');
  switch (question.type) {
    case 'radiogroup':
    case 'dropdown':
    case 'buttongroup':
      return choiceScale(question, 'one', all);
    case 'imagepicker':
      return choiceScale(question, question.multiSelect === true ? 'several' : 'one', all);
    case 'checkbox':
    case 'tagbox':
      return choiceScale(question, 'several', all);
    case 'ranking':
      return choiceScale(question, 'order', all);
    case 'rating':
      return ratingScale(question);
    case 'boolean':
      return booleanScale(question);
    case 'slider':
      return sliderScale(question);
    case 'text':
      return textScale(question);
    case 'matrix':
      return matrixScale(question);
    case 'matrixdropdown':
      return gridScale(question, all);
    default:
      return scoringFault('type_unscorable', { type: textOf(question.type) ?? '' });
  }
}
