import { canonicalJson } from '@akimetr/api/contracts/canonical-json';
import type {
  ContactAttempt,
  ContactReason,
  ContactReceipt,
} from '@akimetr/api/contracts/contact-attempts';
import { purposes } from '@akimetr/api/contracts/encryption';
import type { ContactRow, FieldDatabase } from './database.ts';
import { thisDevice } from './database.ts';
import { dropDraft } from './drafts.ts';
import type { FieldApi } from './field-api.ts';
import { currentPackage } from './field-package.ts';
import { sha256Hex } from './hash.ts';
import { isOpen, protect, reveal } from './vault.ts';

/** What the interviewer says of an attempt; the device adds the rest. */
export type ContactEntry = Pick<
  ContactAttempt,
  | 'waveId'
  | 'assignmentId'
  | 'household'
  | 'disposition'
  | 'reason'
  | 'appointmentAt'
  | 'nextStep'
  | 'note'
  | 'appVersion'
>;

/** An attempt as it is on the device, with how far it is on its way. */
export interface Contact {
  readonly state: ContactRow['state'];
  readonly attempt: ContactAttempt;
}

/**
 * Writes an attempt down; resolves when it is on the disk.
 * @param attemptedAt by this device's clock
 * @param inPlaceOf a draft that ends with this attempt: it is removed in the same transaction
 * @throws VaultLocked; Dexie's error when the device is full, and then nothing has changed
 */
export async function recordContact(
  db: FieldDatabase,
  interviewerId: string,
  entry: ContactEntry,
  attemptedAt: Date,
  inPlaceOf?: string,
): Promise<void> {
  const [{ deviceId }, account] = [await thisDevice(db), await db.accounts.get(interviewerId)];
  // The first screen does without the contracts, which this file is a part of.
  const { contactAttempt } = await import('@akimetr/api/contracts/contact-attempts');
  const attempt = contactAttempt.parse({
    ...entry,
    id: crypto.randomUUID(),
    attemptedAt: attemptedAt.toISOString(),
    clockOffsetMs: account?.clockOffsetMs ?? null,
    deviceId,
  });
  const text = canonicalJson(attempt);
  const { id, assignmentId, household } = attempt;
  const hash = await sha256Hex(text);
  const content = await protect(db, interviewerId, purposes.contact(id), text);
  await db.transaction('rw', db.contacts, db.drafts, db.questionnaires, async () => {
    await db.contacts.add({
      id,
      interviewerId,
      assignmentId,
      household,
      state: 'queued',
      hash,
      content,
    });
    if (inPlaceOf !== undefined) await dropDraft(db, inPlaceOf);
  });
}

const attemptOf = async (db: FieldDatabase, row: ContactRow): Promise<ContactAttempt> =>
  JSON.parse(
    await reveal(db, row.interviewerId, purposes.contact(row.id), row.content),
  ) as ContactAttempt;

/** The interviewer's attempts on this device, the latest first. @throws VaultLocked, CannotOpen */
export async function contactsOf(db: FieldDatabase, interviewerId: string): Promise<Contact[]> {
  const rows = await db.contacts.where({ interviewerId }).toArray();
  const contacts = await Promise.all(
    rows.map(async (row) => ({ state: row.state, attempt: await attemptOf(db, row) })),
  );
  return contacts.sort((a, b) => (a.attempt.attemptedAt < b.attempt.attemptedAt ? 1 : -1));
}

const batchSize = 100;

/**
 * Hands in what the server does not have: also without a session, by the tablet's own credential. A row is let go only
 * when the server's receipt has its hash and its assignment is over: until then the interviewer needs it to know where
 * to come back to.
 * @param signedIn whether a session is alive: then what was only kept aside is handed in once more, to be counted
 */
export async function sendContacts(
  db: FieldDatabase,
  api: FieldApi,
  interviewerId: string,
  signedIn: boolean,
): Promise<void> {
  // What is encrypted can be read only while its interviewer's PIN is entered.
  if (!isOpen(db, interviewerId)) return;
  const rows = await db.contacts.where({ interviewerId }).toArray();
  const waiting = rows.filter(({ state }) => state !== 'held' && (signedIn || state !== 'kept'));
  for (let start = 0; start < waiting.length; start += batchSize) {
    const batch = waiting.slice(start, start + batchSize);
    const attempts = await Promise.all(batch.map((row) => attemptOf(db, row)));
    const receipts = await api.submitContacts(attempts);
    await db.contacts.bulkPut(batch.map((row) => ({ ...row, state: stateBy(row, receipts) })));
  }
  const current = await currentPackage(db, interviewerId);
  const assigned = new Set(current?.content.assignments.map(({ id }) => id));
  const over = db.contacts
    .where({ interviewerId })
    .filter(({ state, assignmentId }) => state === 'held' && !assigned.has(assignmentId));
  if (current) await over.delete();
}

/** Reasons that are about how an attempt came, and end when somebody signs in on an enrolled tablet. */
const passing: ReadonlySet<ContactReason> = new Set(['session_expired', 'device_revoked']);

/** What the receipts prove about a row: only one with its own hash counts. */
function stateBy({ id, hash }: ContactRow, receipts: readonly ContactReceipt[]) {
  const own = receipts.find((one) => one.id === id && one.hash === hash);
  if (!own || own.status === 'refused') return 'attention';
  const kept = own.status === 'quarantined' && own.reasons?.every((reason) => passing.has(reason));
  return kept ? 'kept' : 'held';
}
