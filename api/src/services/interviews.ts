import { randomUUID, createHash } from 'node:crypto';
import { canonicalJson } from '../contracts/canonical-json.ts';
import { faultMessage } from '../contracts/fault-messages.ts';
import {
  interviewCircumstances,
  type InterviewCircumstances,
} from '../contracts/interview-circumstances.ts';
import {
  interviewInput,
  type InterviewInput,
  type InterviewReason,
  type Receipt,
} from '../contracts/interviews.ts';
import type { FieldFault } from '../contracts/problem.ts';
import type { SessionUser } from '../contracts/session.ts';
import { mayIn } from '../domain/permissions.ts';
import { scoreAnswers } from '../domain/scoring.ts';
import { estimateStore, type StaleAkim } from '../models/estimates.ts';
import { interviewStore, type StoredInterview } from '../models/interviews.ts';
import { quarantineStore } from '../models/quarantine.ts';
import { Problem } from '../problem.ts';
import type { Deps } from './deps.ts';
import type { HandIn } from './devices.ts';
import { Joined } from './joined.ts';
import { loadContext, type InterviewContext } from './interview-context.ts';
import { estimateUnseen } from './reconcile-estimates.ts';
import { hostileReason } from './hostile-json.ts';

export interface Reason {
  code: InterviewReason;
  fields: FieldFault[];
}

/** One thing of a batch on its way: what came, what could be read, what is wrong with it. */
interface Arrival {
  place: number;
  raw: Buffer;
  hash: string;
  input: InterviewInput | null;
  /** The id as it came, when it is at least text: for the receipt and the one who looks at it. */
  id: string | null;
  /** Which of a device's interviews it is, as far as that could be read. */
  deviceId: string | null;
  deviceSequence: number | null;
  reasons: Reason[];
}

