import type { Methodology } from '../contracts/methodologies.ts';
import {
  estimateGroup,
  indexScore,
  notRatedReasons,
  scoreInterval,
  type GroupRow,
} from '../domain/estimation.ts';
import type { EstimateResult } from '../models/estimates.ts';
import type { EstimationRow } from '../models/interviews.ts';

/** Indicators of a methodology in its order, with importances. */
export function indicatorsOf(methodology: Methodology) {
  return methodology.blocks.flatMap((block) => block.indicators);
}

/** The indicators as scoring wants them. */
export function scoringIndicators(methodology: Methodology) {
  return indicatorsOf(methodology).map(({ code, minimumItems }) => ({ name: code, minimumItems }));
}

/** An estimate of nothing: what an akim has whose interviews carry no score, or whose design fails. */
function empty(
  interviews: number,
  n: number,
  indicators: string[],
  notRated: EstimateResult['notRated'],
): EstimateResult {
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
  };
}

/**
 * What the interviews of one akim say under a methodology: means, covariance, index, interval, or why not.
 * @param rows every interview of the akim in the wave, in any order; those without any score do not count
 */
export function estimateAkim(
  rows: readonly EstimationRow[],
  methodology: Methodology,
): EstimateResult {
  const definitions = indicatorsOf(methodology);
  const indicators = definitions.map(({ code }) => code);
  const scored: GroupRow[] = rows
    .map((row) => ({
      akim: row.akimId,
      stratum: row.stratum,
      cluster: row.cluster,
      baseWeight: row.baseWeight,
      scores: indicators.map((indicator) => row.scores[indicator] ?? null),
    }))
    .filter(({ scores }) => scores.some((score) => score !== null));
  if (scored.length === 0) return empty(rows.length, 0, indicators, 'too_few_respondents');
  const { rules } = methodology;
  const group = estimateGroup(scored, indicators.length, { lonelyPsu: rules.lonelyPsu });
  const akim = group.kind === 'estimated' ? group.akims[0] : undefined;
  if (akim === undefined) return empty(rows.length, scored.length, indicators, 'design_fault');
  const index = indexScore(akim, importancesFor(methodology, akim.means));
  const [notRated = null] = notRatedReasons(
    { ...akim, standardError: index?.standardError ?? null, probabilitySample: true },
    {
      respondents: rules.minimumRespondents,
      effectiveN: rules.minimumEffectiveN,
      standardError: rules.maximumStandardError,
    },
  );
  return {
    interviews: rows.length,
    n: akim.n,
    effectiveN: akim.effectiveN,
    degreesOfFreedom: akim.degreesOfFreedom,
    indicators,
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
            rules.confidenceLevel,
          ),
    designEffect: akim.designEffect,
    notRated,
  };
}

/** Under `renormalise` an indicator nobody answered takes no part; otherwise it makes the index undefined. */
function importancesFor(methodology: Methodology, means: readonly (number | null)[]): number[] {
  return indicatorsOf(methodology).map(({ importance }, place) =>
    methodology.rules.missingIndicator === 'renormalise' && means[place] === null ? 0 : importance,
  );
}
