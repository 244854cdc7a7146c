import { canonicalJson } from '@akimetr/api/contracts/canonical-json';

/** SHA-256 of a text's UTF-8 bytes, in hexadecimal. */
export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The hash a receipt must carry: SHA-256 of the canonical JSON. */
export const hashOf = (value: unknown): Promise<string> => sha256Hex(canonicalJson(value));
