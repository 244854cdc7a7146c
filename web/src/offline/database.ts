import Dexie from 'dexie';
import type { EntityTable, Transaction } from 'dexie';
import type { Assignment } from '@akimetr/api/contracts/assignments';
import type { Locale } from '@akimetr/api/contracts/common';
import type { Location, Selection } from '@akimetr/api/contracts/interview-circumstances';
import type { FieldPackage } from '@akimetr/api/contracts/interviews';
import type { QuestionnaireVersion } from '@akimetr/api/contracts/questionnaires';
import type { SessionUser } from '@akimetr/api/contracts/session';
import type { Bytes } from '@akimetr/api/contracts/encryption';
import type { Adult } from '@akimetr/api/domain/respondent-selection';
import type { OutboxEntry } from './outbox.ts';
import { databaseName } from './database-name.ts';
import { nothingOpen } from './open-vault.ts';
import type { OpenVault } from './open-vault.ts';

/** The device itself: one row. */
export interface DeviceRow {
  key: 'device';
  /** Made once, the first time the app runs here. */
  deviceId: string;
  /** Interviews sealed on this device so far; the next one takes the next number. */
  lastSequence: number;
  /** Who works on the device now; null when nobody is signed in. */
  interviewerId: string | null;
  /** Signed out without network: the server's session still has to be ended. */
  signOutOwed: boolean;
  /** Whether its server's data are synthetic; none until the tablet has heard it. */
  synthetic?: boolean;
}

/** Somebody who signed in on this device, and how things stand with the server. */
export interface AccountRow {
  interviewerId: string;
  user: SessionUser;
  /** The package in use; null before the first download. */
  packageId: string | null;
  /** By this device's clock. */
  lastSyncAt: string | null;
  /** Server's clock minus this device's; null until known. */
  clockOffsetMs: number | null;
}

/** A package as it was downloaded, whole. */
export interface PackageRow {
  id: string;
  interviewerId: string;
  etag: string | null;
  /** SHA-256 of its canonical JSON. */
  hash: string;
  storedAt: string;
  content: FieldPackage;
}

/** The part of an assignment that an interview goes on needing when the assignment is gone. */
export type Place = Pick<
  Assignment,
  'id' | 'waveId' | 'akimId' | 'office' | 'territoryName' | 'samplingPoint'
>;

/** A data key as it is kept for the one who knows the PIN. */
export interface PinWrap {
  salt: Bytes;
  /** Of PBKDF2-SHA-256. */
  iterations: number;
  wrapped: Bytes;
  /** Nothing, encrypted with the data key: tells whether another key is the same one. */
  check: Bytes;
}

/** How the data key of an interviewer is kept on this device; see vault.ts. */
export interface VaultRow {
  interviewerId: string;
  pin: PinWrap;
  /** The data key in a box for the server; null until the server's public key was learned. */
  recovery: { keyId: string; box: Bytes } | null;
  /** In a row; each is counted before it is tried. */
  wrongPins: number;
}

/** Encrypted with the interviewer's data key; text where version 1 left it plain, until the PIN is set. */
export type Protected = Bytes | string;

/** What changes with every answer; encrypted as one piece. */
export interface DraftContent {
  answers: Record<string, unknown>;
  pageNo: number;
  /** survey-core's own: page, collapsed parts, random seed. */
  uiState: unknown;
  language: Locale;
  /** Adults of the household, until one of them is chosen. */
  roster?: Adult[];
  selection?: Selection;
  location?: Location;
  /** Question → remark. */
  notes?: Record<string, string>;
  /** Page → milliseconds. */
  pageTimes?: Record<string, number>;
  /** The part the respondent answers alone: under way, or closed for good. */
  privateBlock?: 'open' | 'ended';
}

/** An interview begun and not sealed, as it is worked with. */
export interface DraftRow extends Omit<StoredDraft, 'content'> {
  content: DraftContent;
}

