/** Chance of each rank by parametric simulation (METHODOLOGY §4): expected rank, chance of the top tenth. */
import { normalUpperTail } from './distributions.ts';
import type { RatedAkim } from './ranking.ts';
import { randomStream } from './random.ts';

export interface RankDistribution {
  readonly akim: string;
  /** mean of the simulated ranks, 1 … m */
  readonly expectedRank: number;
  /** share of draws in which the akim is among the best tenth (rounded up) */
  readonly chanceOfTopTenth: number;
}

/** Ranks of one draw: sorts places by descending value with three counting passes over 32-bit keys. */
function rankSorter(count: number) {
  const digits = 2048;
  const keys = new Uint32Array(count);
  let [from, to] = [new Uint32Array(count), new Uint32Array(count)];
  const starts = new Uint32Array(digits + 1);

  const pass = (shift: number) => {
    starts.fill(0);
    for (let i = 0; i < count; i += 1) starts[((keys[i]! >>> shift) & 2047) + 1]! += 1;
    for (let digit = 0; digit < digits; digit += 1) starts[digit + 1]! += starts[digit]!;
    for (let i = 0; i < count; i += 1) {
      const place = from[i]!;
      const digit = (keys[place]! >>> shift) & 2047;
      to[starts[digit]!] = place;
      starts[digit]! += 1;
    }
    [from, to] = [to, from];
  };

  /** Places from the highest value to the lowest; values closer than range / 2³² count as equal. */
  return (values: Float64Array): Uint32Array => {
    let [least, greatest] = [Infinity, -Infinity];
    for (let i = 0; i < count; i += 1) {
      const value = values[i]!;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    const scale = greatest > least ? 4294967295 / (greatest - least) : 0;
    for (let i = 0; i < count; i += 1) {
      keys[i] = (greatest - values[i]!) * scale;
      from[i] = i;
    }
    for (const shift of [0, 11, 22]) pass(shift);
    return from;
  };
}

/**
 * Draws every true score from a normal around its estimate and ranks each draw.
 * @param akims rated akims of one level
 * @param options seed (published beside the result) and draws, at least 2,000 for a publication
 * @returns one per akim in the order given; Monte-Carlo error of a chance p is √(p(1−p)/draws)
 * @source Goldstein & Spiegelhalter (1996), League tables and their limitations, JRSS-A 159 §3; METHODOLOGY §4
 * @example two akims, 60 ± 3 and 60 ± 3 → expected ranks near 1.5; 90 ± 1 and 10 ± 1 → exactly 1 and 2
 */
export function simulateRanks(
  akims: readonly RatedAkim[],
  { seed, draws }: { readonly seed: string | number; readonly draws: number },
): RankDistribution[] {
  const count = akims.length;
  const random = randomStream(seed);
  const scores = Float64Array.from(akims, ({ score }) => score);
  const errors = Float64Array.from(akims, ({ standardError }) => standardError);
  const top = Math.ceil(count / 10);
  const ranks = new Float64Array(count);
  const topTenth = new Float64Array(count);
  const values = new Float64Array(count);
  const order = rankSorter(count);
  for (let draw = 0; draw < draws; draw += 1) {
    for (let a = 0; a < count; a += 1) values[a] = scores[a]! + errors[a]! * random.normal();
    const places = order(values);
    for (let rank = 0; rank < count; rank += 1) ranks[places[rank]!]! += rank + 1;
    for (let rank = 0; rank < top; rank += 1) topTenth[places[rank]!]! += 1;
  }
  return akims.map(({ akim }, a) => ({
    akim,
    expectedRank: ranks[a]! / draws,
    chanceOfTopTenth: topTenth[a]! / draws,
  }));
}

/**
 * Chance that the true score of `one` is above that of `other`, from independent normal estimates: exact, not simulated.
 * @returns 0–1; ½ when both scores and standard errors are equal
 * @example 63 ± 3 against 58 ± 4 → Φ(5 / 5) = 0.8413
 * @source METHODOLOGY §4; the difference of two independent normal estimates is normal with variance V₁ + V₂
 */
export function chanceOfBeingBetter(one: RatedAkim, other: RatedAkim): number {
  const difference = one.score - other.score;
  if (difference === 0) return 0.5;
  return normalUpperTail(-difference / Math.hypot(one.standardError, other.standardError));
}
