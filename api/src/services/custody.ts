import type { Custody, Device, listDevices as listOperation } from '../contracts/devices.ts';
import type { QueryOf } from '../contracts/operation.ts';
import type { SessionUser } from '../contracts/session.ts';
import { custodyOf } from '../domain/custody.ts';
import { mayIn, regionLimit } from '../domain/permissions.ts';
import { deviceStore, type StoredDevice } from '../models/devices.ts';
import { interviewStore } from '../models/interviews.ts';
import { quarantineStore } from '../models/quarantine.ts';
import { userStore } from '../models/users.ts';
import { Problem } from '../problem.ts';

/** Numbers of what came from each device: stored, or kept aside. */
async function numbersOf(deviceIds: readonly string[]): Promise<Map<string, number[]>> {
  const found = await Promise.all([
    interviewStore.sequencesOfDevices(deviceIds),
    quarantineStore.sequencesOfDevices(deviceIds),
  ]);
  const numbers = new Map<string, number[]>(deviceIds.map((id) => [id, []]));
  for (const { deviceId, deviceSequence } of found.flat()) {
    if (deviceSequence !== null) numbers.get(deviceId)?.push(deviceSequence);
  }
  return numbers;
}

function custodyOfDevice({ report }: StoredDevice, received: readonly number[]): Custody {
  return custodyOf({
    lastSequence: report?.lastSequence ?? 0,
    received,
    onDevice: report?.unsentSequences ?? [],
  });
}

function reportOf({ report }: StoredDevice): Device['report'] {
  return report && { ...report, at: report.at.toISOString() };
}

/** Tablets with what has come from each; the longest silence first. */
export async function listDevices(
  actor: SessionUser,
  { region, limit, offset }: QueryOf<typeof listOperation>,
): Promise<{ devices: Device[]; total: number }> {
  if (region !== undefined && !mayIn(actor, 'devices.read', region)) throw new Problem('not_found');
  const regions = region === undefined ? regionLimit(actor, 'devices.read') : [region];
  const { devices, total } = await deviceStore.list(regions, limit, offset);
  const people = devices.flatMap(({ interviewerIds, enrolledBy, revokedBy }) =>
    [interviewerIds, enrolledBy ?? [], revokedBy ?? []].flat(),
  );
  const [users, numbers] = await Promise.all([
    userStore.listByIds([...new Set(people)]),
    numbersOf(devices.map(({ _id }) => _id)),
  ]);
  const names = new Map(users.map((user) => [user._id, user.name]));
  const nameOf = (id: string): string => names.get(id) ?? '—';
  return {
    devices: devices.map((one) => ({
      id: one._id,
      label: one.label,
      interviewers: one.interviewerIds.map((id) => ({ id, name: nameOf(id) })),
      regions: one.regions,
      enrolledAt: one.enrolledAt.toISOString(),
      enrolledBy: one.enrolledBy && nameOf(one.enrolledBy),
      revokedAt: one.revokedAt?.toISOString() ?? null,
      revokedBy: one.revokedBy && nameOf(one.revokedBy),
      revokedReason: one.revokedReason,
      report: reportOf(one),
      custody: custodyOfDevice(one, numbers.get(one._id) ?? []),
    })),
    total,
  };
}
