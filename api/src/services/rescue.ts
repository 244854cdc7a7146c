import {
  CannotOpen,
  fromBase64Url,
  importDataKey,
  openBytes,
  purposes,
} from '../contracts/encryption.ts';
import type { Key } from '../contracts/encryption.ts';
import type { Receipt } from '../contracts/interviews.ts';
import type { Rescued, RescueFile } from '../contracts/rescue.ts';
import type { SessionUser } from '../contracts/session.ts';
import { Problem } from '../problem.ts';
import { audit } from './audit.ts';
import type { Deps } from './deps.ts';
import { acceptInterviews } from './interviews.ts';
import { openDataKey } from './rescue-key.ts';

type Saved = RescueFile['interviews'][number];

/** As many as POST /interviews takes at once. */
const batchLimit = 200;

/**
 * Takes the interviews of a rescue file as if the tablet had sent them. Again is as good as once: what is held
 * already is a duplicate.
 * @throws Problem when the file was made for another server, or its key is damaged; one damaged interview stops
 *   no other
 */
export async function importRescue(
  deps: Deps,
  actor: SessionUser,
  file: RescueFile,
): Promise<{ interviews: Rescued[] }> {
  const key = await keyOf(file);
  const interviews: Rescued[] = [];
  for (let start = 0; start < file.interviews.length; start += batchLimit) {
    const batch = file.interviews.slice(start, start + batchLimit);
    interviews.push(...(await importBatch(deps, actor, batch, key)));
  }
  const outcomes = interviews.map(({ receipt }) => receipt?.status ?? 'damaged');
  await audit(deps, actor.id, 'rescue.imported', file.interviewerId, {
    deviceId: file.deviceId,
    interviews: interviews.length,
    stored: outcomes.filter((outcome) => outcome === 'stored').length,
    damaged: outcomes.filter((outcome) => outcome === 'damaged').length,
  });
  return { interviews };
}

async function keyOf({ keyId, key, interviewerId }: RescueFile): Promise<Key> {
  const raw = await openDataKey(keyId, key, interviewerId);
  // Whoever holds the public key can put anything into a box.
  if (raw.length !== 32) throw new Problem('damaged');
  return importDataKey(raw);
}

async function importBatch(
  deps: Deps,
  actor: SessionUser,
  batch: readonly Saved[],
  key: Key,
): Promise<Rescued[]> {
  const texts = await Promise.all(batch.map((saved) => textOf(saved, key)));
  const opened = texts.filter((text) => text !== null);
  const receipts = opened.length === 0 ? [] : await receiptsFor(deps, actor, opened);
  const next = receipts.values();
  return batch.map(({ id, deviceSequence }, place) => ({
    id,
    deviceSequence,
    receipt: texts[place] === null ? null : next.next().value!,
  }));
}

/** @returns null when it was not encrypted with this key for this interview */
async function textOf({ id, content }: Saved, key: Key): Promise<string | null> {
  try {
    const plain = await openBytes(key, purposes.interview(id), fromBase64Url(content));
    return new TextDecoder().decode(plain);
  } catch (error) {
    if (error instanceof CannotOpen) return null;
    throw error;
  }
}

async function receiptsFor(
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
