import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compileScoring, scoreAnswers, scoreInterview } from '@akimetr/api/domain/scoring';
import fc from 'fast-check';

const example = JSON.parse(readFileSync(path.join(__dirname, '../fixtures/scoring.json'), 'utf8'));
const scoringGuide = readFileSync(path.join(__dirname, '../../api/docs/scoring.md'), 'utf8');

const choices = ['a', 'b', 'c', 'dk', 'ref', 'na'];
const missingValues = { dontKnow: ['dk'], refused: ['ref'], notApplicable: ['na'] };
const map = { kind: 'map', scores: { a: 100, b: 40, c: 0 } };

/** Compiles one question and scores one value of it. */
function scoreOne(question: Record<string, unknown>, value: unknown) {
  const { plan, faults } = compileScoring({
    elements: [{ name: 'q', indicator: 'i', ...question }],
  });
  expect(faults).toEqual([]);
  return scoreInterview(plan, { q: value }).items.map(({ score, missing }) => score ?? missing);
}

const reasonsOf = (...questions: Record<string, unknown>[]) =>
  compileScoring({
    elements: questions.map((question) => ({ name: 'q', indicator: 'i', ...question })),
  }).faults.map(({ reason }) => reason);

describe('scoreAnswers', () => {
  it('reproduces the worked example', () => {
    const { plan, faults } = compileScoring(example.questionnaire);
    expect(faults).toEqual([]);
    expect(scoreAnswers(plan, example.answers)).toEqual(example.indicators);
  });

  it('is null, never 0, for somebody who answered nothing', () => {
    const { plan } = compileScoring(example.questionnaire);
    expect(Object.values(scoreAnswers(plan, {}))).toEqual([null, null, null, null]);
  });

  it('needs half of the items, rounded up, unless the methodology says how many', () => {
    const matrix = example.questionnaire.pages[0].elements[1].elements[0];
    const oneOfThree = { reception: { polite: 5 } };
    const compile = (minimumItems?: number) =>
      compileScoring(
        { elements: [matrix] },
        { indicators: [{ name: 'accessibility', minimumItems }] },
      ).plan;
    expect(scoreAnswers(compile(), oneOfThree)).toEqual({ accessibility: null });
    expect(scoreAnswers(compile(), { reception: { polite: 5, quick: 3 } })).toEqual({
      accessibility: 75,
    });
    expect(scoreAnswers(compile(1), oneOfThree)).toEqual({ accessibility: 100 });
    expect(scoreAnswers(compile(3), { reception: { polite: 5, quick: 3 } })).toEqual({
      accessibility: null,
    });
  });

  it('counts "don\'t know" as 0 or as 50 only when asked to', () => {
    const { plan } = compileScoring(example.questionnaire);
    const answers = { solves_problems: 'dk' };
    expect(scoreAnswers(plan, answers).problem_solving).toBeNull();
    expect(scoreAnswers(plan, answers, 'zero').problem_solving).toBe(0);
    expect(scoreAnswers(plan, answers, 'fifty').problem_solving).toBe(50);
    expect(
      scoreAnswers(plan, { reception: { polite: 'dk', quick: 5 } }, 'zero').accessibility,
    ).toBe(50);
  });

  it('takes nothing from prototypes and accepts a question named like one of its properties', () => {
    const question = {
      type: 'boolean',
      name: 'constructor',
      indicator: '__proto__',
      scoring: { kind: 'map', scores: { true: 100, false: 0 } },
    };
    const { plan } = compileScoring({ elements: [question] });
    expect(Object.entries(scoreAnswers(plan, {}))).toEqual([['__proto__', null]]);
    expect(Object.entries(scoreAnswers(plan, { constructor: true }))).toEqual([['__proto__', 100]]);
  });

  it('is between 0 and 100 or null for any answers at all', () => {
    const { plan } = compileScoring(example.questionnaire);
    const value = fc.oneof(
      fc.jsonValue(),
      fc.integer({ min: -3, max: 12 }),
      fc.constantFrom('yes', 'no', 'dk'),
    );
    const answers = fc.record({
      solves_problems: value,
      reception: fc.oneof(value, fc.record({ polite: value, quick: value })),
      recommend: value,
      bribes_frequent: value,
    });
    fc.assert(
      fc.property(answers, (given) => {
        for (const score of Object.values(scoreAnswers(plan, given as Record<string, unknown>))) {
          expect(score === null || (score >= 0 && score <= 100)).toBe(true);
        }
      }),
      { seed: 3 },
    );
  });
});

