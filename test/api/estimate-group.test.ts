import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { methodology as schema, type Methodology } from '../../api/src/contracts/methodologies.ts';
import type { TargetCell } from '../../api/src/models/targets.ts';
import {
  calibrationOf,
  categoriesOf,
  cellsFor,
  marginTotals,
} from '../../api/src/services/calibration-targets.ts';
import { estimateCalibrationGroup } from '../../api/src/services/estimate-group.ts';
import fc from '../support/fast-check.ts';

const shipped = schema.parse(
  JSON.parse(readFileSync(resolve(__dirname, '../../surveys/methodology-2026.json'), 'utf8')),
);
const [block] = shipped.blocks;
type Rules = Methodology['rules'];
const sexMargin = { variable: 'sex' as const, question: 'gender' };
const bySex = (over: object = {}): Rules['calibration'] =>
  schema.shape.rules.shape.calibration.parse({ method: 'rake', margins: [sexMargin], ...over });
/** One indicator and few respondents, so that it can be followed by hand. */
const withRules = (over: Partial<Rules>): Methodology => ({
  ...shipped,
  blocks: [{ ...block, indicators: [{ code: 'overall', name: shipped.name, importance: 1 }] }],
  rules: { ...shipped.rules, minimumRespondents: 2, minimumEffectiveN: 1, ...over },
});
const cell = (sex: TargetCell['sex'], persons: number, over: Partial<TargetCell> = {}) => ({
  ...{ territory: '150000000', level: null, settlement: null, sex, age: null },
  ...{ persons, basis: 'official' as const },
  ...over,
});
let made = 0;
const row = (akimId: string, cluster: string, overall: number, gender?: string) => ({
  _id: `interview ${String((made += 1)).padStart(5, '0')}`,
  ...{ akimId, stratum: 's', cluster, baseWeight: 1 },
  scores: { overall },
  answers: gender === undefined ? {} : { gender },
});
const women = cell('female', 30);
const men = cell('male', 10);
const rows = [
  row('a', '1', 40, 'female'),
  row('a', '2', 60, 'male'),
  row('b', '1', 20, 'male'),
  row('b', '2', 80, 'female'),
];
const estimate = (methodology: Methodology, cells: TargetCell[], these = rows) =>
  estimateCalibrationGroup(
    { territory: '150000000', akims: ['a', 'b', 'silent'], rows: these, cells },
    methodology,
  );

