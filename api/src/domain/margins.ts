/** Calibration variables as codes, and the patterns of categories that respondents share. */
import type { DesignColumns, EstimationFault } from './design.ts';
import { factor, solve } from './linear-algebra.ts';
import type { CalibrationResiduals } from './variance.ts';

/** One calibration variable: the category of every row and the official total of every category. */
export interface Margin {
  readonly variable: string;
  readonly categories: readonly string[];
  readonly codes: Int32Array;
  /** persons, > 0 */
  readonly totals: Float64Array;
}

/** Official totals of one variable: category → persons. */
export type Totals = Readonly<Record<string, number>>;

/**
 * Rows with the same category in every margin always get the same ratio of final to base weight, so calibration
 * works on these few patterns, not on rows.
 */
export interface Patterns {
  readonly count: number;
  /** pattern of each row */
  readonly ofRow: Int32Array;
  /** count × margins: column of the calibration matrix, counted over all margins */
  readonly columns: Int32Array;
  /** number of columns over all margins */
  readonly columnCount: number;
  readonly marginCount: number;
}

/** Up to this many combinations of categories a table of them is faster than a map. */
const mostTabled = 65_536;

/** Numbers the combinations of categories that occur, by first appearance. */
function numberKeys(keys: Float64Array, combinations: number) {
  const ofRow = new Int32Array(keys.length);
  const firstRows: number[] = [];
  const table = combinations <= mostTabled ? new Int32Array(combinations).fill(-1) : null;
  const known = new Map<number, number>();
  for (let row = 0; row < keys.length; row += 1) {
    const key = keys[row]!;
    let pattern = table === null ? (known.get(key) ?? -1) : table[key]!;
    if (pattern < 0) {
      pattern = firstRows.push(row) - 1;
      if (table === null) known.set(key, pattern);
      else table[key] = pattern;
    }
    ofRow[row] = pattern;
  }
  return { ofRow, firstRows };
}

/**
 * Finds the patterns of the rows, numbered by first appearance.
 * @param margins coded margins, each with one code per row
 * @example sex f, m, f and age 1, 1, 1 → count 2, ofRow [0, 1, 0]
 */
export function patternsOf(margins: readonly Margin[], rowCount: number): Patterns {
  const keys = new Float64Array(rowCount);
  let combinations = 1;
  for (const { codes, totals } of margins) {
    combinations *= totals.length;
    for (let row = 0; row < rowCount; row += 1)
      keys[row] = keys[row]! * totals.length + codes[row]!;
  }
  const { ofRow, firstRows } = numberKeys(keys, combinations);
  const columns = new Int32Array(firstRows.length * margins.length);
  let columnCount = 0;
  margins.forEach(({ codes, totals }, a) => {
    firstRows.forEach((row, p) => {
      columns[p * margins.length + a] = columnCount + codes[row]!;
    });
    columnCount += totals.length;
  });
  return { count: firstRows.length, ofRow, columns, columnCount, marginCount: margins.length };
}

/**
 * Σ of a value over the rows of each pattern.
 * @param values one per row
 * @example ofRow [0, 1, 0], values [1, 2, 3] → [4, 2]
 */
export function sumByPattern(patterns: Patterns, values: Float64Array): Float64Array {
  const sums = new Float64Array(patterns.count);
  for (let row = 0; row < values.length; row += 1) sums[patterns.ofRow[row]!]! += values[row]!;
  return sums;
}

/**
 * X' diag(v) X over patterns: columnCount × columnCount, lower triangle and diagonal, where X has a column of 0 and 1 for
 * every category of every margin.
 * @param values one per pattern
 * @example one margin of two categories, patterns 0 and 1, values [4, 2] → [4, 0, 0, 2]
 * @source Deville & Särndal (1992), JASA 87: 376–382 (the matrix of the calibration equations)
 */
export function gramOf(patterns: Patterns, values: Float64Array): Float64Array {
  const { count, columns, columnCount, marginCount } = patterns;
  const gram = new Float64Array(columnCount * columnCount);
  for (let p = 0; p < count; p += 1) {
    for (let a = 0; a < marginCount; a += 1) {
      const row = columns[p * marginCount + a]! * columnCount;
      for (let b = 0; b <= a; b += 1) gram[row + columns[p * marginCount + b]!]! += values[p]!;
    }
  }
  return gram;
}

