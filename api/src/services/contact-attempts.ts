import { createHash } from 'node:crypto';
import { canonicalJson } from '../contracts/canonical-json.ts';
import {
  contactAttempt,
  refusalReasons,
  type ContactAttempt,
  contactReason,
  type ContactReason,
  type ContactReceipt,
  type OutcomeRatesReply,
  waivableContactReason,
  type WaivableContactReason,
} from '../contracts/contact-attempts.ts';
import type { SessionUser } from '../contracts/session.ts';
import { contactCodes } from '../domain/contact-dispositions.ts';
import { countDispositions, outcomeRates, type Disposition } from '../domain/outcome-rates.ts';
import { mayIn, regionLimit } from '../domain/permissions.ts';
import { assignmentStore, type StoredAssignment } from '../models/assignments.ts';
import { contactAttemptStore, type StoredContactAttempt } from '../models/contact-attempts.ts';
import { deviceStore } from '../models/devices.ts';
import { interviewStore } from '../models/interviews.ts';
import { waveStore } from '../models/waves.ts';
import { Problem } from '../problem.ts';
import { audit } from './audit.ts';
import type { Deps } from './deps.ts';
import type { HandIn } from './devices.ts';
import { estimateAfterAttempts } from './non-response.ts';
import { hostileReason } from './hostile-json.ts';

/** One of a batch on its way: what came, and its answer once that is known. */
interface Arrival {
  id: string | null;
  hash: string | null;
  attempt: ContactAttempt | null;
}

function readArrival(value: unknown): Arrival {
  if (hostileReason(value) !== null) return { id: null, hash: null, attempt: null };
  const parsed = contactAttempt.safeParse(value);
  const id = (value as { id?: unknown } | null)?.id;
  return {
    id: typeof id === 'string' ? id.slice(0, 100) : null,
    hash: createHash('sha256').update(canonicalJson(value)).digest('hex'),
    attempt: parsed.success ? parsed.data : null,
  };
}

/** What the attempts of a batch refer to. */
interface Context {
  assignments: ReadonlyMap<string, StoredAssignment>;
  revokedDevices: ReadonlySet<string>;
  receivedAt: Date;
}

const asideId = (id: string, hash: string) => `${id} ${hash}`;

function asStored(
  { attempt, hash }: { attempt: ContactAttempt; hash: string },
  { actor, permission, held }: HandIn,
  { assignments, revokedDevices, receivedAt }: Context,
): StoredContactAttempt {
  const { id, attemptedAt, appointmentAt, ...rest } = attempt;
  const assignment = assignments.get(attempt.assignmentId);
  const known = assignment?.waveId === attempt.waveId ? assignment : undefined;
  const reasons: ContactReason[] = [];
  if (held !== null) reasons.push(held.code);
  else if (revokedDevices.has(attempt.deviceId)) reasons.push('device_revoked');
  if (held !== null && held.deviceId !== attempt.deviceId) reasons.push('other_device');
  if (known === undefined) reasons.push('unknown_assignment');
  else if (!mayIn(actor, permission, known.region)) reasons.push('other_region');
  return {
    // What is kept aside leaves its id free: handed in once more without the reasons, it is stored.
    _id: reasons.length > 0 ? asideId(id, hash) : id,
    ...rest,
    attemptedAt: new Date(attemptedAt),
    ...(appointmentAt !== undefined && { appointmentAt: new Date(appointmentAt) }),
    region: known?.region ?? null,
    submittedBy: actor.id,
    hash,
    receivedAt,
    keptAside: reasons.length > 0 ? reasons : null,
  };
}

/**
 * Takes a batch of contact attempts. Each is stored once under its own id; the same content again is a duplicate. Held
 * without being counted, each once: other content under a known id, what belongs to no assignment of the sender's
 * regions, what a tablet hands in without a session or after it was withdrawn.
 * A closed wave takes them too: they tell what happened while it was open.
 * @param values 1–200 of them, as parsed from JSON
 * @returns a receipt for each, in their order
 */
export async function acceptContactAttempts(
  deps: Deps,
  handIn: HandIn,
  values: readonly unknown[],
): Promise<ContactReceipt[]> {
  const arrivals = values.map(readArrival);
  const attempts = arrivals.flatMap(({ attempt }) => attempt ?? []);
  const [assignments, revokedDevices] = await Promise.all([
    assignmentStore.listByIds([...new Set(attempts.map(({ assignmentId }) => assignmentId))]),
    deviceStore.revokedAmong([...new Set(attempts.map(({ deviceId }) => deviceId))]),
  ]);
  const context: Context = {
    assignments: new Map(assignments.map((assignment) => [assignment._id, assignment])),
    revokedDevices,
    receivedAt: deps.now(),
  };
  const documents = arrivals.flatMap(({ attempt, hash }) =>
    attempt && hash !== null ? asStored({ attempt, hash }, handIn, context) : [],
  );
  const statuses = await storeOnce(documents);
  const counted = documents.flatMap(({ assignmentId, keptAside }, place) =>
    keptAside === null && statuses[place]!.status !== 'quarantined'
      ? (context.assignments.get(assignmentId) ?? [])
      : [],
  );
  await estimateAfterAttempts(deps, [...new Set(counted)]);
  return arrivals.map(({ id, hash, attempt }) => {
    const status = attempt ? statuses.shift() : undefined;
    return status
      ? { id, hash, ...status }
      : { id, hash, status: 'refused', reasons: ['unreadable'] };
  });
}

type Status = Pick<ContactReceipt, 'status' | 'reasons'>;

