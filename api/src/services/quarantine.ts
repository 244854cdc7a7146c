import type {
  Quarantined as Wire,
  listQuarantine as listOperation,
} from '../contracts/interviews.ts';
import type { QueryOf } from '../contracts/operation.ts';
import type { SessionUser } from '../contracts/session.ts';
import { regionLimit } from '../domain/permissions.ts';
import { quarantineStore, type Quarantined } from '../models/quarantine.ts';
import { userStore } from '../models/users.ts';
import { waveStore } from '../models/waves.ts';
import { Problem } from '../problem.ts';

async function asWire(found: readonly Omit<Quarantined, 'raw'>[]): Promise<Wire[]> {
  const [users, waves] = await Promise.all([
    userStore.listByIds([...new Set(found.map(({ submittedBy }) => submittedBy))]),
    waveStore.listByIds([...new Set(found.flatMap(({ waveId }) => waveId ?? []))]),
  ]);
  const names = new Map(users.map((user) => [user._id, user.name]));
  const waveNames = new Map(waves.map((wave) => [wave._id, wave.name]));
  return found.map((one) => ({
    id: one._id,
    interviewId: one.interviewId,
    receivedAt: one.receivedAt.toISOString(),
    submittedBy: names.get(one.submittedBy) ?? '—',
    status: one.status,
    reasons: one.reasons,
    hash: one.hash,
    sizeBytes: one.sizeBytes,
    waveName: waveNames.get(one.waveId ?? '') ?? null,
  }));
}

export async function listQuarantine(actor: SessionUser, query: QueryOf<typeof listOperation>) {
  const regions = regionLimit(actor, 'quarantine.read');
  const { quarantine, total } = await quarantineStore.list(regions, query.limit, query.offset);
  return { quarantine: await asWire(quarantine), total };
}

export async function getQuarantined(actor: SessionUser, id: string) {
  const found = await quarantineStore.get(id, regionLimit(actor, 'quarantine.read'));
  if (found === null) throw new Problem('not_found');
  const [wire] = await asWire([found]);
  return { ...wire!, raw: Buffer.from(found.raw.buffer).toString('utf8') };
}
