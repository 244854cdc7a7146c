import type { ItemValue, Question } from 'survey-core';
import { faultMessage } from '../contracts/fault-messages.ts';

/** @returns what is wrong with the value, as the end of a sentence; null when nothing is */
export type ValueCheck = (value: unknown) => string | null;

/** Whether survey-core takes a value for no answer: white space is none either. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0);

const scalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** survey-core compares choices loosely: 5 is "5". We ask for the very value, so that one answer has one form. */
function oneOf(values: readonly unknown[]): ValueCheck {
  const known = new Set(values);
  return (value) => (scalar(value) && known.has(value) ? null : faultMessage('not_a_choice'));
}

function severalOf(values: readonly unknown[], all = false): ValueCheck {
  const one = oneOf(values);
  return (value) => {
    if (!Array.isArray(value)) return faultMessage('choices_wanted');
    if (new Set(value).size !== value.length) return faultMessage('choice_twice');
    if (all && value.length !== values.length) return faultMessage('every_choice');
    return value.map(one).find((fault) => fault !== null) ?? null;
  };
}

const valuesOf = (choices: readonly ItemValue[]): unknown[] =>
  choices.map((choice) => choice.value as unknown);

/** Choices and what SurveyJS adds to them: none, other, don't know, refuse. */
function choicesOf(question: Question): unknown[] {
  return valuesOf((question as unknown as { visibleChoices: ItemValue[] }).visibleChoices);
}

/** How many choices there may be; 0 is no limit. */
function countFault(question: Question, count: number): string | null {
  const { minSelectedChoices: least, maxSelectedChoices: most } = question as unknown as Record<
    'minSelectedChoices' | 'maxSelectedChoices',
    number
  >;
  if (count < least) return faultMessage('choices_least', { least });
  return most > 0 && count > most ? faultMessage('choices_most', { most }) : null;
}

/** Several choices, with their number and those that stand alone. */
function selectionCheck(question: Question): ValueCheck {
  const { visibleChoices } = question as unknown as {
    visibleChoices: (ItemValue & { isExclusive?: boolean })[];
  };
  const several = severalOf(valuesOf(visibleChoices));
  const alone = new Set<unknown>([
    'none',
    ...visibleChoices
      .filter((choice) => choice.isExclusive)
      .map((choice) => choice.value as unknown),
  ]);
  return (value) => {
    const fault = several(value);
    if (fault !== null) return fault;
    const chosen = value as unknown[];
    if (chosen.length > 1 && chosen.some((one) => alone.has(one))) {
      return faultMessage('stands_alone');
    }
    return countFault(question, chosen.length);
  };
}

/** Choices in order: all of them, or as many as may be picked. */
function rankingCheck(question: Question): ValueCheck {
  if (question.selectToRankEnabled !== true) return severalOf(choicesOf(question), true);
  const several = severalOf(choicesOf(question));
  return (value) => several(value) ?? countFault(question, (value as unknown[]).length);
}

function matrixCheck(question: Question): ValueCheck {
  const matrix = question as unknown as {
    visibleRows: readonly { name: unknown }[];
    columns: ItemValue[];
    cellType: string;
    eachRowRequired: boolean;
  };
  const rows = new Set(matrix.visibleRows.map(({ name }) => String(name)));
  const cell =
    matrix.cellType === 'checkbox'
      ? severalOf(valuesOf(matrix.columns))
      : oneOf(valuesOf(matrix.columns));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return faultMessage('rows_wanted');
    }
    for (const [row, answer] of Object.entries(value)) {
      if (!rows.has(row)) return faultMessage('no_row', { row: row.slice(0, 50) });
      const fault = cell(answer);
      if (fault !== null) return `row "${row}" ${fault}`;
    }
    const missing = [...rows].filter((row) => !(row in value));
    return matrix.eachRowRequired && missing.length > 0
      ? `row "${missing[0]}" is not answered`
      : null;
  };
}

/** A limit of a text or slider question: a number, or nothing when it is not a plain number. */
const limit = (value: unknown): number | null =>
  value === undefined || value === null || value === '' ? null : Number(value);

/** @param origin from where steps are counted: survey-core does it from 0 in a field, from its least value on a slider */
function numberCheck(question: Question, origin: 0 | 'least'): ValueCheck {
  const { min, max, step } = question as unknown as Record<'min' | 'max' | 'step', unknown>;
  const [least, most, stride] = [limit(min), limit(max), limit(step)];
  const from = origin === 'least' ? (least ?? 0) : 0;
  return (value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return faultMessage('number_wanted');
    if (least !== null && value < least) return faultMessage('at_least', { least });
    if (most !== null && value > most) return faultMessage('at_most', { most });
    if (stride !== null && stride > 0) {
      const steps = (value - from) / stride;
      if (Math.abs(steps - Math.round(steps)) > 1e-9)
        return faultMessage('steps', { step: stride });
    }
    return null;
  };
}

const longestText = 10_000;
const textCheck =
  (maxLength: number): ValueCheck =>
  (value) => {
    if (typeof value !== 'string') return faultMessage('text_wanted');
    const most = maxLength > 0 ? maxLength : longestText;
    return value.length > most ? faultMessage('text_too_long', { most }) : null;
  };

function booleanValues(question: Question): unknown[] {
  const { valueTrue, valueFalse } = question as unknown as Record<string, unknown>;
  return [valueTrue ?? true, valueFalse ?? false];
}

/** What a question's value must be like, beyond what its validators say; null for a type that is not known here. */
export function valueCheckOf(question: Question): ValueCheck | null {
  switch (question.getType()) {
    case 'radiogroup':
    case 'dropdown':
    case 'buttongroup':
      return oneOf(choicesOf(question));
    case 'imagepicker':
      return question.multiSelect ? severalOf(choicesOf(question)) : oneOf(choicesOf(question));
    case 'checkbox':
    case 'tagbox':
      return selectionCheck(question);
    case 'ranking':
      return rankingCheck(question);
    case 'rating':
      return oneOf(
        valuesOf((question as unknown as { visibleRateValues: ItemValue[] }).visibleRateValues),
      );
    case 'boolean':
      return oneOf(booleanValues(question));
    case 'matrix':
      return matrixCheck(question);
    case 'text':
      return question.inputType === 'number' || question.inputType === 'range'
        ? numberCheck(question, 0)
        : question.inputType === 'text'
          ? textCheck(question.maxLength as number)
          : null;
    case 'slider':
      return question.sliderType === 'range' ? null : numberCheck(question, 'least');
    case 'comment':
      return textCheck(question.maxLength as number);
    default:
      return null;
  }
}