/** @returns what became of each, in their order */
async function storeOnce(documents: readonly StoredContactAttempt[]): Promise<Status[]> {
  const taken = await contactAttemptStore.insertNew(documents);
  const known = await contactAttemptStore.hashes(documents.map(idOf));
  const conflicts: StoredContactAttempt[] = [];
  const statuses = documents.map((document, place): Status => {
    const { hash, keptAside } = document;
    const stored = known.get(idOf(document));
    // Known content is held, whatever has happened to the session or the tablet since.
    if (stored === hash && (keptAside || taken.has(place))) return { status: 'duplicate' };
    if (stored === undefined || stored === hash) {
      return keptAside ? { status: 'quarantined', reasons: keptAside } : { status: 'stored' };
    }
    const reasons: ContactReason[] = [...(keptAside ?? []), 'conflict'];
    conflicts.push({ ...document, _id: asideId(idOf(document), hash), keptAside: reasons });
    return { status: 'quarantined', reasons };
  });
  await contactAttemptStore.insertNew(conflicts);
  return statuses;
}

/** The tablet's own id, also of one that is kept aside. */
const idOf = ({ _id }: Pick<StoredContactAttempt, '_id'>): string => _id.slice(0, uuidLength);
const uuidLength = 36;

/** Those held and not counted; those that were handed in properly or released since are not among them. */
async function openKeptAside(
  waveId: string,
  regions: readonly string[] | null,
): Promise<StoredContactAttempt[]> {
  const kept = await contactAttemptStore.keptAside(waveId, regions);
  const counted = await contactAttemptStore.hashes(kept.map(idOf));
  return kept.filter((one) => counted.get(idOf(one)) !== one.hash);
}

/** How many are held and not counted, by the first of their reasons. */
async function countKeptAside(
  waveId: string,
  regions: readonly string[] | null,
): Promise<OutcomeRatesReply['keptAside']> {
  const open = await openKeptAside(waveId, regions);
  return contactReason.options.flatMap((reason) => {
    const count = open.filter(({ keptAside }) => keptAside?.[0] === reason).length;
    return count > 0 ? [{ reason, count }] : [];
  });
}

const isWaivable = (reason: ContactReason): boolean =>
  waivableContactReason.safeParse(reason).success;

/**
 * Counts what was kept aside for how it came. It stays on record as it came; an id that other content has taken since
 * keeps that content. Again changes nothing.
 * @param keptFor the first reason of those meant; one with a fault of its own besides stays aside
 * @returns how many count now that did not before
 * @throws Problem not_found for an unknown wave
 */
export async function releaseContactAttempts(
  deps: Deps,
  actor: SessionUser,
  waveId: string,
  keptFor: WaivableContactReason,
  reason: string,
): Promise<number> {
  if ((await waveStore.get(waveId)) === null) throw new Problem('not_found');
  const open = await openKeptAside(waveId, regionLimit(actor, 'quarantine.decide'));
  const meant = open.filter(
    ({ keptAside }) => keptAside?.[0] === keptFor && keptAside.every(isWaivable),
  );
  const taken = await contactAttemptStore.insertNew(
    meant.map((one) => ({ ...one, _id: idOf(one), keptAside: null })),
  );
  const released = meant.filter((_, place) => !taken.has(place));
  const assignments = [...new Set(released.map(({ assignmentId }) => assignmentId))];
  await estimateAfterAttempts(deps, await assignmentStore.listByIds(assignments));
  if (released.length > 0) {
    const what = { keptFor, reason, released: released.length };
    await audit(deps, actor.id, 'contact-attempts.released', waveId, what);
  }
  return released.length;
}

const caseOf = (one: { assignmentId: string; household: number }) =>
  `${one.assignmentId} ${one.household}`;

/**
 * Outcome rates of a wave. A case is a household; a stored interview of it counts as complete whether or not the
 * attempt that led to it was recorded.
 * @throws Problem not_found for an unknown wave or a region that is not the reader's
 */
export async function outcomeRatesOf(
  actor: SessionUser,
  waveId: string,
  region: string | undefined,
): Promise<OutcomeRatesReply> {
  if ((await waveStore.get(waveId)) === null) throw new Problem('not_found');
  if (region !== undefined && !mayIn(actor, 'outcome-rates.read', region)) {
    throw new Problem('not_found');
  }
  const regions = region === undefined ? regionLimit(actor, 'outcome-rates.read') : [region];
  const [attempts, keptAside, interviews] = await Promise.all([
    contactAttemptStore.outcomes(waveId, regions),
    countKeptAside(waveId, regions),
    interviewStore.households(waveId, regions),
  ]);
  const cases = new Map<string, Disposition[]>();
  const add = (key: string, result: Disposition) =>
    cases.set(key, [...(cases.get(key) ?? []), result]);
  for (const attempt of attempts) add(caseOf(attempt), contactCodes[attempt.disposition].group);
  for (const interview of interviews.withNumber) add(caseOf(interview), 'complete');
  const counts = countDispositions([...cases.values()]);
  const { eligibleShare, ...rates } = outcomeRates(counts);
  return {
    cases: cases.size,
    attempts: attempts.length,
    counts,
    rates,
    eligibleShare,
    refusals: refusalReasons.map((reason) => ({
      reason,
      count: attempts.filter((attempt) => attempt.reason === reason).length,
    })),
    keptAside,
    interviewsOutside: interviews.withoutNumber,
  };
}

/** The highest household number in use at each of these assignments, so that a new tablet goes on counting. */
export async function lastHouseholds(
  assignmentIds: readonly string[],
): Promise<Record<string, number>> {
  const used = [
    ...(await contactAttemptStore.households(assignmentIds)),
    ...(await interviewStore.householdsOfAssignments(assignmentIds)),
  ];
  const last: Record<string, number> = {};
  for (const { assignmentId, household } of used) {
    last[assignmentId] = Math.max(last[assignmentId] ?? 0, household);
  }
  return last;
}
