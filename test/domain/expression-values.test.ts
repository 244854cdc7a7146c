import { ConditionRunner } from 'survey-core';
import { type Answer, holds, NotSimple } from '../../api/src/domain/expression-values.ts';
import { parseExpression } from '../../api/src/domain/expressions.ts';

const answers = {
  yes: 'Yes',
  five: 5,
  text5: '5',
  no: false,
  on: true,
  blank: '',
  none: [],
  several: ['a', 'b', 3],
  one: 'a',
};

/** Whether a condition holds for the answers above; 'not simple' where only survey-core could tell. */
function decided(condition: string): boolean | 'not simple' {
  const parsed = parseExpression(condition);
  if (!('expression' in parsed)) throw new Error(`cannot be read: ${condition}`);
  try {
    return holds(parsed.expression, (name) => (answers as Record<string, Answer>)[name]);
  } catch (error) {
    if (error instanceof NotSimple) return 'not simple';
    throw error;
  }
}

describe('whether a simple condition holds', () => {
  it.each<[string, boolean]>([
    ["{yes} = 'yes'", true],
    ["{yes} = ' YES '", true],
    ["{yes} = 'no'", false],
    ["{yes} != 'no'", true],
    ["{five} = '5'", true],
    ['{text5} = 5', true],
    ['{five} = 5', true],
    ['{five} = 6', false],
    ["{five} = '6'", false],
    ['{gone} = 5', false],
    ['{gone} != 5', true],
    ["{gone} = ''", true],
    ["{blank} = ''", true],
    ["{blank} = 'x'", false],
    ['{on} = true', true],
    ["{on} = 'true'", true],
    ["{on} = 'TRUE'", true],
    ['{on} = false', false],
    ['{no} = false', true],
    ['{no} = true', false],
    ['{five} > 4', true],
    ['{five} > 5', false],
    ['{five} >= 5', true],
    ['{five} >= 6', false],
    ['{five} < 6', true],
    ['{five} < 5', false],
    ['{five} <= 5', true],
    ['{five} <= 4', false],
    ['{gone} > 1', false],
    ['{gone} < 1', false],
    ["{several} contains 'a'", true],
    ["{several} contains 'A'", true],
    ["{several} contains 'x'", false],
    ["{several} contains ['a', 'b']", true],
    ["{several} contains ['a', 'x']", false],
    ["{several} notcontains 'x'", true],
    ["{several} notcontains 'a'", false],
    ["{none} contains 'a'", false],
    ["{gone} contains 'a'", false],
    ["{several} anyof ['x', 3]", true],
    ["{several} anyof ['x', 'y']", false],
    ["{one} anyof ['x', 'a']", true],
    ["{one} anyof ['x', 'y']", false],
    ["{gone} anyof ['x']", false],
    ["{several} noneof ['x', 'y']", true],
    ["{several} noneof ['x', 'a']", false],
    ['{gone} empty', true],
    ['{blank} empty', true],
    ['{none} empty', true],
    ['{several} empty', false],
    ['{no} empty', false],
    ['{one} notempty', true],
    ['{none} notempty', false],
    ["!({one} = 'a')", false],
    ["!({one} = 'b')", true],
    ["{one} = 'a' and {five} = 5", true],
    ["{one} = 'a' and {five} = 6", false],
    ["{one} = 'b' or {five} = 5", true],
    ["{one} = 'b' or {five} = 6", false],
    ['{on}', true],
    ['{no}', false],
  ])('%s is %s, for survey-core too', (condition, expected) => {
    expect([condition, decided(condition)]).toEqual([condition, expected]);
    const known = structuredClone(answers) as Record<string, unknown>;
    expect([condition, !!new ConditionRunner(condition).runValues(known)]).toEqual([
      condition,
      expected,
    ]);
  });

  it.each([
    "{several} = 'a'",
    "['a'] = {one}",
    "{one} > 'a'",
    "{five} > 'a'",
    '{one} > 5',
    "{one} contains 'a'",
    '{several} contains {gone}',
    "{several} anyof 'a'",
    '{one} anyof []',
    '{one} anyof [{gone}]',
    '{one} anyof [{several}]',
    "{several} allof ['a']",
    '{five} + 1 > 5',
    '{five} + 1',
    'today() > 5',
    'iif({on}, 1, 2)',
    '{one}',
    '5',
    "{one} = 'b' or {one} > 'a'",
    '{on} or {one}',
    '{one} + 1 empty',
  ])('of %s only survey-core can tell', (condition) => {
    expect([condition, decided(condition)]).toEqual([condition, 'not simple']);
  });
});