/**
 * Residual technique for calibrated weights: z is replaced by the residual of its regression, weighted by base weights,
 * on the calibration variables over the whole group; cluster totals use final weights.
 * @param design clusters of the rows
 * @param baseWeights of the regression, after the non-response adjustment; `finalWeights` of the cluster totals
 * @returns what `estimateDomains` needs to take the fitted part off one domain after another
 * @source Deville & Särndal (1992) JASA 87, eq. (3.4); METHODOLOGY §3
 * @example one margin: the residual is z minus the base-weighted mean of z in the row's category
 */
export function residualsOf(
  design: DesignColumns,
  patterns: Patterns,
  baseWeights: Float64Array,
  finalWeights: Float64Array,
): CalibrationResiduals {
  const { indicatorCount: K, clusters, clusterStrata, rowCount } = design;
  const { ofRow, columns, columnCount, marginCount, count } = patterns;
  const gram = factor(gramOf(patterns, sumByPattern(patterns, baseWeights)), columnCount);
  const clusterCount = clusterStrata.length;
  const clusterColumns = new Float64Array(clusterCount * columnCount);
  for (let row = 0; row < rowCount; row += 1) {
    const from = clusters[row]! * columnCount;
    const first = ofRow[row]! * marginCount;
    const finalWeight = finalWeights[row]!;
    for (let a = 0; a < marginCount; a += 1)
      clusterColumns[from + columns[first + a]!]! += finalWeight;
  }
  const totals = new Float64Array(count * K);
  const fitted = new Float64Array(columnCount * K);
  return {
    baseWeights,
    patternOfRow: ofRow,
    patternTotals: totals,
    subtractFitted: (clusterTotals) => {
      fitted.fill(0);
      for (let p = 0; p < count; p += 1) {
        for (let a = 0; a < marginCount; a += 1) {
          const to = columns[p * marginCount + a]! * K;
          for (let k = 0; k < K; k += 1) fitted[to + k]! += totals[p * K + k]!;
        }
      }
      solve(gram, fitted, K);
      for (let c = 0, at = 0; c < clusterCount; c += 1) {
        for (let x = 0; x < columnCount; x += 1, at += 1) {
          const amount = clusterColumns[at]!;
          if (amount === 0) continue;
          for (let k = 0, to = c * K, from = x * K; k < K; k += 1, to += 1, from += 1) {
            clusterTotals[to]! -= amount * fitted[from]!;
          }
        }
      }
    },
  };
}

/** A category nobody or hardly anybody answered in, and the category to merge it with. */
export interface SmallCell {
  readonly variable: string;
  readonly category: string;
  readonly respondents: number;
  readonly mergeWith: string | null;
}

/** Fewer respondents than this in a category are named (METHODOLOGY §2). */
export const smallCellLimit = 5;

/**
 * The category to merge a small one with: as alike as possible in the parts of its name ("f|18-29" differs from "f|30-44"
 * in one), then nearest in the order of the totals, then the one with fewer respondents; never an empty one.
 */
function mergeProposal(
  categories: readonly string[],
  counts: Int32Array,
  small: number,
): string | null {
  const parts = categories.map((category) => category.split('|'));
  const differing = (other: number) =>
    parts[small]!.filter((part, place) => part !== parts[other]![place]).length;
  const candidates = categories
    .map((_, other) => other)
    .filter((other) => other !== small && counts[other]! > 0)
    .sort(
      (a, b) =>
        differing(a) - differing(b) ||
        Math.abs(a - small) - Math.abs(b - small) ||
        counts[a]! - counts[b]!,
    );
  return candidates.length === 0 ? null : categories[candidates[0]!]!;
}

const countsOf = (codes: Int32Array, categoryCount: number) => {
  const counts = new Int32Array(categoryCount);
  for (let row = 0; row < codes.length; row += 1) counts[codes[row]!]! += 1;
  return counts;
};

