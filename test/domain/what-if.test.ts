import { indexScore, scoreInterval } from '@akimetr/api/domain/estimation';
import { rankAkims } from '@akimetr/api/domain/ranking';
import {
  lowerTriangle,
  prepareWhatIf,
  type IndicatorFigures,
  type WhatIfRules,
} from '@akimetr/api/domain/what-if';
import fc from '../support/fast-check.ts';

const rules: WhatIfRules = {
  confidenceLevel: 0.95,
  intervalScale: 'automatic',
  maximumStandardError: 10,
  missingIndicator: 'undefined',
};
const figures = (
  akim: string,
  means: (number | null)[],
  covariance: (number | null)[],
): IndicatorFigures => ({ akim, means, covariance, degreesOfFreedom: 20 });
const two = [figures('A', [80, 20], [1, 0, 4]), figures('B', [40, 50], [1, 0, 4])];

describe('prepareWhatIf', () => {
  it('ranks by the indicator that alone counts', () => {
    const whatIf = prepareWhatIf(two, rules);
    expect(whatIf([1, 0]).ranked).toMatchObject([
      { akim: 'A', score: 80, standardError: 1, rank: 1, rankInterval: [1, 1], tier: 1 },
      { akim: 'B', score: 40, standardError: 1, rank: 2, rankInterval: [2, 2], tier: 2 },
    ]);
    expect(whatIf([0, 3]).ranked).toMatchObject([
      { akim: 'A', score: 20, standardError: 2, rank: 2 },
      { akim: 'B', score: 50, standardError: 2, rank: 1 },
    ]);
    // (80 + 20) / 2 = 50 with √(1 + 4) / 2; the covariance counts too.
    expect(whatIf([1, 1]).ranked[0]).toMatchObject({ score: 50, standardError: Math.sqrt(5) / 2 });
    const tied = prepareWhatIf([figures('A', [80, 20], [1, 1.5, 4])], rules);
    expect(tied([1, 1]).ranked[0].standardError).toBeCloseTo(Math.sqrt(8) / 2, 12);
  });

  it('rates nobody where nothing counts, an indicator is missing, or the margin is too wide', () => {
    const akims = [
      ...two,
      figures('C', [60, null], [1, null, null]),
      figures('D', [60, 60], [1, 0, 101]),
    ];
    const whatIf = prepareWhatIf(akims, rules);
    expect(whatIf([0, 0])).toMatchObject({ ranked: [], notRated: { length: 4 } });
    expect(whatIf([0, 1]).notRated).toEqual([
      { akim: 'C', reason: 'indicator_without_estimate' },
      { akim: 'D', reason: 'margin_too_wide' },
    ]);
    expect(whatIf([0, 1]).ranked.map(({ rank }) => rank)).toEqual([2, 1]);
    // What is missing does no harm where it does not count.
    expect(whatIf([1, 0]).ranked).toHaveLength(4);
    expect(prepareWhatIf([], rules)([])).toEqual({ ranked: [], notRated: [] });
  });

  it('leaves an indicator nobody answered out where the methodology says so', () => {
    const lenient = { ...rules, missingIndicator: 'renormalise' } as const;
    const whatIf = prepareWhatIf([figures('C', [60, null], [4, null, null])], lenient);
    expect(whatIf([1, 3]).ranked).toMatchObject([{ score: 60, standardError: 2 }]);
    expect(whatIf([0, 3]).notRated).toEqual([{ akim: 'C', reason: 'indicator_without_estimate' }]);
  });

  it('gives the figures of indexScore, scoreInterval and rankAkims, digit for digit', () => {
    const size = 4;
    const akim = fc.record({
      means: fc.array(fc.double({ min: 1, max: 99, noNaN: true }), {
        minLength: size,
        maxLength: size,
      }),
      loads: fc.array(fc.double({ min: -2, max: 2, noNaN: true }), {
        minLength: size,
        maxLength: size,
      }),
      degreesOfFreedom: fc.integer({ min: 1, max: 12 }),
    });
    const importances = fc.array(fc.nat(5), { minLength: size, maxLength: size });
    fc.assert(
      fc.property(fc.array(akim, { maxLength: 12 }), importances, (drawn, chosen) => {
        fc.pre(chosen.some((importance) => importance > 0));
        const estimates = drawn.map(({ means, loads, degreesOfFreedom }, place) => ({
          akim: `${place}`,
          means,
          // ll' + I: a covariance
          covariance: loads.map((l, k) => loads.map((m, j) => l * m + (k === j ? 1 : 0))),
          degreesOfFreedom,
        }));
        const expected = estimates.map((one) => ({ ...one, ...indexScore(one, chosen)! }));
        const ranked = rankAkims(expected, 0.9);
        const whatIf = prepareWhatIf(
          estimates.map((one) => ({
            ...one,
            covariance: lowerTriangle(one.covariance.flat(), size),
          })),
          { ...rules, confidenceLevel: 0.9 },
        );
        whatIf([1, 1, 1, 1]); // a second question is answered as if it were the first
        expect(whatIf(chosen)).toEqual({
          ranked: expected.map(({ akim: name, score, standardError, degreesOfFreedom }, place) => ({
            akim: name,
            score,
            standardError,
            interval: scoreInterval(score, standardError, degreesOfFreedom, 0.9),
            rank: ranked[place].rank,
            rankInterval: [ranked[place].bestRank, ranked[place].worstRank],
            tier: ranked[place].tier,
          })),
          notRated: [],
        });
      }),
    );
  });
});

describe('lowerTriangle', () => {
  it('is the matrix without what stands above its diagonal', () => {
    expect(lowerTriangle([1, 2, 3, 4, 5, 6, 7, 8, 9], 3)).toEqual([1, 4, 5, 7, 8, 9]);
    expect(lowerTriangle([], 0)).toEqual([]);
  });
});
