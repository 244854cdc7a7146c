import {
  countAbove,
  countBelow,
  rankAkims,
  simultaneousQuantile,
  type RatedAkim,
} from '@akimetr/api/domain/ranking';
import fc from '../support/fast-check.ts';

const akim = (score: number, standardError = 1, degreesOfFreedom?: number): RatedAkim => ({
  akim: `${score}`,
  score,
  standardError,
  degreesOfFreedom,
});

const rated = fc.array(
  fc.record({
    akim: fc.string(),
    score: fc.integer({ min: 0, max: 200 }).map((half) => half / 2),
    standardError: fc.double({ min: 0, max: 12, noNaN: true }),
    degreesOfFreedom: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 40 },
);

describe('rankAkims', () => {
  it('is right by hand: 80, 70 and 69 with standard error 1', () => {
    const ranked = rankAkims([akim(70), akim(80), akim(69)]);
    expect(
      ranked.map(({ rank, bestRank, worstRank, tier }) => [rank, bestRank, worstRank, tier]),
    ).toEqual([
      [2, 2, 3, 2],
      [1, 1, 1, 1],
      [3, 2, 3, 2],
    ]);
    expect(ranked[1].lower).toBeCloseTo(80 - 2.387741, 5);
    expect(ranked[1].upper).toBeCloseTo(80 + 2.387741, 5);
  });

  it('gives exact ties the same rank, tier and the lower number', () => {
    const ranked = rankAkims([akim(60, 0.1), akim(70, 0.1), akim(60, 30), akim(50, 0.1)]);
    expect(ranked.map(({ rank }) => rank)).toEqual([2, 1, 2, 4]);
    expect(ranked[0].tier).toBe(ranked[2].tier);
  });

  it('opens a tier at the first akim certainly worse than somebody in the tier, not only than its leader', () => {
    // the leader is very uncertain, the second is certain: the third is told apart from the second
    const ranked = rankAkims([akim(80, 20), akim(78, 0.5), akim(70, 0.5), akim(69, 20)]);
    expect(ranked.map(({ tier }) => tier)).toEqual([1, 1, 2, 2]);
  });

  it('keeps a tie whole when one of it is told apart from the tier above', () => {
    const ranked = rankAkims([akim(80, 0.5), akim(70, 30), akim(70, 0.5)]);
    expect(ranked.map(({ tier }) => tier)).toEqual([1, 2, 2]);
  });

  it('uses t intervals where degrees of freedom are given', () => {
    const [normal] = rankAkims([akim(60)]);
    const [t] = rankAkims([akim(60, 1, 5)]);
    expect(normal.upper - 60).toBeCloseTo(1.959963984540054, 10);
    expect(t.upper - 60).toBeCloseTo(2.570581835636314, 10);
  });

  it('widens every interval at a higher level', () => {
    const at = (level: number) => rankAkims([akim(60), akim(65)], level)[0].upper;
    expect(at(0.99)).toBeGreaterThan(at(0.95));
    expect(at(0.95)).toBe(rankAkims([akim(60), akim(65)])[0].upper);
  });

  it('ranks nobody without complaint', () => expect(rankAkims([])).toEqual([]));

  it('agrees with counting over all pairs, contains the rank, and never tells apart within a tier', () => {
    fc.assert(
      fc.property(rated, (akims) => {
        const ranked = rankAkims(akims);
        ranked.forEach((a) => {
          expect(a.rank).toBe(1 + ranked.filter((b) => b.score > a.score).length);
          expect(a.bestRank).toBe(1 + ranked.filter((b) => b.lower > a.upper).length);
          expect(a.worstRank).toBe(ranked.length - ranked.filter((b) => b.upper < a.lower).length);
          expect(a.bestRank).toBeLessThanOrEqual(a.rank);
          expect(a.worstRank).toBeGreaterThanOrEqual(a.rank);
          for (const b of ranked) {
            if (a.score === b.score) expect(a.tier).toBe(b.tier);
            if (a.score > b.score) expect(a.tier).toBeLessThanOrEqual(b.tier);
            if (a.tier === b.tier) expect(a.lower > b.upper).toBe(false);
          }
          if (a.tier > 1) {
            const tier = ranked.filter((b) => b.tier === a.tier);
            const top = tier.filter((b) => b.score === Math.max(...tier.map(({ score }) => score)));
            const above = ranked.filter((b) => b.tier === a.tier - 1);
            expect(above.some((b) => top.some((c) => b.lower > c.upper))).toBe(true);
          }
        });
      }),
      { seed: 31 },
    );
  });

  it('does not depend on the order in which akims are given', () => {
    fc.assert(
      fc.property(rated, (akims) => {
        const key = (list: ReturnType<typeof rankAkims>) =>
          list.map((one) => JSON.stringify(one)).sort();
        expect(key(rankAkims([...akims].reverse()))).toEqual(key(rankAkims(akims)));
      }),
      { seed: 32 },
    );
  });
});

describe('simultaneousQuantile', () => {
  it('is the two-sided quantile for one akim and grows with their number', () => {
    expect(simultaneousQuantile(1, 0.95, Infinity)).toBeCloseTo(1.959963984540054, 11);
    expect(simultaneousQuantile(60, 0.95, Infinity)).toBeCloseTo(3.33450197801031, 11);
    expect(simultaneousQuantile(60, 0.95, 20)).toBeGreaterThan(3.9);
  });
});

describe('countBelow and countAbove', () => {
  const values = Float64Array.of(1, 2, 2, 5);
  it('count strictly', () => {
    expect([0, 1, 2, 3, 5, 6].map((x) => countBelow(values, x))).toEqual([0, 0, 1, 3, 3, 4]);
    expect([0, 1, 2, 3, 5, 6].map((x) => countAbove(values, x))).toEqual([4, 3, 1, 1, 0, 0]);
    expect([countBelow(new Float64Array(0), 1), countAbove(new Float64Array(0), 1)]).toEqual([
      0, 0,
    ]);
  });
});
