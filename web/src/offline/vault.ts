/**
 * What a person has answered is on the disk only in encrypted form, under a data key of the interviewer.
 * The data key is kept twice, wrapped: by a key made from the PIN, and for the server's public key, so that a
 * forgotten PIN costs nothing. What a locked tablet must know (ids, numbers, hashes, states, places) stays plain.
 */
import {
  CannotOpen,
  exportKey,
  fromBase64Url,
  importDataKey,
  newDataKey,
  openBytes,
  purposes,
  sealBox,
  sealBytes,
} from '@akimetr/api/contracts/encryption';
import type { Bytes, Key } from '@akimetr/api/contracts/encryption';
import type { RescueKey } from '@akimetr/api/contracts/rescue-key';
import type { FieldDatabase, PinWrap, Protected, VaultRow } from './database.ts';
import { VaultLocked } from './open-vault.ts';

/** What OWASP asks of PBKDF2-SHA-256 in 2023: a third of a second on a slow tablet. */
export const pinIterations = 600_000;
export const pinPattern = /^\d{4,12}$/;

/**
 * Sets an interviewer's first PIN: makes the data key and encrypts, in the same transaction, what an earlier
 * version of the app has left on the disk in plain. The vault is then open.
 * @param rescueKey the server's public key; null when it is not known yet (see keepRecovery)
 * @throws Dexie's error when the device is full, and then nothing has changed
 */
export async function createVault(
  db: FieldDatabase,
  interviewerId: string,
  pin: string,
  rescueKey: RescueKey | null,
  iterations = pinIterations,
): Promise<void> {
  const key = await newDataKey();
  const row: VaultRow = {
    interviewerId,
    pin: await wrapped(key, interviewerId, pin, iterations),
    recovery: rescueKey && (await recoveryOf(key, interviewerId, rescueKey)),
    wrongPins: 0,
  };
  while (!(await encryptPlain(db, row, key)));
  db.vault.set({ interviewerId, key });
}

/** @returns false when a draft changed meanwhile, and nothing was written */
async function encryptPlain(db: FieldDatabase, row: VaultRow, key: Key): Promise<boolean> {
  const { interviewerId } = row;
  const [drafts, sealed] = await Promise.all([
    db.drafts.where({ interviewerId }).toArray(),
    db.sealed.filter((one) => one.interviewerId === interviewerId).toArray(),
  ]);
  const closed = async <T extends { id: string; content: Protected }>(
    rows: readonly T[],
    purpose: (id: string) => string,
  ): Promise<T[]> =>
    Promise.all(
      rows.map(async (one) =>
        typeof one.content === 'string'
          ? { ...one, content: await sealBytes(key, purpose(one.id), utf8(one.content)) }
          : one,
      ),
    );
  const closedDrafts = await closed(drafts, purposes.draft);
  const closedSealed = await closed(sealed, purposes.interview);
  return db.transaction('rw', db.vaults, db.drafts, db.sealed, async () => {
    const now = await db.drafts.where({ interviewerId }).toArray();
    const savedAt = (rows: typeof drafts) =>
      rows.map(({ id, savedAt: at }) => `${id} ${at}`).join();
    if (savedAt(now) !== savedAt(drafts)) return false;
    await db.vaults.add(row);
    await db.drafts.bulkPut(closedDrafts);
    await db.sealed.bulkPut(closedSealed);
    return true;
  });
}

/** Opens the interviewer's data in this tab. @returns false when the PIN is wrong */
export async function openVault(
  db: FieldDatabase,
  interviewerId: string,
  pin: string,
): Promise<boolean> {
  const row = await db.vaults.get(interviewerId);
  const key = row && (await unwrapped(row, pin));
  if (!key) return false;
  db.vault.set({ interviewerId, key });
  return true;
}

/** From now on nothing encrypted can be read or written in this tab. */
export function lockVault(db: FieldDatabase): void {
  db.vault.set(null);
}

/** @returns false when the old PIN is wrong */
export async function changePin(
  db: FieldDatabase,
  interviewerId: string,
  oldPin: string,
  newPin: string,
): Promise<boolean> {
  const row = await db.vaults.get(interviewerId);
  const key = row && (await unwrapped(row, oldPin));
  if (!key) return false;
  await setPin(db, row, key, newPin);
  return true;
}