describe('a calibration group', () => {
  it('weights its akims together to the totals, as worked by hand', () => {
    // Two women for 30, two men for 10: weights 15 and 5; a: (15·40 + 5·60)/20 = 45, b: (5·20 + 15·80)/20 = 65.
    const results = estimate(withRules({ calibration: bySex() }), [women, men]);
    expect(results.get('a')).toMatchObject({ n: 2, score: expect.closeTo(45, 9) });
    expect(results.get('b')).toMatchObject({ n: 2, score: expect.closeTo(65, 9) });
    const { weighting } = results.get('a')!;
    expect(weighting).toMatchObject({
      outcome: 'calibrated',
      method: 'rake',
      basis: 'official',
      group: { territory: '150000000', akims: 3, interviews: 4 },
      designEffect: expect.closeTo(1.25, 9), // 4 · (2·15² + 2·5²) / 40²
      ratio: { least: expect.closeTo(5, 9), greatest: expect.closeTo(15, 9) },
      faults: [],
    });
    const [before] = weighting!.margins;
    expect(before).toMatchObject({ category: 'female', respondents: 2, target: 30, before: 2 });
    expect(before.after).toBeCloseTo(30, 9);
    expect(weighting!.smallCells.map(({ mergeWith }) => mergeWith)).toEqual(['male', 'female']);
  });

  it('lists an akim without interviews as one with too few', () => {
    const results = estimate(withRules({ calibration: bySex() }), [women, men]);
    expect(results.get('silent')).toMatchObject({ n: 0, notRated: 'too_few_respondents' });
  });

  it('means a stratum of the akim: equal names of two akims are two strata', () => {
    const results = estimate(withRules({ calibration: { method: 'none' } }), []);
    expect(results.get('a')).toMatchObject({ degreesOfFreedom: 1, standardError: 10 });
  });

  it('calls the whole an estimate when one total is one', () => {
    const guessed = cell('male', 10, { basis: 'estimate' });
    const results = estimate(withRules({ calibration: bySex() }), [women, guessed]);
    expect(results.get('a')!.weighting!.basis).toBe('estimate');
  });

  it.each([
    ['no targets', [], rows, { code: 'no_targets', place: 'sex', interviews: 0 }],
    [
      'an empty cell',
      [women, men],
      rows.filter(({ answers }) => answers.gender === 'female'),
      { code: 'empty_cell', place: 'sex: male', mergeWith: 'female' },
    ],
    [
      'an answer missing',
      [women, men],
      [...rows, row('a', '1', 50), row('a', '1', 50)],
      { code: 'missing_category', place: 'sex', interviews: 2 },
    ],
    [
      'an answer without a total',
      [women, men],
      [...rows, row('a', '1', 50, 'other')],
      { code: 'unknown_category', place: 'sex: other', interviews: 1 },
    ],
  ] as const)(
    'with %s has base weights or no score, and says why',
    (_name, cells, these, fault) => {
      const kept = estimate(
        withRules({ calibration: bySex({ onFailure: 'base_weights' }) }),
        [...cells],
        [...these],
      );
      const plain = estimate(withRules({ calibration: { method: 'none' } }), [], [...these]);
      expect(kept.get('a')).toMatchObject({
        score: plain.get('a')!.score,
        standardError: plain.get('a')!.standardError,
        weighting: { outcome: 'base_weights', faults: [fault], margins: [] },
      });
      const strict = estimate(withRules({ calibration: bySex() }), [...cells], [...these]);
      expect(strict.get('a')).toMatchObject({
        score: null,
        notRated: 'weighting_failed',
        weighting: { outcome: 'not_rated', faults: [fault] },
      });
    },
  );

  it('says which margin the bounds cannot meet', () => {
    const bounded = bySex({ method: 'logit', bounds: [0.9, 1.1] });
    const { weighting } = estimate(withRules({ calibration: bounded }), [
      cell('female', 3),
      cell('male', 1),
    ]).get('a')!;
    expect(weighting!.faults).toMatchObject([
      { code: 'not_converged', place: 'sex: female' },
      { code: 'not_converged', place: 'sex: male' },
    ]);
  });

  it('rates nobody of a group whose design the methodology does not allow', () => {
    const lone = estimate(
      withRules({ calibration: bySex(), lonelyPsu: 'fail' }),
      [women, men],
      [...rows, { ...row('b', '9', 50, 'male'), stratum: 'alone' }],
    );
    expect(lone.get('a')).toMatchObject({
      notRated: 'design_fault',
      weighting: { faults: [{ code: 'lonely_cluster', place: 'b alone' }] },
    });
  });

  it('trims weights, or says that the bounds are too narrow', () => {
    const calibration = bySex();
    const trim = { lowerMedians: 0, upperMedians: 1.2 };
    const results = estimate(withRules({ calibration, trim }), [women, men]);
    expect(results.get('a')!.weighting).toMatchObject({ trimmed: 2 });
    const narrow = { lowerMedians: 1, upperMedians: 1 };
    const failed = estimate(withRules({ calibration, trim: narrow }), [women, men]);
    expect(failed.get('a')).toMatchObject({ notRated: 'weighting_failed' });
  });

  it('corrects for a finite population where the methodology says so and every point knows of how many', () => {
    const plain = withRules({ calibration: { method: 'none' } });
    const finite = withRules({ calibration: { method: 'none' }, finitePopulation: true });
    const known = rows.map((one) => ({ ...one, clustersInPopulation: 8 }));
    const [before, after] = [plain, finite].map((methodology) => estimate(methodology, [], known));
    // 2 of 8 clusters: the variance is times 1 − 2/8.
    expect(after.get('a')!.standardError).toBeCloseTo(
      before.get('a')!.standardError! * Math.sqrt(0.75),
      9,
    );
    expect(estimate(finite, []).get('a')).toMatchObject({
      notRated: 'design_fault',
      weighting: { faults: [{ code: 'bad_population', place: 'a s' }] },
    });
    const calibrated = withRules({ calibration: bySex(), finitePopulation: true });
    const [raked, corrected] = [withRules({ calibration: bySex() }), calibrated].map(
      (methodology) => estimate(methodology, [women, men], known).get('a')!.standardError!,
    );
    expect(corrected / raked).toBeCloseTo(Math.sqrt(0.75), 9);
  });

  it('adjusts for non-response within strata where the methodology says so', () => {
    const adjusted = withRules({ calibration: { method: 'none' }, nonResponse: 'stratum' });
    const these = [
      ...['1', '2'].map((cluster) => row('a', cluster, 40)),
      ...['3', '4'].map((cluster) => ({ ...row('a', cluster, 60), stratum: 't' })),
      ...['1', '2'].map((cluster) => row('b', cluster, 70)),
    ];
    const group = { territory: '150000000', akims: ['a', 'b', 'silent'], rows: these, cells: [] };
    const unanswered = [
      { akim: 'a', stratum: 't', baseWeight: 4 },
      { akim: 'silent', stratum: 's', baseWeight: 9 },
    ];
    const score = (methodology: Methodology, more: object = {}) =>
      estimateCalibrationGroup({ ...group, ...more }, methodology).get('a')!.score;
    // Two of six answered in t: each stands for three. (2·40 + 6·60) / 8 = 55.
    expect(score(adjusted, { unanswered })).toBeCloseTo(55, 9);
    expect(score(adjusted, { unanswered: [] })).toBeCloseTo(50, 9);
    expect(score(withRules({ calibration: { method: 'none' } }))).toBeCloseTo(50, 9);
    // Nobody answered in u: nobody there could stand for it, so all of a stand for it alike.
    const nobody = [{ akim: 'a', stratum: 'u', baseWeight: 4 }];
    expect(score(adjusted, { unanswered: nobody })).toBeCloseTo(50, 9);
    const results = estimateCalibrationGroup({ ...group, unanswered }, adjusted);
    expect(results.get('a')!.weighting!.ratio).toEqual({ least: 1, median: 2, greatest: 3 });
    expect(results.get('b')).toMatchObject({ score: expect.closeTo(70, 9) });
    expect(results.get('silent')).toMatchObject({ notRated: 'too_few_respondents' });
  });

  it('gives intervals on the scale of the methodology', () => {
    const at = (intervalScale: Rules['intervalScale']) =>
      estimate(withRules({ calibration: { method: 'none' }, intervalScale }), []).get('a')!
        .interval;
    expect(at('linear')).toEqual([0, 100]);
    expect(at('logit')).toEqual(at('automatic'));
    expect(at('logit')![0]).toBeGreaterThan(0);
  });

  it('says the same to the last digit, in whatever order a store returns the interviews', () => {
    const methodology = withRules({ calibration: bySex(), lonelyPsu: 'adjust' });
    const many = Array.from({ length: 40 }, (_, place) => ({
      ...row(
        place % 3 === 0 ? 'a' : 'b',
        `${place % 7}`,
        (37 * place) % 101,
        ['female', 'male'][place % 2],
      ),
      baseWeight: 1 + ((17 * place) % 23) / 7,
    }));
    const digits = (these: typeof many) =>
      JSON.stringify([...estimate(methodology, [women, men], these)]);
    const expected = digits(many);
    fc.assert(
      fc.property(fc.shuffledSubarray(many, { minLength: many.length }), (shuffled) =>
        expect(digits(shuffled)).toBe(expected),
      ),
      { numRuns: 50 },
    );
  });

  it('never lets a figure out that is no number, whatever the answers and the totals', () => {
    const answer = fc.constantFrom('female', 'male', 'other', undefined);
    const oneRow = fc.record({
      akim: fc.constantFrom('a', 'b'),
      cluster: fc.constantFrom('1', '2', '3'),
      score: fc.integer({ min: 0, max: 100 }),
      gender: answer,
    });
    fc.assert(
      fc.property(
        fc.array(oneRow, { maxLength: 12 }),
        fc.nat(50),
        fc.nat(50),
        fc.constantFrom('base_weights', 'not_rated'),
        fc.constantFrom('rake', 'poststratify'),
        (made, forWomen, forMen, onFailure, method) => {
          const results = estimate(
            withRules({ calibration: bySex({ onFailure, method }) }),
            [cell('female', forWomen), cell('male', forMen)],
            made.map(({ akim, cluster, score, gender }) => row(akim, cluster, score, gender)),
          );
          expect([...results.keys()]).toEqual(['a', 'b', 'silent']);
          expect(numbersIn([...results.values()]).every(Number.isFinite)).toBe(true);
        },
      ),
    );
  });
});

