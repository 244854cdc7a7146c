import { z } from 'zod';

/** The server's public key, for which tablets encrypt what only the server may read. */
export const rescueKey = z.object({
  /** The first 16 hexadecimal digits of the SHA-256 of the public key. */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** A point of P-256, uncompressed, in base64url. */
  publicKey: z.string().regex(/^[\w-]{87}$/),
});
export type RescueKey = z.infer<typeof rescueKey>;
