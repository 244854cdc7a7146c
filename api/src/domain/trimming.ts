/** Trimming of final weights to multiples of their median, keeping the total (METHODOLOGY §2.4). */
import type { EstimationFault } from './design.ts';

export interface TrimSpec {
  /** 0 ≤ lowerMedians ≤ 1 ≤ upperMedians */
  readonly lowerMedians: number;
  readonly upperMedians: number;
}

/** Moves values so that the one of the given place in ascending order stands there, smaller before and larger after it. */
function selectPlace(values: Float64Array, place: number): number {
  let [left, right] = [0, values.length - 1];
  while (left < right) {
    const pivot = values[(left + right) >>> 1]!;
    let [low, high] = [left, right];
    while (low <= high) {
      while (values[low]! < pivot) low += 1;
      while (values[high]! > pivot) high -= 1;
      if (low > high) break;
      const swapped = values[low]!;
      values[low] = values[high]!;
      values[high] = swapped;
      low += 1;
      high -= 1;
    }
    if (place <= high) right = high;
    else if (place >= low) left = low;
    else break;
  }
  return values[place]!;
}

/**
 * Median of a list that is not empty; the mean of the two middle values when their number is even. Linear time.
 * @source Hoare (1961), CACM 4, Algorithm 65 (FIND)
 * @example [4, 1, 3, 2] → 2.5
 */
export function medianOf(values: Float64Array): number {
  const moved = values.slice();
  const half = moved.length >> 1;
  const upper = selectPlace(moved, half);
  if (moved.length % 2 === 1) return upper;
  let lower = moved[0]!;
  for (let place = 1; place < half; place += 1) lower = Math.max(lower, moved[place]!);
  return (lower + upper) / 2;
}

/** Passes after which what is still outside is rounding; the excess shrinks by a constant share in each. */
const mostPasses = 10_000;

const fault = (reason: string) => ({ faults: [{ code: 'bad_trim' as const, reason }] });

/**
 * Cuts weights to [lowerMedians, upperMedians] × the median weight. What is cut in a pass is spread evenly over the weights
 * that were not cut in it, again and again until none is outside, so the sum stays.
 * @param weights final weights, > 0, one per row
 * @returns new weights and how many rows end at a bound; a fault when the bounds make no sense or the sum cannot be kept
 * @source Potter (1990), A study of procedures to identify and trim extreme sampling weights; the repeated form is that of
 *   R survey's trimWeights(strict = TRUE)
 * @example weights 1, 1, 1, 1, 6 with upperMedians 2 → 2 for the last, 4/4 more for each other: 2, 2, 2, 2, 2
 */
export function trimWeights(
  weights: Float64Array,
  { lowerMedians, upperMedians }: TrimSpec,
):
  | { readonly weights: Float64Array; readonly trimmed: number }
  | { readonly faults: readonly EstimationFault[] } {
  if (!(lowerMedians >= 0 && lowerMedians <= 1 && upperMedians >= 1)) {
    return fault(
      `trim bounds must be 0 ≤ lower ≤ 1 ≤ upper medians, not ${lowerMedians} and ${upperMedians}`,
    );
  }
  const median = medianOf(weights);
  const [lower, upper] = [lowerMedians * median, upperMedians * median];
  const tooNarrow = fault('the trim bounds are too narrow to keep the sum of the weights');
  const trimmed = weights.slice();
  const touched = new Uint8Array(weights.length);
  for (let pass = 0; pass < mostPasses; pass += 1) {
    let cut = 0;
    const untouched: number[] = [];
    trimmed.forEach((value, row) => {
      const bounded = Math.min(upper, Math.max(lower, value));
      if (bounded === value) {
        untouched.push(row);
        return;
      }
      cut += value - bounded;
      trimmed[row] = bounded;
      touched[row] = 1;
    });
    if (untouched.length === weights.length) break;
    if (untouched.length === 0) return tooNarrow;
    for (const row of untouched) trimmed[row]! += cut / untouched.length;
  }
  // Each pass keeps the sum; a spread too slow to end in the passes allowed leaves weights outside.
  return trimmed.every((value) => value <= upper * (1 + 1e-9) && value >= lower * (1 - 1e-9))
    ? { weights: trimmed, trimmed: touched.reduce((count, one) => count + one, 0) }
    : tooNarrow;
}
