/** Base weights → final weights of one calibration group, with the diagnostics shown beside every result (METHODOLOGY §2). */
import { calibrate, type CalibrationResult, type CalibrationSpec } from './calibration.ts';
import type { EstimationFault } from './design.ts';
import {
  encodeMargins,
  patternsOf,
  smallCellsOf,
  type Margin,
  type Patterns,
  type SmallCell,
  type Totals,
} from './margins.ts';
import { medianOf, trimWeights, type TrimSpec } from './trimming.ts';

export type { CalibrationSpec } from './calibration.ts';
export type { TrimSpec } from './trimming.ts';
export type { SmallCell, Totals } from './margins.ts';

export interface WeightingOptions {
  /**
   * Non-response adjustment: weighting class → Σ base weights of everyone sampled in it (answered or not). Each row
   * names its class in `categories.responseClass`.
   */
  readonly nonResponse?: Totals;
  readonly calibration?: CalibrationSpec;
  readonly trim?: TrimSpec;
}

/** One category of one margin before and after calibration, in persons. */
export interface MarginLine {
  readonly variable: string;
  readonly category: string;
  readonly respondents: number;
  readonly target: number;
  readonly before: number;
  readonly after: number;
}

/** What is shown with every weighted result. */
export interface WeightingReport {
  readonly method: CalibrationSpec['method'];
  /** Kish: n Σw² / (Σw)² ≥ 1 */
  readonly designEffect: number;
  /** Kish: (Σw)² / Σw² */
  readonly effectiveN: number;
  /** least, median and greatest final weight / base weight */
  readonly ratio: { readonly least: number; readonly median: number; readonly greatest: number };
  readonly iterations: number;
  /** largest relative error of a margin after calibration, before trimming */
  readonly largestResidual: number;
  readonly margins: readonly MarginLine[];
  /** categories with fewer than five respondents, with a proposed merge: a warning, not a failure */
  readonly smallCells: readonly SmallCell[];
  /** rows whose weight was trimmed */
  readonly trimmed: number;
}

/** Final weights and what the variance needs to know of how they came about. */
export interface Weighted {
  readonly finalWeights: Float64Array;
  /** base weights after the non-response adjustment: those of the calibration regression */
  readonly adjustedWeights: Float64Array;
  /** null without calibration */
  readonly patterns: Patterns | null;
  readonly report: WeightingReport;
}

type Faulty = { readonly faults: readonly EstimationFault[] };

/** The category of a row on a variable; undefined when it has none. */
export type CategoryReader = (row: number, variable: string) => string | undefined;

function responseFactors(
  respondents: ReadonlyMap<string, number>,
  sampled: Totals,
  faults: EstimationFault[],
): Map<string, number> {
  const factors = new Map<string, number>();
  for (const [name, total] of Object.entries(sampled)) {
    const answered = respondents.get(name) ?? 0;
    const bad = (reason: string) =>
      faults.push({
        code: 'bad_response_class',
        place: name,
        reason: `response class ${name}: ${reason}`,
      });
    if (!(total >= 0 && total < Infinity)) bad('the sum of sampled base weights is not a number');
    else if (answered === 0 && total > 0) bad('nobody answered; merge it with another class');
    else if (total < answered * (1 - 1e-9)) bad('more base weight answered than was sampled');
    else factors.set(name, total / answered);
  }
  return factors;
}

/**
 * Non-response adjustment within weighting classes: d_i × Σ_class d of sampled / Σ_class d of respondents.
 * @source Kalton & Flores-Cervantes (2003), Weighting methods, J. Official Statistics 19(2) §2; METHODOLOGY §2.2
 * @example class "urban": sampled 30, two respondents of 10 each → 15 each
 */
function adjustForNonResponse(
  baseWeights: Float64Array,
  classOf: (row: number) => string | undefined,
  sampled: Totals,
): Float64Array | Faulty {
  const faults: EstimationFault[] = [];
  const respondents = new Map<string, number>();
  const classes = Array.from(baseWeights, (baseWeight, row) => {
    const name = classOf(row);
    if (name === undefined || !Object.hasOwn(sampled, name)) {
      const reason = `row ${row + 1}: its response class ${name === undefined ? 'is missing' : `"${name}" has no sampled total`}`;
      faults.push({ code: 'bad_response_class', row, column: 'responseClass', reason });
      return '';
    }
    respondents.set(name, (respondents.get(name) ?? 0) + baseWeight);
    return name;
  });
  const factors = responseFactors(respondents, sampled, faults);
  return faults.length > 0
    ? { faults }
    : baseWeights.map((d, row) => d * factors.get(classes[row]!)!);
}

