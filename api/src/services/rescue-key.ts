import { createHash } from 'node:crypto';
import {
  CannotOpen,
  fromBase64Url,
  newBoxKeys,
  openBox,
  purposes,
  toBase64Url,
} from '../contracts/encryption.ts';
import type { Bytes } from '../contracts/encryption.ts';
import type { RescueKey } from '../contracts/rescue-key.ts';
import { serverKeyStore } from '../models/server-keys.ts';
import { Problem } from '../problem.ts';
import type { Deps } from './deps.ts';

/** The public key that tablets encrypt for; the pair is made the first time. */
export async function rescueKeyOf(deps: Deps): Promise<RescueKey> {
  const known = await serverKeyStore.getPublic();
  if (known !== null) return { id: known.keyId, publicKey: known.publicKey };
  const { publicKey, privateKey } = await newBoxKeys();
  await serverKeyStore.keepFirst({
    _id: 'rescue',
    keyId: createHash('sha256').update(publicKey).digest('hex').slice(0, 16),
    publicKey: toBase64Url(publicKey),
    privateKey: toBase64Url(privateKey),
    createdAt: deps.now(),
  });
  return rescueKeyOf(deps);
}

/**
 * The data key of an interviewer out of the box that a tablet keeps.
 * @throws Problem when the box was made for another server, or is not what a tablet made for this interviewer
 */
export async function openDataKey(
  keyId: string,
  box: string,
  interviewerId: string,
): Promise<Bytes> {
  const own = await serverKeyStore.getWithPrivate();
  if (own?.keyId !== keyId) throw new Problem('made_for_another_server');
  try {
    const privateKey = fromBase64Url(own.privateKey);
    return await openBox(privateKey, purposes.dataKey(interviewerId), fromBase64Url(box));
  } catch (error) {
    if (error instanceof CannotOpen) throw new Problem('damaged');
    throw error;
  }
}
