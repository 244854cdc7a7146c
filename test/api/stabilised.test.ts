import type { RankedAkim, Ranking } from '../../api/src/contracts/rankings.ts';
import { stabilisedScore } from '../../api/src/services/stabilised.ts';

/** What of a ranking the model looks at. */
const ranked = (
  akims: readonly [region: string, score: number, standardError: number][],
): Ranking =>
  ({
    confidenceLevel: 0.95,
    ranked: akims.map(
      ([region, score, standardError], place) =>
        ({ akimId: String(place), region, score, standardError }) as RankedAkim,
    ),
  }) as Ranking;

const around = (region: string, middle: number, standardError: number) =>
  [-4, -2, 0, 2, 4].map((off): [string, number, number] => [region, middle + off, standardError]);

describe('the stabilised score', () => {
  it('goes to the akims of the own region, and further with fewer interviews', () => {
    const ranking = ranked([
      ...around('a', 40, 1),
      ...around('b', 70, 1),
      ['b', 50, 1],
      ['b', 50, 8],
    ]);
    const [sure, unsure] = ['10', '11'].map((akimId) => stabilisedScore(ranking, akimId)!);
    expect(sure.score).toBeGreaterThan(50);
    expect(unsure.score).toBeGreaterThan(sure.score + 3);
    expect(unsure.score).toBeLessThan(70);
    expect(unsure.shareOfDirect).toBeLessThan(sure.shareOfDirect);
    for (const { score, interval } of [sure, unsure]) {
      expect(interval[0]).toBeLessThan(score);
      expect(interval[1]).toBeGreaterThan(score);
    }
  });

  it('treats regions of a few akims as one', () => {
    const few = ranked([...around('a', 40, 5), ['x', 60, 5], ['y', 64, 5], ['z', 62, 5]]);
    const together = ranked([...around('a', 40, 5), ['x', 60, 5], ['x', 64, 5], ['x', 62, 5]]);
    expect(stabilisedScore(few, '6')).toEqual(stabilisedScore(together, '6'));
  });

  it('is none for whoever is not ranked, and where there are too few for a model', () => {
    expect(stabilisedScore(ranked(around('a', 40, 1)), 'somebody else')).toBeNull();
    expect(stabilisedScore(ranked([['a', 40, 1]]), '0')).toBeNull();
    expect(stabilisedScore(ranked([]), '0')).toBeNull();
  });
});
