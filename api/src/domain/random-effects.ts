/**
 * Area-level random effects: score_i = x_i'β + u_i + e_i, u_i ~ N(0, τ²), e_i ~ N(0, v_i) with v_i known (METHODOLOGY §4–§5).
 * One fit serves the stabilised scores (Fay–Herriot) and the comparison of cohorts.
 */
import { tUpperTail, twoSidedQuantile } from './distributions.ts';
import { factor, solve } from './linear-algebra.ts';

/** One akim: the direct score (points), its variance (points², > 0) and covariates without the intercept. */
export interface Area {
  readonly score: number;
  readonly variance: number;
  readonly covariates?: readonly number[];
}

export interface RandomEffectsFit {
  /** between-akim variance τ² in points², ≥ 0, by REML */
  readonly tau2: number;
  /** intercept, then one coefficient per covariate */
  readonly beta: readonly number[];
  readonly betaStandardErrors: readonly number[];
  /** covariance matrix of beta */
  readonly betaCovariance: readonly (readonly number[])[];
}

export interface NoFit {
  readonly kind: 'failed';
  readonly reason: 'bad_area' | 'too_few_areas' | 'collinear_covariates';
}

/** Rows of the model matrix with the intercept first; null when rows differ in length. */
function modelMatrix(areas: readonly Area[]): number[][] | null {
  const rows = areas.map(({ covariates = [] }) => [1, ...covariates]);
  return rows.every((row) => row.length === rows[0]!.length && row.every(Number.isFinite))
    ? rows
    : null;
}

/** Generalised least squares at a given τ², with the traces that REML needs. */
function fitAt(tau2: number, areas: readonly Area[], rows: readonly (readonly number[])[]) {
  const p = rows[0]!.length;
  const precisions = areas.map(({ variance }) => 1 / (variance + tau2));
  const gram = new Float64Array(p * p);
  const beta = new Float64Array(p);
  rows.forEach((x, i) => {
    for (let a = 0; a < p; a += 1) {
      beta[a]! += precisions[i]! * x[a]! * areas[i]!.score;
      for (let b = 0; b < p; b += 1) gram[a * p + b]! += precisions[i]! * x[a]! * x[b]!;
    }
  });
  const factored = factor(gram, p);
  solve(factored, beta, 1);
  const inverse = new Float64Array(p * p);
  for (let a = 0; a < p; a += 1) inverse[a * p + a] = 1;
  solve(factored, inverse, p);
  const residuals = rows.map(
    (x, i) => areas[i]!.score - x.reduce((sum, value, a) => sum + value * beta[a]!, 0),
  );
  return { precisions, beta, inverse, residuals, rank: factored.rank };
}

/** x' M x for a p × p matrix M. */
const quadratic = (x: readonly number[], matrix: Float64Array) =>
  x.reduce(
    (sum, value, a) =>
      sum + value * x.reduce((inner, other, b) => inner + matrix[a * x.length + b]! * other, 0),
    0,
  );

/**
 * One Fisher scoring step: (y'PPy − tr P) / tr PP with P = W − WX(X'WX)⁻¹X'W. Leverages of X give the traces without
 * forming P.
 */
function scoringStep(fit: ReturnType<typeof fitAt>, rows: readonly (readonly number[])[]): number {
  const { precisions, inverse, residuals } = fit;
  const p = rows[0]!.length;
  let [squares, trace, traceSquare] = [0, 0, 0];
  const second = new Float64Array(p * p); // X'W²X
  rows.forEach((x, i) => {
    const w = precisions[i]!;
    squares += (w * residuals[i]!) ** 2;
    trace += w - w * w * quadratic(x, inverse);
    traceSquare += w * w - 2 * w ** 3 * quadratic(x, inverse);
    for (let a = 0; a < p; a += 1)
      for (let b = 0; b < p; b += 1) second[a * p + b]! += w * w * x[a]! * x[b]!;
  });
  // tr[(X'WX)⁻¹ X'W²X (X'WX)⁻¹ X'W²X]
  const product = new Float64Array(p * p);
  for (let a = 0; a < p; a += 1) {
    for (let b = 0; b < p; b += 1) {
      for (let c = 0; c < p; c += 1)
        product[a * p + b]! += inverse[a * p + c]! * second[c * p + b]!;
    }
  }
  for (let a = 0; a < p; a += 1)
    for (let b = 0; b < p; b += 1) traceSquare += product[a * p + b]! * product[b * p + a]!;
  return (squares - trace) / traceSquare;
}

/** Moment start: what the spread of the scores exceeds the mean sampling variance by. */
function startingTau2(areas: readonly Area[]): number {
  const mean = areas.reduce((sum, { score }) => sum + score, 0) / areas.length;
  const spread =
    areas.reduce((sum, { score }) => sum + (score - mean) ** 2, 0) / (areas.length - 1);
  return Math.max(
    0,
    spread - areas.reduce((sum, { variance }) => sum + variance, 0) / areas.length,
  );
}

function remlTau2(areas: readonly Area[], rows: readonly (readonly number[])[]): number {
  let tau2 = startingTau2(areas);
  for (let iteration = 0; iteration < 500; iteration += 1) {
    const step = scoringStep(fitAt(tau2, areas, rows), rows);
    const next = Math.max(0, tau2 + step);
    if (Math.abs(next - tau2) <= 1e-13 * (next + tau2)) return next;
    tau2 = next;
  }
  return tau2;
}

