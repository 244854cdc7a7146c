import type { Level } from '../contracts/common.ts';
import type { Methodology } from '../contracts/methodologies.ts';
import { akimStore } from '../models/akims.ts';
import { estimateStore, type StoredEstimate } from '../models/estimates.ts';
import type { TargetCell } from '../models/targets.ts';
import { cellsFor } from './calibration-targets.ts';
import { grouped } from './grouped.ts';

/** Akims that are weighted together, and the totals they are calibrated to. */
export interface StaleGroup {
  /** KATO whose totals they are calibrated to; the region where nothing is calibrated. */
  territory: string;
  members: StoredEstimate[];
  cells: TargetCell[];
}

/** The territory whose totals count: the akim's own where the methodology says so and it has totals, else the region. */
async function territoryOf(
  members: readonly StoredEstimate[],
  byRegion: boolean,
  cells: readonly TargetCell[],
): Promise<(member: StoredEstimate) => string> {
  if (byRegion) return ({ region }) => region;
  const akims = await akimStore.listByIds(members.map(({ akimId }) => akimId));
  const own = new Map(akims.map(({ _id, territory }) => [_id, territory]));
  return ({ akimId, level, region }) => {
    const territory = own.get(akimId) ?? region;
    return cellsFor(cells, level, territory).length > 0 ? territory : region;
  };
}

/**
 * The calibration groups that hold a stale akim, each with all of its akims: a changed interview changes the weights of
 * its whole group, and nobody else's.
 */
export async function staleGroups(
  waveId: string,
  { rules: { calibration } }: Methodology,
  cells: readonly TargetCell[],
  stale: readonly StoredEstimate[],
): Promise<StaleGroup[]> {
  if (calibration.method === 'none') {
    return stale.map((one) => ({ territory: one.region, members: [one], cells: [] }));
  }
  const places = grouped(stale, ({ level, region }) => `${level} ${region}`);
  const groups: StaleGroup[] = [];
  for (const [{ level, region }] of [...places.values()] as [StoredEstimate][]) {
    const members = await estimateStore.listOfRegion(waveId, level, region);
    const placeOf = await territoryOf(members, calibration.group === 'region', cells);
    groups.push(...groupsIn(members, placeOf, cells, level));
  }
  return groups;
}

function groupsIn(
  members: readonly StoredEstimate[],
  placeOf: (member: StoredEstimate) => string,
  cells: readonly TargetCell[],
  level: Level,
): StaleGroup[] {
  return [...grouped(members, placeOf)]
    .filter(([, group]) => group.some(({ stale }) => stale))
    .map(([territory, group]) => ({
      territory,
      members: group,
      cells: cellsFor(cells, level, territory),
    }));
}