const sha256Of = (bytes: Buffer | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** An interview is some kilobytes; the database itself would refuse one of 16 MB, and with it those beside it. */
const largestBytes = 1_000_000;

/** @param body all that came: kept in place of a thing that cannot be written down on its own */
export function readArrival(value: unknown, place: number, body: Buffer): Arrival {
  const refusal = (fields: FieldFault[]): Reason[] => [{ code: 'unreadable', fields }];
  const unknown = { input: null, id: null, deviceId: null, deviceSequence: null };
  const hostile = hostileReason(value);
  if (hostile !== null) {
    const reasons = refusal([{ path: `interviews.${place}`, message: hostile }]);
    return { place, raw: body, hash: sha256Of(body), ...unknown, reasons };
  }
  const raw = Buffer.from(canonicalJson(value));
  if (raw.length > largestBytes) {
    const message = faultMessage('too_large', { bytes: largestBytes });
    const reasons = refusal([{ path: `interviews.${place}`, message }]);
    return { place, raw, hash: sha256Of(raw), ...unknown, reasons };
  }
  const parsed = interviewInput.safeParse(value);
  const id = (value as { id?: unknown } | null)?.id;
  const faults = parsed.success ? [] : parsed.error.issues.slice(0, 50);
  return {
    place,
    raw,
    hash: sha256Of(raw),
    input: parsed.success ? parsed.data : null,
    id: typeof id === 'string' ? id.slice(0, 100) : null,
    ...deviceNumberOf(value),
    reasons: parsed.success
      ? []
      : refusal(
          faults.map((issue) => ({
            path: ['interviews', place, ...issue.path.map(String)].join('.'),
            message: issue.message,
          })),
        ),
  };
}

const deviceNumber = interviewInput.pick({ deviceId: true, deviceSequence: true }).strip();

/** The device's number of a thing whose rest may be unreadable. */
function deviceNumberOf(value: unknown): Pick<Arrival, 'deviceId' | 'deviceSequence'> {
  const parsed = deviceNumber.safeParse(value);
  return parsed.success ? parsed.data : { deviceId: null, deviceSequence: null };
}

/** Every reason why an interview cannot be stored, from what the server knows. */
export function reasonsAgainst(
  { actor, held, permission }: HandIn,
  input: InterviewInput,
  context: InterviewContext,
): Reason[] {
  const reasons: Reason[] = [];
  const add = (code: InterviewReason, fields: FieldFault[] = []) => reasons.push({ code, fields });
  const { waves, assignments, questionnaires } = context;
  const wave = waves.get(input.waveId);
  const assignment = assignments.get(input.assignmentId);
  const revoked = context.revokedDevices.has(input.deviceId);
  if (held !== null) add(held.code);
  else if (revoked) add('device_revoked');
  if (held !== null && held.deviceId !== input.deviceId) add('other_device');
  if (wave === undefined) add('unknown_wave');
  else if (wave.status !== 'open') add('wave_not_open');
  if (assignment === undefined || assignment.waveId !== input.waveId) add('unknown_assignment');
  else {
    if (assignment.akimId !== input.akimId) add('unknown_akim');
    if (!mayIn(actor, permission, assignment.region)) add('other_region');
  }
  const version = questionnaires.get(questionnaireKey(input));
  if (version === undefined) add('unknown_questionnaire');
  else if (version.hash !== input.questionnaire.hash) add('questionnaire_changed');
  else {
    const fields = version.check(input.answers);
    if (fields.length > 0) add('invalid_answers', fields.slice(0, 100));
  }
  return reasons;
}

export const questionnaireKey = ({ waveId, questionnaire }: InterviewInput): string =>
  `${waveId} ${questionnaire.code}@${questionnaire.version}`;

function asStored(
  arrival: Arrival & { input: InterviewInput },
  actor: SessionUser,
  context: InterviewContext,
  receivedAt: Date,
): StoredInterview {
  const { input, hash } = arrival;
  const assignment = context.assignments.get(input.assignmentId)!;
  const { plan } = context.questionnaires.get(questionnaireKey(input))!;
  const { clustersInPopulation } = assignment.samplingPoint;
  const scores = Object.entries(scoreAnswers(plan, input.answers)).filter(
    (entry): entry is [string, number] => entry[1] !== null,
  );
  return {
    _id: input.id,
    waveId: input.waveId,
    akimId: input.akimId,
    level: assignment.level,
    region: assignment.region,
    assignmentId: assignment._id,
    interviewerId: assignment.interviewerId,
    submittedBy: actor.id,
    questionnaire: `${input.questionnaire.code}@${input.questionnaire.version}`,
    language: input.language,
    stratum: assignment.samplingPoint.stratum,
    cluster: assignment.samplingPoint.code,
    ...(clustersInPopulation !== undefined && { clustersInPopulation }),
    baseWeight: assignment.baseWeight,
    answers: input.answers,
    scores: Object.fromEntries(scores),
    hash,
    startedAt: new Date(input.startedAt),
    completedAt: new Date(input.completedAt),
    durationMs: input.durationMs,
    deviceId: input.deviceId,
    deviceSequence: input.deviceSequence,
    appVersion: input.appVersion,
    receivedAt,
    ...circumstancesOf(input),
  };
}

/** What the app that sealed it told of these; an older one tells less. */
function circumstancesOf(input: InterviewInput): InterviewCircumstances {
  const told = Object.keys(interviewCircumstances).filter((name) => name in input);
  return Object.fromEntries(told.map((name) => [name, input[name as keyof InterviewInput]]));
}

type Readable = Arrival & { input: InterviewInput };
export const isReadable = (arrival: Arrival): arrival is Readable => arrival.input !== null;

/** Inserts what is good. @returns places whose interview is stored now */
export async function storeGood(
  deps: Deps,
  actor: SessionUser,
  good: readonly Readable[],
  context: InterviewContext,
  receivedAt: Date,
): Promise<Set<number>> {
  // Twice the same id in one batch: the first is inserted, the others are compared with it afterwards.
  const first = new Map(good.toReversed().map((arrival) => [arrival.input.id, arrival]));
  const arrivals = [...first.values()];
  if (arrivals.length === 0) return new Set();
  const documents = arrivals.map((arrival) => asStored(arrival, actor, context, receivedAt));
  const isStored = await storing.run(documents);
  if (isStored.includes(true)) deps.wakeEstimator();
  return new Set(arrivals.filter((_, at) => isStored[at]).map(({ place }) => place));
}

/** Inserts, then asks for new estimates: an estimate made in between would miss the interview. */
const storing = new Joined<StoredInterview, boolean>(async (documents) => {
  const taken = await interviewStore.insertNew(documents);
  await estimateStore.markStale(staleAkims(documents.filter((_, place) => !taken.has(place))));
  return documents.map((_, place) => !taken.has(place));
}, 500);

function staleAkims(stored: readonly StoredInterview[]): StaleAkim[] {
  const akims = new Map<string, StaleAkim>();
  for (const { waveId, akimId, level, region } of stored) {
    akims.set(`${waveId} ${akimId}`, { waveId, akimId, level, region });
  }
  return [...akims.values()];
}

/**
 * Takes a batch of sealed interviews. Each is stored once under its own id; the same content again is a
 * duplicate; whatever is not stored is kept as it came, for a person to decide.
 * @param values 1–200 of them, as parsed from JSON
 * @param handIn who hands in; when a tablet does so without a session, all of it is kept aside
 * @param body the bytes they came in
 * @returns a receipt for each, in their order
 * @throws Problem with the receipts when not one of them could be read
 */
export async function acceptInterviews(
  deps: Deps,
  handIn: HandIn,
  values: readonly unknown[],
  body: Buffer,
): Promise<Receipt[]> {
  const { actor } = handIn;
  const receivedAt = deps.now();
  const arrivals = values.map((value, place) => readArrival(value, place, body));
  const readable = arrivals.filter(isReadable);
  const context = await loadContext(
    deps,
    readable.map(({ input }) => input),
  );
  for (const arrival of readable) {
    arrival.reasons.push(...reasonsAgainst(handIn, arrival.input, context));
  }
  const good = readable.filter(({ reasons }) => reasons.length === 0);
  const stored = await storeGood(deps, actor, good, context, receivedAt);
  const open = arrivals.filter(({ place }) => !stored.has(place));
  const known = await knownHashes(open);
  const receipts = new Map<number, Receipt>();
  for (const arrival of open) {
    receipts.set(arrival.place, await settle(arrival, known, actor, context, receivedAt));
  }
  const again = readable.filter(({ place }) => receipts.get(place)?.status === 'duplicate');
  await estimateUnseen(
    deps,
    again.map(({ input }) => input),
  );
  const all = arrivals.map(
    ({ place, id, hash }): Receipt =>
      receipts.get(place) ?? { id, status: 'stored', hash, receivedAt: receivedAt.toISOString() },
  );
  if (readable.length === 0) {
    const fields = arrivals.flatMap(({ reasons }) => reasons.flatMap((reason) => reason.fields));
    throw new Problem('invalid_input', { fields: fields.slice(0, 100), receipts: all });
  }
  return all;
}

async function knownHashes(arrivals: readonly Arrival[]): Promise<Map<string, string>> {
  const ids = arrivals.flatMap(({ input }) => (input ? [input.id] : []));
  return ids.length === 0 ? new Map() : interviewStore.hashes(ids);
}

/** What was not inserted: a duplicate of what is stored, or kept aside with every reason. */
async function settle(
  arrival: Arrival,
  known: ReadonlyMap<string, string>,
  actor: SessionUser,
  context: InterviewContext,
  receivedAt: Date,
): Promise<Receipt> {
  const { id, hash, input } = arrival;
  const held = input ? known.get(input.id) : undefined;
  // Known content is held, whatever has happened to the wave or the account since.
  if (held === hash) return { id, status: 'duplicate', hash, receivedAt: receivedAt.toISOString() };
  const reasons: Reason[] = [
    ...arrival.reasons,
    ...(held === undefined ? [] : [{ code: 'conflict' as const, fields: [] }]),
  ];
  const status = input === null ? 'refused' : 'quarantined';
  const region = input && context.assignments.get(input.assignmentId)?.region;
  await quarantineStore.keep({
    _id: randomUUID(),
    interviewId: id,
    waveId: input?.waveId ?? null,
    regions: region ? [region] : actor.regions,
    status,
    reasons,
    hash,
    submittedBy: actor.id,
    receivedAt,
    sizeBytes: arrival.raw.length,
    raw: arrival.raw,
    deviceId: arrival.deviceId,
    deviceSequence: arrival.deviceSequence,
  });
  return { id, status, hash, receivedAt: receivedAt.toISOString(), reasons };
}

/** Keeps a body that is no batch at all, as it came. */
export async function keepUnreadableBody(
  deps: Deps,
  actor: SessionUser,
  raw: Buffer,
  fields: FieldFault[],
): Promise<void> {
  await quarantineStore.keep({
    _id: randomUUID(),
    interviewId: null,
    waveId: null,
    regions: actor.regions,
    status: 'refused',
    reasons: [{ code: 'unreadable', fields: fields.slice(0, 50) }],
    hash: sha256Of(raw),
    submittedBy: actor.id,
    receivedAt: deps.now(),
    sizeBytes: raw.length,
    raw,
    deviceId: null,
    deviceSequence: null,
  });
}