/**
 * A new PIN in place of a forgotten one, with the data key that the server has unwrapped. The vault is then open.
 * @throws CannotOpen when it is not the key of these data
 */
export async function resetPin(
  db: FieldDatabase,
  interviewerId: string,
  dataKey: string,
  newPin: string,
): Promise<void> {
  const row = await db.vaults.get(interviewerId);
  if (!row) throw new VaultLocked();
  const key = await importDataKey(fromBase64Url(dataKey));
  await openBytes(key, purposes.dataKey(interviewerId), row.pin.check);
  await setPin(db, row, key, newPin);
  db.vault.set({ interviewerId, key });
}

async function setPin(
  db: FieldDatabase,
  { interviewerId, pin: { iterations } }: VaultRow,
  key: Key,
  newPin: string,
): Promise<void> {
  const pin = await wrapped(key, interviewerId, newPin, iterations);
  await db.vaults.update(interviewerId, { pin, wrongPins: 0 });
}

/** Keeps the open data key wrapped for this public key too, when it is not yet. */
export async function keepRecovery(
  db: FieldDatabase,
  interviewerId: string,
  rescueKey: RescueKey,
): Promise<void> {
  const row = await db.vaults.get(interviewerId);
  if (!row || row.recovery?.keyId === rescueKey.id) return;
  const recovery = await recoveryOf(openKey(db, interviewerId), interviewerId, rescueKey);
  await db.vaults.update(interviewerId, { recovery });
}

/** The data key in a box for the server. */
export async function recoveryOf(
  key: Key,
  interviewerId: string,
  rescueKey: RescueKey,
): Promise<NonNullable<VaultRow['recovery']>> {
  const publicKey = fromBase64Url(rescueKey.publicKey);
  const box = await sealBox(publicKey, purposes.dataKey(interviewerId), await exportKey(key));
  return { keyId: rescueKey.id, box };
}

/** Whether the interviewer's data can be read in this tab now. */
export const isOpen = (db: FieldDatabase, interviewerId: string): boolean =>
  db.vault.current()?.interviewerId === interviewerId;

/** The interviewer's data key. @throws VaultLocked */
export function openKey(db: FieldDatabase, interviewerId: string): Key {
  const open = db.vault.current();
  if (open?.interviewerId !== interviewerId) throw new VaultLocked();
  return open.key;
}

/**
 * Encrypts a text for the disk. Not within a transaction, which would not wait for it.
 * @param purpose what it is, with its id: needed again to read it
 * @throws VaultLocked
 */
export function protect(
  db: FieldDatabase,
  interviewerId: string,
  purpose: string,
  text: string,
): Promise<Bytes> {
  return sealBytes(openKey(db, interviewerId), purpose, utf8(text));
}

/** The text that was protected. @throws VaultLocked, and CannotOpen when the disk holds something else */
export async function reveal(
  db: FieldDatabase,
  interviewerId: string,
  purpose: string,
  content: Protected,
): Promise<string> {
  if (typeof content === 'string') return content;
  const plain = await openBytes(openKey(db, interviewerId), purpose, content);
  return new TextDecoder().decode(plain);
}

async function wrapped(
  key: Key,
  interviewerId: string,
  pin: string,
  iterations: number,
): Promise<PinWrap> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const purpose = purposes.dataKey(interviewerId);
  const pinKey = await keyFromPin(pin, salt, iterations);
  return {
    salt,
    iterations,
    wrapped: await sealBytes(pinKey, purpose, await exportKey(key)),
    check: await sealBytes(key, purpose, new Uint8Array(0)),
  };
}

/** @returns null when the PIN is wrong */
async function unwrapped(row: VaultRow, pin: string): Promise<Key | null> {
  const pinKey = await keyFromPin(pin, row.pin.salt, row.pin.iterations);
  try {
    const raw = await openBytes(pinKey, purposes.dataKey(row.interviewerId), row.pin.wrapped);
    return await importDataKey(raw);
  } catch (error) {
    if (error instanceof CannotOpen) return null;
    throw error;
  }
}

async function keyFromPin(pin: string, salt: Bytes, iterations: number): Promise<Key> {
  const material = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  const cipher = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.deriveKey(derivation, material, cipher, false, ['encrypt', 'decrypt']);
}

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
