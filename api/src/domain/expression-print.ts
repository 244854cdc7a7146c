/** Expressions of expressions.ts as text again: the least parentheses, the plainest signs. */
import { levelOf, type BinaryOperator, type Expression, type Scalar } from './expressions.ts';

const signOf: Readonly<Record<BinaryOperator, string>> = {
  or: 'or',
  and: 'and',
  equal: '=',
  notequal: '!=',
  less: '<',
  greater: '>',
  lessorequal: '<=',
  greaterorequal: '>=',
  plus: '+',
  minus: '-',
  mul: '*',
  div: '/',
  mod: '%',
  power: '^',
  contains: 'contains',
  notcontains: 'notcontains',
  anyof: 'anyof',
  allof: 'allof',
  noneof: 'noneof',
};

/** A value as it is written in an expression. */
function printValue(value: Scalar): string {
  if (typeof value !== 'string') return String(value);
  return `'${value.replace(/['"]/g, '\\$&')}'`;
}

/**
 * Writes an expression so that survey-core and `parseExpression` read the same tree again.
 * Parentheses stand only where they are needed.
 * @example the tree of "({a} = 1) and ({b} empty)" → '{a} = 1 and {b} empty'
 */
export function printExpression(expression: Expression, within = -1): string {
  switch (expression.kind) {
    case 'value':
      return printValue(expression.value);
    case 'variable':
      return `{${expression.name}}`;
    case 'list':
      return `[${expression.of.map((part) => printExpression(part)).join(', ')}]`;
    case 'call':
      return `${expression.name}(${expression.given.map((part) => printExpression(part)).join(', ')})`;
    case 'unary':
      return printUnary(expression);
    case 'binary': {
      const level = levelOf(expression.operator);
      const sign = signOf[expression.operator];
      const text = `${printExpression(expression.left, level)} ${sign} ${printExpression(expression.right, level + 1)}`;
      return level < within ? `(${text})` : text;
    }
  }
}

/** `empty` follows a variable or a value only; survey-core reads no other. */
function printUnary({ operator, of }: Expression & { kind: 'unary' }): string {
  return operator === 'negate' ? `!(${printExpression(of)})` : `${printExpression(of)} ${operator}`;
}
