/** Calibration of weights to official totals: post-stratification, raking, bounded logit (METHODOLOGY §2.3). */
import type { EstimationFault } from './design.ts';
import { factor, solve } from './linear-algebra.ts';
import { gramOf, sumByPattern, type Margin, type Patterns, type Totals } from './margins.ts';

/** How a group is calibrated, as a methodology writes it down. */
export type CalibrationSpec =
  | { readonly method: 'none' }
  | { readonly method: 'poststratify'; readonly variable: string; readonly totals: Totals }
  | { readonly method: 'rake'; readonly margins: Readonly<Record<string, Totals>> }
  | {
      readonly method: 'logit';
      /** least and greatest final weight / base weight; 0 ≤ L < 1 < U */
      readonly bounds: readonly [lower: number, upper: number];
      readonly margins: Readonly<Record<string, Totals>>;
    };

/** The ratio w/d as a function of the linear predictor, and its derivative, both from the predictor. */
interface Distance {
  readonly ratio: (predictor: number) => number;
  readonly slope: (ratio: number) => number;
}

const rakingDistance: Distance = { ratio: Math.exp, slope: (ratio) => ratio };

/** Deville & Särndal (1992), case 6: F(u) = [L(U−1) + U(1−L)e^{Au}] / [(U−1) + (1−L)e^{Au}], written so that it cannot overflow. */
function logitDistance(lower: number, upper: number): Distance {
  const a = (upper - lower) / ((1 - lower) * (upper - 1));
  const odds = (upper - 1) / (1 - lower);
  return {
    ratio: (predictor) => lower + (upper - lower) / (1 + odds * Math.exp(-a * predictor)),
    slope: (ratio) => ((ratio - lower) * (upper - ratio)) / ((1 - lower) * (upper - 1)),
  };
}

export interface CalibrationResult {
  /** final weight / base weight of each pattern */
  readonly ratios: Float64Array;
  readonly iterations: number;
  /** largest |Σw − total| / total over all categories */
  readonly largestResidual: number;
  /** margin and category where it is, e.g. "age: 18-29" */
  readonly residualPlace: string;
}

/** A margin counts as met at this relative error (METHODOLOGY §2). */
const metAt = 1e-9;
const mostIterations = 100;

/** Newton's method on the calibration equations Σ d F(x'λ) x = t, with halved steps. */
function solveEquations(
  patterns: Patterns,
  margins: readonly Margin[],
  base: Float64Array,
  distance: Distance,
): CalibrationResult {
  const { count, columns, columnCount, marginCount } = patterns;
  const targets = Float64Array.from(margins.flatMap(({ totals }) => [...totals]));
  const names = margins.flatMap(({ variable, categories }) =>
    categories.map((category) => `${variable}: ${category}`),
  );

  const evaluate = (lambda: Float64Array) => {
    const ratios = new Float64Array(count);
    const reached = new Float64Array(columnCount);
    for (let p = 0; p < count; p += 1) {
      let predictor = 0;
      for (let a = 0; a < marginCount; a += 1) predictor += lambda[columns[p * marginCount + a]!]!;
      ratios[p] = distance.ratio(predictor);
      for (let a = 0; a < marginCount; a += 1)
        reached[columns[p * marginCount + a]!]! += base[p]! * ratios[p]!;
    }
    const missing = targets.map((target, x) => target - reached[x]!);
    let [worst, place, squares] = [-1, 0, 0];
    for (let x = 0; x < columnCount; x += 1) {
      const relative = Math.abs(missing[x]!) / targets[x]!;
      squares += relative * relative;
      if (relative > worst || Number.isNaN(relative)) [worst, place] = [relative, x];
    }
    return { lambda, ratios, missing, worst, place, squares };
  };

  let state = evaluate(new Float64Array(columnCount));
  let iterations = 0;
  while (iterations < mostIterations && state.worst > 1e-15) {
    const slopes = state.ratios.map((ratio, p) => base[p]! * distance.slope(ratio));
    const step = state.missing.slice();
    solve(factor(gramOf(patterns, slopes), columnCount), step, 1);
    let share = 1;
    let next = state;
    for (let halving = 0; halving < 40; halving += 1, share /= 2) {
      const tried = evaluate(state.lambda.map((value, x) => value + share * step[x]!));
      if (tried.squares < state.squares) {
        next = tried;
        break;
      }
    }
    if (next === state) break; // no step is better: converged to rounding, or impossible
    state = next;
    iterations += 1;
  }
  return {
    ratios: state.ratios,
    iterations,
    largestResidual: state.worst,
    residualPlace: names[state.place]!,
  };
}