describe('scoreInterview', () => {
  it('tells the three kinds of missing that a person says from what is blank and what has no score', () => {
    const question = {
      type: 'radiogroup',
      choices,
      showOtherItem: true,
      scoring: map,
      missingValues,
    };
    const seen = [
      'dk',
      'ref',
      'na',
      undefined,
      null,
      '',
      [],
      'other',
      'nonsense',
      { a: 1 },
      ['a'],
      'b',
    ].map((value) => scoreOne(question, value)[0]);
    expect(seen).toEqual([
      'dontKnow',
      'refused',
      'notApplicable',
      'unanswered',
      'unanswered',
      'unanswered',
      'unanswered',
      'unscored',
      'unscored',
      'unscored',
      'unscored',
      40,
    ]);
  });

  it('scores "other" when it is mapped', () => {
    const scoring = { kind: 'map', scores: { ...map.scores, other: 20 } };
    expect(
      scoreOne(
        { type: 'radiogroup', choices, showOtherItem: true, scoring, missingValues },
        'other',
      ),
    ).toEqual([20]);
  });

  it('knows the "don\'t know" and "refuse" choices that SurveyJS adds, and "none"', () => {
    const scoring = { kind: 'map', scores: { a: 100, none: 10 } };
    const question = {
      type: 'dropdown',
      choices: ['a'],
      showDontKnowItem: true,
      showRefuseItem: true,
      showNoneItem: true,
      scoring,
    };
    expect(['dontknow', 'refused', 'none'].map((value) => scoreOne(question, value)[0])).toEqual([
      'dontKnow',
      'refused',
      10,
    ]);
    const older = { type: 'dropdown', choices: ['a'], hasNone: true, hasOther: true, scoring };
    expect(scoreOne(older, 'none')).toEqual([10]);
    expect(scoreOne(older, 'other')).toEqual(['unscored']);
  });

  it.each(['radiogroup', 'dropdown', 'buttongroup', 'imagepicker'])(
    'scores %s by its map',
    (type) => {
      expect(scoreOne({ type, choices, scoring: map, missingValues }, 'b')).toEqual([40]);
    },
  );

  it('scores boolean, with its own values too', () => {
    const scores = { true: 0, false: 100 };
    expect(scoreOne({ type: 'boolean', scoring: { kind: 'map', scores } }, false)).toEqual([100]);
    const named = {
      type: 'boolean',
      valueTrue: 'ja',
      valueFalse: 'nein',
      scoring: { kind: 'map', scores: { ja: 100, nein: 0 } },
    };
    expect(scoreOne(named, 'ja')).toEqual([100]);
    expect(scoreOne(named, true)).toEqual(['unscored']);
  });

  it('scores rating and slider linearly, reversed when from is the greater', () => {
    const rating = { type: 'rating', scoring: { kind: 'linear', from: 1, to: 5 } };
    expect([1, 2, 5, '4', 6, 0, 'x', true].map((value) => scoreOne(rating, value)[0])).toEqual([
      0,
      25,
      100,
      75,
      'unscored',
      'unscored',
      'unscored',
      'unscored',
    ]);
    expect(
      scoreOne(
        { type: 'rating', rateMin: 0, rateMax: 10, scoring: { kind: 'linear', from: 10, to: 0 } },
        3,
      ),
    ).toEqual([70]);
    expect(
      scoreOne({ type: 'rating', rateCount: 3, scoring: { kind: 'linear', from: 1, to: 3 } }, 2),
    ).toEqual([50]);
    expect(
      scoreOne(
        {
          type: 'rating',
          rateValues: [1, 2, { value: 9 }],
          scoring: { kind: 'linear', from: 1, to: 2 },
          missingValues: { dontKnow: [9] },
        },
        9,
      ),
    ).toEqual(['dontKnow']);
    expect(scoreOne({ type: 'slider', scoring: { kind: 'linear', from: 0, to: 100 } }, 33)).toEqual(
      [33],
    );
    expect(
      scoreOne(
        { type: 'slider', min: -1, max: 1, scoring: { kind: 'linear', from: 1, to: -1 } },
        0,
      ),
    ).toEqual([50]);
    expect(
      scoreOne(
        {
          type: 'text',
          inputType: 'number',
          min: 0,
          max: 4,
          scoring: { kind: 'linear', from: 0, to: 4 },
        },
        1,
      ),
    ).toEqual([25]);
  });

  it('scores a rating by a map of its steps', () => {
    const scoring = { kind: 'map', scores: { 0: 0, 0.5: 30, 1: 100 } };
    expect(
      scoreOne({ type: 'rating', rateMin: 0, rateMax: 1, rateStep: 0.5, scoring }, 0.5),
    ).toEqual([30]);
  });

  it.each([
    ['checkbox', {}],
    ['tagbox', {}],
    ['imagepicker', { multiSelect: true }],
  ])('scores %s by share and by count', (type, more) => {
    const share = {
      type,
      ...more,
      choices: ['a', 'b', 'c', 'x'],
      showNoneItem: true,
      scoring: { kind: 'share', of: ['a', 'b', 'c'] },
    };
    expect(
      [['a', 'b'], ['x'], ['none'], ['a', 'a', 'b', 'c'], [], 'a'].map(
        (value) => scoreOne(share, value)[0],
      ),
    ).toEqual([200 / 3, 0, 0, 100, 'unanswered', 'unscored']);
    const reversed = { ...share, scoring: { ...share.scoring, reversed: true } };
    expect([['a', 'b', 'c'], ['none']].map((value) => scoreOne(reversed, value)[0])).toEqual([
      0, 100,
    ]);
    const count = { ...share, scoring: { kind: 'count', of: ['a', 'b', 'c'], full: 2 } };
    expect(
      [['a'], ['a', 'c'], ['a', 'b', 'c'], ['x']].map((value) => scoreOne(count, value)[0]),
    ).toEqual([50, 100, 100, 0]);
  });

  it('makes the whole checkbox missing when one chosen value is', () => {
    const question = {
      type: 'checkbox',
      choices: ['a', 'dk'],
      scoring: { kind: 'share', of: ['a'] },
      missingValues: { dontKnow: ['dk'] },
    };
    expect(scoreOne(question, ['a', 'dk'])).toEqual(['dontKnow']);
    expect(scoreOne(question, [['a']])).toEqual(['unscored']);
  });

  it('scores the place of a choice in a ranking; left out is last', () => {
    const ranking = {
      type: 'ranking',
      choices: ['a', 'b', 'c'],
      scoring: { kind: 'position', choice: 'a' },
    };
    const orders = [['a', 'b', 'c'], ['b', 'a', 'c'], ['c', 'b', 'a'], ['b'], ['x', 'y', 'z', 'a']];
    expect(orders.map((value) => scoreOne(ranking, value)[0])).toEqual([100, 50, 0, 0, 'unscored']);
    expect(
      scoreOne({ ...ranking, scoring: { ...ranking.scoring, reversed: true } }, ['a', 'b', 'c']),
    ).toEqual([0]);
  });

  it('makes every matrix row an item, turned where the row is reversed', () => {
    const matrix = {
      type: 'matrix',
      rows: ['r', { value: 's', text: 'S' }],
      columns: ['yes', 'no'],
      scoring: { kind: 'map', scores: { yes: 90, no: 0 }, reversedRows: ['s'] },
    };
    expect(scoreOne(matrix, { r: 'yes', s: 'yes' })).toEqual([90, 10]);
    expect(scoreOne(matrix, { r: 'no' })).toEqual([0, 'unanswered']);
    expect(scoreOne(matrix, 'yes')).toEqual(['unanswered', 'unanswered']);
    const { plan } = compileScoring({ elements: [{ ...matrix, name: 'q', indicator: 'i' }] });
    expect(plan.items.map(({ name, question }) => [name, question])).toEqual([
      ['q.r', 'q'],
      ['q.s', 'q'],
    ]);
  });

  it('takes a matrix answer that is nothing or no object for unanswered', () => {
    const matrix = {
      type: 'matrix',
      rows: ['length'],
      columns: [1, 2],
      scoring: { kind: 'linear', from: 1, to: 2 },
    };
    expect([null, undefined, 'text', 7].map((value) => scoreOne(matrix, value)[0])).toEqual(
      Array(4).fill('unanswered'),
    );
  });

  it('does not take a blank text for the number 0', () => {
    const rating = {
      type: 'rating',
      rateMin: 0,
      rateMax: 4,
      scoring: { kind: 'linear', from: 0, to: 4 },
    };
    expect([' ', '0'].map((value) => scoreOne(rating, value)[0])).toEqual(['unscored', 0]);
  });

  it('takes a matrix without rows as one item', () => {
    expect(
      scoreOne({ type: 'matrix', columns: [1, 2], scoring: { kind: 'linear', from: 1, to: 2 } }, 2),
    ).toEqual([100]);
  });

  it('makes every row and scored column of a matrixdropdown an item', () => {
    const grid = {
      type: 'matrixdropdown',
      rows: ['school', 'clinic'],
      choices: [1, 2, 3],
      cellType: 'rating',
      columns: [
        { name: 'quality', cellType: 'rating', rateMin: 0, rateMax: 4 },
        { name: 'speed', cellType: 'default' },
        { name: 'used', cellType: 'checkbox', choices: ['x', 'y'] },
        { name: 'note', cellType: 'text' },
      ],
      scoring: {
        kind: 'columns',
        columns: {
          quality: { kind: 'linear', from: 0, to: 4 },
          speed: { kind: 'linear', from: 5, to: 1 },
          used: { kind: 'share', of: ['x', 'y'] },
        },
      },
    };
    const value = {
      school: { quality: 4, speed: 5, used: ['x'] },
      clinic: { quality: 1, note: 'fine' },
    };
    expect(scoreOne(grid, value)).toEqual([100, 25, 0, 'unanswered', 50, 'unanswered']);
  });

  it('takes choices from another question', () => {
    const first = { type: 'checkbox', name: 'first', choices };
    const second = {
      type: 'radiogroup',
      name: 'q',
      indicator: 'i',
      choicesFromQuestion: 'first',
      scoring: map,
      missingValues,
    };
    const { plan, faults } = compileScoring({ elements: [first, second] });
    expect(faults).toEqual([]);
    expect(scoreAnswers(plan, { q: 'b' })).toEqual({ i: 40 });
  });
});

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
      'a matrixdropdown needs { "kind": "columns", "columns": { … } }',
      { type: 'matrixdropdown', rows: ['r'], columns: [{ name: 'c' }], scoring: map },
    ],
    [
      'a matrixdropdown needs { "kind": "columns", "columns": { … } }',
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
