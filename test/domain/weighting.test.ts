import { weightGroup, type WeightingOptions } from '@akimetr/api/domain/weighting';
import fc from '../support/fast-check.ts';

type Categories = Readonly<Record<string, string>>;

const weigh = (
  baseWeights: readonly number[],
  categories: readonly Categories[],
  options: WeightingOptions,
) =>
  weightGroup(
    Float64Array.from(baseWeights),
    (row, variable) => categories[row]?.[variable],
    options,
  );

function weighed(...given: Parameters<typeof weigh>) {
  const result = weigh(...given);
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  return result;
}

function faultsOf(...given: Parameters<typeof weigh>) {
  const result = weigh(...given);
  return 'faults' in result ? result.faults : [];
}

const sexes = (...letters: string[]) => letters.map((sex) => ({ sex }));
const people = (text: string) =>
  text
    .split(' ')
    .map((pair) => ({ sex: pair[0], settlement: pair[1] === 'u' ? 'urban' : 'rural' }));

describe('weightGroup without options', () => {
  it('keeps the base weights and reports on them', () => {
    const { finalWeights, patterns, report } = weighed([1, 1, 4], sexes('f', 'f', 'm'), {});
    expect([...finalWeights]).toEqual([1, 1, 4]);
    expect(patterns).toBeNull();
    expect(report).toEqual({
      method: 'none',
      designEffect: (3 * 18) / 36,
      effectiveN: 2,
      ratio: { least: 1, median: 1, greatest: 1 },
      iterations: 0,
      largestResidual: 0,
      margins: [],
      smallCells: [],
      trimmed: 0,
    });
  });
});

describe('post-stratification', () => {
  const calibration = {
    method: 'poststratify',
    variable: 'sex',
    totals: { f: 30, m: 20 },
  } as const;

  it('gives every cell its total in proportion to base weights', () => {
    const { finalWeights, report } = weighed([1, 2, 5], sexes('f', 'f', 'm'), { calibration });
    expect([...finalWeights]).toEqual([10, 20, 20]);
    expect(report.margins).toEqual([
      { variable: 'sex', category: 'f', respondents: 2, target: 30, before: 3, after: 30 },
      { variable: 'sex', category: 'm', respondents: 1, target: 20, before: 5, after: 20 },
    ]);
    expect(report.ratio).toEqual({ least: 4, median: 10, greatest: 10 });
    expect(report).toMatchObject({ method: 'poststratify', iterations: 1, largestResidual: 0 });
  });

  it('names cells with fewer than five respondents and whom to merge them with', () => {
    const rows = sexes(...'fffffmmmm');
    expect(
      weighed(
        rows.map(() => 1),
        rows,
        { calibration },
      ).report.smallCells,
    ).toEqual([{ variable: 'sex', category: 'm', respondents: 4, mergeWith: 'f' }]);
  });

  it('stops at an empty cell and proposes the most alike one that is not empty', () => {
    const cells = {
      'f|18-29': 1,
      'f|30-44': 1,
      'f|45+': 1,
      'm|18-29': 1,
      'm|30-44': 1,
      'm|45+': 1,
    };
    const present = ['f|18-29', 'f|45+', 'f|45+', 'm|18-29', 'm|45+'];
    const faults = faultsOf(
      present.map(() => 1),
      present.map((cell) => ({ cell })),
      {
        calibration: { method: 'poststratify', variable: 'cell', totals: cells },
      },
    );
    expect(faults).toEqual([
      {
        code: 'empty_cell',
        place: 'cell: f|30-44',
        mergeWith: 'f|18-29',
        reason: 'nobody answered in cell f|30-44; merge it with f|18-29',
      },
      {
        code: 'empty_cell',
        place: 'cell: m|30-44',
        mergeWith: 'm|18-29',
        reason: 'nobody answered in cell m|30-44; merge it with m|18-29',
      },
    ]);
  });

  it('prefers the smaller of two equally near cells', () => {
    const ages = ['a', 'a', 'c'];
    const [fault] = faultsOf(
      [1, 1, 1],
      ages.map((age) => ({ age })),
      {
        calibration: { method: 'poststratify', variable: 'age', totals: { a: 1, b: 1, c: 1 } },
      },
    );
    expect(fault?.reason).toContain('merge it with c');
  });

  it('ignores a category with total 0 where nobody is in it, and refuses a person in it', () => {
    const options: WeightingOptions = { calibration: { ...calibration, totals: { f: 3, m: 0 } } };
    expect([...weighed([1, 1], sexes('f', 'f'), options).finalWeights]).toEqual([1.5, 1.5]);
    expect(faultsOf([1, 1], sexes('f', 'm'), options)).toEqual([
      {
        code: 'unknown_category',
        row: 1,
        column: 'sex',
        place: 'sex: m',
        reason: 'row 2: sex "m" has no total above 0',
      },
    ]);
  });

  it('names every row without a category', () => {
    expect(faultsOf([1, 1, 1], [{}, { sex: 'f' }, {}], { calibration })).toEqual([
      { code: 'missing_category', row: 0, column: 'sex', place: 'sex', reason: 'row 1: no sex' },
      { code: 'missing_category', row: 2, column: 'sex', place: 'sex', reason: 'row 3: no sex' },
    ]);
  });

  it.each([-1, Number.NaN, Infinity])('refuses the total %d', (total) => {
    const faults = faultsOf([1, 1], sexes('f', 'm'), {
      calibration: { ...calibration, totals: { f: total, m: 1 } },
    });
    expect(faults[0]).toEqual({
      code: 'bad_total',
      place: 'sex: f',
      reason: 'the total of sex f is not a number of persons',
    });
  });

  it('has no merge to propose when there is one category only', () => {
    const faults = faultsOf([1], [{ age: 'x' }], {
      calibration: { method: 'poststratify', variable: 'age', totals: { y: 5 } },
    });
    expect(faults.map(({ code }) => code)).toEqual(['unknown_category']);
    const { report } = weighed([1], [{ age: 'y' }], {
      calibration: { method: 'poststratify', variable: 'age', totals: { y: 5 } },
    });
    expect(report.smallCells).toEqual([
      { variable: 'age', category: 'y', respondents: 1, mergeWith: null },
    ]);
  });
});

