/**
 * Group commit. All writes that wait are done in one transaction, flushed to disk once, and only then acknowledged:
 * concurrency gives throughput, and what was acknowledged survives the death of the process. A long job yields between
 * documents and goes on in the next transaction, so that short ones are not kept waiting.
 */
import type { Catalog } from './catalog.ts';
import { CommandError } from './errors.ts';
import type { Storage } from './storage.ts';

/** A write that may pause between documents; each step leaves the data consistent. */
export type WriteJob<R> = Generator<void, R, void>;

/** A job of one step. */
// eslint-disable-next-line require-yield
export function* atomic<R>(work: () => R): WriteJob<R> {
  return work();
}

interface Waiting {
  readonly job: WriteJob<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  settle?: () => void;
}

const SLICE_MS = 12;
const TURN_MS = 4;

export class WriteQueue {
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;
  private readonly storage: Storage;
  private readonly catalog: Catalog;

  constructor(storage: Storage, catalog: Catalog) {
    this.storage = storage;
    this.catalog = catalog;
  }

  /** Resolves with the job's result once it is on disk. */
  run<R>(job: WriteJob<R>): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.waiting.push({ job, resolve: resolve as (value: unknown) => void, reject });
      this.running ??= this.drain();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  private async drain(): Promise<void> {
    await nextTurn(); // let every connection that has a write ready add it
    while (this.waiting.length) {
      const batch = this.waiting;
      this.waiting = [];
      await this.commit(batch);
      await nextTurn();
    }
    this.running = undefined;
  }

  private async commit(batch: Waiting[]): Promise<void> {
    let unfinished: Waiting[] = [];
    try {
      this.storage.transaction(() => {
        unfinished = work(batch);
        this.catalog.saveCounts();
      });
      await this.storage.flush();
    } catch (error) {
      this.catalog.load();
      for (const { reject } of batch) reject(asCommandError(error));
      return;
    }
    for (const { settle } of batch) settle?.();
    this.waiting.unshift(...unfinished);
  }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function work(batch: Waiting[]): Waiting[] {
  const end = performance.now() + SLICE_MS;
  let active = batch;
  while (active.length) {
    const paused: Waiting[] = [];
    for (let i = 0; i < active.length; i++) {
      if (performance.now() > end) return [...active.slice(i), ...paused];
      if (!step(active[i]!)) paused.push(active[i]!);
    }
    active = paused;
  }
  return [];
}

/** True when the job has ended. A refusal is the job's own result; anything else fails the whole transaction. */
function step(waiting: Waiting): boolean {
  const end = performance.now() + TURN_MS;
  try {
    do {
      const { done, value } = waiting.job.next();
      if (!done) continue;
      waiting.settle = () => waiting.resolve(value);
      return true;
    } while (performance.now() < end);
    return false;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    waiting.settle = () => waiting.reject(error);
    return true;
  }
}

function asCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const full = /ENOSPC|No space|MAP_FULL/i.test(message);
  return new CommandError(full ? 14031 : 1, `the write failed and was undone: ${message}`);
}
