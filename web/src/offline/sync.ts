import { ApiProblem, NetworkProblem } from '../lib/problems.ts';
import { currentAccount } from './accounts.ts';
import { sendContacts } from './contacts.ts';
import type { FieldDatabase } from './database.ts';
import { deviceReport } from './device-report.ts';
import type { FieldApi } from './field-api.ts';
import { currentPackage, storePackage } from './field-package.ts';
import { syncLock } from './locks.ts';
import { VaultLocked } from './open-vault.ts';
import { isDue, sendingEntries } from './outbox.ts';
import type { Outbox, OutboxEvent } from './outbox.ts';
import { applyToOutbox, noWaiting, readOutbox, sealedTexts } from './outbox-store.ts';
import type { Patience } from './outbox-store.ts';
import { isOpen, keepRecovery } from './vault.ts';
import type { TabletFacts } from './this-tablet.ts';

/** How the last contact with the server ended. */
export type SyncOutcome =
  | 'never'
  | 'done'
  | 'no-network'
  | 'server-failed'
  | 'sign-in-needed'
  /** What waits is encrypted, and the PIN was not entered. */
  | 'locked'
  /** The tablet was withdrawn: it hands in what it has, and takes no more. */
  | 'device-revoked'
  /** Writing or reading on this device failed: it may be full. */
  | 'device-failed';

export interface SyncState {
  readonly running: boolean;
  /** Of this run: interviews with an answer from the server, of all there were to send. */
  readonly answered: number;
  readonly total: number;
  readonly outcome: SyncOutcome;
  /** The failure behind `device-failed` or `server-failed`, for the screen to put into words. */
  readonly error: unknown;
}

export interface SyncSurroundings {
  readonly db: FieldDatabase;
  readonly api: FieldApi;
  /** Milliseconds of a clock that nobody can set. */
  readonly monotonicNow: () => number;
  readonly now: () => Date;
  /** Uniform in 0–1. */
  readonly chance01: () => number;
  readonly withLock: <T>(name: string, work: () => Promise<T>) => Promise<T | null>;
  /** Calls back after some milliseconds; returns how to give it up. */
  readonly describeTablet: () => Promise<TabletFacts>;
  readonly appVersion: string;
  readonly later: (ms: number, work: () => void) => () => void;
}

export interface Sync {
  readonly state: () => SyncState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Sends what is due and looks for a newer package. Resolves when the run is over. */
  readonly run: () => Promise<void>;
  /** The same without waiting out a backoff: somebody asked for it. */
  readonly runNow: () => Promise<void>;
  /** Somebody signed in: what was held back for that may go. */
  readonly signedIn: () => void;
  /** Sends once more what needed attention. */
  readonly sendAgain: (id: string) => Promise<void>;
  readonly stop: () => void;
}

/** A network that is back may still stumble: what failed without it no longer counts against the next try. */
const afresh = { failedAttempts: 0, retryAt: null };

