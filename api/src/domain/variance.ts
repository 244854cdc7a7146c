/**
 * Means and their full covariance by Taylor linearization of a stratified cluster sample (METHODOLOGY §3).
 * One call serves a whole calibration group; each akim in it is a domain: rows of other akims stay in the design with 0.
 */
import type { DesignColumns } from './design.ts';

/** What a stratum with one cluster contributes: METHODOLOGY §3; adjust: decision 12. */
export type LonelyPsuRule = 'fail' | 'adjust' | 'average' | 'certainty';

/**
 * Replaces linearized values by residuals of the calibration regression, one domain after another: the caller fills
 * `patternTotals`, then `subtractFitted` takes the fitted part off the weighted cluster totals.
 */
export interface CalibrationResiduals {
  /** of the regression: base weights after the non-response adjustment */
  readonly baseWeights: Float64Array;
  readonly patternOfRow: Int32Array;
  /** patterns × indicators: Σ base weight × linearized value of the domain at hand */
  readonly patternTotals: Float64Array;
  /** clusters × indicators, row by row */
  readonly subtractFitted: (clusterTotals: Float64Array) => void;
}

/** One akim. Covariance is indicators × indicators, row by row; NaN marks an indicator nobody answered. */
export interface DomainEstimate {
  readonly n: number;
  readonly answered: Int32Array;
  readonly means: Float64Array;
  readonly covariance: Float64Array;
  readonly sumOfWeights: number;
  readonly sumOfSquaredWeights: number;
  /** clusters and strata in which the akim has an interview */
  readonly clusters: number;
  readonly strata: number;
}

/** Strata as a stratified cluster variance needs them; the same for every domain of the group. */
export interface StrataLayout {
  /** clusters ordered by stratum; stratum h owns places starts[h] … starts[h + 1] − 1 */
  readonly clusterOrder: Int32Array;
  readonly starts: Int32Array;
  /** (1 − f_h) n_h / (n_h − 1); for a lone cluster (1 − f_h) */
  readonly factors: Float64Array;
  /** strata with one cluster that were not drawn with certainty */
  readonly lonely: readonly number[];
}

/**
 * Lays out strata and their clusters once per group.
 * @returns factors (1 − n_h/N_h) · n_h/(n_h − 1), and the strata whose one cluster was not drawn with certainty
 * @source Särndal, Swensson & Wretman (1992) §4.3 (with-replacement form and its correction); METHODOLOGY §3
 * @example 2 strata with clusters [0, 1] and [2], no finite population → starts [0, 2, 3], factors [2, 1], lonely [1]
 */
export function layOutStrata(columns: DesignColumns): StrataLayout {
  const { clusterStrata, stratumCount, clustersInPopulation } = columns;
  const starts = new Int32Array(stratumCount + 1);
  for (const stratum of clusterStrata) starts[stratum + 1]! += 1;
  for (let h = 0; h < stratumCount; h += 1) starts[h + 1]! += starts[h]!;
  const next = starts.slice();
  const clusterOrder = new Int32Array(clusterStrata.length);
  clusterStrata.forEach((stratum, cluster) => {
    clusterOrder[next[stratum]!] = cluster;
    next[stratum]! += 1;
  });
  const factors = new Float64Array(stratumCount);
  const lonely: number[] = [];
  for (let h = 0; h < stratumCount; h += 1) {
    const drawn = starts[h + 1]! - starts[h]!;
    const left = clustersInPopulation === undefined ? 1 : 1 - drawn / clustersInPopulation[h]!;
    factors[h] = drawn > 1 ? (left * drawn) / (drawn - 1) : left;
    if (drawn === 1 && left > 0) lonely.push(h);
  }
  return { clusterOrder, starts, factors, lonely };
}

/** Rows of each domain, in the order of the rows: `rows.subarray(starts[a], starts[a + 1])`. */
function rowsByDomain({ rowCount, domains, domainCount }: DesignColumns) {
  const starts = new Int32Array(domainCount + 1);
  for (let i = 0; i < rowCount; i += 1) starts[domains[i]! + 1]! += 1;
  for (let a = 0; a < domainCount; a += 1) starts[a + 1]! += starts[a]!;
  const next = starts.slice();
  const rows = new Int32Array(rowCount);
  for (let i = 0; i < rowCount; i += 1) {
    const place = next[domains[i]!]!;
    rows[place] = i;
    next[domains[i]!] = place + 1;
  }
  return { rows, starts };
}

