/**
 * Where each sealed interview stands on its way to the server: a pure state machine.
 * It knows no database, no network, no clock and no chance; all of them come in with the events.
 *
 * Two promises hold in any order of events, lost or repeated ones included:
 * an interview leaves the outbox only after a receipt with its own hash and a grace period,
 * and one interview that the server cannot take never stops the others.
 */
import type { InterviewReason, Receipt } from '@akimetr/api/contracts/interviews';
import type { FieldFault, ProblemCode } from '@akimetr/api/contracts/problem';

/** Why a person has to look: what the server said, or what it could not prove. */
export interface AttentionReason {
  readonly code: InterviewReason | 'receipt_mismatch' | 'not_accepted';
  readonly fields: readonly FieldFault[];
  /** The server's code when the whole message was turned down. */
  readonly problem?: ProblemCode;
}

export type Custody =
  | { readonly state: 'queued' }
  | { readonly state: 'sending' }
  | {
      readonly state: 'held';
      /** By the server's clock. */
      readonly receivedAt: string;
      /** By the server's clock; null until the server's time was learned after the receipt. */
      readonly graceEndsAt: string | null;
    }
  | {
      readonly state: 'attention';
      /** `unproven`: the server gave no receipt that counts. */
      readonly status: 'quarantined' | 'refused' | 'unproven';
      readonly reasons: readonly AttentionReason[];
    };

export interface OutboxEntry {
  readonly id: string;
  /** SHA-256 of the interview's canonical JSON, computed on this device. */
  readonly hash: string;
  readonly deviceSequence: number;
  /** Sendings in which the server failed, while this interview was in the batch. */
  readonly failures: number;
  readonly custody: Custody;
}

export interface Outbox {
  readonly entries: readonly OutboxEntry[];
  /** Sendings that failed one after another. */
  readonly failedAttempts: number;
  /** Monotonic milliseconds before which nothing is sent by itself; null when nothing holds it back. */
  readonly retryAt: number | null;
  /** The server wants the interviewer to sign in before it takes anything. */
  readonly signInNeeded: boolean;
}

export type OutboxEvent =
  | {
      readonly type: 'sealed';
      readonly id: string;
      readonly hash: string;
      readonly deviceSequence: number;
    }
  | { readonly type: 'batchStarted' }
  | {
      readonly type: 'receiptsArrived';
      readonly sentIds: readonly string[];
      readonly receipts: readonly Receipt[];
    }
  /** No answer: the server may or may not have what was sent. */
  | { readonly type: 'networkLost'; readonly now: number; readonly jitter01: number }
  /** The server said that it failed (5xx, 429). */
  | {
      readonly type: 'serverFailed';
      readonly now: number;
      readonly jitter01: number;
      readonly retryAfterMs?: number;
      /** False when the server is merely busy, so that no interview is suspected. */
      readonly suspectBatch: boolean;
    }
  /** The server turned the whole message down (4xx): one of its interviews is the cause. */
  | { readonly type: 'batchRefused'; readonly problem: ProblemCode }
  | { readonly type: 'signInNeeded' }
  | { readonly type: 'signedIn' }
  /** A new life of the app, or a new holder of the sending lock: nothing is on its way any more. */
  | { readonly type: 'restarted' }
  /** The interviewer does not want to wait. */
  | { readonly type: 'sendNow' }
  /** The interviewer sends again what needed attention. */
  | { readonly type: 'sendAgain'; readonly id: string }
  | { readonly type: 'serverTimeLearned'; readonly serverNow: string };

export const batchLimit = 50;
export const graceMs = 14 * 24 * 3600 * 1000;
const backoffBaseMs = 2_000;
const backoffLimitMs = 5 * 60_000;
/** After so many sendings without a receipt that counts, a person has to look. */
const unprovenLimit = 3;

export const emptyOutbox: Outbox = {
  entries: [],
  failedAttempts: 0,
  retryAt: null,
  signInNeeded: false,
};

/**
 * Time to wait after failures: doubles from 2 s to 5 min.
 * @param failedAttempts failures in a row, from 1
 * @param jitter01 0–1, uniform chance: the wait is 50–100 % of the full one, so that tablets do not come back together
 * @returns milliseconds
 */
export function backoffMs(failedAttempts: number, jitter01: number): number {
  const full = Math.min(backoffLimitMs, backoffBaseMs * 2 ** Math.max(0, failedAttempts - 1));
  return Math.round(full * (0.5 + jitter01 / 2));
}

