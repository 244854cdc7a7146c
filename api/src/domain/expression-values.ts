/** Whether a simple condition holds for given answers, as survey-core would say; for the check alone, never for an interview. */
import type { BinaryOperator, Expression } from './expressions.ts';

export type Answer = string | number | boolean | readonly (string | number | boolean)[] | undefined;

/** The condition is not a simple one: functions, arithmetic, dates, lists compared as a whole. */
export class NotSimple extends Error {}

const isList = (value: Answer): value is readonly (string | number | boolean)[] =>
  Array.isArray(value);

const isNothing = (value: Answer): boolean =>
  value === undefined || value === '' || (isList(value) && value.length === 0);

/** survey-core compares loosely: 5 is "5", and letters' case does not count. */
function same(left: Answer, right: Answer): boolean {
  if (isList(left) || isList(right)) throw new NotSimple();
  if (isNothing(left) || isNothing(right)) return isNothing(left) && isNothing(right);
  if (typeof left === 'boolean' || typeof right === 'boolean')
    return String(left).toLowerCase() === String(right).toLowerCase();
  if (typeof left === 'number' && typeof right === 'number') return left === right;
  return String(left).trim().toLowerCase() === String(right).trim().toLowerCase();
}

function greater(left: Answer, right: Answer): boolean {
  if (left === undefined || right === undefined) return false;
  if (typeof left !== 'number' || typeof right !== 'number') throw new NotSimple();
  return left > right;
}

function has(left: Answer, right: Answer): boolean {
  if (isNothing(left)) return false;
  if (isNothing(right)) throw new NotSimple();
  if (isList(left)) {
    const wanted = isList(right) ? right : [right];
    return wanted.every((one) => left.some((chosen) => same(chosen, one)));
  }
  // On a text "contains" looks for a part of it.
  throw new NotSimple();
}

function anyOf(left: Answer, right: Answer): boolean {
  if (!isList(right) || right.length === 0) throw new NotSimple();
  if (isNothing(left)) return false;
  const chosen = isList(left) ? left : [left];
  return chosen.some((one) => right.some((wanted) => same(one, wanted)));
}

const comparisons: Readonly<
  Partial<Record<BinaryOperator, (left: Answer, right: Answer) => boolean>>
> = {
  equal: same,
  notequal: (left, right) => !same(left, right),
  greater,
  less: (left, right) => greater(right, left),
  greaterorequal: (left, right) => same(left, right) || greater(left, right),
  lessorequal: (left, right) => same(left, right) || greater(right, left),
  contains: has,
  notcontains: (left, right) => !has(left, right),
  anyof: anyOf,
  noneof: (left, right) => !anyOf(left, right),
};

function valueOf(expression: Expression, answerTo: (name: string) => Answer): Answer {
  switch (expression.kind) {
    case 'value':
      return expression.value ?? undefined;
    case 'variable':
      return answerTo(expression.name);
    case 'list':
      return expression.of.map((part) => {
        const value = valueOf(part, answerTo);
        if (value === undefined || isList(value)) throw new NotSimple();
        return value;
      });
    default:
      throw new NotSimple();
  }
}

/**
 * Whether the condition holds.
 * @param answerTo the answer to a question; undefined where there is none
 * @throws NotSimple when only survey-core could tell
 * @example "{n} > 5 or {n} empty" with n = 6 → true, with n = 5 → false, without n → true
 */
export function holds(expression: Expression, answerTo: (name: string) => Answer): boolean {
  if (expression.kind === 'unary') {
    if (expression.operator === 'negate') return !holds(expression.of, answerTo);
    return isNothing(valueOf(expression.of, answerTo)) === (expression.operator === 'empty');
  }
  if (expression.kind === 'binary') {
    const { operator, left, right } = expression;
    // Both sides are looked at, so that what is not simple never hides behind an "or".
    if (operator === 'and' || operator === 'or') {
      const both = [holds(left, answerTo), holds(right, answerTo)];
      return operator === 'and' ? both.every(Boolean) : both.some(Boolean);
    }
    const compare = comparisons[operator];
    if (compare === undefined) throw new NotSimple();
    return compare(valueOf(left, answerTo), valueOf(right, answerTo));
  }
  const value = valueOf(expression, answerTo);
  if (typeof value !== 'boolean') throw new NotSimple();
  return value;
}
