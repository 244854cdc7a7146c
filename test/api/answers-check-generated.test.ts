import { Model } from 'survey-core';
import { compileAnswersCheck } from '../../api/src/services/answers-check.ts';
import { wholeModelParts } from '../../api/src/services/whole-model-parts.ts';
import fc from '../support/fast-check.ts';

type Json = Record<string, unknown>;
type Answers = Record<string, unknown>;

/** A question as it might be designed, and values that an interviewer can enter. */
interface Designed {
  question: Json;
  entered: unknown[];
}

const choices = ['a', 'b', 'c'];
const lists = [['a'], ['b', 'c'], ['a', 'b', 'c']];

const oneChoice = fc
  .constantFrom('radiogroup', 'dropdown', 'buttongroup')
  .map((type): Designed => ({ question: { type, choices }, entered: choices }));

const severalChoices = fc
  .record({
    type: fc.constantFrom('checkbox', 'tagbox'),
    minSelectedChoices: fc.constantFrom(0, 2),
    maxSelectedChoices: fc.constantFrom(0, 2),
  })
  .map(({ type, minSelectedChoices: least, maxSelectedChoices: most }): Designed => ({
    question: { type, choices, minSelectedChoices: least, maxSelectedChoices: most },
    entered: lists.filter(({ length }) => length >= least && (most === 0 || length <= most)),
  }));

const ranking = fc.boolean().map((selectToRankEnabled): Designed => ({
  question: {
    type: 'ranking',
    choices,
    ...(selectToRankEnabled ? { selectToRankEnabled, minSelectedChoices: 2 } : {}),
  },
  entered: [['c', 'a', 'b'], ...(selectToRankEnabled ? [['c', 'a']] : [])],
}));

const number = fc
  .record({ min: fc.constantFrom(undefined, 18), step: fc.constantFrom(undefined, 1, 5) })
  .map((limits): Designed => ({
    question: { type: 'text', inputType: 'number', max: 100, ...limits },
    entered: [20, 35, 100],
  }));

const slider = fc
  .constantFrom({ min: 0, step: 10 }, { min: 5, step: 10 })
  .map(({ min, step }): Designed => ({
    question: { type: 'slider', min, max: 50, step },
    entered: [min, min + step, min + 3 * step],
  }));

const rating = fc.constantFrom<Designed>(
  { question: { type: 'rating', rateMin: 0, rateMax: 10 }, entered: [0, 7, 10] },
  { question: { type: 'rating', rateValues: [1, 2, 'dont_know'] }, entered: [1, 'dont_know'] },
);

const yesOrNo = fc.constantFrom<Designed>(
  { question: { type: 'boolean' }, entered: [true, false] },
  { question: { type: 'boolean', valueTrue: 'y', valueFalse: 'n' }, entered: ['y', 'n'] },
);

const comment = fc
  .constantFrom<Json[]>(
    [],
    [{ type: 'text', minLength: 3 }],
    [{ type: 'regex', regex: '^[a-z ]+$' }],
  )
  .map((validators): Designed => ({
    question: { type: 'comment', maxLength: 20, validators },
    entered: ['the road', 'water'],
  }));

const matrix = fc
  .record({ eachRowRequired: fc.boolean(), eachRowUnique: fc.boolean() })
  .map((rules): Designed => ({
    question: { type: 'matrix', columns: choices, rows: ['r', 's'], ...rules },
    entered: [{ r: 'a', s: 'b' }, ...(rules.eachRowRequired ? [] : [{ s: 'c' }])],
  }));

const grid = fc.boolean().map((isRequired): Designed => ({
  question: {
    type: 'matrixdropdown',
    columns: [{ name: 'k', cellType: 'radiogroup', choices, isRequired }],
    rows: ['r'],
  },
  entered: [{ r: { k: 'a' } }],
}));

const designed = fc.oneof(
  oneChoice,
  severalChoices,
  ranking,
  number,
  slider,
  rating,
  yesOrNo,
  comment,
  matrix,
  grid,
);

const conditions = fc.constantFrom<Json>(
  {},
  {},
  { isRequired: true },
  { isRequired: true },
  { visibleIf: "{q0} = 'a'" },
  { visibleIf: "{q0} = 'a'", isRequired: true },
  { requiredIf: "{q0} <> 'b'" },
  { visibleIf: "displayValue('q0') = 'b'", isRequired: true },
  { validators: [{ type: 'expression', expression: "{q0} <> 'c'" }] },
);

