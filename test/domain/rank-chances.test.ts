import {
  marginalRankSets,
  mostAkimsForRankSets,
  simultaneousRankSets,
} from '@akimetr/api/domain/rank-sets';
import { chanceOfBeingBetter, simulateRanks } from '@akimetr/api/domain/rank-simulation';
import { rankAkims, type RatedAkim } from '@akimetr/api/domain/ranking';
import fc from '../support/fast-check.ts';

const options = { level: 0.95, seed: 1, draws: 2000 };
const akims = (
  ...pairs: readonly (readonly [score: number, standardError: number])[]
): RatedAkim[] =>
  pairs.map(([score, standardError], place) => ({ akim: `A${place}`, score, standardError }));
const ends = (sets: readonly { bestRank: number; worstRank: number }[] | null) =>
  sets?.map(({ bestRank, worstRank }) => [bestRank, worstRank]);
const spread = akims(
  ...Array.from({ length: 25 }, (_, place) => [40 + place * 1.3, 1 + (place % 4)] as const),
);
const width = (sets: readonly { bestRank: number; worstRank: number }[]) =>
  sets.reduce((sum, { bestRank, worstRank }) => sum + worstRank - bestRank, 0);

describe.each([
  ['simultaneousRankSets', simultaneousRankSets],
  ['marginalRankSets', marginalRankSets],
])('%s', (_, rankSets) => {
  it('is right where differences are plain', () => {
    expect(ends(rankSets(akims([70, 1], [80, 1], [69, 1]), options))).toEqual([
      [2, 3],
      [1, 1],
      [2, 3],
    ]);
  });

  it('says nothing when nothing can be told apart', () => {
    expect(ends(rankSets(akims([50, 9], [51, 9], [52, 9]), options))).toEqual([
      [1, 3],
      [1, 3],
      [1, 3],
    ]);
  });

  it('tells certain scores apart and leaves exact ties together', () => {
    expect(ends(rankSets(akims([60, 0], [60, 0], [50, 0]), options))).toEqual([
      [1, 2],
      [1, 2],
      [3, 3],
    ]);
    expect(ends(rankSets(akims([60, 0], [50, 0.1]), options))).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('contains the rank of the score, whatever the scores', () => {
    const some = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 60 }), fc.double({ min: 0, max: 5, noNaN: true })),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(some, (pairs) => {
        const list = akims(...pairs);
        const sets = rankSets(list, { ...options, draws: 60 })!;
        rankAkims(list).forEach(({ rank }, place) => {
          expect(sets[place].bestRank).toBeLessThanOrEqual(rank);
          expect(sets[place].worstRank).toBeGreaterThanOrEqual(rank);
        });
      }),
      { seed: 41 },
    );
  });

  it('is the same again from the same seed', () => {
    expect(rankSets(spread, options)).toEqual(rankSets(spread, options));
  });

  it('is not for more than 500 akims', () => {
    const many = akims(
      ...Array.from({ length: mostAkimsForRankSets + 1 }, (__, place) => [place, 1] as const),
    );
    expect(rankSets(many, { ...options, draws: 20 })).toBeNull();
    expect(rankSets(many.slice(1), { ...options, draws: 2 })).toHaveLength(500);
  });

  it('gets wider at a higher level', () => {
    expect(width(rankSets(spread, { ...options, level: 0.99 })!)).toBeGreaterThan(
      width(rankSets(spread, { ...options, level: 0.8 })!),
    );
  });
});

