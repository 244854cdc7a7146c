/** Small symmetric systems, dense and row-major: calibration regressions and area-level models have a handful of columns. */

/** L D L' of a positive semidefinite matrix; a column that depends on earlier ones is left out (its coefficient is 0). */
export interface Factor {
  readonly size: number;
  readonly lower: Float64Array;
  readonly pivots: Float64Array;
  /** number of independent columns */
  readonly rank: number;
}

/** A pivot under this share of the column's own square is rounding, not information. */
const negligible = 1e-11;

/**
 * Factors a symmetric positive semidefinite matrix. Dependent columns (margins that sum to the same total) are allowed.
 * @param matrix size × size, row by row; only the lower triangle is read
 * @returns L and D; a pivot of 0 marks a column that depends on earlier ones
 * @source Golub & Van Loan (2013), Matrix Computations §4.1.2, with Searle (1971) §1.1's generalized inverse by leaving
 *   out dependent columns
 * @example [4, 2; 2, 3] → pivots [4, 2], lower [1, 0; 0.5, 1], rank 2
 */
export function factor(matrix: Float64Array, size: number): Factor {
  const lower = new Float64Array(size * size);
  const pivots = new Float64Array(size);
  let rank = 0;
  for (let j = 0; j < size; j += 1) {
    let pivot = matrix[j * size + j]!;
    for (let m = 0; m < j; m += 1) pivot -= lower[j * size + m]! ** 2 * pivots[m]!;
    if (!(pivot > negligible * matrix[j * size + j]!)) continue;
    pivots[j] = pivot;
    rank += 1;
    lower[j * size + j] = 1;
    for (let i = j + 1; i < size; i += 1) {
      let sum = matrix[i * size + j]!;
      for (let m = 0; m < j; m += 1)
        sum -= lower[i * size + m]! * lower[j * size + m]! * pivots[m]!;
      lower[i * size + j] = sum / pivot;
    }
  }
  return { size, lower, pivots, rank };
}

/**
 * Solves A X = B in place for a consistent system.
 * @param right size × columns, row by row; replaced by the solution, 0 for columns that were left out
 * @source Golub & Van Loan (2013) §3.1 (substitution)
 * @example [4, 2; 2, 3] X = [8; 7] → [1.25; 1.5]
 */
export function solve({ size, lower, pivots }: Factor, right: Float64Array, columns: number): void {
  for (let j = 0; j < size; j += 1) {
    for (let i = j + 1; i < size; i += 1) {
      const share = pivots[j] === 0 ? 0 : lower[i * size + j]!;
      if (share === 0) continue;
      for (let k = 0; k < columns; k += 1)
        right[i * columns + k]! -= share * right[j * columns + k]!;
    }
  }
  for (let j = size - 1; j >= 0; j -= 1) {
    for (let k = 0; k < columns; k += 1) {
      const at = j * columns + k;
      right[at] = pivots[j] === 0 ? 0 : right[at]! / pivots[j]!;
    }
    if (pivots[j] === 0) continue;
    for (let i = j + 1; i < size; i += 1) {
      const share = lower[i * size + j]!;
      if (share === 0) continue;
      for (let k = 0; k < columns; k += 1)
        right[j * columns + k]! -= share * right[i * columns + k]!;
    }
  }
}
