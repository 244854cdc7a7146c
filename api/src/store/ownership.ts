/**
 * One process per directory. The owner listens on a socket that answers with its name; the socket dies with the
 * process, however it dies. The name is exchanged inside a write transaction, which LMDB lets only one process have at
 * a time, so of two that find a dead owner only one takes its place.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { type Server, connect, createServer } from 'node:net';
import type { Storage } from './storage.ts';
import { StoreError } from './store-error.ts';

const ANSWER_MS = 2000;

interface Owner {
  readonly name: string;
  /** A socket path, or a loopback port where there are no unix sockets. */
  readonly address: string | number;
}

/** Holds the directory until `release`. */
export class Ownership {
  private readonly guard: Server;
  private readonly storage: Storage;

  private constructor(guard: Server, storage: Storage) {
    this.guard = guard;
    this.storage = storage;
  }

  static async claim(storage: Storage, directory: string, socketPath?: string): Promise<Ownership> {
    const name = randomBytes(12).toString('hex');
    const guard = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(name);
    });
    const address = await listen(guard, socketPath);
    try {
      await exchange(storage, { name, address }, directory);
      return new Ownership(guard, storage);
    } catch (error) {
      guard.close();
      throw error;
    }
  }

  release(): void {
    this.storage.transaction(() => this.storage.setOwner(undefined));
    this.guard.close();
  }
}

function listen(guard: Server, socketPath: string | undefined): Promise<string | number> {
  return new Promise((resolve, reject) => {
    guard.once('error', reject);
    guard.listen(socketPath ? { path: socketPath } : { host: '127.0.0.1', port: 0 }, () => {
      const bound = guard.address();
      if (socketPath) chmodSync(socketPath, 0o600);
      resolve(bound && typeof bound === 'object' ? bound.port : socketPath!);
    });
  });
}

async function exchange(storage: Storage, mine: Owner, directory: string): Promise<void> {
  for (;;) {
    const before = storage.owner();
    const owner = before && (JSON.parse(before.toString('utf8')) as Owner);
    if (owner && (await isAlive(owner))) {
      throw new StoreError(
        'directory-in-use',
        `The data directory ${directory} is already used by a running Akimetr; stop that one or set another DATA_DIR`,
      );
    }
    const done = storage.transaction(() => {
      if (!same(storage.owner(), before)) return false;
      storage.setOwner(Buffer.from(JSON.stringify(mine), 'utf8'));
      return true;
    });
    if (!done) continue;
    if (typeof owner?.address === 'string') rmSync(owner.address, { force: true });
    return;
  }
}

const same = (a: Buffer | undefined, b: Buffer | undefined): boolean =>
  a && b ? a.equals(b) : a === b;

/** Refused or answered by somebody else: dead. Connected without an answer: alive, but too busy to say so. */
function isAlive(owner: Owner): Promise<boolean> {
  return new Promise((resolve) => {
    const { address } = owner;
    const socket = connect(
      typeof address === 'string' ? { path: address } : { host: '127.0.0.1', port: address },
    );
    let answer = '';
    let connected = false;
    const decide = (alive: boolean): void => {
      socket.destroy();
      resolve(alive);
    };
    socket.setTimeout(ANSWER_MS, () => decide(connected));
    socket.on('connect', () => (connected = true));
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('utf8')));
    socket.on('end', () => decide(answer === owner.name));
    socket.on('error', () => decide(false));
  });
}