/** Weighted means of the domain's rows; `totals` and `answered` count only rows that have the indicator. */
function domainMeans(
  { indicatorCount: K, scores }: DesignColumns,
  finalWeights: Float64Array,
  rows: Int32Array,
) {
  const means = new Float64Array(K);
  const totals = new Float64Array(K);
  const answered = new Int32Array(K);
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place]!;
    const finalWeight = finalWeights[row]!;
    for (let k = 0, at = row * K; k < K; k += 1, at += 1) {
      const score = scores[at]!;
      if (score === score) {
        means[k]! += finalWeight * score;
        totals[k]! += finalWeight;
        answered[k]! += 1;
      }
    }
  }
  for (let k = 0; k < K; k += 1) means[k]! /= totals[k]!; // 0 / 0 = NaN marks "nobody answered"
  return { means, totals, answered };
}

/** Divides every row of a matrix by the row of totals; an indicator nobody answered stays 0. */
function divideColumns(matrix: Float64Array, totals: Float64Array) {
  const K = totals.length;
  for (let k = 0; k < K; k += 1) {
    const scale = totals[k]! > 0 ? 1 / totals[k]! : 0;
    for (let at = k; at < matrix.length; at += K) matrix[at]! *= scale;
  }
}

/** Totals by cluster of w (y − ȳ) / Σw and, for the calibration regression, by pattern of d (y − ȳ) / Σw. */
function fillLinearized(
  { indicatorCount: K, scores, clusters }: DesignColumns,
  finalWeights: Float64Array,
  rows: Int32Array,
  { means, totals }: { readonly means: Float64Array; readonly totals: Float64Array },
  clusterTotals: Float64Array,
  calibration: CalibrationResiduals | null,
) {
  clusterTotals.fill(0);
  calibration?.patternTotals.fill(0);
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place]!;
    const finalWeight = finalWeights[row]!;
    const from = row * K;
    const toCluster = clusters[row]! * K;
    if (calibration === null) {
      for (let k = 0; k < K; k += 1) {
        const deviation = scores[from + k]! - means[k]!;
        if (deviation === deviation) clusterTotals[toCluster + k]! += finalWeight * deviation;
      }
      continue;
    }
    const { patternTotals } = calibration;
    const baseWeight = calibration.baseWeights[row]!;
    const toPattern = calibration.patternOfRow[row]! * K;
    for (let k = 0; k < K; k += 1) {
      const deviation = scores[from + k]! - means[k]!;
      if (deviation === deviation) {
        clusterTotals[toCluster + k]! += finalWeight * deviation;
        patternTotals[toPattern + k]! += baseWeight * deviation;
      }
    }
  }
  divideColumns(clusterTotals, totals);
  if (calibration !== null) divideColumns(calibration.patternTotals, totals);
}

/** Adds factor × (u_c − centre)(u_c − centre)' of the clusters to the lower triangle. */
function addOuterProducts(
  covariance: Float64Array,
  clusterTotals: Float64Array,
  clusters: Int32Array,
  centre: Float64Array,
  factor: number,
) {
  const K = centre.length;
  const deviation = new Float64Array(K);
  for (let place = 0; place < clusters.length; place += 1) {
    const from = clusters[place]! * K;
    let anything = false;
    for (let k = 0; k < K; k += 1) {
      const value = clusterTotals[from + k]! - centre[k]!;
      deviation[k] = value;
      if (value !== 0) anything = true;
    }
    if (!anything) continue; // clusters of other akims, very many in a large group
    for (let k = 0; k < K; k += 1) {
      const scaled = factor * deviation[k]!;
      for (let j = 0, to = k * K; j <= k; j += 1, to += 1)
        covariance[to]! += scaled * deviation[j]!;
    }
  }
}

function meanOfClusters(clusterTotals: Float64Array, clusters: Int32Array, K: number) {
  const mean = new Float64Array(K);
  for (let place = 0; place < clusters.length; place += 1) {
    const from = clusters[place]! * K;
    for (let k = 0; k < K; k += 1) mean[k]! += clusterTotals[from + k]!;
  }
  for (let k = 0; k < K; k += 1) mean[k]! /= clusters.length;
  return mean;
}