interface Made {
  questionnaire: Json;
  entered: unknown[][];
}

/** A first question that others depend on, then some in a page and some in a panel. */
const made: fc.Arbitrary<Made> = fc
  .record({
    questions: fc.array(fc.tuple(designed, conditions), { minLength: 1, maxLength: 4 }),
    panel: fc.constantFrom<Json>(
      {},
      {},
      {},
      { visibleIf: "{q0} <> 'c'" },
      { isRequired: true },
      { requiredIf: "{q0} = 'a'" },
    ),
  })
  .map(({ questions, panel }) => {
    const all = questions.map(([{ question }, condition], place) => ({
      ...question,
      ...condition,
      name: `q${place + 1}`,
    }));
    const half = Math.ceil(all.length / 2);
    const elements = [
      { type: 'radiogroup', name: 'q0', choices },
      ...all.slice(0, half),
      { type: 'panel', name: 'panel', elements: all.slice(half), ...panel },
    ];
    return {
      // As it comes out of the database: without what is undefined.
      questionnaire: JSON.parse(JSON.stringify({ pages: [{ name: 'page', elements }] })) as Json,
      entered: [choices, ...questions.map(([{ entered }]) => entered)],
    };
  });

const strange = fc.constantFrom<unknown>(
  null,
  '',
  '   ',
  'a',
  'x',
  'A',
  0,
  7,
  17,
  20.5,
  1e6,
  true,
  'true',
  [],
  ['a', 'a'],
  ['a', 'x'],
  ['a', 'b'],
  [['a']],
  {},
  { r: 'a' },
  { r: 'a', s: 'a' },
  { r: { k: 'x' } },
  { r: {} },
  { value: 'a' },
);

/** Each question left out, answered as an interviewer can, or with something strange. */
const answersTo = ({ entered }: Made, strangeness: number): fc.Arbitrary<Answers> =>
  fc
    .tuple(
      ...entered.map((values) =>
        fc.oneof(
          { arbitrary: fc.constantFrom<unknown>(undefined, ...values), weight: 10 },
          { arbitrary: strange, weight: strangeness },
        ),
      ),
    )
    .map((values) => {
      const answers = Object.fromEntries(values.map((value, place) => [`q${place}`, value]));
      return JSON.parse(JSON.stringify(answers)) as Answers;
    });

const withAnswers = (strangeness: number) =>
  made.chain((one) =>
    answersTo(one, strangeness).map((answers) => ({ questionnaire: one.questionnaire, answers })),
  );

function modelOf(questionnaire: Json, answers: Answers): Model {
  const model = new Model(questionnaire);
  model.data = JSON.parse(JSON.stringify(answers)) as Answers;
  return model;
}

/** What survey-core says of answers; it may also fail on what is of another kind than it expects. */
function modelAccepts(model: Model): boolean {
  try {
    return model.validate(true, false);
  } catch {
    return false;
  }
}

/** Without the answers to questions that are hidden: the tablet clears those. */
function asSealed(questionnaire: Json, answers: Answers): Answers {
  const model = modelOf(questionnaire, answers);
  const shown = Object.entries(answers).filter(([name]) => model.getQuestionByName(name).isVisible);
  const sealed = Object.fromEntries(shown);
  return shown.length === Object.keys(answers).length ? sealed : asSealed(questionnaire, sealed);
}

describe('compileAnswersCheck on any questionnaire', () => {
  // survey-core tells of every wrong value on the console.
  beforeAll(() => jest.spyOn(console, 'warn').mockImplementation(() => undefined));
  afterAll(() => jest.restoreAllMocks());

  it('refuses whatever survey-core refuses', () => {
    const refused = { compiled: 0, whole: 0 };
    fc.assert(
      fc.property(withAnswers(3), ({ questionnaire, answers }) => {
        const check = compileAnswersCheck(questionnaire);
        const model = modelOf(questionnaire, answers);
        if (modelAccepts(model)) return;
        refused[wholeModelParts(model).length > 0 ? 'whole' : 'compiled'] += 1;
        expect(check(answers)).not.toEqual([]);
      }),
      { numRuns: 150, seed: 2026 },
    );
    expect(refused.compiled).toBeGreaterThan(10);
    expect(refused.whole).toBeGreaterThan(10);
  });

  it('accepts whatever an interviewer can enter and survey-core accepts', () => {
    const accepted = { compiled: 0, whole: 0 };
    fc.assert(
      fc.property(withAnswers(0), ({ questionnaire, answers }) => {
        const sealed = asSealed(questionnaire, answers);
        const model = modelOf(questionnaire, sealed);
        if (!modelAccepts(model)) return;
        accepted[wholeModelParts(model).length > 0 ? 'whole' : 'compiled'] += 1;
        expect(compileAnswersCheck(questionnaire)(sealed)).toEqual([]);
      }),
      { numRuns: 80, seed: 2027 },
    );
    expect(accepted.compiled).toBeGreaterThan(10);
    expect(accepted.whole).toBeGreaterThan(5);
  });
});

