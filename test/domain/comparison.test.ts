import {
  adjustBenjaminiHochberg,
  adjustHolm,
  changeOf,
  compareWaves,
} from '@akimetr/api/domain/comparison';
import {
  compareCohorts,
  fitRandomEffects,
  stabiliseScores,
  type Area,
} from '@akimetr/api/domain/random-effects';
import fc from '../support/fast-check.ts';

const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12));

describe('adjustHolm', () => {
  it('is right by hand', () => {
    expect(adjustHolm([0.01, 0.04, 0.03])).toEqual(close([0.03, 0.06, 0.06]));
    expect(adjustHolm([0.6, 0.5])).toEqual([1, 1]);
    expect(adjustHolm([])).toEqual([]);
    expect(adjustHolm([0.2])).toEqual([0.2]);
  });
});

describe('adjustBenjaminiHochberg', () => {
  it('is right by hand', () => {
    expect(adjustBenjaminiHochberg([0.01, 0.04, 0.03])).toEqual(close([0.03, 0.04, 0.04]));
    expect(adjustBenjaminiHochberg([0.9, 0.8, 0.001])).toEqual(close([0.9, 0.9, 0.003]));
    expect(adjustBenjaminiHochberg([])).toEqual([]);
  });

  it('never exceeds Holm, is never under the unadjusted value, and both keep the order', () => {
    const list = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });
    fc.assert(
      fc.property(list, (p) => {
        const [holm, bh] = [adjustHolm(p), adjustBenjaminiHochberg(p)];
        p.forEach((value, place) => {
          expect(bh[place]).toBeGreaterThanOrEqual(value);
          expect(bh[place]).toBeLessThanOrEqual(holm[place] * (1 + 1e-12));
          expect(holm[place]).toBeLessThanOrEqual(1);
          p.forEach((other, second) => {
            if (value < other) expect(holm[place]).toBeLessThanOrEqual(holm[second]);
            if (value < other) expect(bh[place]).toBeLessThanOrEqual(bh[second]);
          });
        });
      }),
      { seed: 51 },
    );
  });
});

describe('changeOf', () => {
  it('is right by hand', () => {
    const { difference, standardError, z, p } = changeOf(
      { score: 60, standardError: 3 },
      { score: 66, standardError: 4 },
    );
    expect([difference, standardError, z]).toEqual([6, 5, 1.2]);
    expect(p).toBeCloseTo(0.23013934044341, 12);
    expect(
      changeOf({ score: 66, standardError: 4 }, { score: 60, standardError: 3 }),
    ).toMatchObject({ difference: -6, z: -1.2, p });
  });

  it('is certain without sampling error', () => {
    expect(
      changeOf({ score: 60, standardError: 0 }, { score: 61, standardError: 0 }),
    ).toMatchObject({ z: Infinity, p: 0 });
    expect(
      changeOf({ score: 60, standardError: 0 }, { score: 60, standardError: 0 }),
    ).toMatchObject({ z: 0, p: 1 });
  });
});

describe('compareWaves', () => {
  const wave = (...lines: readonly string[]) =>
    lines.map((line) => {
      const [office, akim, score, standardError] = line.split(' ') as [
        string,
        string,
        string,
        string,
      ];
      return { office, akim, score: Number(score), standardError: Number(standardError) };
    });

  it('calls it a change only for the same akim in the same office', () => {
    const changes = compareWaves(
      wave('x A 60 3', 'y B 50 3', 'z C 40 3'),
      wave('w D 70 3', 'y E 55 4', 'x A 66 4'),
    );
    expect(changes).toEqual([
      {
        kind: 'change',
        office: 'x',
        akim: 'A',
        difference: 6,
        standardError: 5,
        z: 1.2,
        p: expect.closeTo(0.23013934, 8),
        holm: expect.closeTo(0.23013934, 8),
        benjaminiHochberg: expect.closeTo(0.23013934, 8),
      },
      { kind: 'hand_over', office: 'y', before: 'B', after: 'E' },
      { kind: 'only_before', office: 'z', akim: 'C' },
      { kind: 'only_after', office: 'w', akim: 'D' },
    ]);
  });

  it('adjusts over the changes only, not over hand-overs', () => {
    const before = wave('x A 60 3', 'y B 50 3', 'z C 40 3');
    const changes = compareWaves(before, wave('x A 66 4', 'y B 70 4', 'z Q 40 3')).filter(
      (change) => change.kind === 'change',
    );
    expect(changes.map(({ holm, p }) => holm / p)).toEqual(close([1, 2]));
    expect(changes.map(({ benjaminiHochberg, p }) => benjaminiHochberg / p)).toEqual(close([1, 2]));
  });

  it('compares nothing with nothing', () => expect(compareWaves([], [])).toEqual([]));
});