/** V = Σ_h (1 − f_h) n_h/(n_h − 1) Σ_c (u_hc − ū_h)(u_hc − ū_h)', with the lonely rule. NaN where the rule has no answer. */
function stratifiedCovariance(
  clusterTotals: Float64Array,
  layout: StrataLayout,
  rule: LonelyPsuRule,
  K: number,
) {
  const { clusterOrder, starts, factors, lonely } = layout;
  const stratumCount = factors.length;
  const covariance = new Float64Array(K * K);
  for (let h = 0; h < stratumCount; h += 1) {
    const clusters = clusterOrder.subarray(starts[h], starts[h + 1]);
    if (clusters.length > 1) {
      addOuterProducts(
        covariance,
        clusterTotals,
        clusters,
        meanOfClusters(clusterTotals, clusters, K),
        factors[h]!,
      );
    }
  }
  if (rule === 'adjust') {
    const grandMean = new Float64Array(K); // linearized values sum to 0 over the population; see decision 12
    for (const h of lonely) {
      const clusters = clusterOrder.subarray(starts[h], starts[h + 1]);
      addOuterProducts(covariance, clusterTotals, clusters, grandMean, factors[h]!);
    }
  }
  // With every stratum lonely "average" has nothing to average: 0 × Infinity is NaN, which the caller reports.
  const spread = rule === 'average' ? stratumCount / (stratumCount - lonely.length) : 1;
  for (let k = 0; k < K; k += 1) {
    for (let j = 0; j <= k; j += 1) {
      const value = covariance[k * K + j]! * spread;
      covariance[k * K + j] = value;
      covariance[j * K + k] = value;
    }
  }
  return covariance;
}

/** How many clusters and strata the rows lie in. */
function placesOf({ clusters, clusterStrata, stratumCount }: DesignColumns, rows: Int32Array) {
  const seenClusters = new Uint8Array(clusterStrata.length);
  const seenStrata = new Uint8Array(stratumCount);
  let clusterCount = 0;
  let strata = 0;
  for (let place = 0; place < rows.length; place += 1) {
    const cluster = clusters[rows[place]!]!;
    if (seenClusters[cluster] === 1) continue;
    seenClusters[cluster] = 1;
    clusterCount += 1;
    const stratum = clusterStrata[cluster]!;
    if (seenStrata[stratum] === 0) strata += 1;
    seenStrata[stratum] = 1;
  }
  return { clusters: clusterCount, strata };
}

/**
 * Hájek means of every indicator for every akim of one calibration group, with the full covariance between indicators.
 * @param columns the group's interviews; an item missing (NaN) leaves that indicator's sums, never counts as 0
 * @param finalWeights one per row, > 0
 * @param calibration residuals of the calibration regression, or null for base weights
 * @param rule lonely clusters; 'fail' must have been checked by the caller (`layOutStrata(…).lonely`)
 * @returns one estimate per akim; means in points 0–100, covariance in points²
 * @source Särndal, Swensson & Wretman (1992) §5.7 (Hájek mean), §5.5 (linearization); Deville & Särndal (1992) JASA 87
 *   (residual technique); lonely rules: Lumley (2010), Complex Surveys §3.2.1. Figures: test/fixtures/reference
 * @example 2 clusters of one interview each, equal weights, scores 40 and 60 → mean 50, variance 2/1 · (25 + 25) = 100
 */
export function estimateDomains(
  columns: DesignColumns,
  finalWeights: Float64Array,
  calibration: CalibrationResiduals | null,
  rule: LonelyPsuRule,
  layout: StrataLayout = layOutStrata(columns),
): DomainEstimate[] {
  const { indicatorCount: K, clusterStrata, domainCount } = columns;
  const byDomain = rowsByDomain(columns);
  const clusterTotals = new Float64Array(clusterStrata.length * K);
  return Array.from({ length: domainCount }, (_, a): DomainEstimate => {
    const rows = byDomain.rows.subarray(byDomain.starts[a], byDomain.starts[a + 1]);
    const { means, totals, answered } = domainMeans(columns, finalWeights, rows);
    fillLinearized(columns, finalWeights, rows, { means, totals }, clusterTotals, calibration);
    calibration?.subtractFitted(clusterTotals);
    const covariance = stratifiedCovariance(clusterTotals, layout, rule, K);
    let sumOfWeights = 0;
    let sumOfSquaredWeights = 0;
    for (let place = 0; place < rows.length; place += 1) {
      const finalWeight = finalWeights[rows[place]!]!;
      sumOfWeights += finalWeight;
      sumOfSquaredWeights += finalWeight * finalWeight;
    }
    const n = rows.length;
    return {
      n,
      answered,
      means,
      covariance,
      sumOfWeights,
      sumOfSquaredWeights,
      ...placesOf(columns, rows),
    };
  });
}