describe('rank sets', () => {
  it('are narrower than joint intervals of the scores, marginal ones narrower still', () => {
    const joint = width(rankAkims(spread));
    const simultaneous = width(simultaneousRankSets(spread, options)!);
    expect(simultaneous).toBeLessThan(joint);
    expect(width(marginalRankSets(spread, options)!)).toBeLessThan(simultaneous);
  });

  it('use the two-sided normal critical value where there is one pair', () => {
    // |difference| / √2 against 1.96 with Monte-Carlo error of about 0.05 at 20,000 draws
    const at = (difference: number) =>
      ends(
        marginalRankSets(akims([50 + difference, 1], [50, 1]), { ...options, draws: 20_000 }),
      )![0];
    expect(at(1.86 * Math.SQRT2)).toEqual([1, 2]);
    expect(at(2.06 * Math.SQRT2)).toEqual([1, 1]);
  });

  it('step down: a difference of 2.27 is under the first critical value of three pairs (2.34), over the second', () => {
    const two = [
      [50 + 2.27 * Math.SQRT2, 1],
      [50, 1],
    ] as const;
    const run = (third: number) =>
      ends(simultaneousRankSets(akims(...two, [third, 1]), { ...options, draws: 40_000 }));
    expect(run(1000)).toEqual([
      [2, 2],
      [3, 3],
      [1, 1],
    ]);
    expect(run(51.6)).toEqual([
      [1, 3],
      [1, 3],
      [1, 3],
    ]);
  });
});

describe('simulateRanks', () => {
  it('is certain where scores are', () => {
    expect(simulateRanks(akims([90, 1], [10, 1]), { seed: 1, draws: 200 })).toEqual([
      { akim: 'A0', expectedRank: 1, chanceOfTopTenth: 1 },
      { akim: 'A1', expectedRank: 2, chanceOfTopTenth: 0 },
    ]);
  });

  it('is even between equals', () => {
    const [one, other] = simulateRanks(akims([60, 3], [60, 3]), { seed: 2, draws: 4000 });
    expect(one.expectedRank).toBeCloseTo(1.5, 1);
    expect(one.expectedRank + other.expectedRank).toBeCloseTo(3, 10);
    expect(one.chanceOfTopTenth).toBeCloseTo(0.5, 1);
  });

  it('agrees with the exact chances of pairs: expected rank = 1 + Σ P(b better)', () => {
    const simulated = simulateRanks(spread, { seed: 3, draws: 8000 });
    spread.forEach((one, place) => {
      const exact =
        1 +
        spread
          .filter((other) => other !== one)
          .reduce((sum, other) => sum + chanceOfBeingBetter(other, one), 0);
      expect(Math.abs(simulated[place].expectedRank - exact)).toBeLessThan(0.2);
    });
    const ranks = simulated.reduce((sum, { expectedRank }) => sum + expectedRank, 0);
    expect(ranks).toBeCloseTo((25 * 26) / 2, 8);
  });

  it('takes the best tenth rounded up', () => {
    const eleven = akims(
      ...Array.from({ length: 11 }, (_, place) => [100 - place * 9, 0.01] as const),
    );
    expect(
      simulateRanks(eleven, { seed: 1, draws: 50 }).map(({ chanceOfTopTenth }) => chanceOfTopTenth),
    ).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('is the same again from the same seed, and other from another', () => {
    const run = (seed: number) => simulateRanks(spread, { seed, draws: 100 });
    expect(run(5)).toEqual(run(5));
    expect(run(5)).not.toEqual(run(6));
  });

  it('keeps the given order among scores that are all equal and certain', () => {
    expect(
      simulateRanks(akims([5, 0], [5, 0]), { seed: 1, draws: 10 }).map(
        ({ expectedRank }) => expectedRank,
      ),
    ).toEqual([1, 2]);
  });
});

describe('chanceOfBeingBetter', () => {
  it('is Φ of the difference in its standard errors', () => {
    const [one, other] = akims([63, 3], [58, 4]) as [RatedAkim, RatedAkim];
    expect(chanceOfBeingBetter(one, other)).toBeCloseTo(0.8413447460685429, 12);
    expect(chanceOfBeingBetter(other, one)).toBeCloseTo(1 - 0.8413447460685429, 12);
    expect(chanceOfBeingBetter(one, one)).toBe(0.5);
    const [sure, equal] = akims([63, 0], [58, 0]) as [RatedAkim, RatedAkim];
    expect([
      chanceOfBeingBetter(sure, equal),
      chanceOfBeingBetter(equal, sure),
      chanceOfBeingBetter(sure, sure),
    ]).toEqual([1, 0, 0.5]);
  });
});