function reportOf(
  baseWeights: Float64Array,
  finalWeights: Float64Array,
  method: CalibrationSpec['method'],
  margins: readonly Margin[],
  calibrated: CalibrationResult | null,
  trimmed: number,
): WeightingReport {
  const n = finalWeights.length;
  const ratios = new Float64Array(n);
  let [sum, squares, least, greatest] = [0, 0, Infinity, 0];
  for (let row = 0; row < n; row += 1) {
    const final = finalWeights[row]!;
    const ratio = final / baseWeights[row]!;
    ratios[row] = ratio;
    sum += final;
    squares += final * final;
    if (ratio < least) least = ratio;
    if (ratio > greatest) greatest = ratio;
  }
  const effectiveN = (sum * sum) / squares;
  return {
    method,
    designEffect: n / effectiveN,
    effectiveN,
    ratio: { least, median: medianOf(ratios), greatest },
    iterations: calibrated?.iterations ?? 0,
    largestResidual: calibrated?.largestResidual ?? 0,
    margins: margins.flatMap((margin) => marginLines(margin, baseWeights, finalWeights)),
    smallCells: margins.flatMap(smallCellsOf),
    trimmed,
  };
}

function marginLines(
  margin: Margin,
  baseWeights: Float64Array,
  finalWeights: Float64Array,
): MarginLine[] {
  const { variable, categories, codes, totals } = margin;
  const respondents = new Int32Array(categories.length);
  const before = new Float64Array(categories.length);
  const after = new Float64Array(categories.length);
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row]!;
    respondents[code]! += 1;
    before[code]! += baseWeights[row]!;
    after[code]! += finalWeights[row]!;
  }
  return categories.map((category, code) => ({
    variable,
    category,
    respondents: respondents[code]!,
    target: totals[code]!,
    before: before[code]!,
    after: after[code]!,
  }));
}

/** Base weight × ratio of the row's pattern. */
function applyRatios(
  weights: Float64Array,
  { ofRow }: Patterns,
  ratios: Float64Array,
): Float64Array {
  const final = new Float64Array(weights.length);
  for (let row = 0; row < weights.length; row += 1)
    final[row] = weights[row]! * ratios[ofRow[row]!]!;
  return final;
}

const totalsOf = (spec: Exclude<CalibrationSpec, { method: 'none' }>) =>
  spec.method === 'poststratify' ? { [spec.variable]: spec.totals } : spec.margins;

/**
 * Final weights of one calibration group: non-response adjustment, then calibration, then trimming, each optional.
 * @param baseWeights 1 / inclusion probability of each row, > 0
 * @param categoryOf calibration variables and `responseClass` of the rows
 * @returns final weights, all > 0, with their report; or every fault, naming rows, categories and margins. No NaN.
 * @source METHODOLOGY §2; figures in test/fixtures/reference
 * @example base weights 1, 1, 1; post-stratified on sex f, f, m with totals f 30, m 20 → 15, 15, 20
 */
export function weightGroup(
  baseWeights: Float64Array,
  categoryOf: CategoryReader,
  options: WeightingOptions,
): Weighted | Faulty {
  const adjusted =
    options.nonResponse === undefined
      ? baseWeights
      : adjustForNonResponse(
          baseWeights,
          (row) => categoryOf(row, 'responseClass'),
          options.nonResponse,
        );
  if ('faults' in adjusted) return adjusted;
  const spec = options.calibration ?? { method: 'none' };
  const margins =
    spec.method === 'none' ? [] : encodeMargins(baseWeights.length, categoryOf, totalsOf(spec));
  if ('faults' in margins) return margins;
  return weightColumns(baseWeights, adjusted, margins, spec, options.trim);
}

/**
 * The same from coded margins: the form for repeated work, without names.
 * @param baseWeights one per row, > 0; `adjustedWeights` the same after the non-response adjustment
 * @param margins as `encodeMargins` makes them; only their codes and totals are read, not those in `spec`
 * @returns as `weightGroup`
 * @source METHODOLOGY §2
 * @example base weights 1, 1, 1, one margin with codes [0, 0, 1] and totals [30, 20] → 15, 15, 20
 */
export function weightColumns(
  baseWeights: Float64Array,
  adjustedWeights: Float64Array,
  margins: readonly Margin[],
  spec: CalibrationSpec,
  trim?: TrimSpec,
): Weighted | Faulty {
  const patterns = spec.method === 'none' ? null : patternsOf(margins, baseWeights.length);
  const calibrated =
    spec.method === 'none' || patterns === null
      ? null
      : calibrate(margins, patterns, adjustedWeights, spec);
  if (calibrated !== null && 'faults' in calibrated) return calibrated;
  const weights =
    calibrated === null || patterns === null
      ? adjustedWeights
      : applyRatios(adjustedWeights, patterns, calibrated.ratios);
  const cut = trim === undefined ? { weights, trimmed: 0 } : trimWeights(weights, trim);
  if ('faults' in cut) return cut;
  const report = reportOf(baseWeights, cut.weights, spec.method, margins, calibrated, cut.trimmed);
  return { finalWeights: cut.weights, adjustedWeights, patterns, report };
}
