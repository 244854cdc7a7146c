import {
  groupFrom,
  operators,
  readExpression,
  takesNoValue,
  takesSeveral,
  textOfGroup,
  type Group,
  type Rule,
} from '../../../web/src/features/designer/logic/condition.ts';
import { askablesOf } from '../../../web/src/features/designer/logic/condition-questions.ts';
import {
  fromSpreadsheet,
  merged,
  typedValue,
  withRenamedValue,
} from '../../../web/src/features/designer/model/choices.ts';
import fc from '../../support/fast-check.ts';

const value = fc.oneof(
  fc.integer({ min: -99, max: 99 }),
  fc.boolean(),
  fc.constantFrom('yes', 'dk', 'a b', 'жоқ'),
);
const rule: fc.Arbitrary<Rule> = fc
  .record({
    question: fc.constantFrom('age', 'sex', 'grid.row', 'q1'),
    operator: fc.constantFrom(...operators),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  })
  .map((made) => ({
    ...made,
    values: takesNoValue(made.operator)
      ? []
      : takesSeveral(made.operator)
        ? made.values
        : made.values.slice(0, 1),
  }));
const group: fc.Arbitrary<Group> = fc.record({
  join: fc.constantFrom('and', 'or'),
  parts: fc.array(rule, { minLength: 2, maxLength: 4 }),
});
const nested: fc.Arbitrary<Group> = fc.tuple(group, group).map(([outer, inner]) => ({
  ...outer,
  parts: [...outer.parts, { ...inner, join: outer.join === 'and' ? 'or' : 'and' }],
}));

describe('conditions as rules', () => {
  it('whatever can be built reads back as the same rules', () => {
    fc.assert(
      fc.property(fc.oneof(group, nested), (built) => {
        expect(groupFrom(textOfGroup(built))).toEqual(built);
      }),
      { numRuns: 200 },
    );
  });

  it('are shown for what is usual and not for functions, sums and two questions compared', () => {
    expect(groupFrom("{applied} = 'yes' and {age} >= 18")).toEqual({
      join: 'and',
      parts: [
        { question: 'applied', operator: 'equal', values: ['yes'] },
        { question: 'age', operator: 'greaterorequal', values: [18] },
      ],
    });
    for (const text of ['iif({a} = 1, 2, 3) > 2', '{a} = {b}', '{a} + 1 > 2', '{a} = ']) {
      expect(groupFrom(text)).toBeNull();
    }
    expect(groupFrom('')).toEqual({ join: 'and', parts: [] });
  });

  it('tell which names an expression asks for and where it cannot be read', () => {
    expect(readExpression("{a} = 'x' and {grid.row} > 1")).toMatchObject({
      names: ['a', 'grid.row'],
    });
    expect(readExpression('{a} = ')).toEqual({ at: 6 });
  });

  it('offer the rows of a matrix and calculated values by the name they have in expressions', () => {
    const doc = {
      calculatedValues: [{ name: 'old', expression: '{age} > 60' }],
      pages: [
        {
          elements: [
            { type: 'text', name: 'age', inputType: 'number', valueName: 'years' },
            { type: 'matrix', name: 'roads', rows: ['near'], columns: [1, 2] },
            { type: 'html', name: 'words' },
          ],
        },
      ],
    };
    expect(askablesOf(doc, 'en').map(({ name }) => name)).toEqual(['years', 'roads.near', 'old']);
  });
});

describe('lists of choices', () => {
  it('are read from a spreadsheet with texts in three languages, with or without a heading', () => {
    const pasted = 'value\tkk\tru\ten\r\nyes\tИә\tДа\tYes\r\nno\t\tНет\t\r\n';
    expect(fromSpreadsheet(pasted)).toEqual([
      { value: 'yes', text: { kk: 'Иә', ru: 'Да', en: 'Yes' } },
      { value: 'no', text: { ru: 'Нет' } },
    ]);
    expect(fromSpreadsheet('1\n2')).toEqual([1, 2]);
  });

  it('are pasted whole where a cell holds quotation marks, tabs or line breaks', () => {
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const pasted = [
      `road\t${cell('Жол,\n"үлкен"')}\t${cell('Дорога\tбольшая')}\tRoad`,
      `"other"\t"Жаңа" жол\t\t${cell('"Quoted"')}`,
      '\tКодсыз\tБез кода\t',
      '',
    ].join('\r\n');
    expect(fromSpreadsheet(pasted)).toEqual([
      {
        value: 'road',
        text: { kk: 'Жол, "үлкен"', ru: 'Дорога\tбольшая', en: 'Road' },
      },
      { value: 'other', text: { kk: '"Жаңа" жол', en: '"Quoted"' } },
      { value: 'option_3', text: { kk: 'Кодсыз', ru: 'Без кода' } },
    ]);
    expect(fromSpreadsheet('')).toEqual([]);
  });

  it('keep what is said of a choice when its texts are pasted anew', () => {
    const list = [{ value: 'no', text: { kk: 'Жоқ' }, isExclusive: true }, 'old'];
    expect(merged(list, fromSpreadsheet('no\tжоқ\nnew\tжаңа'))).toEqual([
      { value: 'no', text: { kk: 'жоқ' }, isExclusive: true },
      'old',
      { value: 'new', text: { kk: 'жаңа' } },
    ]);
  });

  it('keep numbers numbers, and words words', () => {
    expect(typedValue('4', [1, 2, 3], 2)).toBe(4);
    expect(typedValue('4', ['a', 'b'], 1)).toBe('4');
  });

  it('take scoring and missing values along when a code is renamed', () => {
    const question = {
      choices: ['yes', 'no', 'dk'],
      scoring: { kind: 'map', scores: { yes: 100, no: 0 } },
      missingValues: { dontKnow: ['dk'] },
    };
    const once = withRenamedValue(question, 'choices', 'yes', 'agree');
    expect(withRenamedValue(once, 'choices', 'dk', 'dont_know')).toMatchObject({
      scoring: { kind: 'map', scores: { agree: 100, no: 0 } },
      missingValues: { dontKnow: ['dont_know'] },
    });
  });
});
