/** How far ranks depend on choices: importances, indicators, interviewers, "don't know" (METHODOLOGY §5). */
import {
  estimateGroup,
  indexScore,
  type EstimationOptions,
  type GroupRow,
  type IndicatorEstimates,
} from './estimation.ts';
import { randomStream } from './random.ts';

/** One akim with what is kept of its estimate. */
export interface AkimIndicators extends IndicatorEstimates {
  readonly akim: string;
}

/** The scores that another choice would give; an akim without a score there (null) has no rank in it. */
export interface Scenario {
  readonly name: string;
  /** one per akim, in the order of the baseline */
  readonly scores: readonly (number | null)[];
}

/** Range of one akim's ranks over all scenarios. */
export interface RankRange {
  readonly akim: string;
  /** rank by the chosen rules; null when the akim has no score there */
  readonly rank: number | null;
  readonly best: { readonly rank: number; readonly scenario: string } | null;
  readonly worst: { readonly rank: number; readonly scenario: string } | null;
}

/**
 * Ranks of the scores, 1 = best, ties share the lower number; null stays null.
 * @example [50, null, 70, 50] → [2, null, 1, 2]
 */
export function ranksOf(scores: readonly (number | null)[]): (number | null)[] {
  const descending = scores.filter((score) => score !== null).sort((a, b) => b - a);
  const rankOf = new Map<number, number>();
  descending.forEach((score, place) => {
    if (!rankOf.has(score)) rankOf.set(score, place + 1);
  });
  return scores.map((score) => (score === null ? null : rankOf.get(score)!));
}

/**
 * Range of ranks of every akim over scenarios, with the scenario that gives the best and the worst rank.
 * @param baseline the scores by the methodology's own rules
 * @example baseline [70, 60], scenario "without roads" [58, 60] → first akim: rank 1, best 1, worst 2 "without roads"
 * @source METHODOLOGY §5
 */
export function rankRanges(
  akims: readonly string[],
  baseline: Scenario,
  scenarios: readonly Scenario[],
): RankRange[] {
  const all = [baseline, ...scenarios].map(({ name, scores }) => ({
    name,
    ranks: ranksOf(scores),
  }));
  return akims.map((akim, a) => {
    let [best, worst]: [RankRange['best'], RankRange['worst']] = [null, null];
    for (const { name, ranks } of all) {
      const rank = ranks[a] ?? null;
      if (rank === null) continue;
      if (best === null || rank < best.rank) best = { rank, scenario: name };
      if (worst === null || rank > worst.rank) worst = { rank, scenario: name };
    }
    return { akim, rank: all[0]!.ranks[a] ?? null, best, worst };
  });
}

const scoresBy = (akims: readonly AkimIndicators[], importances: readonly number[]) =>
  akims.map((akim) => indexScore(akim, importances)?.score ?? null);

/**
 * Scenarios with importances drawn from a Dirichlet distribution around the chosen ones: mean m_k, variance
 * m_k (1 − m_k) / (concentration + 1). An importance of 0 stays 0.
 * @param importances the chosen ones, ≥ 0, not all 0
 * @param options concentration > 0: 50 moves an importance of 0.25 by about ±0.06; draws; seed
 * @source Dirichlet by normalised Gamma draws: Devroye (1986), Non-Uniform Random Variate Generation §XI.4; use for composite
 *   indices: Saisana, Saltelli & Tarantola (2005), JRSS-A 168
 * @example means [80, 20], importances [1, 1], concentration 10,000 → every score close to 50
 */
export function importanceScenarios(
  akims: readonly AkimIndicators[],
  importances: readonly number[],
  {
    concentration,
    draws,
    seed,
  }: { readonly concentration: number; readonly draws: number; readonly seed: string | number },
): Scenario[] {
  const random = randomStream(seed);
  const total = importances.reduce((sum, importance) => sum + importance, 0);
  return Array.from({ length: draws }, (_, draw) => {
    const varied = importances.map((importance) =>
      importance > 0 ? random.gamma((concentration * importance) / total) : 0,
    );
    return { name: `importances ${draw + 1}`, scores: scoresBy(akims, varied) };
  });
}

