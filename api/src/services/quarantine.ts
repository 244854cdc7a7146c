import type {
  InterviewReason,
  Quarantined as Wire,
  Receipt,
  listQuarantine as listOperation,
} from '../contracts/interviews.ts';
import type { QueryOf } from '../contracts/operation.ts';
import type { SessionUser } from '../contracts/session.ts';
import { regionLimit } from '../domain/permissions.ts';
import { interviewStore } from '../models/interviews.ts';
import { publicationStore } from '../models/publications.ts';
import { quarantineStore, type KeptWithoutRaw } from '../models/quarantine.ts';
import { userStore } from '../models/users.ts';
import { waveStore } from '../models/waves.ts';
import { Problem } from '../problem.ts';
import { audit } from './audit.ts';
import type { Deps } from './deps.ts';
import { loadContext } from './interview-context.ts';
import { isReadable, readArrival, type Reason, reasonsAgainst, storeGood } from './interviews.ts';
import { estimateUnseen } from './reconcile-estimates.ts';
import { asSessionUser } from './sessions.ts';

/** What is about how an interview came, not about the interview: a person may decide that it counts. */
const waivable: ReadonlySet<InterviewReason> = new Set([
  'session_expired',
  'device_revoked',
  'other_device',
  'other_region',
  'wave_not_open',
]);

const isDraft = ({ reasons }: Pick<KeptWithoutRaw, 'reasons'>): boolean =>
  reasons.some(({ code }) => code === 'unfinished_draft');

/** A draft became the interview that was stored under its id, whatever was answered meanwhile. */
function isStored(one: KeptWithoutRaw, stored: ReadonlyMap<string, string>): boolean {
  const hash = stored.get(one.interviewId ?? '');
  return hash !== undefined && (isDraft(one) || hash === one.hash);
}

function kindOf({ hash, reasons, interviewId }: KeptWithoutRaw, stored: Map<string, string>) {
  if (isDraft({ reasons })) return 'unfinished';
  const held = stored.get(interviewId ?? '');
  if (held !== undefined && held !== hash) return 'conflict';
  return reasons.every(({ code }) => waivable.has(code)) ? 'waits' : 'faulty';
}

async function asWire(found: readonly KeptWithoutRaw[]): Promise<Wire[]> {
  const people = found.flatMap(({ submittedBy, decision }) =>
    [submittedBy, decision?.by ?? []].flat(),
  );
  const [users, waves, stored] = await Promise.all([
    userStore.listByIds([...new Set(people)]),
    waveStore.listByIds([...new Set(found.flatMap(({ waveId }) => waveId ?? []))]),
    interviewStore.hashes([...new Set(found.flatMap(({ interviewId }) => interviewId ?? []))]),
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
    deviceSequence: one.deviceSequence ?? null,
    decision: one.decision && {
      outcome: one.decision.outcome,
      by: names.get(one.decision.by) ?? '—',
      at: one.decision.at.toISOString(),
      reason: one.decision.reason,
    },
    stored: isStored(one, stored),
    kind: kindOf(one, stored),
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

/** The problem that says why an interview cannot be released, told apart: conflict, state of the wave, faults of its own. */
function problemOf(reasons: readonly Reason[]): Problem {
  const fields = reasons.flatMap(({ code, fields: faults }) =>
    faults.length > 0 ? faults : [{ path: 'interview', message: code }],
  );
  return new Problem('interview_invalid', { fields: fields.slice(0, 100) });
}

/** Late interviews of a closed wave may still come in, until its figures are frozen for a publication. */
async function refuseFrozenWave(waveId: string): Promise<void> {
  const wave = await waveStore.get(waveId);
  if (wave?.status === 'open') return;
  if (wave?.status !== 'closed') throw new Problem('wave_state');
  if ((await publicationStore.getOfWave(waveId)) === null) return;
  throw new Problem('wave_state', {
    detail: 'The figures of the wave are frozen for a publication.',
  });
}

async function decide(
  deps: Deps,
  actor: SessionUser,
  id: string,
  outcome: 'released' | 'rejected',
  reason: string,
): Promise<void> {
  const written = await quarantineStore.decide(id, {
    outcome,
    by: actor.id,
    at: deps.now(),
    reason,
  });
  if (written) await audit(deps, actor.id, `quarantine.${outcome}`, id, { reason });
}

/**
 * Takes in an interview that was kept aside for how it came. All other checks run as on any other day; it is
 * stored once, however often it is released.
 * @throws Problem `interview_conflict` when other content is stored under its id; `interview_invalid` with
 *   every fault when the interview itself is the reason; `wave_state` when its wave takes no more
 */
export async function release(
  deps: Deps,
  actor: SessionUser,
  id: string,
  reason: string,
): Promise<Receipt> {
  const kept = await quarantineStore.get(id, regionLimit(actor, 'quarantine.decide'));
  if (kept === null) throw new Problem('not_found');
  const raw = Buffer.from(kept.raw.buffer);
  const [arrival] =
    kept.status === 'refused' ? [] : [readArrival(JSON.parse(raw.toString('utf8')), 0, raw)];
  const submitter = await userStore.get(kept.submittedBy);
  if (arrival === undefined || !isReadable(arrival) || submitter === null) {
    throw problemOf(kept.reasons);
  }
  const by = asSessionUser(submitter);
  const { hash } = arrival;
  const receipt = { id: arrival.input.id, hash, receivedAt: deps.now().toISOString() };
  const held = (await interviewStore.hashes([arrival.input.id])).get(arrival.input.id);
  if (held !== undefined && held !== hash) throw new Problem('interview_conflict');
  if (held === hash) await estimateUnseen(deps, [arrival.input]);
  if (held === undefined) {
    const context = await loadContext(deps, [arrival.input]);
    const against = reasonsAgainst(
      { actor: by, held: null, permission: 'field.work' },
      arrival.input,
      context,
    );
    const faults = against.filter(({ code }) => !waivable.has(code));
    if (faults.length > 0) throw problemOf(faults);
    await refuseFrozenWave(arrival.input.waveId);
    const stored = await storeGood(deps, by, [arrival], context, kept.receivedAt);
    if (stored.size === 0) return release(deps, actor, id, reason);
  }
  await decide(deps, actor, id, 'released', reason);
  return { ...receipt, status: held === undefined ? 'stored' : 'duplicate' };
}

/** Decides that an interview does not count. It stays as it came; a later release is still possible. */
export async function reject(deps: Deps, actor: SessionUser, id: string, reason: string) {
  const kept = await quarantineStore.get(id, regionLimit(actor, 'quarantine.decide'));
  if (kept === null) throw new Problem('not_found');
  if (kept.decision?.outcome === 'released') throw new Problem('quarantine_decided');
  if (kept.decision === null) await decide(deps, actor, id, 'rejected', reason);
  return { id, outcome: 'rejected' as const };
}
