/**
 * Means and their full covariance by Taylor linearization of a stratified cluster sample (METHODOLOGY §3).
 * One call serves a whole calibration group; each akim in it is a domain: rows of other akims stay in the design with 0.
 */
import type { DesignColumns } from './design.ts';

/** What a stratum with one cluster contributes; see api/docs and METHODOLOGY §3. */
export type LonelyPsuRule = 'fail' | 'adjust' | 'average' | 'certainty';

/**
 * Replaces linearized values by residuals of the calibration regression. `toClusters` adds, for one domain, minus the
 * fitted part to the weighted cluster totals (clusters × indicators, row by row).
 */
export interface CalibrationResiduals {
  readonly subtractFitted: (domain: DomainTotals) => void;
}

/** Working arrays of one domain, all row-major by indicator. */
export interface DomainTotals {
  readonly rows: Int32Array;
  readonly means: Float64Array;
  /** Σ final weights over rows of the domain that have the indicator */
  readonly totals: Float64Array;
  /** clusters × indicators: Σ final weight × linearized value */
  readonly clusterTotals: Float64Array;
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

/** Counts clusters per stratum once per group. */
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
function domainMeans(columns: DesignColumns, finalWeights: Float64Array, rows: Int32Array) {
  const { indicatorCount: K, scores } = columns;
  const means = new Float64Array(K);
  const totals = new Float64Array(K);
  const answered = new Int32Array(K);
  for (const row of rows) {
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

/** Adds w (y − ȳ) / Σw of each row to the totals of its cluster. */
function addLinearized(columns: DesignColumns, finalWeights: Float64Array, domain: DomainTotals) {
  const { indicatorCount: K, scores, clusters } = columns;
  const { rows, means, totals, clusterTotals } = domain;
  const scale = totals.map((total) => 1 / total);
  for (const row of rows) {
    const finalWeight = finalWeights[row]!;
    for (let k = 0, at = row * K, to = clusters[row]! * K; k < K; k += 1, at += 1, to += 1) {
      const deviation = scores[at]! - means[k]!;
      if (deviation === deviation) clusterTotals[to]! += finalWeight * deviation * scale[k]!;
    }
  }
}

/** Adds factor × (u_c − centre)(u_c − centre)' of the stratum's clusters to the lower triangle. */
function addOuterProducts(
  covariance: Float64Array,
  clusterTotals: Float64Array,
  clusters: Int32Array,
  centre: Float64Array,
  factor: number,
) {
  const K = centre.length;
  const deviation = new Float64Array(K);
  for (const cluster of clusters) {
    let anything = false;
    for (let k = 0; k < K; k += 1) {
      deviation[k] = clusterTotals[cluster * K + k]! - centre[k]!;
      anything ||= deviation[k] !== 0;
    }
    if (!anything) continue;
    for (let k = 0; k < K; k += 1) {
      const scaled = factor * deviation[k]!;
      for (let j = 0, to = k * K; j <= k; j += 1, to += 1)
        covariance[to]! += scaled * deviation[j]!;
    }
  }
}

function meanOfClusters(clusterTotals: Float64Array, clusters: Int32Array, K: number) {
  const mean = new Float64Array(K);
  for (const cluster of clusters) {
    for (let k = 0; k < K; k += 1) mean[k]! += clusterTotals[cluster * K + k]!;
  }
  return mean.map((sum) => sum / clusters.length);
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
  if (rule === 'adjust' && lonely.length > 0) {
    const centre = meanOfClusters(clusterTotals, clusterOrder, K);
    for (const h of lonely) {
      addOuterProducts(
        covariance,
        clusterTotals,
        clusterOrder.subarray(starts[h], starts[h + 1]),
        centre,
        factors[h]!,
      );
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

const countDistinct = (rows: Int32Array, codeOf: (row: number) => number) => {
  const seen = new Set<number>();
  for (const row of rows) seen.add(codeOf(row));
  return seen.size;
};

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
  const { indicatorCount: K, clusters, clusterStrata, domainCount } = columns;
  const byDomain = rowsByDomain(columns);
  const clusterTotals = new Float64Array(clusterStrata.length * K);
  return Array.from({ length: domainCount }, (_, a): DomainEstimate => {
    const rows = byDomain.rows.subarray(byDomain.starts[a], byDomain.starts[a + 1]);
    const { means, totals, answered } = domainMeans(columns, finalWeights, rows);
    const domain = { rows, means, totals, clusterTotals };
    clusterTotals.fill(0);
    addLinearized(columns, finalWeights, domain);
    calibration?.subtractFitted(domain);
    const covariance = stratifiedCovariance(clusterTotals, layout, rule, K);
    let [sumOfWeights, sumOfSquaredWeights] = [0, 0];
    for (const row of rows) {
      sumOfWeights += finalWeights[row]!;
      sumOfSquaredWeights += finalWeights[row]! ** 2;
    }
    return {
      n: rows.length,
      answered,
      means,
      covariance,
      sumOfWeights,
      sumOfSquaredWeights,
      clusters: countDistinct(rows, (row) => clusters[row]!),
      strata: countDistinct(rows, (row) => clusterStrata[clusters[row]!]!),
    };
  });
}
