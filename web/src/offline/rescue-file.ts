import { toBase64Url } from '@akimetr/api/contracts/encryption';
import { rescueFormat } from '@akimetr/api/contracts/rescue';
import type { RescueFile } from '@akimetr/api/contracts/rescue';
import type { FieldDatabase, VaultRow } from './database.ts';
import { thisDevice } from './database.ts';
import { currentPackage } from './field-package.ts';
import { noWaiting, readOutbox } from './outbox-store.ts';
import { unsentEntries } from './outbox.ts';
import { isOpen, openKey, recoveryOf } from './vault.ts';

/** The tablet has never learned for which server it should encrypt. */
export class NoRescueKey extends Error {
  constructor() {
    super('the public key of the server is not on this device');
    this.name = 'NoRescueKey';
  }
}

export interface SavedRescue {
  readonly fileName: string;
  readonly json: string;
  readonly interviews: number;
}

/**
 * Everything of an interviewer that the server has not proved to hold, as the text of a file that only the server
 * can read. Reads and writes nothing but this: it works on a locked tablet, and on a full one.
 * @throws NoRescueKey
 */
export async function rescueFileOf(
  db: FieldDatabase,
  interviewerId: string,
  appVersion: string,
  savedAt: Date,
): Promise<SavedRescue> {
  const { deviceId } = await thisDevice(db);
  const { keyId, box } = await recoveryFor(db, interviewerId);
  const unsent = unsentEntries(await readOutbox(db, interviewerId, noWaiting));
  const rows = await db.sealed.bulkGet(unsent.map(({ id }) => id));
  const interviews = unsent.flatMap(({ id, deviceSequence, hash }, place) => {
    const content = rows[place]?.content;
    return content === undefined || typeof content === 'string'
      ? []
      : [{ id, deviceSequence, hash, content: toBase64Url(content) }];
  });
  const file: RescueFile = {
    format: rescueFormat,
    keyId,
    key: toBase64Url(box),
    interviewerId,
    deviceId,
    savedAt: savedAt.toISOString(),
    appVersion,
    interviews,
  };
  const day = savedAt.toISOString().slice(0, 10);
  return {
    fileName: `akimetr-rescue-${day}-${deviceId.slice(0, 8)}.json`,
    json: JSON.stringify(file),
    interviews: interviews.length,
  };
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
