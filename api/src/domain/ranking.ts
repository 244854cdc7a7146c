/** Ranks with their uncertainty (METHODOLOGY §4): never a bare number. */
import { tUpperQuantile } from './distributions.ts';

/** A rated akim: its score in points and the standard error of the score. */
export interface RatedAkim {
  readonly akim: string;
  readonly score: number;
  readonly standardError: number;
  /** for a t interval; left out: normal */
  readonly degreesOfFreedom?: number;
}

export interface RankedAkim {
  readonly akim: string;
  readonly score: number;
  readonly standardError: number;
  /** 1 = best; exact ties share the lower number */
  readonly rank: number;
  /** joint rank interval: with the given confidence every akim's true rank lies within its own, all at once */
  readonly bestRank: number;
  readonly worstRank: number;
  /** 1 = top; akims that cannot be told apart share a tier */
  readonly tier: number;
  /** simultaneous interval of the score, from which rank interval and tier are read; may leave [0, 100] */
  readonly lower: number;
  readonly upper: number;
}

/** How many of the ascending values are below x (strictly). @example [1, 2, 2, 5], 2 → 1 */
export function countBelow(ascending: Float64Array, x: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the ascending values are above x (strictly). @example [1, 2, 2, 5], 2 → 1 */
export function countAbove(ascending: Float64Array, x: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return ascending.length - low;
}

/**
 * Multiplier of each standard error so that the intervals of all akims hold together.
 * @param count number of akims ranked together
 * @param level joint confidence, 0 < level < 1; each interval is two-sided at level^(1/count)
 * @param degreesOfFreedom Infinity for the normal one
 * @source Klein, Wright & Wieczorek (2020), JRSS-A 183, §3 (independent estimates)
 * @example simultaneousQuantile(60, 0.95, Infinity) → 3.3345
 */
export const simultaneousQuantile = (
  count: number,
  level: number,
  degreesOfFreedom: number,
): number => tUpperQuantile(-Math.expm1(Math.log(level) / count) / 2, degreesOfFreedom);

/**
 * `simultaneousQuantile` of one count and level, remembered by degrees of freedom: akims share few of them.
 * @example simultaneousQuantiles(60, 0.95)(Infinity) → 3.3345
 * @source METHODOLOGY §4; Klein, Wright & Wieczorek (2020), JRSS-A 183
 */
export function simultaneousQuantiles(count: number, level: number) {
  const known = new Map<number, number>();
  return (degreesOfFreedom: number) => {
    const found =
      known.get(degreesOfFreedom) ?? simultaneousQuantile(count, level, degreesOfFreedom);
    known.set(degreesOfFreedom, found);
    return found;
  };
}

/** Places from the best to the worst; ties in the order given. A tie of t akims at rank r fills places r … r + t − 1. */
function orderOf(ranks: Int32Array): Int32Array {
  const order = new Int32Array(ranks.length);
  const filled = new Int32Array(ranks.length + 1);
  for (let place = 0; place < ranks.length; place += 1) {
    const rank = ranks[place]!;
    order[rank - 1 + filled[rank]!] = place;
    filled[rank]! += 1;
  }
  return order;
}

/**
 * Tiers, cut from the top. In the order of scores a tier takes every next akim until one is certainly worse than some
 * akim already in it (its upper end is under the tier's highest lower end); that one opens the next tier. So within a tier
 * no two akims can be told apart, and each tier's first akim is certainly worse than someone in the tier above: with
 * joint confidence `level` no cut is an accident. Equal scores stay together.
 */
function tiersOf(
  order: Int32Array,
  scores: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
): Int32Array {
  const tiers = new Int32Array(order.length);
  let tier = 1;
  let highestLower = -Infinity;
  for (let from = 0; from < order.length;) {
    const score = scores[order[from]!]!;
    let to = from;
    let leastUpper = Infinity;
    let blockLower = -Infinity;
    for (; to < order.length && scores[order[to]!] === score; to += 1) {
      leastUpper = Math.min(leastUpper, upper[order[to]!]!);
      blockLower = Math.max(blockLower, lower[order[to]!]!);
    }
    if (leastUpper < highestLower) {
      tier += 1;
      highestLower = -Infinity;
    }
    highestLower = Math.max(highestLower, blockLower);
    for (; from < to; from += 1) tiers[order[from]!] = tier;
  }
  return tiers;
}

/** Places of scores, one of each per score in the order given; what each means: `RankedAkim`. */
export interface RankColumns {
  readonly ranks: Int32Array;
  readonly bestRanks: Int32Array;
  readonly worstRanks: Int32Array;
  readonly tiers: Int32Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * The same as `rankAkims` from columns: the form for repeated work.
 * @param scores points, finite
 * @param half half the width of each score's simultaneous interval, points, ≥ 0
 * @source as `rankAkims`
 * @example scores [80, 70, 69], half [2.39, 2.39, 2.39] → ranks [1, 2, 3], bestRanks [1, 2, 2], worstRanks [1, 3, 3], tiers [1, 2, 2]
 */
export function rankColumns(scores: Float64Array, half: Float64Array): RankColumns {
  const count = scores.length;
  const lower = scores.map((score, place) => score - half[place]!);
  const upper = scores.map((score, place) => score + half[place]!);
  const ascending = scores.slice().sort();
  const lowers = lower.slice().sort();
  const uppers = upper.slice().sort();
  const ranks = Int32Array.from(scores, (score) => 1 + countAbove(ascending, score));
  return {
    ranks,
    bestRanks: Int32Array.from(upper, (end) => 1 + countAbove(lowers, end)),
    worstRanks: Int32Array.from(lower, (end) => count - countBelow(uppers, end)),
    tiers: tiersOf(orderOf(ranks), scores, lower, upper),
    lower,
    upper,
  };
}

/**
 * Ranks akims of one level by score, with joint rank intervals and tiers. O(m log m).
 * @param akims only rated ones, of one level; scores and standard errors finite
 * @param level joint confidence of all rank intervals together, 0 < level < 1
 * @returns one per akim, in the order given. The interval of rank is 1 + #{b: L_b > U_a} … m − #{b: U_b < L_a} over
 *   simultaneous intervals at two-sided level^(1/m); it always contains the rank
 * @source Klein, Wright & Wieczorek (2020), A joint confidence region for an overall ranking of populations, JRSS-A 183;
 *   tiers: this file
 * @example scores 80, 70, 69 with standard errors 1 and level 0.95: z = 2.39, ranks 1, 2, 3, intervals 1–1, 2–3, 2–3, tiers 1, 2, 2
 */
export function rankAkims(akims: readonly RatedAkim[], level = 0.95): RankedAkim[] {
  const quantile = simultaneousQuantiles(akims.length, level);
  const scores = Float64Array.from(akims, ({ score }) => score);
  const half = Float64Array.from(
    akims,
    (one) => quantile(one.degreesOfFreedom ?? Infinity) * one.standardError,
  );
  const places = rankColumns(scores, half);
  return akims.map(({ akim, score, standardError }, place) => ({
    akim,
    score,
    standardError,
    rank: places.ranks[place]!,
    bestRank: places.bestRanks[place]!,
    worstRank: places.worstRanks[place]!,
    tier: places.tiers[place]!,
    lower: places.lower[place]!,
    upper: places.upper[place]!,
  }));
}
