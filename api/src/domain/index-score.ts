/** From indicators to the composite index, its interval, and whether an akim may be rated at all (METHODOLOGY §3). */
import { twoSidedQuantile } from './distributions.ts';

/** Means and covariance of one akim's indicators; null where nobody answered. Points 0–100 and points². */
export interface IndicatorEstimates {
  readonly means: readonly (number | null)[];
  readonly covariance: readonly (readonly (number | null)[])[];
}

/**
 * The composite index and its standard error for any importances, at once, also in the browser: I = m'ȳ, V(I) = m'Vm
 * with importances m scaled to sum 1.
 * @param importances ≥ 0, one per indicator, not all 0; need not sum to 1
 * @returns points 0–100 unrounded; null when an indicator of importance > 0 has no estimate (it is never silently dropped)
 * @source METHODOLOGY §3; Särndal, Swensson & Wretman (1992) §5.5
 * @example means [60, 80], covariance [[4, 0], [0, 1]], importances [1, 1] → score 70, standardError √(5/4) = 1.118…
 */
export function indexScore(
  { means, covariance }: IndicatorEstimates,
  importances: readonly number[],
): { score: number; standardError: number } | null {
  let [total, score, variance] = [0, 0, 0];
  for (let k = 0; k < importances.length; k += 1) {
    const importance = importances[k]!;
    if (importance === 0) continue;
    const mean = means[k] ?? null;
    const row = covariance[k];
    if (mean === null || row === undefined) return null;
    total += importance;
    score += importance * mean;
    let rowSum = 0;
    for (let j = 0; j < importances.length; j += 1) {
      if (importances[j] === 0) continue;
      const value = row[j] ?? null;
      if (value === null) return null;
      rowSum += value * importances[j]!;
    }
    variance += importance * rowSum;
  }
  if (total === 0) return null;
  return { score: score / total, standardError: Math.sqrt(Math.max(0, variance)) / total };
}

/** On which scale an interval is made: by the logit only where the plain one would leave [0, 100], or always one of them. */
export type IntervalScale = 'automatic' | 'linear' | 'logit';

/**
 * Confidence interval of a score: t on the 0–100 scale; where that would leave [0, 100], t on the logit scale.
 * @param standardError points, ≥ 0
 * @param degreesOfFreedom clusters − strata, > 0; Infinity for the normal interval
 * @param level 0 < level < 1
 * @param scale `linear` is cut at 0 and 100; a score of exactly 0 or 100 has no logit and is always linear
 * @returns [lower, upper] within [0, 100]; null without degrees of freedom
 * @source METHODOLOGY §3; logit interval: Korn & Graubard (1999), Analysis of Health Surveys §2.2 and Lumley (2010) §2.3
 * @example score 60, standard error 2, 20 degrees of freedom, 0.95 → [55.83, 64.17]; score 98, 3 → [67.3, 99.9]
 */
export function scoreInterval(
  score: number,
  standardError: number,
  degreesOfFreedom: number,
  level = 0.95,
  scale: IntervalScale = 'automatic',
): [lower: number, upper: number] | null {
  if (!(degreesOfFreedom > 0)) return null;
  return intervalOf(score, twoSidedQuantile(level, degreesOfFreedom) * standardError, scale);
}

/**
 * The same from half the width on the 0–100 scale: standard error × t.
 * @param half points, ≥ 0
 * @example score 60, half 4.17 → [55.83, 64.17]
 * @source METHODOLOGY §3
 */
export function intervalOf(
  score: number,
  half: number,
  scale: IntervalScale,
): [lower: number, upper: number] {
  const fits = score - half >= 0 && score + half <= 100;
  const share = score / 100;
  if (scale === 'linear' || (scale === 'automatic' && fits) || share <= 0 || share >= 1) {
    return [Math.max(0, score - half), Math.min(100, score + half)];
  }
  const centre = Math.log(share / (1 - share));
  const halfLogit = half / (100 * share * (1 - share));
  const back = (logit: number) => 100 / (1 + Math.exp(-logit));
  return [back(centre - halfLogit), back(centre + halfLogit)];
}

/** Under these an akim gets no score and no rank. Defaults of METHODOLOGY §3. */
export interface RatingMinimums {
  readonly respondents: number;
  readonly effectiveN: number;
  /** points */
  readonly standardError: number;
}

export const defaultMinimums: RatingMinimums = {
  respondents: 30,
  effectiveN: 20,
  standardError: 10,
};

/** Why an akim is listed as "not enough interviews"; the interface has the words. */
export type NotRatedReason =
  | 'too_few_respondents'
  | 'effective_sample_too_small'
  | 'indicator_without_estimate'
  | 'no_degrees_of_freedom'
  | 'margin_too_wide'
  | 'no_probability_sample';

/**
 * Every reason why an akim may not be rated; empty means rated.
 * @param standardError of the index in points; null when the index is undefined
 * @source METHODOLOGY §3
 * @example n 29, effectiveN 25, standardError 3 → ['too_few_respondents']
 */
export function notRatedReasons(
  akim: {
    readonly n: number;
    readonly effectiveN: number;
    readonly standardError: number | null;
    readonly degreesOfFreedom: number;
    readonly probabilitySample: boolean;
  },
  minimums: RatingMinimums = defaultMinimums,
): NotRatedReason[] {
  const reasons: NotRatedReason[] = [];
  if (!akim.probabilitySample) reasons.push('no_probability_sample');
  if (akim.n < minimums.respondents) reasons.push('too_few_respondents');
  if (akim.effectiveN < minimums.effectiveN) reasons.push('effective_sample_too_small');
  if (akim.standardError === null) reasons.push('indicator_without_estimate');
  else if (akim.degreesOfFreedom < 1) reasons.push('no_degrees_of_freedom');
  else if (akim.standardError > minimums.standardError) reasons.push('margin_too_wide');
  return reasons;
}
