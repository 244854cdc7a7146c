import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compileScoring, scoreAnswers, scoreInterview } from '@akimetr/api/domain/scoring';
import fc from '../support/fast-check.ts';

const example = JSON.parse(readFileSync(path.join(__dirname, '../fixtures/scoring.json'), 'utf8'));

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

  it('is null for an indicator that no question tells about', () => {
    const { plan } = compileScoring({ elements: [] }, { indicators: [{ name: 'trust' }] });
    expect(scoreAnswers(plan, {})).toEqual({ trust: null });
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
