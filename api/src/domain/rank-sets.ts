/**
 * Confidence sets for ranks from pairwise differences with simulated critical values and step-down (METHODOLOGY §4):
 * sharper than joint intervals of the scores. For at most 500 akims, for the work grows with m² × draws.
 */
import { randomStream } from './random.ts';
import type { RatedAkim } from './ranking.ts';

export interface RankSet {
  readonly akim: string;
  readonly bestRank: number;
  readonly worstRank: number;
}

export interface RankSetOptions {
  /** 0 < level < 1 */
  readonly level: number;
  readonly seed: string | number;
  /** simulated draws of the critical value; 2,000 for a publication */
  readonly draws: number;
}

export const mostAkimsForRankSets = 500;

/**
 * Hypotheses "j is not better than k" for pairs of akims, all matrices count × count by row j. Row j holds both directions of
 * the pair, so that a family of pairs is a set of rows: one row for a marginal set, the upper triangle for a simultaneous one.
 */
interface Problem {
  readonly count: number;
  readonly draws: number;
  readonly level: number;
  /** (score_j − score_k) / se_jk */
  readonly statistics: Float64Array;
  /** 1 / se_jk while "j is not better than k" is open, else 0 */
  readonly forward: Float64Array;
  /** 1 / se_jk while "k is not better than j" is open, else 0 */
  readonly backward: Float64Array;
  /** 1 once j is shown to be better than k */
  readonly shown: Uint8Array;
  /** draws × count: simulated errors of the scores */
  readonly errors: Float64Array;
}

function setUp(akims: readonly RatedAkim[], { level, seed, draws }: RankSetOptions): Problem {
  const count = akims.length;
  const statistics = new Float64Array(count * count);
  const forward = new Float64Array(count * count);
  for (let j = 0; j < count; j += 1) {
    for (let k = 0; k < count; k += 1) {
      const error = Math.hypot(akims[j]!.standardError, akims[k]!.standardError);
      const difference = akims[j]!.score - akims[k]!.score;
      // Without sampling error a difference is certain: an infinite statistic, and no chance in the draws.
      statistics[j * count + k] = difference === 0 ? 0 : difference / error;
      forward[j * count + k] = error > 0 ? 1 / error : 0;
    }
  }
  const random = randomStream(seed);
  const errors = new Float64Array(draws * count);
  for (let at = 0; at < errors.length; at += 1) {
    errors[at] = akims[at % count]!.standardError * random.normal();
  }
  const shown = new Uint8Array(count * count);
  return { count, draws, level, statistics, forward, backward: forward.slice(), shown, errors };
}

/** The value that a share `level` of the simulated maxima stays under, on the safe side. */
function quantileOf(maxima: Float64Array, level: number): number {
  const place = Math.min(maxima.length - 1, Math.ceil((maxima.length + 1) * level) - 1);
  return maxima.slice().sort()[place]!;
}

/** Pairs (j, k) with k ≥ first of each row: what one family of hypotheses is about. */
type Family = readonly { readonly j: number; readonly first: number }[];

/** Largest statistic of one draw over the open hypotheses; `place` is the matrix place, negative for the backward direction. */
function largestOf({ count, forward, backward, errors }: Problem, family: Family, draw: number) {
  let largest = 0;
  let place = 0;
  const start = draw * count;
  for (const { j, first } of family) {
    const own = errors[start + j]!;
    for (let k = first, at = j * count + first; k < count; k += 1, at += 1) {
      const difference = own - errors[start + k]!;
      const ahead = difference * forward[at]!;
      if (ahead > largest) {
        largest = ahead;
        place = at;
      }
      const behind = -difference * backward[at]!;
      if (behind > largest) {
        largest = behind;
        place = -at;
      }
    }
  }
  return { largest, place };
}

/** Closes every open hypothesis whose statistic exceeds the critical value; says whether there was one. */
function reject(
  { count, statistics, forward, backward, shown }: Problem,
  family: Family,
  critical: number,
): boolean {
  let rejected = false;
  for (const { j, first } of family) {
    for (let k = first, at = j * count + first; k < count; k += 1, at += 1) {
      if (statistics[at]! > critical && shown[at] === 0) {
        forward[at] = 0;
        shown[at] = 1;
        rejected = true;
      }
      const mirrored = k * count + j;
      if (-statistics[at]! > critical && shown[mirrored] === 0) {
        backward[at] = 0;
        shown[mirrored] = 1;
        rejected = true;
      }
    }
  }
  return rejected;
}

/**
 * Romano–Wolf step-down over one family: critical value over what is open, reject, and again with what is left. A draw's
 * maximum is looked for again only when the hypothesis that gave it was closed.
 */
function stepDown(problem: Problem, family: Family) {
  const maxima = new Float64Array(problem.draws);
  const places = new Int32Array(problem.draws);
  const isClosed = (place: number) =>
    (place < 0 ? problem.backward[-place] : problem.forward[place]) === 0;
  for (let first = true; ; first = false) {
    for (let draw = 0; draw < problem.draws; draw += 1) {
      if (!first && !isClosed(places[draw]!)) continue;
      const { largest, place } = largestOf(problem, family, draw);
      maxima[draw] = largest;
      places[draw] = place;
    }
    if (!reject(problem, family, quantileOf(maxima, problem.level))) return;
  }
}

function rankSet({ count, shown }: Problem, akim: string, j: number): RankSet {
  let [better, worse] = [0, 0];
  for (let k = 0; k < count; k += 1) {
    better += shown[k * count + j]!;
    worse += shown[j * count + k]!;
  }
  return { akim, bestRank: 1 + better, worstRank: count - worse };
}

/**
 * Simultaneous confidence sets: with probability `level` every akim's true rank lies in its own set, all at once.
 * @param akims 1 … 500 rated akims of one level
 * @returns one per akim in the order given; it always contains the rank of the scores; null for more than 500 akims
 * @source Mogstad, Romano, Shaikh & Wilhelm (2024), Inference for ranks, Review of Economic Studies 91, §3.2 with the step-down
 *   of Romano & Wolf (2005); one-sided hypotheses "j is not better than k" for all ordered pairs
 * @example 80 ± 1, 70 ± 1, 69 ± 1 → 1–1, 2–3, 2–3
 */
export function simultaneousRankSets(
  akims: readonly RatedAkim[],
  options: RankSetOptions,
): RankSet[] | null {
  if (akims.length > mostAkimsForRankSets) return null;
  const problem = setUp(akims, options);
  stepDown(
    problem,
    akims.map((_, j) => ({ j, first: j + 1 })),
  );
  return akims.map(({ akim }, j) => rankSet(problem, akim, j));
}

/**
 * Marginal confidence sets: each akim's true rank lies in its set with probability `level`, one akim at a time. Narrower
 * than the simultaneous ones; for a reader who looks at one akim only.
 * @param akims 1 … 500 rated akims of one level
 * @returns as `simultaneousRankSets`
 * @source Mogstad, Romano, Shaikh & Wilhelm (2024) §3.1
 * @example two akims 63 ± 1 and 60 ± 0: |z| = 3 is over the critical value of about 1.96 → 1–1 and 2–2
 */
export function marginalRankSets(
  akims: readonly RatedAkim[],
  options: RankSetOptions,
): RankSet[] | null {
  if (akims.length > mostAkimsForRankSets) return null;
  const problem = setUp(akims, options);
  return akims.map(({ akim }, j) => {
    stepDown(problem, [{ j, first: 0 }]);
    const set = rankSet(problem, akim, j);
    problem.shown.fill(0); // the next akim's family starts anew; rows j of the two scale matrices are not shared
    return set;
  });
}
