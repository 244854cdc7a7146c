import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson } from '../contracts/canonical-json.ts';
import {
  CannotOpen,
  fromBase64Url,
  importDataKey,
  openBytes,
  purposes,
} from '../contracts/encryption.ts';
import type { Key } from '../contracts/encryption.ts';
import type { Receipt } from '../contracts/interviews.ts';
import type { RescueFile, RescueReport } from '../contracts/rescue.ts';
import type { SessionUser } from '../contracts/session.ts';
import { assignmentStore } from '../models/assignments.ts';
import { quarantineStore } from '../models/quarantine.ts';
import { Problem } from '../problem.ts';
import { audit } from './audit.ts';
import type { Deps } from './deps.ts';
import { acceptContactAttempts } from './contact-attempts.ts';
import { hostileReason } from './hostile-json.ts';
import { acceptInterviews } from './interviews.ts';
import { openDataKey } from './rescue-key.ts';

/** As many as the tablet's own operations take at once. */
const batchLimit = 200;

function* batchesOf<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += batchLimit) {
    yield all.slice(start, start + batchLimit);
  }
}

/**
 * Takes what is in a rescue file as if the tablet had sent it; drafts are kept for a person. Again is as good as once:
 * what is held already is a duplicate, and a draft is kept once.
 * @throws Problem when the file was made for another server, or its key is damaged; one damaged piece stops
 *   no other
 */
export async function importRescue(
  deps: Deps,
  actor: SessionUser,
  file: RescueFile,
): Promise<RescueReport> {
  const key = await keyOf(file);
  const interviews: RescueReport['interviews'] = [];
  for (const batch of batchesOf(file.interviews)) {
    const receipts = await taken(batch, purposes.interview, key, (texts) =>
      interviewReceipts(deps, actor, texts),
    );
    interviews.push(
      ...batch.map(({ id, deviceSequence }, place) => ({
        id,
        deviceSequence,
        receipt: receipts[place]!,
      })),
    );
  }
  const contacts: RescueReport['contacts'] = [];
  for (const batch of batchesOf(file.contacts)) {
    const handIn = { actor, held: null, permission: 'rescue.import' } as const;
    const receipts = await taken(batch, purposes.contact, key, (texts) =>
      acceptContactAttempts(deps, handIn, texts.map(valueOf)),
    );
    contacts.push(...batch.map(({ id }, place) => ({ id, receipt: receipts[place]! })));
  }
  const drafts: RescueReport['drafts'] = [];
  for (const draft of file.drafts) {
    const text = await textOf(draft, purposes.draft, key);
    if (text !== null) await keepDraft(deps, actor, file, draft, text);
    drafts.push({ id: draft.id, status: text === null ? 'damaged' : 'kept' });
  }
  const count = (all: readonly { receipt: { status: string } | null }[], status: string) =>
    all.filter(({ receipt }) => (receipt?.status ?? 'damaged') === status).length;
  await audit(deps, actor.id, 'rescue.imported', file.interviewerId, {
    deviceId: file.deviceId,
    interviews: interviews.length,
    stored: count(interviews, 'stored'),
    damaged: count(interviews, 'damaged'),
    contacts: contacts.length,
    contactsStored: count(contacts, 'stored'),
    drafts: drafts.length,
  });
  return { interviews, contacts, drafts };
}

async function keyOf({ keyId, key, interviewerId }: RescueFile): Promise<Key> {
  const raw = await openDataKey(keyId, key, interviewerId);
  // Whoever holds the public key can put anything into a box.
  if (raw.length !== 32) throw new Problem('damaged');
  return importDataKey(raw);
}

/** A piece of the file, encrypted. */
interface Piece {
  id: string;
  content: string;
}

/** Hands in what can be decrypted. @returns a receipt for each piece, in their order; null where it is damaged */
async function taken<R>(
  pieces: readonly Piece[],
  purpose: (id: string) => string,
  key: Key,
  handIn: (texts: readonly string[]) => Promise<readonly R[]>,
): Promise<(R | null)[]> {
  const texts = await Promise.all(pieces.map((piece) => textOf(piece, purpose, key)));
  const opened = texts.filter((text) => text !== null);
  const receipts = opened.length === 0 ? [] : await handIn(opened);
  const next = receipts.values();
  return texts.map((text) => (text === null ? null : next.next().value!));
}

/** @returns null when it was not encrypted with this key for this purpose */
async function textOf(
  { id, content }: Piece,
  purpose: (id: string) => string,
  key: Key,
): Promise<string | null> {
  try {
    const plain = await openBytes(key, purpose(id), fromBase64Url(content));
    return new TextDecoder().decode(plain);
  } catch (error) {
    if (error instanceof CannotOpen) return null;
    throw error;
  }
}

/** Keeps a draft for a person. It is kept in the name of who took it, so that whoever imports the file keeps it once. */
async function keepDraft(
  deps: Deps,
  actor: SessionUser,
  { interviewerId, deviceId }: RescueFile,
  { content: _encrypted, ...draft }: RescueFile['drafts'][number],
  text: string,
): Promise<void> {
  const value = valueOf(text);
  const content = hostileReason(value) === null ? value : text;
  const [assignment] = await assignmentStore.listByIds([draft.assignmentId]);
  const raw = Buffer.from(canonicalJson({ unfinishedDraft: { ...draft, deviceId, content } }));
  await quarantineStore.keep({
    _id: randomUUID(),
    interviewId: draft.id,
    waveId: assignment?.waveId ?? null,
    regions: assignment ? [assignment.region] : [...actor.regions],
    status: 'quarantined',
    reasons: [{ code: 'unfinished_draft', fields: [] }],
    hash: createHash('sha256').update(raw).digest('hex'),
    submittedBy: interviewerId,
    receivedAt: deps.now(),
    sizeBytes: raw.length,
    raw,
    deviceId: null,
    deviceSequence: null,
  });
}

async function interviewReceipts(
  deps: Deps,
  actor: SessionUser,
  texts: readonly string[],
): Promise<readonly Receipt[]> {
  const handIn = { actor, held: null, permission: 'rescue.import' } as const;
  const body = Buffer.from(`[${texts.join(',')}]`);
  try {
    return await acceptInterviews(deps, handIn, texts.map(valueOf), body);
  } catch (error) {
    // Not one of them could be read; each is kept aside all the same, and has its receipt.
    if (error instanceof Problem && error.details.receipts) return error.details.receipts;
    throw error;
  }
}

/** What is no JSON is kept as the text it is. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