describe('raking', () => {
  const rows = people('fu fu fr mu mr mr');
  const rake = (sex: Record<string, number>, settlement: Record<string, number>) =>
    ({ calibration: { method: 'rake', margins: { sex, settlement } } }) as const;

  it('meets both margins and keeps the odds ratio of the base weights', () => {
    const base = [2, 1, 2, 1, 1, 3];
    const { finalWeights: w, report } = weighed(
      base,
      rows,
      rake({ f: 60, m: 40 }, { urban: 30, rural: 70 }),
    );
    expect(w[0] + w[1] + w[2]).toBeCloseTo(60, 10);
    expect(w[0] + w[1] + w[3]).toBeCloseTo(30, 10);
    const odds = ((w[0] + w[1]) * (w[4] + w[5])) / (w[2] * w[3]);
    expect(odds).toBeCloseTo((3 * 4) / (2 * 1), 9);
    expect(w[0] / w[1]).toBeCloseTo(2, 12);
    expect(report.largestResidual).toBeLessThan(1e-12);
    expect(report.iterations).toBeGreaterThan(1);
    expect(
      report.margins
        .map(({ after, target }) => after / target)
        .every((share) => Math.abs(share - 1) < 1e-12),
    ).toBe(true);
  });

  it('says which margins have totals that disagree', () => {
    expect(
      faultsOf(
        rows.map(() => 1),
        rows,
        rake({ f: 60, m: 40 }, { urban: 30, rural: 71 }),
      ),
    ).toEqual([
      {
        code: 'totals_disagree',
        place: 'settlement',
        reason: 'the totals of settlement sum to 101, those of sex to 100',
      },
    ]);
  });

  it('says which margin cannot be met together with the others, and by how much', () => {
    const apart = people('fu fu mr mr');
    const [fault] = faultsOf([1, 1, 1, 1], apart, rake({ f: 60, m: 40 }, { urban: 30, rural: 70 }));
    expect(fault?.code).toBe('not_converged');
    expect(fault?.place).toMatch(/^(sex|settlement): /);
    expect(fault?.reason).toMatch(/cannot be met together with the others: off by \d/);
  });

  it('refuses a calibration without variables', () => {
    expect(faultsOf([1], [{}], { calibration: { method: 'rake', margins: {} } })).toEqual([
      { code: 'bad_total', reason: 'calibration names no variable' },
    ]);
  });

  it('needs no correction when the margins hold already', () => {
    const { finalWeights } = weighed(
      [10, 10, 10, 10],
      people('fu fr mu mr'),
      rake({ f: 20, m: 20 }, { urban: 20, rural: 20 }),
    );
    expect([...finalWeights]).toEqual([10, 10, 10, 10]);
  });

  it('copes with more combinations of categories than a table holds', () => {
    const variables = ['a', 'b', 'c', 'd', 'e'];
    const digit = (place: number, turn: number) => `${(place * (turn + 1) + turn) % 10}`;
    const rows100 = Array.from({ length: 100 }, (_, place) =>
      Object.fromEntries(variables.map((variable, turn) => [variable, digit(place, turn)])),
    );
    const totals = (turn: number) => {
      const counts: Record<string, number> = {};
      for (let place = 0; place < 100; place += 1)
        counts[digit(place, turn)] = (counts[digit(place, turn)] ?? 0) + 2;
      return counts;
    };
    const margins = Object.fromEntries(variables.map((variable, turn) => [variable, totals(turn)]));
    const { finalWeights } = weighed(
      rows100.map(() => 1),
      rows100,
      { calibration: { method: 'rake', margins } },
    );
    expect(finalWeights.every((value) => Math.abs(value - 2) < 1e-12)).toBe(true);
  });
});

