import { Schema, model } from 'mongoose';
import { isDuplicateKey } from './database.ts';

/** A key pair of the server's own. The private half leaves this collection only to open a box. */
export interface ServerKey {
  /** What it is for. */
  _id: 'rescue';
  /** The first 16 hexadecimal digits of the SHA-256 of the public key. */
  keyId: string;
  /** A raw point of P-256, in base64url. */
  publicKey: string;
  /** PKCS#8, in base64url. */
  privateKey: string;
  createdAt: Date;
}

const ServerKeyModel = model<ServerKey>(
  'ServerKey',
  new Schema<ServerKey>(
    {
      _id: { type: String, required: true },
      keyId: { type: String, required: true },
      publicKey: { type: String, required: true },
      privateKey: { type: String, required: true },
      createdAt: { type: Date, required: true },
    },
    { strict: 'throw', versionKey: false, collection: 'server-keys' },
  ),
);

export const serverKeyStore = {
  /** Never the private half. */
  getPublic: (): Promise<Pick<ServerKey, 'keyId' | 'publicKey'> | null> =>
    ServerKeyModel.findById('rescue', { keyId: 1, publicKey: 1 }).lean<ServerKey>(),
  getWithPrivate: (): Promise<ServerKey | null> =>
    ServerKeyModel.findById('rescue').lean<ServerKey>(),
  /** Keeps a key pair unless another process has kept one before. */
  async keepFirst({ _id, ...key }: ServerKey): Promise<void> {
    try {
      await ServerKeyModel.updateOne({ _id }, { $setOnInsert: key }, { upsert: true });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  },
};
