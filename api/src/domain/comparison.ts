/** Change between waves: only the same person in the same office is a change (METHODOLOGY §5). */
import { normalUpperTail } from './distributions.ts';

/**
 * Holm's adjusted p-values: controls the chance of any false "changed" (few comparisons).
 * @param p two-sided p-values, 0–1, any order
 * @returns adjusted values in the order given, capped at 1
 * @source Holm (1979), Scandinavian Journal of Statistics 6
 * @example [0.01, 0.04, 0.03] → [0.03, 0.06, 0.06]
 */
export function adjustHolm(p: readonly number[]): number[] {
  const order = p.map((_, place) => place).sort((a, b) => p[a]! - p[b]!);
  const adjusted = new Array<number>(p.length);
  let highest = 0;
  order.forEach((place, step) => {
    highest = Math.max(highest, Math.min(1, (p.length - step) * p[place]!));
    adjusted[place] = highest;
  });
  return adjusted;
}

/**
 * Benjamini–Hochberg adjusted p-values: controls the share of false ones among those called changed (many comparisons).
 * @param p two-sided p-values, 0–1, any order
 * @returns adjusted values in the order given, at most 1
 * @source Benjamini & Hochberg (1995), JRSS-B 57
 * @example [0.01, 0.04, 0.03] → [0.03, 0.04, 0.04]
 */
export function adjustBenjaminiHochberg(p: readonly number[]): number[] {
  const order = p.map((_, place) => place).sort((a, b) => p[b]! - p[a]!);
  const adjusted = new Array<number>(p.length);
  let lowest = 1;
  order.forEach((place, step) => {
    lowest = Math.min(lowest, (p.length / (p.length - step)) * p[place]!);
    adjusted[place] = lowest;
  });
  return adjusted;
}

/** Up to so many comparisons are few: none may be falsely called a change (Holm); of more, a small share may (Benjamini–Hochberg). */
export const mostForHolm = 20;

/** One office in one wave. `akim` is the tenure: another person in the same office has another. */
export interface WaveScore {
  readonly office: string;
  readonly akim: string;
  /** points */
  readonly score: number;
  readonly standardError: number;
}

/** What became of one office between two waves. */
export type OfficeChange =
  | {
      readonly kind: 'change';
      readonly office: string;
      readonly akim: string;
      /** after − before, points */
      readonly difference: number;
      readonly standardError: number;
      readonly z: number;
      /** two-sided, unadjusted and adjusted over all changes of the call */
      readonly p: number;
      readonly holm: number;
      readonly benjaminiHochberg: number;
    }
  /** another person holds the office: a new series starts, no difference is given */
  | {
      readonly kind: 'hand_over';
      readonly office: string;
      readonly before: string;
      readonly after: string;
    }
  | { readonly kind: 'only_before' | 'only_after'; readonly office: string; readonly akim: string };

interface ScoreWithError {
  /** points */
  readonly score: number;
  readonly standardError: number;
}

/**
 * Tests whether one score changed between two independent samples.
 * @returns difference after − before in points, its standard error √(V₁ + V₂), z and the two-sided p; without any sampling
 *   error a difference is certain (z infinite, p 0) and no difference is none (z 0, p 1)
 * @source METHODOLOGY §5
 * @example 60 ± 3 then 66 ± 4 → difference 6, standard error 5, z 1.2, p 0.2301
 */
export function changeOf(before: ScoreWithError, after: ScoreWithError) {
  const difference = after.score - before.score;
  const standardError = Math.hypot(before.standardError, after.standardError);
  const z = difference === 0 ? 0 : difference / standardError;
  return { difference, standardError, z, p: 2 * normalUpperTail(Math.abs(z)) };
}

/** Every pair tested, p-values adjusted over all of them. */
function testsOf(pairs: readonly { readonly before: WaveScore; readonly after: WaveScore }[]) {
  const tests = pairs.map(({ before, after }) => changeOf(before, after));
  const p = tests.map((test) => test.p);
  const [holm, benjaminiHochberg] = [adjustHolm(p), adjustBenjaminiHochberg(p)];
  return tests.map((test, place) => ({
    ...test,
    holm: holm[place]!,
    benjaminiHochberg: benjaminiHochberg[place]!,
  }));
}

/**
 * Compares two waves office by office.
 * @param before rated offices of the earlier wave, each once; `after` those of the later
 * @returns one per office: a tested change where the same akim was rated in both, a hand-over where the akim is another,
 *   else the wave in which the office was rated; in the order of `before`, then what is only in `after`
 * @source METHODOLOGY §5
 * @example office Ayagoz: akim A 60 ± 3, then akim A 66 ± 4 → change 6; akim B instead → hand_over
 */
export function compareWaves(
  before: readonly WaveScore[],
  after: readonly WaveScore[],
): OfficeChange[] {
  const later = new Map(after.map((score) => [score.office, score]));
  const earlier = new Set(before.map(({ office }) => office));
  const pairs = before.flatMap((score) => {
    const next = later.get(score.office);
    return next?.akim === score.akim ? { before: score, after: next } : [];
  });
  const tests = new Map(testsOf(pairs).map((test, place) => [pairs[place]!.before.office, test]));
  const changes = before.map(({ office, akim }): OfficeChange => {
    const test = tests.get(office);
    if (test !== undefined) return { kind: 'change', office, akim, ...test };
    const next = later.get(office);
    if (next === undefined) return { kind: 'only_before', office, akim };
    return { kind: 'hand_over', office, before: akim, after: next.akim };
  });
  const added = after.filter(({ office }) => !earlier.has(office));
  return [
    ...changes,
    ...added.map(({ office, akim }) => ({ kind: 'only_after' as const, office, akim })),
  ];
}
