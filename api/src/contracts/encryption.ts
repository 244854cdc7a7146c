/**
 * How answers are encrypted, the same on the tablet and on the server; WebCrypto only.
 *
 * A piece is AES-256-GCM: one byte of version, the 12-byte nonce, ciphertext and tag. Its purpose is
 * authenticated with it, so that a piece put in another one's place does not open.
 * A box is a piece for the holder of a private key: ECDH on P-256 with a key made for this box alone, HKDF-SHA-256.
 */

export type Bytes = Uint8Array<ArrayBuffer>;
/** WebCrypto's own, which Node and browsers declare under different names. */
export type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** What was read is not what was encrypted, or the key is another one. */
export class CannotOpen extends Error {
  constructor(purpose: string) {
    super(`${purpose}: damaged, or encrypted with another key`);
    this.name = 'CannotOpen';
  }
}

const version = 1;
const nonceLength = 12;
/** An uncompressed point of P-256. */
const publicKeyLength = 65;
const curve = { name: 'ECDH', namedCurve: 'P-256' };
const cipher = { name: 'AES-GCM', length: 256 };

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
const sameVersion = (bytes: Bytes): boolean => bytes[0] === version;

const joined = (...parts: readonly Bytes[]): Bytes => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
};

/** A new key for one person's data. It can be exported, for it is kept wrapped. */
export const newDataKey = (): Promise<Key> =>
  crypto.subtle.generateKey(cipher, true, ['encrypt', 'decrypt']);

export const exportKey = async (key: Key): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.exportKey('raw', key));

/** @param raw 32 bytes */
export const importDataKey = (raw: Bytes): Promise<Key> =>
  crypto.subtle.importKey('raw', raw, cipher, true, ['encrypt', 'decrypt']);

/**
 * Encrypts one piece.
 * @param purpose what it is and whose: needed again, letter by letter, to open it
 */
export async function sealBytes(key: Key, purpose: string, plain: Bytes): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(nonceLength));
  const parameters = { name: 'AES-GCM', iv, additionalData: utf8(purpose) };
  const encrypted = await crypto.subtle.encrypt(parameters, key, plain);
  return joined(Uint8Array.of(version), iv, new Uint8Array(encrypted));
}

/** @throws CannotOpen when the key or the purpose is another one, or a single bit was changed */
export async function openBytes(key: Key, purpose: string, sealed: Bytes): Promise<Bytes> {
  if (!sameVersion(sealed)) throw new CannotOpen(purpose);
  const iv = sealed.slice(1, 1 + nonceLength);
  const parameters = { name: 'AES-GCM', iv, additionalData: utf8(purpose) };
  try {
    const plain = await crypto.subtle.decrypt(parameters, key, sealed.slice(1 + nonceLength));
    return new Uint8Array(plain);
  } catch {
    throw new CannotOpen(purpose);
  }
}

/** A key pair whose public half tablets encrypt for. @returns the halves as bytes: raw point and PKCS#8 */
export async function newBoxKeys(): Promise<{ publicKey: Bytes; privateKey: Bytes }> {
  const pair = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
  const [publicKey, privateKey] = await Promise.all([
    crypto.subtle.exportKey('raw', pair.publicKey),
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
  ]);
  return { publicKey: new Uint8Array(publicKey), privateKey: new Uint8Array(privateKey) };
}

/** Encrypts for the holder of the private key. @throws CannotOpen when it is no public key */
export async function sealBox(publicKey: Bytes, purpose: string, plain: Bytes): Promise<Bytes> {
  const own = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
  const ownPublic = new Uint8Array(await crypto.subtle.exportKey('raw', own.publicKey));
  const key = await sharedKey(own.privateKey, publicKey, ownPublic, purpose);
  return joined(Uint8Array.of(version), ownPublic, await sealBytes(key, purpose, plain));
}

/** @param privateKey PKCS#8 @throws CannotOpen as openBytes */
export async function openBox(privateKey: Bytes, purpose: string, box: Bytes): Promise<Bytes> {
  if (!sameVersion(box)) throw new CannotOpen(purpose);
  const senderKey = box.slice(1, 1 + publicKeyLength);
  const own = await crypto.subtle.importKey('pkcs8', privateKey, curve, false, ['deriveBits']);
  const key = await sharedKey(own, senderKey, senderKey, purpose);
  return openBytes(key, purpose, box.slice(1 + publicKeyLength));
}

async function sharedKey(own: Key, otherPublic: Bytes, salt: Bytes, purpose: string): Promise<Key> {
  let other: Key;
  try {
    other = await crypto.subtle.importKey('raw', otherPublic, curve, false, []);
  } catch {
    throw new CannotOpen(purpose);
  }
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, own, 256);
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  // eslint-disable-next-line id-denylist -- WebCrypto's own name
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt, info: utf8(purpose) };
  return crypto.subtle.deriveKey(derivation, material, cipher, false, ['encrypt', 'decrypt']);
}

export function toBase64Url(bytes: Bytes): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @throws CannotOpen when it is not base64url */
export function fromBase64Url(text: string): Bytes {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  } catch {
    throw new CannotOpen('base64url');
  }
}

/** What the pieces are encrypted as. */
export const purposes = {
  dataKey: (interviewerId: string) => `akimetr data key of ${interviewerId}`,
  draft: (id: string) => `akimetr draft ${id}`,
  interview: (id: string) => `akimetr interview ${id}`,
  contact: (id: string) => `akimetr contact attempt ${id}`,
};
