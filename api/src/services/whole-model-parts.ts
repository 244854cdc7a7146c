import type { Model, PanelModelBase } from 'survey-core';
import { valueCheckOf } from './answer-values.ts';

type Json = Readonly<Record<string, unknown>>;

/** Properties of a question with which its answer depends on more than its JSON and the answers. */
const dynamicOfQuestion = [
  'choicesByUrl',
  'choicesVisibleIf',
  'choicesFromQuestion',
  'rowsVisibleIf',
  'columnsVisibleIf',
  'eachRowUnique',
  'enableIf',
  'readOnly',
  'setValueIf',
  'setValueExpression',
  'resetValueIf',
  'defaultValueExpression',
  'minValueExpression',
  'maxValueExpression',
  'valueName',
  'valuePropertyName',
  'showCommentArea',
  'showOtherItem',
];
const dynamicOfContainer = ['isRequired', 'requiredIf', 'enableIf', 'readOnly'];

/** Functions of expressions that look at nothing but their arguments and the date. */
const plainFunctions =
  'iif|sum|min|max|count|avg|round|trunc|getDate|age|dateDiff|dateAdd|currentDate|today|getYear|currentYear|' +
  'diffDays|year|month|day|weekday|substring';
const operators = 'and|or|not|contains|notcontains|anyof|noneof|allof';
const otherFunction = new RegExp(
  `\\b(?!(?:${plainFunctions}|${operators})\\b)[a-z]\\w*\\s*\\(`,
  'i',
);

const has = (json: Json, names: readonly string[]): boolean =>
  names.some((name) => json[name] !== undefined);

const listOf = (value: unknown): Json[] =>
  (Array.isArray(value) ? (value as unknown[]) : []).filter(
    (one): one is Json => typeof one === 'object' && one !== null,
  );

/** Whether an expression asks something that only a Model knows, as `displayValue('trust')`. */
function asksTheModel({ visibleIf, requiredIf, validators }: Json): boolean {
  return [visibleIf, requiredIf, ...listOf(validators).map(({ expression }) => expression)].some(
    (expression) => typeof expression === 'string' && otherFunction.test(expression),
  );
}

/** Whether a choice, row or column is there or not depending on answers. */
function hasConditionalChoice({ choices, rows, columns, rateValues }: Json): boolean {
  return [choices, rows, columns, rateValues]
    .flatMap(listOf)
    .some((choice) => has(choice, ['visibleIf', 'enableIf']));
}

/** A page or panel. */
export type Container = PanelModelBase;

/** Every page and panel, panels inside panels too. */
export const containersOf = (model: Model): Container[] => [
  ...model.pages,
  ...(model.getAllPanels(false, true) as unknown as Container[]),
];

/** Parts of a questionnaire that only a whole Model can follow; empty for a plain one. */
export function wholeModelParts(model: Model): string[] {
  const parts: string[] = [];
  if (model.triggers.length > 0) parts.push('triggers');
  if (model.calculatedValues.length > 0) parts.push('calculatedValues');
  for (const container of containersOf(model)) {
    const json = container.toJSON() as Json;
    if (has(json, dynamicOfContainer) || asksTheModel(json)) parts.push(container.name);
  }
  for (const question of model.getAllQuestions(false, false, true)) {
    const json = question.toJSON() as Json;
    // It takes no answer, but has a value that the others may look at.
    const isComputed = question.getType() === 'expression';
    const isPlain =
      !isComputed &&
      (!question.hasInput || valueCheckOf(question) !== null) &&
      !has(json, dynamicOfQuestion) &&
      !asksTheModel(json) &&
      !hasConditionalChoice(json);
    if (!isPlain) parts.push(question.name);
  }
  return [...new Set(parts)];
}
