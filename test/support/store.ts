import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { openStore } from '../../api/src/store/open-store.ts';

export interface FreshStore {
  readonly uri: string;
  readonly engine: 'embedded' | 'mongodb';
  /** Ends the store and removes what it held; disconnect first. */
  close(): Promise<void>;
}

/** A database nobody else uses: the embedded engine in a temporary directory, or, with MONGODB_URI, one on that server. */
export async function freshStore(): Promise<FreshStore> {
  const server = process.env.MONGODB_URI;
  return server ? freshDatabase(server) : freshDirectory();
}

/** The embedded engine in a temporary directory, whatever MONGODB_URI says. */
export async function freshDirectory(): Promise<FreshStore & { readonly dataDir: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'akimetr-test-'));
  const store = await openStore({ dataDir });
  return {
    uri: store.uri,
    engine: 'embedded',
    dataDir,
    close: async () => {
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function freshDatabase(server: string): FreshStore {
  const uri = new URL(server);
  uri.pathname = `/test_${randomBytes(6).toString('hex')}`;
  return {
    uri: uri.href,
    engine: 'mongodb',
    close: async () => {
      const client = await MongoClient.connect(uri.href);
      await client.db().dropDatabase();
      await client.close();
    },
  };
}