/** Whether a batch may be started without being asked. @param now monotonic milliseconds */
export function isDue(outbox: Outbox, now: number): boolean {
  if (outbox.signInNeeded) return false;
  if (outbox.retryAt !== null && now < outbox.retryAt) return false;
  return outbox.entries.some(({ custody }) => custody.state === 'queued');
}

/** What is on its way now. */
export function sendingEntries(outbox: Outbox): readonly OutboxEntry[] {
  return outbox.entries.filter(({ custody }) => custody.state === 'sending');
}

/** Whether the server holds it, and a person there decides what becomes of it. */
export function waitsForPerson({ custody }: Pick<OutboxEntry, 'custody'>): boolean {
  return custody.state === 'attention' && custody.status === 'quarantined';
}

/** What the server has not proved to hold: it must not leave this device. */
export function unsentEntries(outbox: Outbox): readonly OutboxEntry[] {
  return outbox.entries.filter(({ custody }) => custody.state !== 'held');
}

/** The next state. An event that does not fit the state changes nothing. */
export function nextOutbox(outbox: Outbox, event: OutboxEvent): Outbox {
  switch (event.type) {
    case 'sealed':
      return withSealed(outbox, event);
    case 'batchStarted':
      return withBatch(outbox);
    case 'receiptsArrived':
      return withReceipts(outbox, event.sentIds, event.receipts);
    case 'networkLost':
      return delayed(
        requeued(outbox, 0),
        backoffMs(outbox.failedAttempts + 1, event.jitter01),
        event.now,
      );
    case 'serverFailed': {
      const waitMs = Math.max(
        backoffMs(outbox.failedAttempts + 1, event.jitter01),
        event.retryAfterMs ?? 0,
      );
      return delayed(requeued(outbox, event.suspectBatch ? 1 : 0), waitMs, event.now);
    }
    case 'batchRefused':
      return withRefusedBatch(outbox, event.problem);
    case 'signInNeeded':
      return { ...requeued(outbox, 0), signInNeeded: true };
    case 'signedIn':
      return {
        ...changed(outbox, onceMoreWithSession),
        signInNeeded: false,
        failedAttempts: 0,
        retryAt: null,
      };
    case 'restarted':
      return { ...requeued(outbox, 0), retryAt: null };
    case 'sendNow':
      return { ...outbox, retryAt: null };
    case 'sendAgain':
      return sentAgain(outbox, event.id);
    case 'serverTimeLearned':
      return { ...outbox, entries: afterGrace(outbox.entries, event.serverNow) };
  }
}

function withSealed(
  outbox: Outbox,
  { id, hash, deviceSequence }: Extract<OutboxEvent, { type: 'sealed' }>,
): Outbox {
  if (outbox.entries.some((entry) => entry.id === id)) return outbox;
  const entry: OutboxEntry = {
    id,
    hash,
    deviceSequence,
    failures: 0,
    custody: { state: 'queued' },
  };
  return { ...outbox, entries: [...outbox.entries, entry] };
}

/**
 * Those that failed least go first, in the order they were sealed. Entries that failed alike share a batch,
 * which halves with each failure: so a bad one is soon alone and the others are through.
 */
function withBatch(outbox: Outbox): Outbox {
  if (outbox.signInNeeded || sendingEntries(outbox).length > 0) return outbox;
  const queued = outbox.entries.filter(({ custody }) => custody.state === 'queued');
  if (queued.length === 0) return outbox;
  const fewest = Math.min(...queued.map(({ failures }) => failures));
  const size = Math.max(1, Math.floor(batchLimit / 2 ** fewest));
  const chosen = queued
    .filter(({ failures }) => failures === fewest)
    .sort((a, b) => a.deviceSequence - b.deviceSequence)
    .slice(0, size)
    .map(({ id }) => id);
  return changed(outbox, (entry) =>
    chosen.includes(entry.id) ? { ...entry, custody: { state: 'sending' } } : entry,
  );
}

/**
 * Receipts count whenever they come, also late or twice: the hash is the proof, not the moment.
 * Whatever of the batch has no receipt that counts goes back to the queue.
 */
function withReceipts(
  outbox: Outbox,
  sentIds: readonly string[],
  receipts: readonly Receipt[],
): Outbox {
  const settled = changed(outbox, (entry) => {
    const custody = custodyBy(entry, receipts);
    if (custody) return { ...entry, failures: 0, custody };
    if (entry.custody.state === 'sending' && sentIds.includes(entry.id)) return unproven(entry);
    if (entry.custody.state === 'queued' && entry.failures > 0) {
      // The server works again: what only stood in a bad batch is trusted step by step.
      return { ...entry, failures: entry.failures - 1 };
    }
    return entry;
  });
  return { ...settled, failedAttempts: 0, retryAt: null };
}

