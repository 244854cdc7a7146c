import { purposes, toBase64Url } from '@akimetr/api/contracts/encryption';
import type { RescueFile } from '@akimetr/api/contracts/rescue';
import type { DraftContent, FieldDatabase, Protected, VaultRow } from './database.ts';
import { thisDevice } from './database.ts';
import { currentPackage } from './field-package.ts';
import { noWaiting, readOutbox } from './outbox-store.ts';
import { unsentEntries } from './outbox.ts';
import { isOpen, openKey, protect, recoveryOf } from './vault.ts';

/** The tablet has never learned for which server it should encrypt. */
export class NoRescueKey extends Error {
  constructor() {
    super('the public key of the server is not on this device');
    this.name = 'NoRescueKey';
  }
}

/** How much of each kind is not sent, or in a file. */
export interface RescueCounts {
  readonly interviews: number;
  readonly drafts: number;
  readonly contacts: number;
}

export interface SavedRescue extends RescueCounts {
  readonly fileName: string;
  readonly json: string;
}

/** What a screen holds that could not be written to the disk. */
export interface OnScreen {
  readonly draftId: string;
  readonly content: DraftContent;
}

/** What the server has not proved to hold, as far as it is told without the PIN. */
export async function countUnsent(db: FieldDatabase, interviewerId: string): Promise<RescueCounts> {
  const [outbox, drafts, contacts] = await Promise.all([
    readOutbox(db, interviewerId, noWaiting),
    db.drafts.where({ interviewerId }).count(),
    unsentContacts(db, interviewerId).count(),
  ]);
  return { interviews: unsentEntries(outbox).length, drafts, contacts };
}

const unsentContacts = (db: FieldDatabase, interviewerId: string) =>
  db.contacts.where({ interviewerId }).filter(({ state }) => state !== 'held');

/**
 * Everything of an interviewer that the server has not proved to hold, as the text of a file that only the server
 * can read. Reads and writes nothing but this: it works on a locked tablet, and on a full one.
 * @param onScreen goes into the file in place of what the disk has of that draft
 * @throws NoRescueKey; VaultLocked when something on the screen would have to be encrypted
 */
export async function rescueFileOf(
  db: FieldDatabase,
  interviewerId: string,
  appVersion: string,
  savedAt: Date,
  onScreen?: OnScreen,
): Promise<SavedRescue> {
  const { deviceId } = await thisDevice(db);
  const { keyId, box } = await recoveryFor(db, interviewerId);
  const [interviews, drafts, contacts] = await Promise.all([
    interviewsFor(db, interviewerId),
    draftsFor(db, interviewerId, savedAt, onScreen),
    contactsFor(db, interviewerId),
  ]);
  const file: RescueFile = {
    format: 'akimetr-rescue-1',
    keyId,
    key: toBase64Url(box),
    interviewerId,
    deviceId,
    savedAt: savedAt.toISOString(),
    appVersion,
    interviews,
    drafts,
    contacts,
  };
  const day = savedAt.toISOString().slice(0, 10);
  return {
    fileName: `akimetr-rescue-${day}-${deviceId.slice(0, 8)}.json`,
    json: JSON.stringify(file),
    interviews: interviews.length,
    drafts: drafts.length,
    contacts: contacts.length,
  };
}

/** In base64url; nothing for what an earlier app left in plain: it stays on the tablet until the PIN is set. */
const closed = (content: Protected | undefined): string[] =>
  content === undefined || typeof content === 'string' ? [] : [toBase64Url(content)];

async function interviewsFor(
  db: FieldDatabase,
  interviewerId: string,
): Promise<RescueFile['interviews']> {
  const unsent = unsentEntries(await readOutbox(db, interviewerId, noWaiting));
  const rows = await db.sealed.bulkGet(unsent.map(({ id }) => id));
  return unsent.flatMap(({ id, deviceSequence, hash }, place) =>
    closed(rows[place]?.content).map((content) => ({ id, deviceSequence, hash, content })),
  );
}

async function draftsFor(
  db: FieldDatabase,
  interviewerId: string,
  now: Date,
  onScreen: OnScreen | undefined,
): Promise<RescueFile['drafts']> {
  const rows = await db.drafts.where({ interviewerId }).toArray();
  const drafts = rows.map(async (row) => {
    const { id, assignmentId, household, questionnaire, startedAt, savedAt } = row;
    const unwritten = onScreen?.draftId === id ? JSON.stringify(onScreen.content) : null;
    const content =
      unwritten === null
        ? row.content
        : await protect(db, interviewerId, purposes.draft(id), unwritten);
    return closed(content).map((each) => ({
      id,
      assignmentId,
      ...(household !== undefined && { household }),
      questionnaire,
      startedAt,
      savedAt: unwritten === null ? savedAt : now.toISOString(),
      content: each,
    }));
  });
  return (await Promise.all(drafts)).flat();
}

async function contactsFor(
  db: FieldDatabase,
  interviewerId: string,
): Promise<RescueFile['contacts']> {
  const rows = await unsentContacts(db, interviewerId).toArray();
  return rows.flatMap(({ id, hash, content }) =>
    closed(content).map((each) => ({ id, hash, content: each })),
  );
}

/** The box that is kept, or one made now when the vault is open and the server's key has come since. */
async function recoveryFor(
  db: FieldDatabase,
  interviewerId: string,
): Promise<NonNullable<VaultRow['recovery']>> {
  const kept = (await db.vaults.get(interviewerId))?.recovery;
  if (kept) return kept;
  const rescueKey = (await currentPackage(db, interviewerId))?.content.rescueKey;
  if (!rescueKey || !isOpen(db, interviewerId)) throw new NoRescueKey();
  return recoveryOf(openKey(db, interviewerId), interviewerId, rescueKey);
}