const numbersIn = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(numbersIn)
      : [];

describe('targets for a group', () => {
  const cells = [
    cell('female', 10, { age: '18-29' }),
    cell('female', 20, { age: '30+' }),
    cell('male', 5, { age: '18-29' }),
    cell('male', 7, { age: '30+' }),
  ];
  const ages = { variable: 'age' as const, question: 'age', bands: [18, 30] };

  it('are summed over what a margin does not name', () => {
    expect(marginTotals(cells, ['sex'])).toEqual({ female: 30, male: 12 });
    expect(marginTotals(cells, ['age'])).toEqual({ '18-29': 15, '30+': 27 });
    expect(marginTotals(cells, ['sex', 'age'])).toMatchObject({ 'female|18-29': 10 });
    expect(marginTotals(cells, ['settlement'])).toBeNull();
    expect(marginTotals([], ['sex'])).toBeNull();
  });

  it('are those of the level, where it has its own', () => {
    const rural = cell('male', 1, { level: 'rural' });
    expect(cellsFor([women, rural], 'rural', '150000000')).toEqual([rural]);
    expect(cellsFor([women, rural], 'district', '150000000')).toEqual([women]);
    expect(cellsFor([women, rural], 'district', '230000000')).toEqual([]);
  });

  it('are crossed for post-stratification, and so are the answers', () => {
    const calibration = bySex({ method: 'poststratify', margins: [sexMargin, ages] });
    if (calibration.method === 'none') throw new Error('unreachable');
    expect(calibrationOf(calibration, cells)).toMatchObject({
      variable: 'sex|age',
      totals: { 'female|30+': 20 },
    });
    expect(categoriesOf(calibration, { gender: 'female', age: 30 })).toEqual({
      'sex|age': 'female|30+',
    });
    expect(categoriesOf(calibration, { gender: 'female' })).toEqual({});
  });

  it('put an age into its band, and name what is under the first', () => {
    const calibration = bySex({ margins: [ages] });
    if (calibration.method === 'none') throw new Error('unreachable');
    const bandOf = (age: unknown) => categoriesOf(calibration, { age }).age;
    expect([18, 29, 30, 95, '41'].map(bandOf)).toEqual(['18-29', '18-29', '30+', '30+', '30+']);
    expect(bandOf(17)).toBe('<18');
    expect(bandOf('many')).toBeUndefined();
  });
});
