import type { FieldDatabase } from './database.ts';
import { thisDevice } from './database.ts';
import { readOutbox, noWaiting, sealedTexts } from './outbox-store.ts';
import { unsentEntries } from './outbox.ts';

/** Version of the file's form: whoever reads it checks this first. */
export const unsentCopyForm = 'akimetr-unsent-1';

export interface UnsentCopy {
  readonly fileName: string;
  readonly json: string;
  readonly interviews: number;
}

/**
 * Everything of an interviewer that the server has not proved to hold, as the text of a file whose
 * `interviews` can be handed in as they are. Nothing leaves the device by it.
 */
export async function unsentCopy(
  db: FieldDatabase,
  interviewerId: string,
  savedAt: Date,
): Promise<UnsentCopy> {
  const { deviceId } = await thisDevice(db);
  const outbox = await readOutbox(db, interviewerId, noWaiting);
  const unsent = unsentEntries(outbox);
  const texts = await sealedTexts(
    db,
    unsent.map(({ id }) => id),
  );
  const head = { form: unsentCopyForm, deviceId, interviewerId, savedAt: savedAt.toISOString() };
  // The canonical texts go in untouched, so that their hashes stay what they are.
  const json = `${JSON.stringify(head).slice(0, -1)},"interviews":[${texts.join(',')}]}`;
  const day = savedAt.toISOString().slice(0, 10);
  return {
    fileName: `akimetr-${day}-${deviceId.slice(0, 8)}.json`,
    json,
    interviews: texts.length,
  };
}
