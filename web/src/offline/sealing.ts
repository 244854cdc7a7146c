import { canonicalJson } from '@akimetr/api/contracts/canonical-json';
import { interviewInput } from '@akimetr/api/contracts/interviews';
import type { InterviewCircumstances } from '@akimetr/api/contracts/interview-circumstances';
import type { InterviewInput } from '@akimetr/api/contracts/interviews';
import type { Locale } from '@akimetr/api/contracts/common';
import { purposes } from '@akimetr/api/contracts/encryption';
import { thisDevice } from './database.ts';
import type { FieldDatabase, OutboxRow, SealedRow, StoredDraft } from './database.ts';
import { DraftGone, dropUnusedQuestionnaire } from './drafts.ts';
import { sha256Hex } from './hash.ts';
import { emptyOutbox, nextOutbox } from './outbox.ts';
import { protect } from './vault.ts';

/** What the finished interview adds to its draft. */
export interface Completion {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly language: Locale;
  /** By this device's clock. */
  readonly completedAt: Date;
  /** By a monotonic clock. */
  readonly durationMs: number;
  readonly appVersion: string;
  readonly circumstances?: InterviewCircumstances;
}

/**
 * Seals an interview: in one transaction it takes the device's next number, leaves the drafts and
 * enters the outbox. From then on nobody can change it.
 * @returns its place in the outbox; the same one when it was sealed before
 * @throws DraftGone; VaultLocked; Dexie's error when the device is full, and then the draft is still there
 */
export async function sealDraft(
  db: FieldDatabase,
  draftId: string,
  completion: Completion,
): Promise<OutboxRow> {
  // Hash and encryption are made outside the transaction, which would not wait for them. When another tab
  // took the number meanwhile, once more with the next one.
  for (;;) {
    const [device, draft] = [await thisDevice(db), await db.drafts.get(draftId)];
    if (!draft) return sealedBefore(db, draftId);
    const deviceSequence = device.lastSequence + 1;
    const interview = interviewOf(draft, completion, device.deviceId, deviceSequence);
    const text = canonicalJson(interview);
    const hash = await sha256Hex(text);
    const row = outboxRow(draft, hash, deviceSequence, interview.completedAt);
    const { id, interviewerId } = row;
    const content = await protect(db, interviewerId, purposes.interview(id), text);
    if (await commit(db, row, { id, interviewerId, content })) return row;
  }
}

function interviewOf(
  draft: StoredDraft,
  completion: Completion,
  deviceId: string,
  deviceSequence: number,
): InterviewInput {
  return interviewInput.parse({
    id: draft.id,
    waveId: draft.place.waveId,
    assignmentId: draft.assignmentId,
    akimId: draft.place.akimId,
    questionnaire: draft.questionnaire,
    language: completion.language,
    // As JSON will carry them: dates become text here, before the hash.
    answers: JSON.parse(JSON.stringify(completion.answers)) as unknown,
    startedAt: draft.startedAt,
    completedAt: completion.completedAt.toISOString(),
    durationMs: Math.round(completion.durationMs),
    deviceId,
    deviceSequence,
    appVersion: completion.appVersion,
    ...completion.circumstances,
  });
}

function outboxRow(
  draft: StoredDraft,
  hash: string,
  deviceSequence: number,
  sealedAt: string,
): OutboxRow {
  const { id, interviewerId, assignmentId, place } = draft;
  const { entries } = nextOutbox(emptyOutbox, { type: 'sealed', id, hash, deviceSequence });
  const { household } = draft;
  return {
    ...entries[0]!,
    interviewerId,
    assignmentId,
    ...(household !== undefined && { household }),
    place,
    sealedAt,
    changedAt: sealedAt,
  };
}

/** @returns false when the device's number or the draft is not what it was, and nothing was written */
async function commit(db: FieldDatabase, row: OutboxRow, sealed: SealedRow): Promise<boolean> {
  const tables = [db.device, db.drafts, db.questionnaires, db.outbox, db.sealed];
  return db.transaction('rw', tables, async () => {
    const [device, draft] = [await db.device.get('device'), await db.drafts.get(row.id)];
    if (device?.lastSequence !== row.deviceSequence - 1 || !draft) return false;
    await db.sealed.add(sealed);
    await db.outbox.add(row);
    await db.device.update('device', { lastSequence: row.deviceSequence });
    await db.drafts.delete(row.id);
    await dropUnusedQuestionnaire(db, draft.questionnaire.hash);
    return true;
  });
}

async function sealedBefore(db: FieldDatabase, id: string): Promise<OutboxRow> {
  const row = await db.outbox.get(id);
  if (!row) throw new DraftGone(id);
  return row;
}
