/** Which database: the server named by MONGODB_URI, or the embedded engine in DATA_DIR. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ConnectionString } from 'mongodb-connection-string-url';
import type { WorkerMessage, WorkerSettings } from './engine-worker.ts';
import { StoreError } from './store-error.ts';

export { StoreError } from './store-error.ts';

export interface StoreSettings {
  readonly mongodbUri?: string;
  readonly dataDir: string;
  /** Listen on 127.0.0.1 at this port (0: any) instead of a unix socket. */
  readonly port?: number;
}

export interface OpenStore {
  /** For the official driver or Mongoose; names the database `akimetr` when it is the embedded engine's. */
  readonly uri: string;
  readonly engine: 'mongodb' | 'embedded';
  /** Ends the embedded engine after the writes under way; call it after disconnecting. */
  close(): Promise<void>;
}

const LONGEST_SOCKET_PATH = 100; // sun_path has 108 bytes on Linux and 104 elsewhere

/** Opens the store. Throws StoreError with one clear line when it cannot. */
export async function openStore(settings: StoreSettings): Promise<OpenStore> {
  if (settings.mongodbUri) return passThrough(settings.mongodbUri);
  const dataDir = resolve(settings.dataDir);
  const place = socketPlace(dataDir, settings.port);
  const worker = startWorker({ dataDir, address: place.address, guardPath: place.guardPath });
  try {
    const port = await ready(worker);
    const uri =
      'path' in place.address
        ? `mongodb://${encodeURIComponent(place.address.path)}/akimetr?directConnection=true`
        : `mongodb://127.0.0.1:${port}/akimetr?directConnection=true`;
    return { uri, engine: 'embedded', close: () => stop(worker, place.cleanUp) };
  } catch (error) {
    await worker.terminate();
    place.cleanUp();
    throw error;
  }
}

function passThrough(uri: string): OpenStore {
  try {
    new ConnectionString(uri);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StoreError('bad-uri', `MONGODB_URI is not a MongoDB address: ${why}`);
  }
  return { uri, engine: 'mongodb', close: () => Promise.resolve() };
}

interface Place {
  readonly address: WorkerSettings['address'];
  readonly guardPath: string | undefined;
  readonly cleanUp: () => void;
}

function socketPlace(dataDir: string, port: number | undefined): Place {
  const host = '127.0.0.1';
  if (process.platform === 'win32') {
    return {
      address: { host, port: port ?? 0 },
      guardPath: undefined,
      cleanUp: () => undefined,
    };
  }
  const name = randomBytes(6).toString('hex');
  const { folder, isOwn } = socketFolder(dataDir, name);
  const path = join(folder, `${name}.sock`);
  const guardPath = join(folder, `${name}.own`);
  return {
    address: port === undefined ? { path } : { host, port },
    guardPath,
    cleanUp: () => {
      if (isOwn) rmSync(folder, { recursive: true, force: true });
      else for (const file of [path, guardPath]) rmSync(file, { force: true });
    },
  };
}

/** The data directory, unless its path is too long for a socket. */
function socketFolder(dataDir: string, name: string): { folder: string; isOwn: boolean } {
  if (Buffer.byteLength(join(dataDir, `${name}.sock`)) > LONGEST_SOCKET_PATH) {
    return { folder: mkdtempSync(join(tmpdir(), 'akimetr-')), isOwn: true };
  }
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StoreError(
      'directory-unwritable',
      `The data directory ${dataDir} cannot be written: ${why}`,
    );
  }
  return { folder: dataDir, isOwn: false };
}

function startWorker(workerData: WorkerSettings): Worker {
  return new Worker(new URL('./engine-boot.mjs', import.meta.url), { workerData, execArgv: [] });
}

/** The port the engine listens on (0 for a socket), once it does. */
function ready(worker: Worker): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const failed = (message: string): void => reject(new StoreError('failed', message));
    const onExit = (): void => failed('The embedded store ended while it was starting');
    const onError = (error: Error): void => failed(`The embedded store failed: ${error.message}`);
    worker.once('exit', onExit);
    worker.once('error', onError);
    worker.once('message', (message: WorkerMessage) => {
      worker.off('exit', onExit);
      worker.off('error', onError); // from now on an error there is an uncaught one here
      if (message.kind === 'ready') resolvePort(message.port);
      else if (message.kind === 'failed') reject(new StoreError(message.code, message.message));
    });
  });
}

async function stop(worker: Worker, cleanUp: () => void): Promise<void> {
  const ended = new Promise<void>((done) => worker.once('exit', () => done()));
  worker.postMessage('close');
  await ended;
  cleanUp();
}