/**
 * Scenarios that leave out one indicator of importance > 0 at a time; the importances of the others keep their proportions.
 * @returns one per indicator that counts; none where only one does
 * @source METHODOLOGY §5; Saisana, Saltelli & Tarantola (2005), JRSS-A 168
 * @example means [80, 20], importances [1, 1] → "without a" 20, "without b" 80
 */
export function indicatorScenarios(
  akims: readonly AkimIndicators[],
  indicators: readonly string[],
  importances: readonly number[],
): Scenario[] {
  const used = indicators.flatMap((_, k) => (importances[k]! > 0 ? k : []));
  return used.length < 2
    ? []
    : used.map((left) => ({
        name: `without ${indicators[left]!}`,
        scores: scoresBy(
          akims,
          importances.map((importance, k) => (k === left ? 0 : importance)),
        ),
      }));
}

/** One calibration group: its interviews and how they are weighted and estimated. */
export interface RankedGroup {
  readonly rows: readonly GroupRow[];
  readonly options: EstimationOptions;
}

/** The same with the interviewer of every row. */
export interface InterviewedGroup extends RankedGroup {
  /** one per row */
  readonly interviewers: readonly string[];
}

/** akim → score of one group; empty where it cannot be estimated. */
function scoresOf({ rows, options }: RankedGroup, importances: readonly number[]) {
  const result = estimateGroup(rows, importances.length, options);
  const estimates = result.kind === 'estimated' ? result.akims : [];
  return estimates.map(
    (estimate) => [estimate.akim, indexScore(estimate, importances)?.score ?? null] as const,
  );
}

/**
 * The scenario of interviews scored by another rule, e.g. "don't know" as 0 or as 50 (`scoreAnswers` with 'zero', 'fifty').
 * @param groups every calibration group of the ranking, rescored; each akim in exactly one
 * @param akims order of the scores
 * @returns an akim whose group cannot be estimated has no score in it
 * @source METHODOLOGY §5
 * @example a group of A with scores 40 and 60 → { name, scores: [50] } for akims [A]
 */
export function rescoredScenario(
  name: string,
  groups: readonly RankedGroup[],
  akims: readonly string[],
  importances: readonly number[],
): Scenario {
  const all = new Map(groups.flatMap((group) => scoresOf(group, importances)));
  return { name, scores: akims.map((akim) => all.get(akim) ?? null) };
}

/**
 * Scenarios that leave out one interviewer at a time. Only the groups in which the interviewer worked are estimated again.
 * @param groups every calibration group of the ranking; each akim in exactly one
 * @param akims order of the scores
 * @returns one scenario per interviewer by name; an akim whose group cannot be estimated without that interviewer, or who
 *   has no interview left, has no score in it
 * @source METHODOLOGY §5 (leave one interviewer out)
 * @example A has 40 by i1, 60 by i2 and 80 by i2 → "without interviewer i1": 70; without i2: none, one cluster has no variance
 */
export function interviewerScenarios(
  groups: readonly InterviewedGroup[],
  akims: readonly string[],
  importances: readonly number[],
): Scenario[] {
  const whole = groups.map((group) => scoresOf(group, importances));
  const scoresWithout = ({ rows, interviewers, options }: InterviewedGroup, left: string) =>
    scoresOf({ rows: rows.filter((_, row) => interviewers[row] !== left), options }, importances);
  const names = [...new Set(groups.flatMap(({ interviewers }) => interviewers))].sort();
  return names.map((interviewer) => {
    const scores = groups.map((group, place) =>
      group.interviewers.includes(interviewer) ? scoresWithout(group, interviewer) : whole[place]!,
    );
    const all = new Map(scores.flat());
    return {
      name: `without interviewer ${interviewer}`,
      scores: akims.map((akim) => all.get(akim) ?? null),
    };
  });
}