/**
 * Every category with fewer than five respondents, with a proposed merge.
 * @returns `mergeWith` null where no other category has a respondent
 * @source METHODOLOGY §2.3
 * @example ages 18-29 (2 respondents), 30-59 (40), 60+ (30) → 18-29, mergeWith 30-59
 */
export function smallCellsOf({ variable, categories, codes }: Margin): SmallCell[] {
  const counts = countsOf(codes, categories.length);
  return categories.flatMap((category, place) =>
    counts[place]! < smallCellLimit
      ? {
          variable,
          category,
          respondents: counts[place]!,
          mergeWith: mergeProposal(categories, counts, place),
        }
      : [],
  );
}

const agree = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(a, b);

function totalsFaults(margins: readonly (readonly [string, Totals])[]): EstimationFault[] {
  const faults: EstimationFault[] = [];
  const sums = margins.map(([variable, totals]) => {
    for (const [category, total] of Object.entries(totals)) {
      if (!(total >= 0 && total < Infinity)) {
        faults.push({
          code: 'bad_total',
          place: `${variable}: ${category}`,
          reason: `the total of ${variable} ${category} is not a number of persons`,
        });
      }
    }
    return Object.values(totals).reduce((sum, total) => sum + total, 0);
  });
  margins.forEach(([variable], place) => {
    if (faults.length === 0 && !agree(sums[0]!, sums[place]!)) {
      faults.push({
        code: 'totals_disagree',
        place: variable,
        reason: `the totals of ${variable} sum to ${sums[place]}, those of ${margins[0]![0]} to ${sums[0]}`,
      });
    }
  });
  if (margins.length === 0)
    faults.push({ code: 'bad_total', reason: 'calibration names no variable' });
  return faults;
}

/**
 * Codes the calibration variables of the rows and checks them against the totals.
 * @param categoriesOf the category of a row on a variable, undefined when it has none
 * @returns margins, or every fault: rows without a category or with one that has no total, totals that are no numbers or
 *   disagree between margins (relative 1e-9), categories with a total and no respondent (with a proposed merge)
 * @source METHODOLOGY §2.3
 * @example rows f, m, f with totals { sex: { f: 30, m: 20 } } → categories [f, m], codes [0, 1, 0], totals [30, 20]
 */
export function encodeMargins(
  rowCount: number,
  categoriesOf: (row: number, variable: string) => string | undefined,
  totalsByVariable: Readonly<Record<string, Totals>>,
): Margin[] | { readonly faults: readonly EstimationFault[] } {
  const named = Object.entries(totalsByVariable);
  const faults = totalsFaults(named);
  const margins = named.map(([variable, totals]): Margin => {
    // A category of total 0 exists only where somebody is in it; then it is a fault below.
    const used = Object.keys(totals).filter((category) => totals[category] !== 0);
    const places = new Map(used.map((category, place) => [category, place]));
    const codes = Int32Array.from({ length: rowCount }, (_, row) => {
      const category = categoriesOf(row, variable);
      const code = category === undefined ? undefined : places.get(category);
      if (category === undefined) {
        faults.push({
          code: 'missing_category',
          row,
          column: variable,
          place: variable,
          reason: `row ${row + 1}: no ${variable}`,
        });
      } else if (code === undefined) {
        faults.push({
          code: 'unknown_category',
          row,
          column: variable,
          place: `${variable}: ${category}`,
          reason: `row ${row + 1}: ${variable} "${category}" has no total above 0`,
        });
      }
      return code ?? 0;
    });
    return {
      variable,
      categories: used,
      codes,
      totals: Float64Array.from(used, (category) => totals[category]!),
    };
  });
  for (const cell of faults.length > 0 ? [] : margins.flatMap(smallCellsOf)) {
    if (cell.respondents > 0) continue;
    const merge = cell.mergeWith === null ? '' : `; merge it with ${cell.mergeWith}`;
    faults.push({
      code: 'empty_cell',
      place: `${cell.variable}: ${cell.category}`,
      reason: `nobody answered in ${cell.variable} ${cell.category}${merge}`,
      ...(cell.mergeWith === null ? {} : { mergeWith: cell.mergeWith }),
    });
  }
  return faults.length > 0 ? { faults } : margins;
}