describe('bounded logit calibration', () => {
  const rows = people('fu fu fr fr mu mu mr mr');
  const base = rows.map(() => 10);
  const logit = (lower: number, upper: number, f = 50) =>
    ({
      calibration: {
        method: 'logit',
        bounds: [lower, upper],
        margins: { sex: { f, m: 80 - f }, settlement: { urban: 34, rural: 46 } },
      },
    }) as const;

  it('meets the margins within the bounds', () => {
    const { finalWeights, report } = weighed(base, rows, logit(0.5, 2));
    expect(finalWeights.every((value) => value > 5 && value < 20)).toBe(true);
    expect(report.largestResidual).toBeLessThan(1e-12);
    expect(finalWeights.reduce((sum, value) => sum + value, 0)).toBeCloseTo(80, 10);
  });

  it.each([
    [1, 2],
    [0.5, 1],
    [-0.1, 2],
    [0.5, Infinity],
    [Number.NaN, 2],
  ])('refuses the bounds %d and %d', (lower, upper) => {
    expect(faultsOf(base, rows, logit(lower, upper)).map(({ code }) => code)).toEqual([
      'bad_bounds',
    ]);
  });

  it('names a category that the bounds cannot reach', () => {
    expect(faultsOf(base, rows, logit(0.9, 1.2))).toEqual([
      {
        code: 'not_converged',
        place: 'sex: f',
        reason: 'sex: f needs base weights times 1.250, outside the bounds 0.9–1.2',
      },
      {
        code: 'not_converged',
        place: 'sex: m',
        reason: 'sex: m needs base weights times 0.7500, outside the bounds 0.9–1.2',
      },
      {
        code: 'not_converged',
        place: 'settlement: urban',
        reason: 'settlement: urban needs base weights times 0.8500, outside the bounds 0.9–1.2',
      },
    ]);
  });

  it('says so when each category alone could be reached but not all together', () => {
    const faults = faultsOf(base, rows, logit(0.74, 1.26));
    expect(faults.map(({ code }) => code)).toEqual(['not_converged']);
    expect(faults[0]?.reason).toContain('cannot be met together');
  });

  it('may start at a lower bound of 0', () => {
    expect(weighed(base, rows, logit(0, 3)).finalWeights.every((value) => value > 0)).toBe(true);
  });
});

