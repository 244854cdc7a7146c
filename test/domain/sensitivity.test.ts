import type { GroupRow } from '@akimetr/api/domain/estimation';
import {
  importanceScenarios,
  indicatorScenarios,
  interviewerScenarios,
  rankRanges,
  rescoredScenario,
  ranksOf,
} from '@akimetr/api/domain/sensitivity';

const estimate = (akim: string, ...means: readonly (number | null)[]) => ({
  akim,
  means,
  covariance: means.map((one) => means.map((other) => (one === null || other === null ? null : 1))),
});
const akims = [estimate('A', 90, 10), estimate('B', 50, 50), estimate('C', 40, null)];

describe('ranksOf', () => {
  it('ranks from the highest, ties share, nothing stays nothing', () => {
    expect(ranksOf([50, null, 70, 50, 10])).toEqual([2, null, 1, 2, 4]);
    expect(ranksOf([])).toEqual([]);
  });
});

describe('rankRanges', () => {
  it('names the scenarios of the best and the worst rank', () => {
    const ranges = rankRanges(['A', 'B', 'C'], { name: 'chosen', scores: [70, 60, null] }, [
      { name: 'without roads', scores: [50, 60, 40] },
      { name: 'without water', scores: [10, 20, 30] },
    ]);
    expect(ranges).toEqual([
      {
        akim: 'A',
        rank: 1,
        best: { rank: 1, scenario: 'chosen' },
        worst: { rank: 3, scenario: 'without water' },
      },
      {
        akim: 'B',
        rank: 2,
        best: { rank: 1, scenario: 'without roads' },
        worst: { rank: 2, scenario: 'chosen' },
      },
      {
        akim: 'C',
        rank: null,
        best: { rank: 1, scenario: 'without water' },
        worst: { rank: 3, scenario: 'without roads' },
      },
    ]);
  });

  it('has no range for an akim who is never rated', () => {
    expect(rankRanges(['A'], { name: 'chosen', scores: [null] }, [])).toEqual([
      { akim: 'A', rank: null, best: null, worst: null },
    ]);
  });
});

describe('importanceScenarios', () => {
  const options = { concentration: 50, draws: 4000, seed: 7 };

  it('varies the importances around the chosen ones with the Dirichlet mean and variance', () => {
    // akim with means 100 and 0: the score is 100 × the share of the first indicator, Beta(15, 35)
    const scenarios = importanceScenarios([estimate('A', 100, 0)], [0.6, 1.4], options);
    const shares = scenarios.map(({ scores }) => (scores[0] as number) / 100);
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length;
    expect(mean).toBeCloseTo(0.3, 2);
    expect(variance / ((0.3 * 0.7) / 51)).toBeCloseTo(1, 1);
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(4000);
    expect(scenarios[0].name).toBe('importances 1');
  });

  it('keeps an importance of 0 at 0, and is the same again from the same seed', () => {
    const scenarios = importanceScenarios(akims, [1, 0], { ...options, draws: 5 });
    expect(scenarios.map(({ scores }) => scores)).toEqual(
      Array.from({ length: 5 }, () => [90, 50, 40].map((score) => expect.closeTo(score, 9))),
    );
    const run = () => importanceScenarios(akims, [1, 1], { ...options, draws: 3 });
    expect(run()).toEqual(run());
    expect(run()[0].scores[2]).toBeNull();
  });
});

describe('indicatorScenarios', () => {
  it('leaves out one indicator at a time', () => {
    expect(indicatorScenarios(akims, ['roads', 'water'], [1, 3])).toEqual([
      { name: 'without roads', scores: [10, 50, null] },
      { name: 'without water', scores: [90, 50, 40] },
    ]);
  });

  it('does not leave out what does not count, nor the only one', () => {
    expect(indicatorScenarios(akims, ['roads', 'water'], [1, 0])).toEqual([]);
    const three = [estimate('A', 10, 20, 30)];
    expect(
      indicatorScenarios(three, ['a', 'b', 'c'], [1, 0, 1]).map(({ name, scores }) => [
        name,
        scores[0],
      ]),
    ).toEqual([
      ['without a', 30],
      ['without c', 10],
    ]);
  });
});

describe('interviewerScenarios', () => {
  const row = (akim: string, cluster: string, score: number): GroupRow => ({
    akim,
    stratum: akim,
    cluster,
    baseWeight: 1,
    scores: [score],
  });
  const options = { lonelyPsu: 'adjust' } as const;
  const groups = [
    {
      rows: [row('A', '1', 80), row('A', '2', 60), row('A', '3', 40)],
      interviewers: ['ann', 'bob', 'bob'],
      options,
    },
    { rows: [row('B', '1', 55), row('B', '2', 65)], interviewers: ['bob', 'bob'], options },
  ];

  it('estimates again without each interviewer, in the groups of that interviewer only', () => {
    expect(interviewerScenarios(groups, ['A', 'B'], [1])).toEqual([
      { name: 'without interviewer ann', scores: [50, 60] },
      { name: 'without interviewer bob', scores: [80, null] },
    ]);
  });

  it('has no score where the rest has no variance or no interview', () => {
    const [ann] = interviewerScenarios(groups, ['B', 'nobody'], [1]);
    expect(ann.scores).toEqual([60, null]);
  });
});

describe('rescoredScenario', () => {
  const options = { lonelyPsu: 'fail' } as const;
  const rows = (akim: string, ...scores: readonly number[]): GroupRow[] =>
    scores.map((score, place) => ({
      akim,
      stratum: 's',
      cluster: `${place}`,
      baseWeight: 1,
      scores: [score, 10],
    }));

  it('is the score of every akim under the other rule, nothing where there is no estimate', () => {
    const groups = [
      { rows: [...rows('A', 20, 40), ...rows('B', 60, 60)], options },
      { rows: rows('C', 90), options },
    ];
    expect(rescoredScenario("don't know as 0", groups, ['B', 'C', 'A', 'D'], [3, 1])).toEqual({
      name: "don't know as 0",
      scores: [47.5, null, 25, null],
    });
  });
});