const equalAreas: Area[] = [50, 60, 70].map((score) => ({ score, variance: 25 }));

describe('stabiliseScores', () => {
  it('is right by hand for equal variances: τ² = spread − variance', () => {
    const fit = stabiliseScores(equalAreas);
    if ('kind' in fit) throw new Error(fit.reason);
    expect(fit.tau2).toBeCloseTo(75, 9);
    expect(fit.beta).toEqual(close([60]));
    expect(fit.betaStandardErrors).toEqual([expect.closeTo(Math.sqrt(100 / 3), 9)]);
    expect(fit.stabilised.map(({ score }) => score)).toEqual(
      [52.5, 60, 67.5].map((score) => expect.closeTo(score, 9)),
    );
    // γ v + (1 − γ)² var(β) = 0.75 · 25 + 0.0625 · 100/3
    expect(fit.stabilised[0].standardError).toBeCloseTo(Math.sqrt(18.75 + 100 / 48), 9);
    expect(fit.stabilised[0].shareOfDirect).toBeCloseTo(0.75, 9);
  });

  it('shrinks wholly to the mean where the scores differ no more than by chance', () => {
    const fit = stabiliseScores([59, 60, 61].map((score) => ({ score, variance: 25 })));
    if ('kind' in fit) throw new Error(fit.reason);
    expect(fit.tau2).toBe(0);
    expect(fit.stabilised.map(({ score }) => score)).toEqual(close([60, 60, 60]));
  });

  it('lies between the direct score and the model for any areas', () => {
    const area = fc.record({
      score: fc.double({ min: 0, max: 100, noNaN: true }),
      variance: fc.double({ min: 0.1, max: 80, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(area, { minLength: 2, maxLength: 30 }), (areas) => {
        const fit = stabiliseScores(areas);
        if ('kind' in fit) throw new Error(fit.reason);
        expect(fit.tau2).toBeGreaterThanOrEqual(0);
        fit.stabilised.forEach(({ score, standardError }, place) => {
          const [low, high] = [areas[place].score, fit.beta[0]].sort((a, b) => a - b) as [
            number,
            number,
          ];
          expect(score).toBeGreaterThanOrEqual(low - 1e-9);
          expect(score).toBeLessThanOrEqual(high + 1e-9);
          expect(standardError).toBeGreaterThanOrEqual(0);
        });
      }),
      { seed: 61 },
    );
  });

  it('maximises the restricted likelihood', () => {
    const areas = [52, 61, 58, 75, 44, 66, 63].map((score, place) => ({
      score,
      variance: 2 + place * 3,
      covariates: [place % 3],
    }));
    const fit = fitRandomEffects(areas);
    if ('kind' in fit) throw new Error(fit.reason);
    const likelihood = (tau2: number) => {
      // −½ [Σ log(v + τ²) + log det X'WX + Σ (y − Xβ)² / (v + τ²)] with X of an intercept and one covariate
      const w = areas.map(({ variance }) => 1 / (variance + tau2));
      const sum = (f: (place: number) => number) =>
        areas.reduce((total, _, place) => total + w[place] * f(place), 0);
      const x = (place: number) => areas[place].covariates[0];
      const y = (place: number) => areas[place].score;
      const [s, sx, sxx, sy, sxy] = [
        sum(() => 1),
        sum(x),
        sum((i) => x(i) ** 2),
        sum(y),
        sum((i) => x(i) * y(i)),
      ];
      const det = s * sxx - sx * sx;
      const [b0, b1] = [(sxx * sy - sx * sxy) / det, (s * sxy - sx * sy) / det];
      return (
        -0.5 *
        (w.reduce((total, one) => total - Math.log(one), 0) +
          Math.log(det) +
          sum((i) => (y(i) - b0 - b1 * x(i)) ** 2))
      );
    };
    const best = likelihood(fit.tau2);
    for (const factor of [0.5, 0.9, 0.99, 1.01, 1.1, 2])
      expect(likelihood(fit.tau2 * factor)).toBeLessThan(best);
  });
});

describe('fitRandomEffects', () => {
  it('says why there is no fit', () => {
    const reason = (areas: readonly Area[]) => fitRandomEffects(areas);
    expect(reason([])).toEqual({ kind: 'failed', reason: 'too_few_areas' });
    expect(reason(equalAreas.slice(0, 1))).toEqual({ kind: 'failed', reason: 'too_few_areas' });
    expect(reason([...equalAreas, { score: 1, variance: 0 }])).toEqual({
      kind: 'failed',
      reason: 'bad_area',
    });
    expect(reason([...equalAreas, { score: 1, variance: Infinity }])).toEqual({
      kind: 'failed',
      reason: 'bad_area',
    });
    expect(reason([...equalAreas, { score: Number.NaN, variance: 1 }])).toEqual({
      kind: 'failed',
      reason: 'bad_area',
    });
    expect(reason([...equalAreas, { score: 1, variance: 1, covariates: [1] }])).toEqual({
      kind: 'failed',
      reason: 'bad_area',
    });
    expect(reason(equalAreas.map((area) => ({ ...area, covariates: [Number.NaN] })))).toEqual({
      kind: 'failed',
      reason: 'bad_area',
    });
    expect(reason(equalAreas.map((area) => ({ ...area, covariates: [7] })))).toEqual({
      kind: 'failed',
      reason: 'collinear_covariates',
    });
    expect(stabiliseScores([])).toEqual({ kind: 'failed', reason: 'too_few_areas' });
    expect(compareCohorts([])).toEqual({ kind: 'failed', reason: 'too_few_areas' });
  });

  it('fits two areas with an intercept', () =>
    expect(fitRandomEffects(equalAreas.slice(0, 2))).toMatchObject({
      tau2: expect.closeTo(25, 9),
    }));
});

describe('compareCohorts', () => {
  const akims = [70, 72, 60, 62].map((score, place) => ({ score, variance: 1, marked: place < 2 }));

  it('is right by hand for equal variances: the t test of two means', () => {
    const cohort = compareCohorts(akims);
    if ('kind' in cohort) throw new Error(cohort.reason);
    // pooled variance 2, so the standard error of the difference is √(2/2 + 2/2)
    expect(cohort.difference).toBeCloseTo(10, 10);
    expect(cohort.standardError).toBeCloseTo(Math.SQRT2, 9);
    expect(cohort.t).toBeCloseTo(10 / Math.SQRT2, 8);
    expect(cohort.degreesOfFreedom).toBe(2);
    expect(cohort.tau2).toBeCloseTo(1, 9);
    expect(cohort.interval[0]).toBeCloseTo(10 - 4.3026527297494637 * Math.SQRT2, 8);
    expect(cohort.interval[1]).toBeCloseTo(10 + 4.3026527297494637 * Math.SQRT2, 8);
    const t = 10 / Math.SQRT2;
    expect(cohort.p).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 9);
    expect(cohort.marked).toEqual({ akims: 2, mean: expect.closeTo(71, 10) });
    expect(cohort.others).toEqual({ akims: 2, mean: expect.closeTo(61, 10) });
  });

  it('turns its sign with the cohorts and keeps its p', () => {
    const [one, other] = [akims, akims.map((akim) => ({ ...akim, marked: !akim.marked }))].map(
      (list) => compareCohorts(list),
    );
    if ('kind' in one || 'kind' in other) throw new Error('no fit');
    expect(other.difference).toBeCloseTo(-one.difference, 9);
    expect(other.p).toBeCloseTo(one.p, 9);
  });

  it('has nothing to compare in one cohort, or with two akims', () => {
    expect(compareCohorts(akims.map((akim) => ({ ...akim, marked: true })))).toEqual({
      kind: 'failed',
      reason: 'collinear_covariates',
    });
    expect(compareCohorts(akims.slice(1, 3))).toEqual({ kind: 'failed', reason: 'too_few_areas' });
  });

  it('takes the level that is asked for', () => {
    const at = (level: number) => {
      const cohort = compareCohorts(akims, level);
      return 'kind' in cohort ? 0 : cohort.interval[1];
    };
    expect(at(0.99)).toBeGreaterThan(at(0.95));
  });
});