/**
 * REML fit of the area-level model.
 * @param areas one per akim, more than there are coefficients; variances > 0
 * @returns τ² in points², coefficients and their covariance; or why there is no fit
 * @source Fay & Herriot (1979) JASA 74; REML by Fisher scoring: Rao & Molina (2015), Small Area Estimation §6.1.2, §5.2.4
 * @example three areas 50, 60, 70 with equal variance 25 → tau2 = 100 − 25 = 75, beta [60], standard error √(100/3)
 */
export function fitRandomEffects(areas: readonly Area[]): RandomEffectsFit | NoFit {
  const rows = modelMatrix(areas);
  if (
    rows === null ||
    areas.some(
      ({ score, variance }) => !Number.isFinite(score) || !(variance > 0 && variance < Infinity),
    )
  ) {
    return { kind: 'failed', reason: 'bad_area' };
  }
  const p = rows[0]?.length ?? 1;
  if (areas.length <= p) return { kind: 'failed', reason: 'too_few_areas' };
  if (fitAt(0, areas, rows).rank < p) return { kind: 'failed', reason: 'collinear_covariates' };
  const tau2 = remlTau2(areas, rows);
  const { beta, inverse } = fitAt(tau2, areas, rows);
  const betaCovariance = Array.from({ length: p }, (_, a) =>
    Array.from(inverse.subarray(a * p, (a + 1) * p)),
  );
  return {
    tau2,
    beta: Array.from(beta),
    betaStandardErrors: betaCovariance.map((row, a) => Math.sqrt(row[a]!)),
    betaCovariance,
  };
}

export interface StabilisedScore {
  /** γ × direct score + (1 − γ) × synthetic score, points */
  readonly score: number;
  /** includes the uncertainty of beta, not of τ² */
  readonly standardError: number;
  /** γ = τ² / (τ² + v): 1 keeps the direct score, 0 replaces it by the model's */
  readonly shareOfDirect: number;
}

/**
 * Stabilised (shrunken) scores for small samples, shown beside the direct ones and never instead of them.
 * @param areas as `fitRandomEffects`; covariates e.g. level, urban share, region
 * @returns the fit and one stabilised score per area in the order given; or why there is no fit
 * @source Fay & Herriot (1979) JASA 74, EBLUP; standard error: Rao & Molina (2015) eqs. (6.1.8)–(6.1.9), g₁ + g₂
 * @example scores 50, 60, 70 with variance 25: τ² 75, γ 0.75 → 52.5, 60, 67.5
 */
export function stabiliseScores(
  areas: readonly Area[],
): (RandomEffectsFit & { readonly stabilised: readonly StabilisedScore[] }) | NoFit {
  const fit = fitRandomEffects(areas);
  if ('kind' in fit) return fit;
  const covariance = Float64Array.from(fit.betaCovariance.flat());
  const stabilised = areas.map(({ score, variance, covariates = [] }) => {
    const x = [1, ...covariates];
    const synthetic = x.reduce((sum, value, a) => sum + value * fit.beta[a]!, 0);
    const share = fit.tau2 / (fit.tau2 + variance);
    const variances = share * variance + (1 - share) ** 2 * quadratic(x, covariance);
    return {
      score: share * score + (1 - share) * synthetic,
      standardError: Math.sqrt(variances),
      shareOfDirect: share,
    };
  });
  return { ...fit, stabilised };
}

export interface CohortComparison {
  /** mean of the marked cohort minus mean of the other, points */
  readonly difference: number;
  readonly standardError: number;
  readonly t: number;
  readonly degreesOfFreedom: number;
  /** two-sided */
  readonly p: number;
  readonly interval: readonly [lower: number, upper: number];
  /** variance between akims of one cohort, points² */
  readonly tau2: number;
  readonly marked: { readonly akims: number; readonly mean: number };
  readonly others: { readonly akims: number; readonly mean: number };
}

/**
 * Compares two cohorts of akims, e.g. elected with appointed: random effects by REML with the Knapp–Hartung adjustment.
 * An association, not an effect.
 * @param akims `marked` says which cohort an akim is in; both cohorts must have members, three akims at least
 * @param level of the interval
 * @source Knapp & Hartung (2003), Statistics in Medicine 22, eq. (2); REML as in `fitRandomEffects`
 * @example marked 70, 72 and others 60, 62, all variance 1 → difference 10, 2 degrees of freedom
 */
export function compareCohorts(
  akims: readonly { readonly score: number; readonly variance: number; readonly marked: boolean }[],
  level = 0.95,
): CohortComparison | NoFit {
  const areas = akims.map(({ score, variance, marked }) => ({
    score,
    variance,
    covariates: [marked ? 1 : 0],
  }));
  const fit = fitRandomEffects(areas);
  if ('kind' in fit) return fit;
  const [base, difference] = fit.beta as [number, number];
  const degreesOfFreedom = areas.length - 2;
  const scatter = areas.reduce((sum, { score, variance, covariates }) => {
    const residual = score - base - difference * covariates[0]!;
    return sum + residual ** 2 / (variance + fit.tau2);
  }, 0);
  const standardError = fit.betaStandardErrors[1]! * Math.sqrt(scatter / degreesOfFreedom);
  const t = difference / standardError;
  const half = twoSidedQuantile(level, degreesOfFreedom) * standardError;
  const marked = akims.filter((akim) => akim.marked).length;
  return {
    difference,
    standardError,
    t,
    degreesOfFreedom,
    p: 2 * tUpperTail(Math.abs(t), degreesOfFreedom),
    interval: [difference - half, difference + half],
    tau2: fit.tau2,
    marked: { akims: marked, mean: base + difference },
    others: { akims: akims.length - marked, mean: base },
  };
}
