/** One calibration group, from scored interviews to the estimates of each of its akims (METHODOLOGY §2–§3). */
import { encodeGroup, type EncodedGroup, type EstimationFault, type GroupRow } from './design.ts';
import {
  estimateDomains,
  layOutStrata,
  type DomainEstimate,
  type LonelyPsuRule,
} from './variance.ts';
import { residualsOf } from './margins.ts';
import {
  weightGroup,
  type Weighted,
  type WeightingOptions,
  type WeightingReport,
} from './weighting.ts';

export type { EstimationFault, GroupRow } from './design.ts';
export type { LonelyPsuRule } from './variance.ts';
export {
  defaultMinimums,
  indexScore,
  notRatedReasons,
  scoreInterval,
  type IndicatorEstimates,
  type IntervalScale,
  type NotRatedReason,
  type RatingMinimums,
} from './index-score.ts';

export interface EstimationOptions extends WeightingOptions {
  /** what a stratum with one cluster contributes; 'fail' stops the estimate and names the strata */
  readonly lonelyPsu: LonelyPsuRule;
  /** true: each stratum's term is times 1 − clusters drawn / clustersInPopulation */
  readonly finitePopulation?: boolean;
}

/** What is kept for one akim: any importances then give score and standard error by `indexScore`. */
export interface AkimEstimate {
  readonly akim: string;
  /** interviews */
  readonly n: number;
  /** interviews with a score, per indicator */
  readonly answered: readonly number[];
  /** Kish: (Σw)² / Σw² */
  readonly effectiveN: number;
  /** Kish: n Σw² / (Σw)² ≥ 1 */
  readonly designEffect: number;
  /** the akim's own clusters − strata; 0 means that no interval can be given */
  readonly degreesOfFreedom: number;
  /** points 0–100; null where nobody answered */
  readonly means: readonly (number | null)[];
  /** points², indicators × indicators; null where either indicator has no estimate or the design gives no variance */
  readonly covariance: readonly (readonly (number | null)[])[];
}

export interface GroupEstimates {
  readonly kind: 'estimated';
  /** one per row, in the order of the rows */
  readonly finalWeights: Float64Array;
  /** clusters − strata of the whole group */
  readonly degreesOfFreedom: number;
  /** (Σw)² / Σw² over the whole group */
  readonly kishEffectiveN: number;
  readonly weighting: WeightingReport;
  readonly akims: readonly AkimEstimate[];
}

export interface FailedEstimate {
  readonly kind: 'failed';
  readonly faults: readonly EstimationFault[];
}

const finiteOrNull = (value: number) => (Number.isFinite(value) ? value : null);

function akimEstimate(akim: string, domain: DomainEstimate): AkimEstimate {
  const K = domain.means.length;
  const means = Array.from(domain.means, finiteOrNull);
  const effectiveN = domain.sumOfWeights ** 2 / domain.sumOfSquaredWeights;
  return {
    akim,
    n: domain.n,
    answered: Array.from(domain.answered),
    effectiveN,
    designEffect: domain.n / effectiveN,
    degreesOfFreedom: domain.clusters - domain.strata,
    means,
    covariance: means.map((mean, k) =>
      means.map((other, j) =>
        mean === null || other === null ? null : finiteOrNull(domain.covariance[k * K + j]!),
      ),
    ),
  };
}

const lonelyFaults = (
  lonely: readonly number[],
  strata: EncodedGroup['strata'],
): EstimationFault[] =>
  lonely.map((stratum) => ({
    code: 'lonely_cluster',
    place: strata[stratum]!,
    reason: `stratum ${strata[stratum]!} has one cluster and the rule is "fail"`,
  }));

/**
 * Estimates every akim of one calibration group.
 * @param rows the group's interviews, any order; `scores` in the order of the methodology's indicators
 * @param indicatorCount number of indicators
 * @returns estimates in the order in which akims first appear, or every fault; never NaN, never throws for data
 * @source METHODOLOGY §2–§3; reproduced figures in test/fixtures/reference
 * @example two clusters, one interview each, base weights 1, scores [40] and [60] → means [50], covariance [[100]]
 */
export function estimateGroup(
  rows: readonly GroupRow[],
  indicatorCount: number,
  options: EstimationOptions,
): GroupEstimates | FailedEstimate {
  const encoded = encodeGroup(rows, indicatorCount, options.finitePopulation);
  if ('faults' in encoded) return { kind: 'failed', faults: encoded.faults };
  const weighted = weightGroup(
    encoded.columns.baseWeights,
    (row, variable) => rows[row]!.categories?.[variable],
    options,
  );
  if ('faults' in weighted) return { kind: 'failed', faults: weighted.faults };
  return estimateEncoded(encoded, weighted, options.lonelyPsu);
}

/**
 * The same from columns and weights already made: the form for repeated work.
 * @param encoded `encodeGroup`'s columns: codes from 0, scores row by row with NaN = missing
 * @param weighted `weightGroup`'s result for the very same rows
 * @returns as `estimateGroup`; the only fault left is a lonely cluster under 'fail'
 * @source METHODOLOGY §3
 * @example `encodeGroup` and `weightGroup` of two clusters with scores 40 and 60 → means [50], covariance [[100]]
 */
export function estimateEncoded(
  { columns, akims, strata }: EncodedGroup,
  { finalWeights, adjustedWeights, patterns, report }: Weighted,
  lonelyPsu: LonelyPsuRule,
): GroupEstimates | FailedEstimate {
  const layout = layOutStrata(columns);
  if (lonelyPsu === 'fail' && layout.lonely.length > 0) {
    return { kind: 'failed', faults: lonelyFaults(layout.lonely, strata) };
  }
  const residuals =
    patterns === null ? null : residualsOf(columns, patterns, adjustedWeights, finalWeights);
  const domains = estimateDomains(columns, finalWeights, residuals, lonelyPsu, layout);
  return {
    kind: 'estimated',
    finalWeights,
    degreesOfFreedom: columns.clusterStrata.length - columns.stratumCount,
    kishEffectiveN: report.effectiveN,
    weighting: report,
    akims: domains.map((domain, a) => akimEstimate(akims[a]!, domain)),
  };
}
