/** The engine: storage, catalog, write queue and cursors of one directory. */
import { Catalog, type Collection } from './catalog.ts';
import { Cursors } from './cursors.ts';
import { Records } from './records.ts';
import type { Storage } from './storage.ts';
import { type WriteJob, WriteQueue } from './write-queue.ts';

const SWEEP_KEYS = 2000;

export class Engine {
  readonly storage: Storage;
  readonly catalog: Catalog;
  readonly records: Records;
  readonly cursors = new Cursors();
  private readonly writes: WriteQueue;
  private sweeping = false;

  constructor(storage: Storage) {
    this.storage = storage;
    this.catalog = new Catalog(storage);
    this.records = new Records(storage, this.catalog);
    this.writes = new WriteQueue(storage, this.catalog);
    this.sweep();
  }

  collection(namespace: string): Collection | undefined {
    return this.catalog.get(namespace);
  }

  /** Runs a write and resolves when it is on disk. */
  async write<R>(job: WriteJob<R>): Promise<R> {
    const result = await this.writes.run(job);
    this.sweep();
    return result;
  }

  /** Frees the space of what was dropped, a little at a time. */
  private sweep(): void {
    if (this.sweeping || !this.catalog.dropped.length) return;
    this.sweeping = true;
    const { catalog, storage } = this;
    const job = function* (): WriteJob<void> {
      for (let table = catalog.dropped[0]; table !== undefined; table = catalog.dropped[0]) {
        while (!storage.sweep(table, SWEEP_KEYS)) yield;
        catalog.dropped.shift();
        storage.forgetDropped(table);
        yield;
      }
    };
    void this.writes
      .run(job())
      .catch(() => undefined) // nothing is lost: the next start sweeps again
      .finally(() => {
        this.sweeping = false;
      });
  }

  /** Resolves when no write is under way. */
  idle(): Promise<void> {
    return this.writes.idle();
  }

  async close(): Promise<void> {
    this.cursors.close();
    await this.writes.idle();
    await this.storage.close();
  }
}
