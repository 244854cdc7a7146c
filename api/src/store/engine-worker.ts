/** The thread the embedded engine lives in: started by open-store.ts, which is told when it is ready or why not. */
import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Engine } from './engine.ts';
import { Ownership } from './ownership.ts';
import { type Address, StoreServer } from './server.ts';
import { Storage } from './storage.ts';
import { StoreError, type StoreErrorCode } from './store-error.ts';

export interface WorkerSettings {
  readonly dataDir: string;
  readonly address: Address;
  /** Where the owner's socket goes; without one a loopback port is used. */
  readonly guardPath: string | undefined;
}

export type WorkerMessage =
  | { kind: 'ready'; port: number }
  | { kind: 'failed'; code: StoreErrorCode; message: string }
  | { kind: 'closed' };

const FOLDER = 'store';

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function prepareFolder(dataDir: string): string {
  const folder = join(dataDir, FOLDER);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StoreError(
      'directory-unwritable',
      `The data directory ${dataDir} cannot be written: ${reason(error)}`,
    );
  }
  const foreign = readdirSync(folder).filter((name) => !/^(data|lock)\.mdb$/.test(name));
  if (foreign.length) {
    throw new StoreError(
      'directory-unusable',
      `${folder} holds files that are not Akimetr's (${foreign[0]}); set another DATA_DIR`,
    );
  }
  return folder;
}

function openStorage(dataDir: string): Storage {
  const folder = prepareFolder(dataDir);
  try {
    return Storage.open(folder);
  } catch (error) {
    const text = reason(error);
    const denied = /EACCES|EROFS|Permission denied|Read-only/i.test(text);
    throw new StoreError(
      denied ? 'directory-unwritable' : 'directory-unusable',
      denied
        ? `The data directory ${dataDir} cannot be written: ${text}`
        : `The database in ${folder} cannot be read (${text}); restore a backup or set another DATA_DIR`,
    );
  }
}

async function listen(server: StoreServer, address: Address): Promise<void> {
  try {
    await server.listen(address);
    if ('path' in address) chmodSync(address.path, 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const where = 'path' in address ? address.path : `port ${address.port}`;
    const text = code === 'EADDRINUSE' ? 'it is already taken' : reason(error);
    throw new StoreError('port-unusable', `The store cannot listen on ${where}: ${text}`);
  }
}

async function start(settings: WorkerSettings): Promise<() => Promise<void>> {
  const { dataDir, address, guardPath } = settings;
  const storage = openStorage(dataDir);
  const server = new StoreServer();
  let ownership: Ownership | undefined;
  try {
    ownership = await Ownership.claim(storage, dataDir, guardPath);
    const engine = new Engine(storage);
    server.attach(engine);
    await listen(server, address);
    const held = ownership;
    parentPort!.postMessage({ kind: 'ready', port: server.port } satisfies WorkerMessage);
    return async () => {
      await server.close();
      await engine.idle();
      held.release();
      await engine.close();
    };
  } catch (error) {
    ownership?.release();
    await storage.close();
    throw error;
  }
}

try {
  const stop = await start(workerData as WorkerSettings);
  parentPort!.once('message', () => {
    void stop().then(() => {
      parentPort!.postMessage({ kind: 'closed' } satisfies WorkerMessage);
      parentPort!.close();
    });
  });
} catch (error) {
  const code = error instanceof StoreError ? error.code : 'failed';
  parentPort!.postMessage({ kind: 'failed', code, message: reason(error) } satisfies WorkerMessage);
  parentPort!.close();
}