const asks = (elements: Json[], more: Json = {}): Json => ({
  pages: [{ name: 'page', elements }],
  ...more,
});
const ask = (question: Json): Json => asks([{ name: 'a', ...question }]);
const asksAOf = (question: Json): Json =>
  asks([
    { type: 'radiogroup', name: 'a', choices: ['x', 'y'] },
    { name: 'b', ...question },
  ]);

describe('compileAnswersCheck', () => {
  it.each<[string, Json, Answers, string]>([
    [
      'an empty panel of which one question must be answered',
      asks([
        {
          type: 'panel',
          name: 'p',
          isRequired: true,
          elements: [{ type: 'radiogroup', name: 'a', choices }],
        },
      ]),
      {},
      'answers.p',
    ],
    [
      'white space where text is required',
      ask({ type: 'comment', isRequired: true }),
      { a: '  ' },
      'answers.a',
    ],
    [
      'one answer in two rows where each must be another',
      ask({ type: 'matrix', eachRowUnique: true, columns: choices, rows: ['r', 's'] }),
      { a: { r: 'a', s: 'a' } },
      'answers.a',
    ],
    [
      'a ranking of too few',
      ask({ type: 'ranking', choices, selectToRankEnabled: true, minSelectedChoices: 2 }),
      { a: ['a'] },
      'answers.a',
    ],
    [
      'more choices than may be ticked',
      ask({ type: 'checkbox', choices, maxSelectedChoices: 1 }),
      { a: ['a', 'b'] },
      'answers.a',
    ],
    [
      'a choice that stands alone with others',
      ask({ type: 'checkbox', choices: ['a', { value: 'no', isExclusive: true }] }),
      { a: ['a', 'no'] },
      'answers.a',
    ],
    [
      'an empty answer that a condition of the question forbids',
      ask({ type: 'comment', validators: [{ type: 'expression', expression: '{a} notempty' }] }),
      {},
      'answers.a',
    ],
    [
      'a missing answer to a question that is asked by the text of another answer',
      asksAOf({
        type: 'radiogroup',
        choices: ['x'],
        isRequired: true,
        visibleIf: "displayValue('a') = 'x'",
      }),
      { a: 'x' },
      'answers.b',
    ],
    [
      'an empty cell that is required',
      ask({
        type: 'matrixdropdown',
        rows: ['r'],
        columns: [{ name: 'k', cellType: 'text', isRequired: true }],
      }),
      {},
      'answers.a',
    ],
    ['a slider beyond its end', ask({ type: 'slider', max: 50 }), { a: 60 }, 'answers.a'],
  ])('refuses %s', (_what, questionnaire, answers, path) => {
    expect(compileAnswersCheck(questionnaire)(answers).map((fault) => fault.path)).toContain(path);
  });

  it.each<[string, Json, Answers]>([
    [
      'a matrix without the row that is not asked',
      asksAOf({
        type: 'matrix',
        eachRowRequired: true,
        columns: choices,
        rows: ['r', { value: 's', visibleIf: "{a} = 'y'" }],
      }),
      { a: 'x', b: { r: 'a' } },
    ],
    [
      'a slider in steps from its least value',
      ask({ type: 'slider', min: 5, step: 10 }),
      { a: 25 },
    ],
    [
      'the value of a computed question',
      asksAOf({ type: 'expression', expression: '1 + 1' }),
      { a: 'x', b: 2 },
    ],
    [
      'no answer to a question that cannot be answered',
      ask({ type: 'radiogroup', choices, readOnly: true, isRequired: true }),
      {},
    ],
  ])('accepts %s', (_what, questionnaire, answers) => {
    expect(compileAnswersCheck(questionnaire)(answers)).toEqual([]);
  });
});
