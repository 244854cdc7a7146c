import { ConditionsParser, type Operand } from 'survey-core';
import { printExpression } from '../../api/src/domain/expression-print.ts';
import {
  type BinaryOperator,
  type Expression,
  parseExpression,
  partsOf,
  variablesOf,
} from '../../api/src/domain/expressions.ts';
import fc from '../support/fast-check.ts';

const read = (text: string): Expression => {
  const parsed = parseExpression(text);
  if (!('expression' in parsed)) throw new Error(`unreadable at ${parsed.unreadableAt}: ${text}`);
  return parsed.expression;
};

/** survey-core's tree in our form. */
function asOurs(node: any): Expression {
  if (node === null) return { kind: 'value', value: null };
  switch ((node as Operand).getType()) {
    case 'binary':
      return {
        kind: 'binary',
        operator: node.operatorName as BinaryOperator,
        left: asOurs(node.left),
        right: asOurs(node.right),
      };
    case 'unary':
      return { kind: 'unary', operator: node.operatorName, of: asOurs(node.expressionValue) };
    case 'array':
      return { kind: 'list', of: node.values.map(asOurs) };
    case 'function':
      return { kind: 'call', name: node.originalValue, given: node.parameters.values.map(asOurs) };
    case 'variable':
      return { kind: 'variable', name: node.variableName };
    default:
      return { kind: 'value', value: constant(node.value) };
  }
}
const constant = (value: unknown) =>
  typeof value === 'string' && /^'[^]*'$/.test(value) ? value.slice(1, -1) : (value as string);

const theirs = (text: string): Expression => asOurs(new ConditionsParser().parseExpression(text));

const examples = [
  '{consent} = true and {age} >= 18',
  '{a} = 1 or {b} = 2 and {c} != 3',
  '({a} = 1 or {b} = 2) and {c} < 3',
  '!{a} and {b} notempty',
  '!({a} empty)',
  "{channels} contains 'tv' || {channels} anyof ['a', 'b']",
  "{channels} *= 'tv' && {x} noneof [1, 2]",
  '{a} + {b} * 2 ^ 3 - {c} / 4 % 5 > -1.5',
  "iif({a} = 'yes', sum({b}, {c}), 0) > age({born})",
  "{panel.name} = 'x' or {row.col} notequal {matrix.row1.col1}",
  '{a} greaterorequal 0x10 and {b} lessorequal 5',
  "today() > '2026-01-01'",
  '{a} = yes',
  "{q} = 'it\\'s'",
  '{a} - 1 = 0',
  'negate {a}',
  '{list[0].x} contain 5 and {b} notcontain 6',
];

describe('SurveyJS expressions', () => {
  it.each(examples)('%s is the tree that survey-core reads', (text) => {
    expect(read(text)).toEqual(theirs(text));
  });

  it('names the variables, each once', () => {
    expect(variablesOf(read('{a} = 1 and ({b.row} > {a} or f({c[0].d}) notempty)'))).toEqual([
      'a',
      'b.row',
      'c[0].d',
    ]);
  });

  it.each(['', '{a} =', '{a', '({a} = 1', "{a} = 'x", '{a} = 1 and', '{a} {b}', 'f(1,'])(
    'is unreadable: %j',
    (text) => {
      expect(parseExpression(text)).toHaveProperty('unreadableAt');
    },
  );

  it('refuses a longer chain than anybody writes, which walking it would run out of stack', () => {
    const chain = (signs: number) => `${'{a} + '.repeat(signs)}1`;
    const read = parseExpression(chain(1000));
    expect('expression' in read && [...partsOf(read.expression)]).toHaveLength(2001);
    expect(parseExpression(chain(1001))).toHaveProperty('unreadableAt');
    expect(parseExpression(chain(50_000))).toHaveProperty('unreadableAt');
  });

  it('refuses what is nested deeper than anybody writes, without running out of stack', () => {
    expect(parseExpression(`${'('.repeat(50_000)}1`)).toHaveProperty('unreadableAt');
    expect(parseExpression('!'.repeat(50_000))).toHaveProperty('unreadableAt');
  });

  const name = fc.constantFrom('a', 'b_2', 'panel.q', 'm.row.col');
  const value = fc.oneof(
    fc.integer({ min: 0, max: 999 }),
    fc.boolean(),
    fc.constantFrom('yes', "it's", 'a "word"', 'әкім', 'x y'),
  );
  const atom: fc.Arbitrary<Expression> = fc.oneof(
    name.map((one) => ({ kind: 'variable' as const, name: one })),
    value.map((one) => ({ kind: 'value' as const, value: one })),
  );
  const operators = fc.constantFrom<BinaryOperator>(
    ...(['or', 'and', 'equal', 'notequal', 'less', 'greaterorequal', 'plus', 'minus'] as const),
    ...(['mul', 'div', 'mod', 'power', 'contains', 'notcontains', 'anyof', 'noneof'] as const),
  );
  const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'expression' },
      atom,
      fc.record({
        kind: fc.constant('binary' as const),
        operator: operators,
        left: tie('expression'),
        right: tie('expression'),
      }),
      tie('expression').map((of) => ({ kind: 'unary' as const, operator: 'negate' as const, of })),
      atom.map((of) => ({ kind: 'unary' as const, operator: 'empty' as const, of })),
      fc.record({
        kind: fc.constant('call' as const),
        name: fc.constantFrom('sum', 'iif'),
        given: fc.array(tie('expression'), { maxLength: 3 }),
      }),
      fc.array(atom, { maxLength: 3 }).map((of) => ({ kind: 'list' as const, of })),
    ),
  }));

  it('are written so that both readers give the same tree again', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        const text = printExpression(tree);
        expect(read(text)).toEqual(tree);
        expect(theirs(text)).toEqual(tree);
        expect([...partsOf(tree)].length).toBeGreaterThan(0);
      }),
    );
  });
});
