import Dexie from 'dexie';
import type { EntityTable } from 'dexie';
import type { Assignment } from '@akimetr/api/contracts/assignments';
import type { Locale } from '@akimetr/api/contracts/common';
import type { FieldPackage } from '@akimetr/api/contracts/interviews';
import type { QuestionnaireVersion } from '@akimetr/api/contracts/questionnaires';
import type { SessionUser } from '@akimetr/api/contracts/session';
import type { OutboxEntry } from './outbox.ts';

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

/** What changes with every answer; later encrypted as one piece. */
export interface DraftContent {
  answers: Record<string, unknown>;
  pageNo: number;
  /** survey-core's own: page, collapsed parts, random seed. */
  uiState: unknown;
  language: Locale;
}

/** An interview begun and not sealed. */
export interface DraftRow {
  id: string;
  interviewerId: string;
  assignmentId: string;
  place: Place;
  questionnaire: Pick<QuestionnaireVersion, 'code' | 'version' | 'hash'>;
  /** Fixes the order of randomised choices for the whole interview. */
  randomSeed: number;
  startedAt: string;
  savedAt: string;
  /** By a monotonic clock, over all the times the draft was open. */
  elapsedMs: number;
  content: DraftContent;
}

/** The journey of one sealed interview; its content is in `sealed`. */
export interface OutboxRow extends OutboxEntry {
  interviewerId: string;
  assignmentId: string;
  place: Place;
  sealedAt: string;
  /** When the state last changed, by this device's clock. */
  changedAt: string;
}

/** The canonical JSON of a sealed interview: written once, never changed. */
export interface SealedRow {
  id: string;
  interviewerId: string;
  text: string;
}

export interface FieldDatabase extends Dexie {
  device: EntityTable<DeviceRow, 'key'>;
  accounts: EntityTable<AccountRow, 'interviewerId'>;
  packages: EntityTable<PackageRow, 'id'>;
  /** Versions that a draft needs, also when the package has moved on. */
  questionnaires: EntityTable<QuestionnaireVersion, 'hash'>;
  drafts: EntityTable<DraftRow, 'id'>;
  outbox: EntityTable<OutboxRow, 'id'>;
  sealed: EntityTable<SealedRow, 'id'>;
}

/** Opens the tablet's database. Every write is on the disk before it counts, against a dying battery. */
export function openFieldDatabase(name = 'akimetr-field'): FieldDatabase {
  const db = new Dexie(name, { chromeTransactionDurability: 'strict' }) as FieldDatabase;
  db.version(1).stores({
    device: 'key',
    accounts: 'interviewerId',
    packages: 'id, interviewerId',
    questionnaires: 'hash',
    drafts: 'id, interviewerId',
    outbox: 'id, interviewerId',
    sealed: 'id',
  });
  return db;
}

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
