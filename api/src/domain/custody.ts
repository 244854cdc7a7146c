/** What has come from a tablet, by the numbers it gives its sealed interviews. */

export interface DeviceNumbers {
  /** Interviews sealed on the device by its last report; 0 when it never reported. */
  readonly lastSequence: number;
  /** Numbers of what came, stored or kept aside; in any order, repeated or not. */
  readonly received: readonly number[];
  /** Numbers that the device said to have still. */
  readonly onDevice: readonly number[];
}

export interface CustodyNumbers {
  readonly taken: number;
  readonly received: number;
  readonly onDevice: number[];
  /** The first of the missing, ascending. */
  readonly missing: number[];
  readonly missingCount: number;
}

/**
 * Which of a device's interviews came, which it still has, and which are missing: it counts its sealed
 * interviews from 1 without a gap, so a number that neither came nor is on the device is a lost interview,
 * or one on its way.
 * `taken` is the highest number known: what came may be newer than the last report.
 * A number that came is received, also when the device named it before. Numbers below 1 are ignored.
 * @param most how many of the missing are listed; all of them are counted
 * @returns `received + onDevice.length + missingCount === taken`
 */
export function custodyOf(
  { lastSequence, received, onDevice }: DeviceNumbers,
  most = 200,
): CustodyNumbers {
  const came = new Set(received.filter(isNumber));
  const taken = [...came].reduce((top, one) => Math.max(top, one), Math.max(0, lastSequence));
  const named = new Set(onDevice.filter((one) => isNumber(one) && one <= taken && !came.has(one)));
  const missingCount = taken - came.size - named.size;
  const missing: number[] = [];
  // Ends after so many steps as there are numbers known, however high the highest is.
  for (let one = 1; missing.length < Math.min(most, missingCount); one += 1) {
    if (!came.has(one) && !named.has(one)) missing.push(one);
  }
  return {
    taken,
    received: came.size,
    onDevice: [...named].sort((a, b) => a - b),
    missing,
    missingCount,
  };
}

const isNumber = (sequence: number): boolean => Number.isSafeInteger(sequence) && sequence >= 1;
