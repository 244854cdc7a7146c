/**
 * Other importances, the same interviews: from the means and the covariance that are kept of every akim, a new ranking at
 * once, in the browser too (METHODOLOGY §3–§4). What comes out is never the published ranking.
 */
import { twoSidedQuantile } from './distributions.ts';
import { intervalOf, type IntervalScale } from './index-score.ts';
import { rankColumns, simultaneousQuantiles } from './ranking.ts';

/** What is kept of one rated akim. */
export interface IndicatorFigures {
  readonly akim: string;
  /** points 0–100, one per indicator; null where nobody answered */
  readonly means: readonly (number | null)[];
  /** points², the lower triangle of the covariance row by row: v₁₁, v₂₁, v₂₂, v₃₁ …; null where there is none */
  readonly covariance: readonly (number | null)[];
  /** clusters − strata, > 0 */
  readonly degreesOfFreedom: number;
}

/** The rules of the methodology that stay as they are. */
export interface WhatIfRules {
  /** of intervals and of joint rank intervals, 0 < level < 1 */
  readonly confidenceLevel: number;
  readonly intervalScale: IntervalScale;
  /** points; above it an akim is not rated */
  readonly maximumStandardError: number;
  /** an indicator nobody answered makes the index undefined, or takes no part */
  readonly missingIndicator: 'undefined' | 'renormalise';
}

/** The place of one akim under other importances; the words of `RankedAkim`. */
export interface WhatIfPlace {
  readonly akim: string;
  readonly score: number;
  readonly standardError: number;
  readonly interval: readonly [lower: number, upper: number];
  readonly rank: number;
  readonly rankInterval: readonly [best: number, worst: number];
  readonly tier: number;
}

export interface WhatIf {
  /** in the order given, without those who are not rated */
  readonly ranked: readonly WhatIfPlace[];
  readonly notRated: readonly {
    readonly akim: string;
    readonly reason: 'indicator_without_estimate' | 'margin_too_wide';
  }[];
}

/** Means and full covariances of all akims one after another; NaN = missing. */
function columnsOf(akims: readonly IndicatorFigures[], renormalise: boolean) {
  const K = akims[0]?.means.length ?? 0;
  const means = new Float64Array(akims.length * K);
  const covariance = new Float64Array(akims.length * K * K);
  akims.forEach((akim, a) => {
    for (let k = 0, at = 0; k < K; k += 1) {
      means[a * K + k] = akim.means[k] ?? Number.NaN;
      for (let j = 0; j <= k; j += 1, at += 1) {
        const left = renormalise && (akim.means[k] == null || akim.means[j] == null);
        const value = left ? 0 : (akim.covariance[at] ?? Number.NaN);
        covariance[(a * K + k) * K + j] = value;
        covariance[(a * K + j) * K + k] = value;
      }
    }
  });
  return { K, means, covariance };
}

/**
 * Prepares the re-ranking of akims: what comes back ranks them under any importances, in a few milliseconds for all rural akims.
 * @param akims the rated akims of one level, each with the same number of indicators
 * @returns a function of importances (one per indicator, ≥ 0, not all 0; need not sum to 1) to places and to those who have
 *   none. Score and standard error are those of `indexScore`, intervals those of `scoreInterval`, ranks, joint rank intervals
 *   and tiers those of `rankAkims`, digit for digit. With all importances 0 nobody is rated
 * @source METHODOLOGY §3 (I = m'ȳ, V = m'Vm) and §4
 * @example means [80, 20] and [40, 50], importances [1, 0] → 80 and 40, ranks 1 and 2; [0, 1] → 20 and 50, ranks 2 and 1
 */
export function prepareWhatIf(
  akims: readonly IndicatorFigures[],
  rules: WhatIfRules,
): (importances: readonly number[]) => WhatIf {
  const renormalise = rules.missingIndicator === 'renormalise';
  const { K, means, covariance } = columnsOf(akims, renormalise);
  const scores = new Float64Array(akims.length);
  const errors = new Float64Array(akims.length);
  const multipliers = new Map<number, number>();
  for (const { degreesOfFreedom: df } of akims) {
    if (!multipliers.has(df)) multipliers.set(df, twoSidedQuantile(rules.confidenceLevel, df));
  }
  // Joint intervals depend on how many are ranked, which seldom changes.
  let joint = { count: -1, quantile: simultaneousQuantiles(0, rules.confidenceLevel) };

  /** NaN where an indicator that counts has no estimate. */
  function score(a: number, used: readonly number[], importances: readonly number[]): void {
    let [total, sum, variance] = [0, 0, 0];
    for (const k of used) {
      const mean = means[a * K + k]!;
      if (renormalise && Number.isNaN(mean)) continue;
      const importance = importances[k]!;
      total += importance;
      sum += importance * mean;
      let rowSum = 0;
      const row = (a * K + k) * K;
      for (const j of used) rowSum += covariance[row + j]! * importances[j]!;
      variance += importance * rowSum;
    }
    scores[a] = sum / total; // 0 / 0 = NaN where nothing counts
    errors[a] = Math.sqrt(Math.max(0, variance)) / total;
  }

  return (importances) => {
    const used = importances.flatMap((importance, k) => (importance > 0 ? k : []));
    akims.forEach((_, a) => score(a, used, importances));
    const hasScore = (a: number) => Number.isFinite(scores[a]) && Number.isFinite(errors[a]);
    const isRated = (a: number) => hasScore(a) && errors[a]! <= rules.maximumStandardError;
    const rated = akims.flatMap((_, a) => (isRated(a) ? a : []));
    if (joint.count !== rated.length) {
      const quantile = simultaneousQuantiles(rated.length, rules.confidenceLevel);
      joint = { count: rated.length, quantile };
    }
    const places = rankColumns(
      Float64Array.from(rated, (a) => scores[a]!),
      Float64Array.from(rated, (a) => joint.quantile(akims[a]!.degreesOfFreedom) * errors[a]!),
    );
    return {
      ranked: rated.map((a, place): WhatIfPlace => {
        const { akim, degreesOfFreedom } = akims[a]!;
        const half = multipliers.get(degreesOfFreedom)! * errors[a]!;
        return {
          akim,
          score: scores[a]!,
          standardError: errors[a]!,
          interval: intervalOf(scores[a]!, half, rules.intervalScale),
          rank: places.ranks[place]!,
          rankInterval: [places.bestRanks[place]!, places.worstRanks[place]!],
          tier: places.tiers[place]!,
        };
      }),
      notRated: akims.flatMap(({ akim }, a) =>
        isRated(a)
          ? []
          : {
              akim,
              reason: hasScore(a)
                ? ('margin_too_wide' as const)
                : ('indicator_without_estimate' as const),
            },
      ),
    };
  };
}

/**
 * Lower triangle of a square matrix, row by row.
 * @param matrix size × size, row by row
 * @example [1, 2, 2, 3] of size 2 → [1, 2, 3]
 */
export function lowerTriangle<T>(matrix: readonly T[], size: number): T[] {
  return Array.from({ length: size }, (_, k) => matrix.slice(k * size, k * size + k + 1)).flat();
}
