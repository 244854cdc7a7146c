import { createHash } from 'node:crypto';
import { canonicalJson } from '../contracts/canonical-json.ts';
import {
  contactAttempt,
  refusalReasons,
  type ContactAttempt,
  type ContactReason,
  type ContactReceipt,
  type OutcomeRatesReply,
} from '../contracts/contact-attempts.ts';
import type { SessionUser } from '../contracts/session.ts';
import { contactCodes } from '../domain/contact-dispositions.ts';
import { countDispositions, outcomeRates, type Disposition } from '../domain/outcome-rates.ts';
import { mayIn, regionLimit } from '../domain/permissions.ts';
import { assignmentStore, type StoredAssignment } from '../models/assignments.ts';
import { contactAttemptStore, type StoredContactAttempt } from '../models/contact-attempts.ts';
import { interviewStore } from '../models/interviews.ts';
import { waveStore } from '../models/waves.ts';
import { Problem } from '../problem.ts';
import type { Deps } from './deps.ts';
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

function asStored(
  { attempt, hash }: { attempt: ContactAttempt; hash: string },
  actor: SessionUser,
  assignment: StoredAssignment | undefined,
  receivedAt: Date,
): StoredContactAttempt {
  const { id, attemptedAt, appointmentAt, ...rest } = attempt;
  const known = assignment?.waveId === attempt.waveId ? assignment : undefined;
  const reasons: ContactReason[] = [];
  if (known === undefined) reasons.push('unknown_assignment');
  else if (!mayIn(actor, 'field.work', known.region)) reasons.push('other_region');
  return {
    _id: id,
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
 * Takes a batch of contact attempts. Each is stored once under its own id; the same content again is a duplicate; other
 * content under a known id, and what belongs to no assignment of the sender's regions, is held without being counted.
 * A closed wave takes them too: they tell what happened while it was open.
 * @param values 1–200 of them, as parsed from JSON
 * @returns a receipt for each, in their order
 */
export async function acceptContactAttempts(
  deps: Deps,
  actor: SessionUser,
  values: readonly unknown[],
): Promise<ContactReceipt[]> {
  const arrivals = values.map(readArrival);
  const ids = arrivals.flatMap(({ attempt }) => attempt?.assignmentId ?? []);
  const assignments = await assignmentStore.listByIds([...new Set(ids)]);
  const known = new Map(assignments.map((assignment) => [assignment._id, assignment]));
  const receivedAt = deps.now();
  const documents = arrivals.flatMap(({ attempt, hash }) =>
    attempt && hash !== null
      ? asStored({ attempt, hash }, actor, known.get(attempt.assignmentId), receivedAt)
      : [],
  );
  const statuses = await storeOnce(documents);
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
  const held = await contactAttemptStore.hashes([...taken].map((place) => documents[place]!._id));
  const conflicts: StoredContactAttempt[] = [];
  const statuses = documents.map((document, place): Status => {
    if (!taken.has(place)) {
      const { keptAside } = document;
      return keptAside ? { status: 'quarantined', reasons: keptAside } : { status: 'stored' };
    }
    if (held.get(document._id) === document.hash) return { status: 'duplicate' };
    const reasons: ContactReason[] = [...(document.keptAside ?? []), 'conflict'];
    // Under an id of its own, so that the same conflict again is held once.
    const _id = `${document._id} ${document.hash}`;
    conflicts.push({ ...document, _id, keptAside: reasons });
    return { status: 'quarantined', reasons };
  });
  await contactAttemptStore.insertNew(conflicts);
  return statuses;
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
  const [attempts, interviews] = await Promise.all([
    contactAttemptStore.outcomes(waveId, regions),
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
