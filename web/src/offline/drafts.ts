import type { Assignment } from '@akimetr/api/contracts/assignments';
import type { Locale } from '@akimetr/api/contracts/common';
import type { QuestionnaireVersion } from '@akimetr/api/contracts/questionnaires';
import { purposes } from '@akimetr/api/contracts/encryption';
import { protectable } from './database.ts';
import type { DraftContent, DraftRow, FieldDatabase, StoredDraft } from './database.ts';
import { protect, reveal } from './vault.ts';

/** The draft is not on this device any more: sealed meanwhile, perhaps in another tab. */
export class DraftGone extends Error {
  constructor(id: string) {
    super(`draft ${id} is not on this device`);
    this.name = 'DraftGone';
  }
}

/**
 * Begins an interview: its id is made here, once, and its questionnaire is kept with it until it is sealed.
 * @param startedAt by this device's clock
 * @param household its number on the route; with it the interview begins by choosing the respondent
 * @throws VaultLocked
 */
export async function startDraft(
  db: FieldDatabase,
  assignment: Assignment,
  version: QuestionnaireVersion,
  language: Locale,
  startedAt: Date,
  household?: number,
): Promise<DraftRow> {
  const { id, waveId, akimId, office, territoryName, samplingPoint } = assignment;
  const draft: DraftRow = {
    id: crypto.randomUUID(),
    interviewerId: assignment.interviewerId,
    assignmentId: id,
    ...(household !== undefined && { household }),
    place: { id, waveId, akimId, office, territoryName, samplingPoint },
    questionnaire: { code: version.code, version: version.version, hash: version.hash },
    randomSeed: crypto.getRandomValues(new Uint32Array(1))[0]!,
    startedAt: startedAt.toISOString(),
    savedAt: startedAt.toISOString(),
    elapsedMs: 0,
    answered: 0,
    content: { answers: {}, pageNo: 0, uiState: null, language },
  };
  const columns = await contentColumns(db, draft, draft.content);
  await db.transaction('rw', db.drafts, db.questionnaires, async () => {
    await db.questionnaires.put(version);
    await db.drafts.add({ ...draft, ...columns });
  });
  return draft;
}

async function contentColumns(
  db: FieldDatabase,
  { id, interviewerId }: Pick<DraftRow, 'id' | 'interviewerId'>,
  content: DraftContent,
): Promise<Pick<StoredDraft, 'answered' | 'content'>> {
  const { answered, content: text } = protectable(content);
  return { answered, content: await protect(db, interviewerId, purposes.draft(id), text) };
}

/** A draft with its answers. @throws VaultLocked, CannotOpen */
export async function readDraft(db: FieldDatabase, stored: StoredDraft): Promise<DraftRow> {
  const { id, interviewerId, content } = stored;
  const text = await reveal(db, interviewerId, purposes.draft(id), content);
  return { ...stored, content: JSON.parse(text) as DraftContent };
}

/**
 * A draft with the questionnaire version it began with; null when it is not on this device.
 * @throws VaultLocked; CannotOpen when the disk holds something else than was written
 */
export async function openDraft(
  db: FieldDatabase,
  id: string,
): Promise<{ draft: DraftRow; version: QuestionnaireVersion } | null> {
  const draft = await db.drafts.get(id);
  const version = draft && (await db.questionnaires.get(draft.questionnaire.hash));
  return draft && version ? { draft: await readDraft(db, draft), version } : null;
}

/**
 * Writes what the interview holds now; resolves when it is on the disk.
 * @param draft as it was opened: of a draft only its content changes
 * @param elapsedMs of the whole interview so far, by a monotonic clock
 * @throws DraftGone when it was sealed meanwhile; VaultLocked; Dexie's error when the device is full (see isStorageFull)
 */
export async function saveDraft(
  db: FieldDatabase,
  draft: Omit<DraftRow, 'content'>,
  content: DraftContent,
  elapsedMs: number,
  savedAt: Date,
): Promise<void> {
  // Nothing is read before: somebody waits for the answer to be on the disk.
  const columns = await contentColumns(db, draft, content);
  const row = { ...draft, ...columns, elapsedMs, savedAt: savedAt.toISOString() };
  try {
    await putIfThere(db, row);
  } catch (error) {
    if (!isClosed(error)) throw error;
    // The browser has closed the database, as it does when its disk stumbles: opened anew as Dexie would.
    db.close({ disableAutoOpen: false });
    await db.open();
    await putIfThere(db, row);
  }
}

/**
 * Past Dexie, whose bookkeeping for queries that follow the table doubles the time; nothing on the screen follows it
 * while its draft is written. Asked and written in one go; where it is gone the writing is taken back.
 */
function putIfThere(db: FieldDatabase, row: StoredDraft): Promise<void> {
  return new Promise((resolve, reject) => {
    const { name } = db.drafts;
    const transaction = db.backendDB().transaction(name, 'readwrite', { durability: 'strict' });
    const table = transaction.objectStore(name);
    let gone = false;
    const before = table.getKey(row.id);
    before.onsuccess = () => {
      if (before.result !== undefined) return;
      gone = true;
      transaction.abort();
    };
    table.put(row);
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(gone ? new DraftGone(row.id) : asError(transaction.error));
  });
}

const asError = (error: DOMException | null) => error ?? new Error('the draft was not written');
const isClosed = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'InvalidStateError';

/** Removes a draft in which nothing was answered; one with answers stays. @returns whether it was removed */
export async function dropIfEmpty(db: FieldDatabase, id: string): Promise<boolean> {
  return db.transaction('rw', db.drafts, db.questionnaires, async () => {
    const draft = await db.drafts.get(id);
    if (!draft || draft.answered > 0) return false;
    await dropDraft(db, id);
    return true;
  });
}

/** Removes a draft for good: only because the interviewer said so. */
export async function dropDraft(db: FieldDatabase, id: string): Promise<void> {
  await db.transaction('rw', db.drafts, db.questionnaires, async () => {
    const draft = await db.drafts.get(id);
    if (!draft) return;
    await db.drafts.delete(id);
    await dropUnusedQuestionnaire(db, draft.questionnaire.hash);
  });
}

/** Within a transaction on drafts and questionnaires. */
export async function dropUnusedQuestionnaire(db: FieldDatabase, hash: string): Promise<void> {
  const needed = await db.drafts.filter(({ questionnaire }) => questionnaire.hash === hash).count();
  if (needed === 0) await db.questionnaires.delete(hash);
}