describe('non-response adjustment', () => {
  const rows = ['urban', 'urban', 'rural'].map((responseClass) => ({ responseClass }));

  it('gives each class the base weight of everybody sampled in it', () => {
    const { finalWeights, adjustedWeights } = weighed([10, 20, 5], rows, {
      nonResponse: { urban: 60, rural: 5 },
    });
    expect([...finalWeights]).toEqual([20, 40, 5]);
    expect(adjustedWeights).toEqual(finalWeights);
  });

  it('comes before calibration, whose regression then uses the adjusted weights', () => {
    const calibration = {
      method: 'poststratify',
      variable: 'responseClass',
      totals: { urban: 6, rural: 4 },
    } as const;
    const { finalWeights, adjustedWeights, report } = weighed([10, 20, 5], rows, {
      nonResponse: { urban: 60, rural: 10 },
      calibration,
    });
    expect([...adjustedWeights]).toEqual([20, 40, 10]);
    expect([...finalWeights]).toEqual([2, 4, 4]);
    expect(report.margins[0]).toMatchObject({ before: 30, after: 6 });
  });

  it('names rows and classes that do not fit', () => {
    const options = { nonResponse: { urban: 29, rural: Number.NaN, empty: 7, nobody: 0 } };
    expect(faultsOf([10, 20, 5, 1, 1], [...rows, {}, { responseClass: 'moon' }], options)).toEqual([
      {
        code: 'bad_response_class',
        row: 3,
        column: 'responseClass',
        reason: 'row 4: its response class is missing',
      },
      {
        code: 'bad_response_class',
        row: 4,
        column: 'responseClass',
        reason: 'row 5: its response class "moon" has no sampled total',
      },
      {
        code: 'bad_response_class',
        place: 'urban',
        reason: 'response class urban: more base weight answered than was sampled',
      },
      {
        code: 'bad_response_class',
        place: 'rural',
        reason: 'response class rural: the sum of sampled base weights is not a number',
      },
      {
        code: 'bad_response_class',
        place: 'empty',
        reason: 'response class empty: nobody answered; merge it with another class',
      },
    ]);
  });

  it('takes a class where everybody answered as it is', () => {
    expect([
      ...weighed([10, 20, 5], rows, { nonResponse: { urban: 30, rural: 5 } }).finalWeights,
    ]).toEqual([10, 20, 5]);
  });
});

describe('trimming', () => {
  it('is the last step of weighting, and reported', () => {
    const { finalWeights, report } = weighed([1, 1, 1, 1, 6], sexes(...'fffff'), {
      trim: { lowerMedians: 0, upperMedians: 2 },
    });
    expect([...finalWeights]).toEqual([2, 2, 2, 2, 2]);
    expect(report.trimmed).toBe(1);
    expect(
      faultsOf([1, 1], sexes('f', 'f'), { trim: { lowerMedians: 2, upperMedians: 2 } })[0]?.code,
    ).toBe('bad_trim');
  });
});

describe('calibrated weights', () => {
  const cell = fc.record({ sex: fc.constantFrom('f', 'm'), age: fc.constantFrom('a', 'b', 'c') });
  const sample = fc.array(fc.tuple(cell, fc.double({ min: 0.5, max: 30, noNaN: true })), {
    minLength: 12,
    maxLength: 60,
  });
  const shares = fc.record({
    f: fc.double({ min: 0.3, max: 0.7, noNaN: true }),
    a: fc.double({ min: 0.2, max: 0.4, noNaN: true }),
  });

  it('are positive, within bounds and meet every margin, or the fault is named', () => {
    let met = 0;
    fc.assert(
      fc.property(sample, shares, fc.boolean(), (drawn, { f, a }, bounded) => {
        const margins = {
          sex: { f: 1000 * f, m: 1000 * (1 - f) },
          age: { a: 1000 * a, b: 350, c: 650 - 1000 * a },
        };
        const total = drawn.reduce((sum, [, d]) => sum + d, 0);
        const base = drawn.map(([, d]) => (1000 * d) / total);
        const calibration = bounded
          ? ({ method: 'logit', bounds: [0.2, 4], margins } as const)
          : ({ method: 'rake', margins } as const);
        const result = weigh(
          base,
          drawn.map(([row]) => row),
          { calibration },
        );
        if ('faults' in result) {
          expect(result.faults.length).toBeGreaterThan(0);
          expect(
            result.faults.every(({ code }) => code === 'empty_cell' || code === 'not_converged'),
          ).toBe(true);
          return;
        }
        met += 1;
        result.finalWeights.forEach((value, row) => {
          expect(value).toBeGreaterThan(0);
          if (bounded) expect(value / base[row]).toBeGreaterThanOrEqual(0.2);
          if (bounded) expect(value / base[row]).toBeLessThanOrEqual(4);
        });
        for (const line of result.report.margins)
          expect(Math.abs(line.after / line.target - 1)).toBeLessThan(1e-8);
        expect(result.report.effectiveN).toBeLessThanOrEqual(drawn.length * (1 + 1e-12));
      }),
      { seed: 11, numRuns: 100 },
    );
    expect(met).toBeGreaterThan(50);
  });
});