/** What the receipts prove about an entry; null when nothing new. */
function custodyBy(entry: OutboxEntry, receipts: readonly Receipt[]): Custody | null {
  if (entry.custody.state === 'held') return null;
  const own = receipts.filter(
    ({ id, hash }) => hash === entry.hash && (id === entry.id || id === null),
  );
  const taken = own.find(({ status }) => status === 'stored' || status === 'duplicate');
  if (taken) return { state: 'held', receivedAt: taken.receivedAt, graceEndsAt: null };
  const turnedDown = own.find(({ status }) => status === 'quarantined' || status === 'refused');
  if (!turnedDown || entry.custody.state === 'attention') return null;
  return {
    state: 'attention',
    status: turnedDown.status === 'refused' ? 'refused' : 'quarantined',
    reasons: turnedDown.reasons ?? [],
  };
}

function unproven(entry: OutboxEntry): OutboxEntry {
  const failures = entry.failures + 1;
  if (failures < unprovenLimit) return { ...entry, failures, custody: { state: 'queued' } };
  return {
    ...entry,
    failures,
    custody: attentionBecause({ code: 'receipt_mismatch', fields: [] }),
  };
}

const attentionBecause = (reason: AttentionReason): Custody => ({
  state: 'attention',
  status: 'unproven',
  reasons: [reason],
});

function withRefusedBatch(outbox: Outbox, problem: ProblemCode): Outbox {
  const alone = sendingEntries(outbox).length === 1;
  if (!alone) return { ...requeued(outbox, 1), retryAt: null };
  return changed(outbox, (entry) =>
    entry.custody.state === 'sending'
      ? { ...entry, custody: attentionBecause({ code: 'not_accepted', fields: [], problem }) }
      : entry,
  );
}

const requeued = (outbox: Outbox, moreFailures: 0 | 1): Outbox =>
  changed(outbox, (entry) =>
    entry.custody.state === 'sending'
      ? { ...entry, failures: entry.failures + moreFailures, custody: { state: 'queued' } }
      : entry,
  );

/** What waits for a person only because nobody was signed in is handed in once more, in the ordinary way. */
function onceMoreWithSession(entry: OutboxEntry): OutboxEntry {
  const { custody } = entry;
  const onlyForThat =
    custody.state === 'attention' &&
    custody.status === 'quarantined' &&
    custody.reasons.length > 0 &&
    custody.reasons.every(({ code }) => code === 'session_expired');
  return onlyForThat ? { ...entry, failures: 0, custody: { state: 'queued' } } : entry;
}

const delayed = (outbox: Outbox, waitMs: number, now: number): Outbox => ({
  ...outbox,
  failedAttempts: outbox.failedAttempts + 1,
  retryAt: now + waitMs,
});

const sentAgain = (outbox: Outbox, id: string): Outbox =>
  changed({ ...outbox, retryAt: null }, (entry) =>
    entry.id === id && entry.custody.state === 'attention'
      ? { ...entry, failures: 0, custody: { state: 'queued' } }
      : entry,
  );

/** The grace begins when the server's time is first learned after the receipt: a tablet's clock decides nothing. */
function afterGrace(entries: readonly OutboxEntry[], serverNow: string): OutboxEntry[] {
  const now = Date.parse(serverNow);
  return entries.flatMap((entry) => {
    if (entry.custody.state !== 'held') return [entry];
    const { graceEndsAt } = entry.custody;
    if (graceEndsAt !== null) return Date.parse(graceEndsAt) <= now ? [] : [entry];
    const ends = new Date(now + graceMs).toISOString();
    return [{ ...entry, custody: { ...entry.custody, graceEndsAt: ends } }];
  });
}

function changed(outbox: Outbox, change: (entry: OutboxEntry) => OutboxEntry): Outbox {
  return { ...outbox, entries: outbox.entries.map(change) };
}

/**
 * The short code that an interviewer writes down and a supervisor finds again: the first eight
 * hexadecimal digits of the interview's hash.
 */
export function receiptCode(hash: string): string {
  return `${hash.slice(0, 4)}-${hash.slice(4, 8)}`.toUpperCase();
}
