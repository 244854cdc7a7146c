/** Open cursors: flows that wait for their next getMore. They hold no database resources, only their place. */
import { randomBytes } from 'node:crypto';
import { CommandError } from './errors.ts';
import type { Flow } from './query.ts';
import type { Raw } from './raw.ts';

export const LARGEST_BATCH = 16 * 1024 * 1024;
const MOST_CURSORS = 1000;
const IDLE_MS = 10 * 60 * 1000;
const SLICE_MS = 8;

export interface Batch {
  readonly docs: Raw[];
  readonly finished: boolean;
}

export class Cursor {
  readonly namespace: string;
  readonly id: bigint;
  lastUsed = Date.now();
  busy = false;
  private readonly flow: Flow<Raw>;
  private left: number;
  private held: Raw | undefined;

  /** `limit` documents at most will ever come, where that is known. */
  constructor(namespace: string, flow: Flow<Raw>, limit = Infinity) {
    this.namespace = namespace;
    this.flow = flow;
    this.left = limit;
    this.id = (randomBytes(8).readBigUInt64BE() >> 1n) | 1n;
  }

  /** Up to `count` documents and 16 MB; lets others work every few milliseconds. */
  async next(count: number, deadline = Infinity): Promise<Batch> {
    const docs: Raw[] = [];
    let bytes = 0;
    let sliceEnd = performance.now() + SLICE_MS;
    while (docs.length < count && this.left > 0) {
      const doc = this.held ?? this.pull();
      if (doc === null) return { docs, finished: true };
      if (doc) {
        if (bytes + doc.size + 16 > LARGEST_BATCH && docs.length) {
          this.held = doc;
          break;
        }
        this.held = undefined;
        docs.push(doc);
        bytes += doc.size + 16;
        this.left--;
      }
      const now = performance.now();
      if (now > deadline) throw new CommandError(50, 'operation exceeded time limit');
      if (now < sliceEnd) continue;
      await new Promise((resolve) => setImmediate(resolve));
      sliceEnd = performance.now() + SLICE_MS;
    }
    return { docs, finished: this.left <= 0 };
  }

  private pull(): Raw | undefined | null {
    const { done, value } = this.flow.next();
    return done ? null : (value ?? undefined);
  }

  close(): void {
    this.flow.return();
  }
}

export class Cursors {
  private readonly open = new Map<bigint, Cursor>();
  private readonly timer: NodeJS.Timeout;

  constructor() {
    this.timer = setInterval(() => this.endIdle(Date.now()), 60_000);
    this.timer.unref();
  }

  add(cursor: Cursor): void {
    if (this.open.size >= MOST_CURSORS) {
      throw new CommandError(146, `too many open cursors (${MOST_CURSORS}); close some first`);
    }
    this.open.set(cursor.id, cursor);
  }

  get(id: bigint, namespace: string): Cursor {
    const cursor = this.open.get(id);
    if (!cursor) throw new CommandError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new CommandError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    if (cursor.busy) throw new CommandError(12051, `cursor id ${id} is already in use`);
    return cursor;
  }

  remove(id: bigint): boolean {
    this.open.get(id)?.close();
    return this.open.delete(id);
  }

  has(id: bigint): boolean {
    return this.open.has(id);
  }

  /** Ends cursors nobody has asked for in ten minutes. */
  endIdle(now: number): void {
    for (const cursor of this.open.values()) {
      if (!cursor.busy && now - cursor.lastUsed > IDLE_MS) this.remove(cursor.id);
    }
  }

  close(): void {
    clearInterval(this.timer);
    for (const id of [...this.open.keys()]) this.remove(id);
  }
}
