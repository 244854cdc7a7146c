import type { Quota } from '../contracts/assignments.ts';
import type { Level } from '../contracts/common.ts';
import { cellOf, quotaCells, type QuotaShare } from '../domain/quotas.ts';
import type { StoredAkim } from '../models/akims.ts';
import type { StoredAssignment } from '../models/assignments.ts';
import { interviewStore } from '../models/interviews.ts';
import { methodologyStore } from '../models/methodologies.ts';
import { targetStore, type TargetCell } from '../models/targets.ts';
import type { StoredWave } from '../models/waves.ts';
import { cellsFor } from './calibration-targets.ts';
import { grouped } from './grouped.ts';

/** The quota of one sampling point; undefined where the wave knows no people by sex and age. */
export type QuotaOf = (
  akim: StoredAkim,
  point: StoredAssignment['samplingPoint'],
  interviews: number,
) => Quota | undefined;

/**
 * How the interviews of a wave's points are shared out over sex × age: by its targets, for the questions by which its
 * methodology calibrates. Without both there are no quotas.
 */
export async function quotasOfWave({ _id, methodology }: StoredWave): Promise<QuotaOf> {
  const [targets, found] = await Promise.all([
    targetStore.get(_id),
    methodologyStore.get(methodology.code, methodology.version),
  ]);
  const calibration = found?.methodology.rules.calibration;
  if (!targets || !calibration || calibration.method === 'none') return () => undefined;
  const questionOf = (variable: 'sex' | 'age') =>
    calibration.margins.find((margin) => margin.variable === variable)?.question;
  const [sexQuestion, ageQuestion] = [questionOf('sex'), questionOf('age')];
  if (sexQuestion === undefined || ageQuestion === undefined) return () => undefined;
  const cells = grouped(targets.cells, (cell) => cell.territory);
  const peopleOf = (level: Level, place: string) => cellsFor(cells.get(place) ?? [], level, place);
  return ({ level, territory, region }, { code, settlement }, interviews) => {
    const own = calibration.group === 'akim' ? peopleOf(level, territory) : [];
    const people = own.length > 0 ? own : peopleOf(level, region);
    const shares = sharesOf(people, settlement);
    const drawn = shares && quotaCells(shares, interviews, `quota ${_id} ${territory} ${code}`);
    return drawn && drawn.length > 0 ? { sexQuestion, ageQuestion, cells: drawn } : undefined;
  };
}

/** People by sex and age, of the point's kind of settlement where that is told apart; null when they are not. */
function sharesOf(
  people: readonly TargetCell[],
  settlement: 'urban' | 'rural',
): QuotaShare[] | null {
  const there = people.filter((cell) => cell.settlement === settlement);
  const shares: QuotaShare[] = [];
  for (const { sex, age, persons } of there.length > 0 ? there : people) {
    if (sex === null || age === null) return null;
    shares.push({ sex, age, persons });
  }
  return shares;
}

/** Assignment → interviews that are stored of each of its quota cells. Those without a quota are not there. */
export async function quotaReceived(
  assignments: readonly StoredAssignment[],
): Promise<Record<string, number[]>> {
  const quotas = new Map(assignments.flatMap(({ _id, quota }) => (quota ? [[_id, quota]] : [])));
  if (quotas.size === 0) return {};
  const questions = new Set(
    [...quotas.values()].flatMap(({ sexQuestion, ageQuestion }) => [sexQuestion, ageQuestion]),
  );
  const counts = Object.fromEntries([...quotas].map(([id, { cells }]) => [id, cells.map(() => 0)]));
  const interviews = await interviewStore.answersOfAssignments([...quotas.keys()], [...questions]);
  for (const { assignmentId, answers } of interviews) {
    const { cells, sexQuestion, ageQuestion } = quotas.get(assignmentId)!;
    const place = cellOf(cells, { sex: answers[sexQuestion], age: answers[ageQuestion] });
    if (place >= 0) counts[assignmentId]![place]! += 1;
  }
  return counts;
}
