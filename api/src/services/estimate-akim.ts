import type { Methodology } from '../contracts/methodologies.ts';
import type { WeightingDiagnostics } from '../contracts/weighting.ts';
import {
  indexScore,
  notRatedReasons,
  scoreInterval,
  type AkimEstimate,
} from '../domain/estimation.ts';
import type { EstimateResult } from '../models/estimates.ts';

/** Indicators of a methodology in its order, with importances. */
export function indicatorsOf(methodology: Methodology) {
  return methodology.blocks.flatMap((block) => block.indicators);
}

/** The indicators as scoring wants them. */
export function scoringIndicators(methodology: Methodology) {
  return indicatorsOf(methodology).map(({ code, minimumItems }) => ({ name: code, minimumItems }));
}

/** What is known of an akim's interviews before anything is estimated. */
export interface AkimCounts {
  /** Interviews stored. */
  interviews: number;
  /** Those with at least one score. */
  n: number;
}

/** An estimate of nothing: what an akim has whose interviews carry no score, or whose design or calibration fails. */
export function nothingEstimated(
  { interviews, n }: AkimCounts,
  methodology: Methodology,
  notRated: EstimateResult['notRated'],
  weighting: WeightingDiagnostics | null,
): EstimateResult {
  const indicators = indicatorsOf(methodology).map(({ code }) => code);
  return {
    interviews,
    n,
    effectiveN: 0,
    degreesOfFreedom: 0,
    indicators,
    means: indicators.map(() => null),
    counts: indicators.map(() => 0),
    covariance: null,
    score: null,
    standardError: null,
    interval: null,
    designEffect: null,
    notRated,
    weighting,
  };
}

/** One akim under a methodology, from means and covariance: index, interval, or why it is not rated. */
export function akimResult(
  { interviews }: AkimCounts,
  methodology: Methodology,
  akim: AkimEstimate,
  weighting: WeightingDiagnostics,
): EstimateResult {
  const { rules } = methodology;
  const index = indexScore(akim, importancesFor(methodology, akim.means));
  const [notRated = null] = notRatedReasons(
    { ...akim, standardError: index?.standardError ?? null, probabilitySample: true },
    {
      respondents: rules.minimumRespondents,
      effectiveN: rules.minimumEffectiveN,
      standardError: rules.maximumStandardError,
    },
  );
  const { confidenceLevel, intervalScale } = rules;
  return {
    interviews,
    n: akim.n,
    effectiveN: akim.effectiveN,
    degreesOfFreedom: akim.degreesOfFreedom,
    indicators: indicatorsOf(methodology).map(({ code }) => code),
    means: [...akim.means],
    counts: [...akim.answered],
    covariance: akim.covariance.flatMap((row) => [...row]),
    score: index?.score ?? null,
    standardError: index?.standardError ?? null,
    interval:
      index === null
        ? null
        : scoreInterval(
            index.score,
            index.standardError,
            akim.degreesOfFreedom,
            confidenceLevel,
            intervalScale,
          ),
    designEffect: akim.designEffect,
    notRated,
    weighting,
  };
}

/** Under `renormalise` an indicator nobody answered takes no part; otherwise it makes the index undefined. */
function importancesFor(methodology: Methodology, means: readonly (number | null)[]): number[] {
  return indicatorsOf(methodology).map(({ importance }, place) =>
    methodology.rules.missingIndicator === 'renormalise' && means[place] === null ? 0 : importance,
  );
}