/** The only one who talks to the server about interviews and packages. */
export function createSync(surroundings: SyncSurroundings): Sync {
  const { db, api, monotonicNow, now, chance01, withLock, later } = surroundings;
  let state: SyncState = { running: false, answered: 0, total: 0, outcome: 'never', error: null };
  let patience: Patience = noWaiting;
  let cancelRetry = () => {};
  let running: Promise<void> | null = null;
  let askedMeanwhile = false;
  let askedNow = false;
  const listeners = new Set<() => void>();

  const show = (change: Partial<SyncState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };

  const tell = async (interviewerId: string, event: OutboxEvent): Promise<Outbox> => {
    const outbox = await applyToOutbox(db, interviewerId, patience, event, now());
    const { failedAttempts, retryAt, signInNeeded } = outbox;
    patience = { failedAttempts, retryAt, signInNeeded };
    return outbox;
  };

  /** What a failed call means for the outbox, and for the person. */
  const failed = async (interviewerId: string, error: unknown): Promise<SyncOutcome> => {
    const moment = { now: monotonicNow(), jitter01: chance01() };
    if (error instanceof NetworkProblem) {
      await tell(interviewerId, { type: 'networkLost', ...moment });
      return 'no-network';
    }
    if (!(error instanceof ApiProblem)) throw error;
    if (error.status === 401 || error.status === 403) {
      await tell(interviewerId, { type: 'signInNeeded' });
      return 'sign-in-needed';
    }
    const busy = error.status === 429 || error.status === 503;
    const retryAfterMs = (error.retryAfterS ?? 0) * 1000;
    await tell(interviewerId, {
      type: 'serverFailed',
      ...moment,
      retryAfterMs,
      suspectBatch: !busy,
    });
    return 'server-failed';
  };

  /** Sends batch after batch until nothing is queued or nothing gets through. */
  const sendAll = async (interviewerId: string): Promise<void> => {
    let outbox = await tell(interviewerId, { type: 'restarted' });
    const total = outbox.entries.filter(({ custody }) => custody.state === 'queued').length;
    show({ total, answered: 0 });
    // What is encrypted can be read only while its interviewer's PIN is entered.
    while (isOpen(db, interviewerId) && isDue(outbox, monotonicNow())) {
      outbox = await tell(interviewerId, { type: 'batchStarted' });
      outbox = await sendBatch(interviewerId, outbox);
      const left = outbox.entries.filter(({ custody }) => custody.state === 'queued').length;
      show({ answered: Math.max(0, total - left) });
    }
  };

  const sendBatch = async (interviewerId: string, outbox: Outbox): Promise<Outbox> => {
    const sentIds = sendingEntries(outbox).map(({ id }) => id);
    const texts = await sealedTexts(db, sentIds);
    try {
      const receipts = texts.length > 0 ? await api.submit(texts) : [];
      return await tell(interviewerId, { type: 'receiptsArrived', sentIds, receipts });
    } catch (error) {
      const splits = error instanceof ApiProblem && isAboutTheBatch(error.status);
      if (!splits) throw error;
      return tell(interviewerId, { type: 'batchRefused', problem: error.code });
    }
  };

  const refreshPackage = async (interviewerId: string): Promise<void> => {
    const current = await currentPackage(db, interviewerId);
    const { content, etag, serverNow } = await api.fetchPackage(current?.etag ?? null);
    const deviceNow = now();
    if (content) await storePackage(db, content, etag, deviceNow);
    const rescueKey = (content ?? current?.content)?.rescueKey;
    if (rescueKey && isOpen(db, interviewerId)) await keepRecovery(db, interviewerId, rescueKey);
    const clockOffsetMs = serverNow && serverNow.getTime() - deviceNow.getTime();
    await db.accounts.update(interviewerId, {
      lastSyncAt: deviceNow.toISOString(),
      ...(clockOffsetMs !== null && { clockOffsetMs }),
    });
    if (serverNow) {
      await tell(interviewerId, { type: 'serverTimeLearned', serverNow: serverNow.toISOString() });
    }
  };

  /** Tells how the tablet is, and learns what became of what waits for a person. @returns whether it was withdrawn */
  const report = async (interviewerId: string): Promise<boolean> => {
    const { describeTablet, appVersion } = surroundings;
    const told = await deviceReport(db, interviewerId, await describeTablet(), appVersion, now());
    const { revoked, receipts } = await api.report(told);
    if (receipts.length > 0) {
      await tell(interviewerId, { type: 'receiptsArrived', sentIds: [], receipts });
    }
    return revoked;
  };

  /** The whole conversation, as the interviewer who works on this device and nobody else. */
  const converse = async (interviewerId: string): Promise<SyncOutcome> => {
    try {
      const user = await api.sessionUser();
      if (user !== null && user.id !== interviewerId) {
        await tell(interviewerId, { type: 'signInNeeded' });
        return 'sign-in-needed';
      }
      if (user !== null) await tell(interviewerId, { type: 'signedIn' });
      // When the session has ended the tablet's own credential hands in what was sealed and written down.
      await sendAll(interviewerId);
      if (user !== null) await refreshPackage(interviewerId);
      await sendContacts(db, api, interviewerId, user !== null);
      if (await report(interviewerId)) return 'device-revoked';
      return user === null ? 'sign-in-needed' : 'done';
    } catch (error) {
      // Locked in the middle of it: what was on its way waits for the PIN.
      if (error instanceof VaultLocked) return 'locked';
      show({ error });
      return failed(interviewerId, error);
    }
  };

  const once = async (): Promise<void> => {
    const account = await currentAccount(db);
    if (!account) return;
    show({ running: true, answered: 0, total: 0, error: null });
    let outcome: SyncOutcome = 'device-failed';
    try {
      outcome = (await withLock(syncLock, () => converse(account.interviewerId))) ?? state.outcome;
    } catch (error) {
      show({ error });
    } finally {
      show({ running: false, outcome });
      planRetry();
    }
  };

  const planRetry = () => {
    cancelRetry();
    if (patience.retryAt === null) return;
    cancelRetry = later(Math.max(0, patience.retryAt - monotonicNow()), () => void run());
  };

  /** Whether an interview could go now. */
  const isSomethingDue = async (): Promise<boolean> => {
    const account = await currentAccount(db);
    if (!account || !isOpen(db, account.interviewerId)) return false;
    return isDue(await readOutbox(db, account.interviewerId, patience), monotonicNow());
  };

  /** What was sealed or unlocked when a run was past sending would otherwise wait for the next chance. */
  const untilDone = async (): Promise<void> => {
    do {
      askedMeanwhile = false;
      if (askedNow) patience = { ...patience, ...afresh };
      askedNow = false;
      await once();
    } while (askedNow || (askedMeanwhile && (await isSomethingDue())));
  };

  const run = (): Promise<void> => {
    if (patience.retryAt !== null && monotonicNow() < patience.retryAt) return Promise.resolve();
    askedMeanwhile = true;
    running ??= untilDone()
      .catch((error: unknown) => show({ running: false, outcome: 'device-failed', error }))
      .finally(() => (running = null));
    return running;
  };

  const runNow = (): Promise<void> => {
    patience = { ...patience, ...afresh };
    // The run under way may have met the dead line already: the network that is back deserves a try of its own.
    askedNow = running !== null;
    return run();
  };

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    run,
    runNow,
    signedIn: () => (patience = noWaiting),
    sendAgain: async (id) => {
      const account = await currentAccount(db);
      if (account) await tell(account.interviewerId, { type: 'sendAgain', id });
      await runNow();
    },
    stop: () => cancelRetry(),
  };
}

/** Statuses by which the server says that this message is wrong, whoever sends it and whenever. */
const isAboutTheBatch = (status: number): boolean =>
  status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