const percent = (share: number) => `${(100 * share).toPrecision(3)} %`;

/** A category whose total lies outside what the bounds allow cannot be met whatever the others do. */
function boundFaults(
  { base, margins, patterns }: CalibrationInput,
  [lower, upper]: readonly [number, number],
): EstimationFault[] {
  if (!(lower >= 0 && lower < 1 && upper > 1 && upper < Infinity)) {
    return [
      { code: 'bad_bounds', reason: `bounds must be 0 ≤ L < 1 < U, not ${lower} and ${upper}` },
    ];
  }
  const names = margins.flatMap(({ variable, categories }) =>
    categories.map((category) => `${variable}: ${category}`),
  );
  const targets = margins.flatMap(({ totals }) => [...totals]);
  const sums = new Float64Array(names.length);
  base.forEach((sum, p) => {
    for (let a = 0; a < margins.length; a += 1)
      sums[patterns.columns[p * margins.length + a]!]! += sum;
  });
  return names.flatMap((place, x) => {
    const needed = targets[x]! / sums[x]!;
    if (needed > lower && needed < upper) return [];
    return {
      code: 'not_converged' as const,
      place,
      reason: `${place} needs base weights times ${needed.toPrecision(4)}, outside the bounds ${lower}–${upper}`,
    };
  });
}

interface CalibrationInput {
  readonly margins: readonly Margin[];
  readonly patterns: Patterns;
  /** Σ base weights by pattern */
  readonly base: Float64Array;
}

/**
 * Ratios of final to base weights that meet every margin.
 * @param baseWeights one per row, > 0, after the non-response adjustment
 * @param method post-stratification is the one-margin case with a closed solution
 * @returns ratios by pattern, or a fault that names the margin that cannot be met and by how much. Margins are met to
 *   relative 1e-9 or better (in practice to rounding)
 * @source Deville & Särndal (1992), Calibration estimators in survey sampling, JASA 87, §2; raking ratio: Deming & Stephan (1940)
 * @example base weights 1, 1, 1; sex f, f, m; totals f 30, m 20 → ratios 15 for f and 20 for m
 */
export function calibrate(
  margins: readonly Margin[],
  patterns: Patterns,
  baseWeights: Float64Array,
  spec: Exclude<CalibrationSpec, { method: 'none' }>,
): CalibrationResult | { readonly faults: readonly EstimationFault[] } {
  const base = sumByPattern(patterns, baseWeights);
  const input = { margins, patterns, base };
  if (spec.method === 'poststratify') {
    const [margin] = margins;
    const ratios = base.map((sum, p) => margin!.totals[patterns.columns[p]!]! / sum);
    return { ratios, iterations: 1, largestResidual: 0, residualPlace: '' };
  }
  if (spec.method === 'logit') {
    const faults = boundFaults(input, spec.bounds);
    if (faults.length > 0) return { faults };
  }
  const distance = spec.method === 'rake' ? rakingDistance : logitDistance(...spec.bounds);
  const result = solveEquations(patterns, margins, base, distance);
  if (result.largestResidual <= metAt) return result;
  const place = result.residualPlace;
  const reason = `${place} cannot be met together with the others: off by ${percent(result.largestResidual)} after ${result.iterations} steps`;
  return { faults: [{ code: 'not_converged', place, reason }] };
}