/** An interview begun and not sealed, as it is on the disk. */
export interface StoredDraft {
  id: string;
  interviewerId: string;
  assignmentId: string;
  /** Number of the household on the route; none in a draft of an older app. */
  household?: number;
  place: Place;
  questionnaire: Pick<QuestionnaireVersion, 'code' | 'version' | 'hash'>;
  /** Fixes the order of randomised choices for the whole interview. */
  randomSeed: number;
  startedAt: string;
  savedAt: string;
  /** By a monotonic clock, over all the times the draft was open. */
  elapsedMs: number;
  /** How many questions have an answer. */
  answered: number;
  /** JSON of the DraftContent. */
  content: Protected;
}

/** The journey of one sealed interview; its content is in `sealed`. */
export interface OutboxRow extends OutboxEntry {
  interviewerId: string;
  assignmentId: string;
  household?: number;
  place: Place;
  sealedAt: string;
  /** When the state last changed, by this device's clock. */
  changedAt: string;
}

/** The canonical JSON of a sealed interview: written once, never changed. */
export interface SealedRow {
  id: string;
  interviewerId: string;
  content: Protected;
}

/** One attempt at one household, until the server has it and its assignment is over. */
export interface ContactRow {
  id: string;
  interviewerId: string;
  assignmentId: string;
  household: number;
  /**
   * `kept`: the server has it and does not count it while the session has ended or the tablet is withdrawn; with a
   * session it is sent again. `attention`: the server did not take it; it is sent again each time.
   */
  state: 'queued' | 'held' | 'kept' | 'attention';
  hash: string;
  /** Canonical JSON of the attempt. */
  content: Protected;
}

export interface FieldDatabase extends Dexie {
  device: EntityTable<DeviceRow, 'key'>;
  accounts: EntityTable<AccountRow, 'interviewerId'>;
  packages: EntityTable<PackageRow, 'id'>;
  /** Versions that a draft needs, also when the package has moved on. */
  questionnaires: EntityTable<QuestionnaireVersion, 'hash'>;
  drafts: EntityTable<StoredDraft, 'id'>;
  outbox: EntityTable<OutboxRow, 'id'>;
  sealed: EntityTable<SealedRow, 'id'>;
  contacts: EntityTable<ContactRow, 'id'>;
  vaults: EntityTable<VaultRow, 'interviewerId'>;
  /** Not on the disk: whose data this tab can read now. */
  readonly vault: OpenVault;
}

/** Opens the tablet's database. Every write is on the disk before it counts, against a dying battery. */
export function openFieldDatabase(name = databaseName): FieldDatabase {
  const db = new Dexie(name, {
    chromeTransactionDurability: 'strict',
    // What was read is never kept in its stead: drafts are written past Dexie (see saveDraft).
    cache: 'disabled',
  }) as Omit<FieldDatabase, 'vault'>;
  db.version(1).stores({
    device: 'key',
    accounts: 'interviewerId',
    packages: 'id, interviewerId',
    questionnaires: 'hash',
    drafts: 'id, interviewerId',
    outbox: 'id, interviewerId',
    sealed: 'id',
  });
  db.version(2).stores({ vaults: 'interviewerId' }).upgrade(makeProtectable);
  db.version(3).stores({ contacts: 'id, interviewerId' });
  return Object.assign(db, { vault: nothingOpen() });
}

/** Version 1 kept answers in plain; they stay so until their interviewer sets a PIN (see createVault). */
async function makeProtectable(transaction: Transaction): Promise<void> {
  await transaction
    .table('drafts')
    .toCollection()
    .modify((draft: { content: DraftContent }) => {
      const { content } = draft;
      Object.assign(draft, protectable(content));
    });
  await transaction
    .table('sealed')
    .toCollection()
    .modify((sealed: { text?: string }) => {
      Object.assign(sealed, { content: sealed.text });
      delete sealed.text;
    });
}

/** The two columns of a draft that say what was answered. */
export const protectable = (content: DraftContent): { answered: number; content: string } => ({
  answered: Object.keys(content.answers).length,
  content: JSON.stringify(content),
});

/** The device's row, made the first time. */
export async function thisDevice(db: FieldDatabase): Promise<DeviceRow> {
  return db.transaction('rw', db.device, async () => {
    const known = await db.device.get('device');
    if (known) return known;
    const made: DeviceRow = {
      key: 'device',
      deviceId: crypto.randomUUID(),
      lastSequence: 0,
      interviewerId: null,
      signOutOwed: false,
    };
    await db.device.add(made);
    return made;
  });
}
