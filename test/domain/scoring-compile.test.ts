import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compileScoring } from '@akimetr/api/domain/scoring';

const scoringGuide = readFileSync(path.join(__dirname, '../../api/docs/scoring.md'), 'utf8');

const map = { kind: 'map', scores: { a: 100, b: 40, c: 0 } };

const reasonsOf = (...questions: Record<string, unknown>[]) =>
  compileScoring({
    elements: questions.map((question) => ({ name: 'q', indicator: 'i', ...question })),
  }).faults.map(({ reason }) => reason);

describe('compileScoring', () => {
  it('accepts every example of the written guide', () => {
    const examples = [...scoringGuide.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) =>
      JSON.parse(json),
    );
    expect(examples.length).toBeGreaterThanOrEqual(8);
    expect(compileScoring({ elements: examples }).faults).toEqual([]);
  });

  const one = { type: 'radiogroup', choices: ['a', 'b'] };
  it.each<[string, Record<string, unknown>]>([
    ['it has an indicator but no scoring', { ...one }],
    ['it has scoring but no indicator', { ...one, indicator: undefined, scoring: map }],
    ['indicator is not a name', { ...one, indicator: 7, scoring: map }],
    ['scoring is not an object', { ...one, scoring: 'map' }],
    [
      'scoring has the unknown kind "magic" for this question',
      { ...one, scoring: { kind: 'magic' } },
    ],
    ['scoring has the unknown kind (none) for this question', { ...one, scoring: {} }],
    [
      'scoring has the unknown kind "toString" for this question',
      { ...one, scoring: { kind: 'toString' } },
    ],
    [
      'scoring has an unknown property "score"',
      { ...one, scoring: { kind: 'map', scores: { a: 1, b: 2 }, score: 1 } },
    ],
    [
      'map needs "scores": an object from answer value to 0–100',
      { ...one, scoring: { kind: 'map', scores: {} } },
    ],
    [
      'map needs "scores": an object from answer value to 0–100',
      { ...one, scoring: { kind: 'map', scores: [1, 2] } },
    ],
    [
      'the answer "b" has neither a score nor a kind of missing',
      { ...one, scoring: { kind: 'map', scores: { a: 1 } } },
    ],
    [
      '"z" has a score but cannot be answered',
      { ...one, scoring: { kind: 'map', scores: { a: 1, b: 2, z: 3 } } },
    ],
    [
      'the score of "b" is not a number from 0 to 100',
      { ...one, scoring: { kind: 'map', scores: { a: 1, b: 101 } } },
    ],
    [
      'the score of "b" is not a number from 0 to 100',
      { ...one, scoring: { kind: 'map', scores: { a: 1, b: -1 } } },
    ],
    [
      'the score of "b" is not a number from 0 to 100',
      { ...one, scoring: { kind: 'map', scores: { a: 1, b: '2' } } },
    ],
    [
      '"b" has a score and is a missing value too',
      {
        ...one,
        scoring: { kind: 'map', scores: { a: 1, b: 2 } },
        missingValues: { dontKnow: ['b'] },
      },
    ],
    [
      'a map scores one value, this question gives a list',
      { type: 'checkbox', choices: ['a'], scoring: map },
    ],
    [
      'a map scores one value, this question gives a list',
      { type: 'ranking', choices: ['a', 'b'], scoring: map },
    ],
    ['a map needs a question with named values', { type: 'slider', scoring: map }],
    [
      'linear scores one number, this question gives a list',
      { type: 'checkbox', choices: [1], scoring: { kind: 'linear', from: 1, to: 2 } },
    ],
    [
      'linear scores one number, this question gives a list',
      { type: 'ranking', choices: [1, 2], scoring: { kind: 'linear', from: 1, to: 2 } },
    ],
    [
      'linear needs the numbers "from" and "to"',
      { type: 'rating', scoring: { kind: 'linear', from: 1 } },
    ],
    [
      'linear needs the numbers "from" and "to"',
      { type: 'rating', scoring: { kind: 'linear', from: '1', to: 5 } },
    ],
    [
      'linear needs "from" and "to" that differ',
      { type: 'rating', scoring: { kind: 'linear', from: 5, to: 5 } },
    ],
    [
      'the scale 1–5 is not covered by 1–4',
      { type: 'rating', scoring: { kind: 'linear', from: 4, to: 1 } },
    ],
    [
      'the scale 1–5 is not covered by 2–5',
      { type: 'rating', scoring: { kind: 'linear', from: 2, to: 5 } },
    ],
    [
      'the answer "b" is no number and no kind of missing',
      { type: 'dropdown', choices: [1, 'b'], scoring: { kind: 'linear', from: 1, to: 5 } },
    ],
    [
      'the answer 6 is outside 1–5',
      { type: 'dropdown', choices: [1, 6], scoring: { kind: 'linear', from: 1, to: 5 } },
    ],
    [
      'the answer 0 is outside 1–5',
      { type: 'dropdown', choices: [0, 5], scoring: { kind: 'linear', from: 1, to: 5 } },
    ],
    [
      'share needs a question with several choices',
      { ...one, scoring: { kind: 'share', of: ['a'] } },
    ],
    [
      'count needs "of": a list of choices',
      { type: 'checkbox', choices: ['a'], scoring: { kind: 'count', of: [] } },
    ],
    [
      'share needs "of": a list of choices',
      { type: 'checkbox', choices: ['a'], scoring: { kind: 'share', of: 'a' } },
    ],
    [
      '"of" names "a" twice',
      { type: 'checkbox', choices: ['a'], scoring: { kind: 'share', of: ['a', 'a'] } },
    ],
    [
      '"of" names "b", which is not a choice',
      { type: 'checkbox', choices: ['a'], scoring: { kind: 'share', of: ['b'] } },
    ],
    [
      '"a" is counted and is a missing value too',
      {
        type: 'checkbox',
        choices: ['a'],
        scoring: { kind: 'share', of: ['a'] },
        missingValues: { refused: ['a'] },
      },
    ],
    [
      'count needs "full": a whole number from 1 to 1',
      { type: 'checkbox', choices: ['a'], scoring: { kind: 'count', of: ['a'], full: 2 } },
    ],
    [
      'count needs "full": a whole number from 1 to 2',
      {
        type: 'checkbox',
        choices: ['a', 'b'],
        scoring: { kind: 'count', of: ['a', 'b'], full: 1.5 },
      },
    ],
    [
      'count needs "full": a whole number from 1 to 1',
      { type: 'checkbox', choices: ['a'], scoring: { kind: 'count', of: ['a'], full: 0 } },
    ],
    ['position needs a ranking question', { ...one, scoring: { kind: 'position', choice: 'a' } }],
    [
      'position needs "choice"',
      { type: 'ranking', choices: ['a', 'b'], scoring: { kind: 'position' } },
    ],
    [
      '"z" is not a choice of the ranking',
      { type: 'ranking', choices: ['a', 'b'], scoring: { kind: 'position', choice: 'z' } },
    ],
    [
      'a ranking of one choice has no positions',
      { type: 'ranking', choices: ['a'], scoring: { kind: 'position', choice: 'a' } },
    ],
    [
      '"reversed" is not true or false',
      { type: 'checkbox', choices: ['a'], scoring: { kind: 'share', of: ['a'], reversed: 'yes' } },
    ],
    [
      'scoring has an unknown property "reversed"',
      { ...one, scoring: { kind: 'map', scores: { a: 1, b: 2 }, reversed: true } },
    ],
    [
      '"reversedRows" is not a list of rows',
      {
        type: 'matrix',
        rows: ['r'],
        columns: [1, 2],
        scoring: { kind: 'linear', from: 1, to: 2, reversedRows: 'r' },
      },
    ],
    [
      '"reversedRows" names "x", which is not a row',
      {
        type: 'matrix',
        rows: ['r'],
        columns: [1, 2],
        scoring: { kind: 'linear', from: 1, to: 2, reversedRows: ['x'] },
      },
    ],
    [
      'missingValues is not an object',
      { ...one, scoring: { kind: 'map', scores: { a: 1, b: 2 } }, missingValues: ['b'] },
    ],
    [
      'missingValues has an unknown kind "unsure"',
      {
        ...one,
        scoring: { kind: 'map', scores: { a: 1, b: 2 } },
        missingValues: { unsure: ['b'] },
      },
    ],
    [
      'missingValues.refused is not a list of values',
      { ...one, scoring: { kind: 'map', scores: { a: 1, b: 2 } }, missingValues: { refused: 'b' } },
    ],
    [
      '"b" is listed as missing twice',
      {
        ...one,
        scoring: { kind: 'map', scores: { a: 1 } },
        missingValues: { refused: ['b'], dontKnow: ['b'] },
      },
    ],
    [
      'the missing value "z" cannot be answered',
      {
        ...one,
        scoring: { kind: 'map', scores: { a: 1, b: 2 } },
        missingValues: { refused: ['z'] },
      },
    ],
    [
      'its choices come from a URL and cannot be scored',
      { type: 'dropdown', choicesByUrl: { url: 'x' }, scoring: map },
    ],
    [
      'its choices come from "gone", which does not exist',
      { type: 'dropdown', choicesFromQuestion: 'gone', scoring: map },
    ],
    ['it has no choices', { type: 'dropdown', scoring: map }],
    [
      'its value is a list of objects and cannot be scored',
      {
        type: 'checkbox',
        choices: ['a'],
        valuePropertyName: 'v',
        scoring: { kind: 'share', of: ['a'] },
      },
    ],
    [
      'a slider with two handles gives two numbers and cannot be scored',
      { type: 'slider', sliderType: 'range', scoring: { kind: 'linear', from: 0, to: 100 } },
    ],
    ['a text without inputType "number" cannot be scored', { type: 'text', scoring: map }],
    [
      'a number needs "min" and "max" to be scored',
      { type: 'text', inputType: 'number', min: 0, scoring: { kind: 'linear', from: 0, to: 1 } },
    ],
    ['the matrix has no columns', { type: 'matrix', rows: ['r'], scoring: map }],
    [
      'a matrix of several ticks in one row cannot be scored',
      { type: 'matrix', cellType: 'checkbox', rows: ['r'], columns: ['a'], scoring: map },
    ],
    ['a question of type "comment" cannot be scored', { type: 'comment', scoring: map }],
    ['a question of type "" cannot be scored', { scoring: map }],
    [
      'a matrixdropdown needs a rule for each column, of the kind "columns"',
      { type: 'matrixdropdown', rows: ['r'], columns: [{ name: 'c' }], scoring: map },
    ],
    [
      'a matrixdropdown needs a rule for each column, of the kind "columns"',
      {
        type: 'matrixdropdown',
        rows: ['r'],
        columns: [{ name: 'c' }],
        scoring: { kind: 'columns', columns: {} },
      },
    ],
    [
      'scoring has an unknown property "scores"',
      {
        type: 'matrixdropdown',
        rows: ['r'],
        columns: [{ name: 'c', cellType: 'rating' }],
        scoring: { kind: 'columns', scores: 1, columns: { c: { kind: 'linear', from: 1, to: 5 } } },
      },
    ],
    [
      'the matrix has no rows',
      {
        type: 'matrixdropdown',
        columns: [{ name: 'c', cellType: 'rating' }],
        scoring: { kind: 'columns', columns: { c: { kind: 'linear', from: 1, to: 5 } } },
      },
    ],
    [
      '"d" is not a column',
      {
        type: 'matrixdropdown',
        rows: ['r'],
        columns: [{ name: 'c' }],
        scoring: { kind: 'columns', columns: { d: map } },
      },
    ],
    [
      'column "c": it has no choices',
      {
        type: 'matrixdropdown',
        rows: ['r'],
        columns: [{ name: 'c' }],
        scoring: { kind: 'columns', columns: { c: map } },
      },
    ],
    [
      'column "c": scoring is not an object',
      {
        type: 'matrixdropdown',
        rows: ['r'],
        columns: [{ name: 'c', cellType: 'rating' }],
        scoring: { kind: 'columns', columns: { c: 1 } },
      },
    ],
    [
      'column "c": a grid inside a grid cannot be scored',
      {
        type: 'matrixdropdown',
        rows: ['r'],
        columns: [{ name: 'c', cellType: 'matrixdropdown' }],
        scoring: { kind: 'columns', columns: { c: map } },
      },
    ],
    [
      'column "c": "reversedRows" belongs to a matrix',
      {
        type: 'matrixdropdown',
        rows: ['r'],
        columns: [{ name: 'c', cellType: 'rating' }],
        scoring: {
          kind: 'columns',
          columns: { c: { kind: 'linear', from: 1, to: 5, reversedRows: ['r'] } },
        },
      },
    ],
  ])('says: %s', (reason, question) => {
    expect(reasonsOf(question)).toEqual([reason]);
  });

  it('names every fault with its question, not only the first', () => {
    const { faults } = compileScoring({
      elements: [
        {
          type: 'rating',
          name: 'one',
          indicator: 'i',
          scoring: { kind: 'linear', from: 1, to: 4 },
        },
        {
          type: 'radiogroup',
          name: 'two',
          choices: ['a', 'b', 'c'],
          indicator: 'i',
          scoring: { kind: 'map', scores: { a: 1 } },
        },
      ],
    });
    expect(faults.map(({ question }) => question)).toEqual(['one', 'two', 'two']);
  });

  it('finds questions without a name and two of one name', () => {
    const question = { type: 'text', name: 'same' };
    expect(
      compileScoring({ elements: [question, question, { type: 'text' }, { type: 'text' }] }).faults,
    ).toEqual([
      { question: 'same', reason: 'two questions have this name' },
      { question: '', reason: 'questions without a name' },
    ]);
  });

  it('refuses a scored question inside a dynamic panel, and finds it there', () => {
    const scored = {
      type: 'rating',
      name: 'inner',
      indicator: 'i',
      scoring: { kind: 'linear', from: 1, to: 5 },
    };
    const panel = { type: 'paneldynamic', name: 'children', templateElements: [scored] };
    expect(compileScoring({ elements: [panel] }).faults).toEqual([
      {
        question: 'inner',
        reason:
          'a question inside a dynamic panel is asked any number of times and cannot be scored',
      },
    ]);
  });

  it('checks the indicators against the methodology, both ways', () => {
    const question = {
      type: 'rating',
      name: 'q',
      indicator: 'roads',
      scoring: { kind: 'linear', from: 1, to: 5 },
    };
    const { faults } = compileScoring(
      { elements: [question] },
      { indicators: [{ name: 'water' }] },
    );
    expect(faults).toEqual([
      { question: 'q', reason: 'the methodology has no indicator "roads"' },
      { question: '', reason: 'no question measures the indicator "water"' },
    ]);
  });

  it.each([0, 2, 1.5])('refuses minimumItems %d for one item', (minimumItems) => {
    const question = {
      type: 'rating',
      name: 'q',
      indicator: 'roads',
      scoring: { kind: 'linear', from: 1, to: 5 },
    };
    expect(
      compileScoring({ elements: [question] }, { indicators: [{ name: 'roads', minimumItems }] })
        .faults,
    ).toEqual([
      { question: '', reason: 'minimumItems of "roads" is not a whole number from 1 to 1' },
    ]);
  });

  it('keeps the order of the methodology', () => {
    const rating = (name: string) => ({
      type: 'rating',
      name,
      indicator: name,
      scoring: { kind: 'linear', from: 1, to: 5 },
    });
    const { plan } = compileScoring(
      { questions: [rating('b'), rating('a')] },
      { indicators: [{ name: 'a' }, { name: 'b' }] },
    );
    expect(plan.indicators.map(({ name, items }) => [name, items])).toEqual([
      ['a', [1]],
      ['b', [0]],
    ]);
  });

  it.each([null, 7, 'text', [], {}, { pages: 'x' }])(
    'never throws, whatever the questionnaire is: %j',
    (json) => {
      expect(compileScoring(json).faults).toEqual([
        { question: '', reason: 'the questionnaire has no questions' },
      ]);
    },
  );
});
