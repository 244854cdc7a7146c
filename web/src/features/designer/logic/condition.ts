/** Conditions in the form that most of them have: questions compared with values, joined by "and" and "or". */
import {
  ArrayOperand,
  BinaryOperand,
  ConditionsParser,
  Const,
  UnaryOperand,
  Variable,
} from 'survey-core';
import type { Operand } from 'survey-core';
import { isScalar, type Scalar } from '../model/choices.ts';

export const operators = [
  'equal',
  'notequal',
  'anyof',
  'noneof',
  'contains',
  'notcontains',
  'allof',
  'greater',
  'greaterorequal',
  'less',
  'lessorequal',
  'notempty',
  'empty',
] as const;
export type Operator = (typeof operators)[number];

export interface Rule {
  readonly question: string;
  readonly operator: Operator;
  /** Several for anyof, noneof and allof; none for empty and notempty. */
  readonly values: readonly Scalar[];
}

/** Rules and groups of them, all joined in one way. */
export interface Group {
  readonly join: 'and' | 'or';
  readonly parts: readonly (Rule | Group)[];
}

const signs: Record<Operator, string> = {
  equal: '=',
  notequal: '<>',
  anyof: 'anyof',
  noneof: 'noneof',
  contains: 'contains',
  notcontains: 'notcontains',
  allof: 'allof',
  greater: '>',
  greaterorequal: '>=',
  less: '<',
  lessorequal: '<=',
  notempty: 'notempty',
  empty: 'empty',
};
const spellings: Record<string, Operator> = { contain: 'contains', notcontain: 'notcontains' };

export const isGroup = (part: Rule | Group): part is Group => 'join' in part;
export const takesNoValue = (operator: Operator) => operator === 'empty' || operator === 'notempty';
export const takesSeveral = (operator: Operator) =>
  operator === 'anyof' || operator === 'noneof' || operator === 'allof';

const operatorOf = (name: string): Operator | null =>
  operators.find((one) => one === name) ?? spellings[name] ?? null;

/** Where an expression cannot be read; the place is counted in letters from 0. */
export interface ExpressionFault {
  readonly at: number;
}

/** What an expression says: which names it asks for, or where it cannot be read. */
export function readExpression(
  text: string,
): { operand: Operand; names: string[] } | ExpressionFault {
  const parser = new ConditionsParser();
  const operand = parser.parseExpression(text) as Operand | undefined;
  if (!operand) return { at: parser.error?.at ?? 0 };
  const names: string[] = [];
  operand.setVariables(names);
  return { operand, names };
}

/**
 * The condition as rules and groups; an empty text is an empty group.
 * @returns null where it is more than that (functions, sums, one question against another) or cannot be read
 */
export function groupFrom(text: string): Group | null {
  if (text.trim() === '') return { join: 'and', parts: [] };
  const read = readExpression(text);
  if ('at' in read) return null;
  const part = partOf(read.operand);
  if (part === null) return null;
  return isGroup(part) ? part : { join: 'and', parts: [part] };
}

function partOf(operand: unknown): Rule | Group | null {
  if (operand instanceof UnaryOperand) {
    const question = questionOf(operand.expression);
    const operator = operatorOf(operand.operator);
    return question !== null && operator !== null && takesNoValue(operator)
      ? { question, operator, values: [] }
      : null;
  }
  if (!(operand instanceof BinaryOperand)) return null;
  const { operator: name } = operand;
  if (name === 'and' || name === 'or') {
    const sides = [partOf(operand.leftOperand), partOf(operand.rightOperand)];
    if (sides.some((side) => side === null)) return null;
    const parts = (sides as (Rule | Group)[]).flatMap((side) =>
      isGroup(side) && side.join === name ? side.parts : [side],
    );
    return { join: name, parts };
  }
  const question = questionOf(operand.leftOperand);
  const operator = operatorOf(name);
  const values = valuesOf(operand.rightOperand);
  return question !== null && operator !== null && values !== null
    ? { question, operator, values }
    : null;
}

const questionOf = (operand: unknown): string | null =>
  operand instanceof Variable ? operand.variable : null;

function valuesOf(operand: unknown): Scalar[] | null {
  if (operand instanceof ArrayOperand) {
    const values = operand.values.map(valuesOf);
    return values.every((value) => value?.length === 1)
      ? values.flatMap((value) => value ?? [])
      : null;
  }
  if (!(operand instanceof Const) || operand instanceof Variable) return null;
  const value: unknown = operand.correctValue;
  return isScalar(value) ? [value] : null;
}

const literal = (value: Scalar): string =>
  typeof value === 'string' ? `'${value.replace(/'/g, "\\'")}'` : String(value);

function ruleText({ question, operator, values }: Rule): string {
  const start = `{${question}} ${signs[operator]}`;
  if (takesNoValue(operator)) return start;
  if (takesSeveral(operator)) return `${start} [${values.map(literal).join(', ')}]`;
  return `${start} ${literal(values[0] ?? '')}`;
}

/** The condition as survey-core reads it; '' for no rules. */
export function textOfGroup({ join, parts }: Group): string {
  return parts
    .filter((part) => !isGroup(part) || part.parts.length > 0)
    .map((part) => {
      if (!isGroup(part)) return ruleText(part);
      return part.parts.length > 1 ? `(${textOfGroup(part)})` : textOfGroup(part);
    })
    .join(` ${join} `);
}
