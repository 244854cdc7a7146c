import type { Custody, Device } from '@akimetr/api/contracts/devices';

const dayMs = 86_400_000;
/** From so many days without a sync on a tablet stands out. */
export const silentFromDays = 2;
const clockToleranceMs = 5 * 60_000;
const littleSpaceBytes = 50_000_000;
const littleBattery01 = 0.2;

/**
 * Whole days since a tablet was heard of.
 * @returns null when it has not synced since its enrolment
 */
export function silentDays({ report }: Pick<Device, 'report'>, now: Date): number | null {
  if (report === null) return null;
  return Math.max(0, Math.floor((now.getTime() - Date.parse(report.at)) / dayMs));
}

/** Numbers in a row as a range: 17, 23–25. */
export function rangesOf(numbers: readonly number[]): string {
  const ranges: [from: number, to: number][] = [];
  for (const one of numbers) {
    const last = ranges.at(-1);
    if (last?.[1] === one - 1) last[1] = one;
    else ranges.push([one, one]);
  }
  return ranges.map(([from, to]) => (from === to ? `№${from}` : `№${from}–${to}`)).join(', ');
}

/** Whether anything of a tablet's interviews is in doubt. */
export const isMissing = ({ missingCount }: Custody): boolean => missingCount > 0;

export type Worry = 'clock' | 'space' | 'battery' | 'persistence';

/** What of a tablet's last report a supervisor should look after. */
export function worriesOf({ report }: Pick<Device, 'report'>): readonly Worry[] {
  if (report === null) return [];
  const { clockOffsetMs, freeBytes, battery01, persisted } = report;
  const found: [Worry, boolean][] = [
    ['clock', Math.abs(clockOffsetMs) > clockToleranceMs],
    ['space', freeBytes !== null && freeBytes < littleSpaceBytes],
    ['battery', battery01 !== null && battery01 < littleBattery01],
    ['persistence', persisted !== true],
  ];
  return found.filter(([, worrying]) => worrying).map(([worry]) => worry);
}
