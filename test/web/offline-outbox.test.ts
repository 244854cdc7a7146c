/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import type { InterviewReason, Receipt } from '@akimetr/api/contracts/interviews';
import {
  backoffMs,
  batchLimit,
  emptyOutbox,
  graceMs,
  isDue,
  nextOutbox,
  receiptCode,
  sendingEntries,
  unsentEntries,
  waitsForPerson,
} from '../../web/src/offline/outbox.ts';
import type { Outbox, OutboxEvent } from '../../web/src/offline/outbox.ts';
import fc from '../support/fast-check.ts';

const receivedAt = '2026-11-22T09:00:00Z';
const hashOf = (id: string) => `hash-of-${id}`;
const receipt = (id: string, over: Partial<Receipt> = {}): Receipt => ({
  id,
  status: 'stored',
  hash: hashOf(id),
  receivedAt,
  ...over,
});
const after = (...events: OutboxEvent[]): Outbox => events.reduce(nextOutbox, emptyOutbox);
const sealed = (id: string, deviceSequence = 1): OutboxEvent => ({
  type: 'sealed',
  id,
  hash: hashOf(id),
  deviceSequence,
});
const receipts = (...arrived: Receipt[]): OutboxEvent => ({
  type: 'receiptsArrived',
  sentIds: arrived.map(({ id }) => id ?? ''),
  receipts: arrived,
});
const started: OutboxEvent = { type: 'batchStarted' };
const failed: OutboxEvent = { type: 'serverFailed', now: 0, jitter01: 0, suspectBatch: true };
const lost: OutboxEvent = { type: 'networkLost', now: 0, jitter01: 0 };
const stateOf = (outbox: Outbox, id: string) =>
  outbox.entries.find((entry) => entry.id === id)?.custody.state;

describe('nextOutbox', () => {
  it('takes an interview as held only when the receipt carries its own hash', () => {
    const sending = after(sealed('a'), started);
    expect(stateOf(nextOutbox(sending, receipts(receipt('a'))), 'a')).toBe('held');
    const wrong = nextOutbox(sending, receipts(receipt('a', { hash: 'another' })));
    expect(stateOf(wrong, 'a')).toBe('queued');
  });

  it('asks for a person after three receipts that do not match, and sends again when told to', () => {
    const wrong = receipts(receipt('a', { hash: 'another' }));
    const outbox = after(sealed('a'), started, wrong, started, wrong, started, wrong);
    expect(outbox.entries[0]?.custody).toMatchObject({
      state: 'attention',
      status: 'unproven',
      reasons: [{ code: 'receipt_mismatch' }],
    });
    const again = nextOutbox(nextOutbox(outbox, { type: 'sendAgain', id: 'a' }), started);
    expect(stateOf(nextOutbox(again, receipts(receipt('a'))), 'a')).toBe('held');
  });

  it('keeps a refused interview with the reasons, and lets the others of its batch through', () => {
    const reasons = [{ code: 'wave_not_open' as const, fields: [] }];
    const answer = receipts(receipt('a', { status: 'refused', reasons }), receipt('b'));
    const outbox = after(sealed('a', 1), sealed('b', 2), started, answer);
    expect(outbox.entries.map(({ custody }) => custody.state)).toEqual(['attention', 'held']);
    expect(outbox.entries[0]?.custody).toMatchObject({ status: 'refused', reasons });
    const yearsLater = nextOutbox(
      nextOutbox(outbox, { type: 'serverTimeLearned', serverNow: '2030-01-01T00:00:00Z' }),
      { type: 'serverTimeLearned', serverNow: '2031-01-01T00:00:00Z' },
    );
    expect(yearsLater.entries.map(({ id }) => id)).toEqual(['a']);
  });

  it('finds a quarantined interview by its hash where the server could not read the id', () => {
    const answer: OutboxEvent = {
      type: 'receiptsArrived',
      sentIds: ['a'],
      receipts: [receipt('a', { id: null, status: 'quarantined', reasons: [] })],
    };
    expect(stateOf(after(sealed('a'), started, answer), 'a')).toBe('attention');
  });

  it('never takes back that the server holds an interview', () => {
    const held = after(sealed('a'), started, receipts(receipt('a')));
    const late = nextOutbox(held, receipts(receipt('a', { status: 'refused', reasons: [] })));
    expect(stateOf(late, 'a')).toBe('held');
  });

  it('keeps a held interview for fourteen days of the server’s clock', () => {
    const learned = (serverNow: string): OutboxEvent => ({ type: 'serverTimeLearned', serverNow });
    const first = Date.parse('2026-11-22T10:00:00Z');
    const held = after(
      sealed('a'),
      started,
      receipts(receipt('a')),
      learned(new Date(first).toISOString()),
    );
    const before = nextOutbox(held, learned(new Date(first + graceMs - 1).toISOString()));
    expect(before.entries).toHaveLength(1);
    const over = nextOutbox(held, learned(new Date(first + graceMs).toISOString()));
    expect(over.entries).toHaveLength(0);
  });

  it('sends at most fifty at a time, in the order they were sealed', () => {
    const outbox = after(...Array.from({ length: 70 }, (_, i) => sealed(`i${i}`, 70 - i)), started);
    const batch = sendingEntries(outbox).map(({ deviceSequence }) => deviceSequence);
    expect(batch).toHaveLength(batchLimit);
    expect(Math.max(...batch)).toBe(batchLimit);
  });

  it('starts no second batch while one is on its way', () => {
    const one = after(...Array.from({ length: 70 }, (_, i) => sealed(`i${i}`, i + 1)), started);
    expect(nextOutbox(one, started)).toEqual(one);
  });

  it('keeps everything when the session has ended, and sends nothing until the next sign-in', () => {
    const ended = after(sealed('a'), started, { type: 'signInNeeded' });
    expect(stateOf(ended, 'a')).toBe('queued');
    expect(isDue(ended, 0)).toBe(false);
    expect(isDue(nextOutbox(ended, { type: 'signedIn' }), 0)).toBe(true);
  });

  it('puts back into the queue what was on its way when the app was killed', () => {
    expect(stateOf(after(sealed('a'), started, { type: 'restarted' }), 'a')).toBe('queued');
  });

  it('waits longer after each failure, and no longer than the server asks less than that', () => {
    const once = after(sealed('a'), started, lost);
    expect(once.retryAt).toBe(backoffMs(1, 0));
    const busy = { type: 'serverFailed', now: 0, jitter01: 0, suspectBatch: false } as const;
    const told = after(sealed('a'), started, { ...busy, retryAfterMs: 60_000 });
    expect(told.retryAt).toBe(60_000);
    expect(told.entries[0]?.failures).toBe(0);
    expect(isDue(told, 59_999)).toBe(false);
    expect(isDue(nextOutbox(told, { type: 'sendNow' }), 0)).toBe(true);
  });

  it('halves a batch that the server turned down until the one bad interview is alone', () => {
    const size = 20;
    const bad = 'i7';
    let outbox = after(...Array.from({ length: size }, (_, i) => sealed(`i${i}`, i + 1)));
    let rounds = 0;
    while (isDue(outbox, 0) && rounds < 40) {
      rounds += 1;
      outbox = nextOutbox(outbox, started);
      const sent = sendingEntries(outbox).map(({ id }) => id);
      outbox = nextOutbox(
        outbox,
        sent.includes(bad)
          ? { type: 'batchRefused', problem: 'invalid_input' }
          : receipts(...sent.map((id) => receipt(id))),
      );
    }
    expect(unsentEntries(outbox).map(({ id }) => id)).toEqual([bad]);
    expect(outbox.entries.find(({ id }) => id === bad)?.custody).toMatchObject({
      state: 'attention',
      reasons: [{ code: 'not_accepted', problem: 'invalid_input' }],
    });
    expect(rounds).toBeLessThan(20);
  });

  it('hands in once more, in the ordinary way, what waits only because nobody was signed in', () => {
    const aside = (id: string, ...codes: InterviewReason[]) => ({
      ...receipt(id, { status: 'quarantined' }),
      reasons: codes.map((code) => ({ code, fields: [] })),
    });
    const outbox = after(
      sealed('i1', 1),
      sealed('i2', 2),
      sealed('i3', 3),
      started,
      receipts(
        aside('i1', 'session_expired'),
        aside('i2', 'device_revoked'),
        aside('i3', 'session_expired', 'invalid_answers'),
      ),
      { type: 'signedIn' },
    );
    expect(outbox.entries.map(({ custody }) => custody.state)).toEqual([
      'queued',
      'attention',
      'attention',
    ]);
  });

  it('holds what a person has released, as soon as the server says so', () => {
    const outbox = after(
      sealed('i1', 1),
      started,
      receipts(receipt('i1', { status: 'quarantined' })),
      { type: 'receiptsArrived', sentIds: [], receipts: [receipt('i1', { status: 'duplicate' })] },
    );
    expect(outbox.entries[0].custody.state).toBe('held');
  });

  it('gets all others through while the server fails on one of them every time', () => {
    const bad = 'i31';
    let outbox = after(...Array.from({ length: 120 }, (_, i) => sealed(`i${i}`, i + 1)));
    for (let round = 0; round < 60; round += 1) {
      outbox = nextOutbox(nextOutbox(outbox, { type: 'sendNow' }), started);
      const sent = sendingEntries(outbox).map(({ id }) => id);
      outbox = nextOutbox(
        outbox,
        sent.includes(bad) ? failed : receipts(...sent.map((id) => receipt(id))),
      );
    }
    expect(unsentEntries(outbox).map(({ id }) => id)).toEqual([bad]);
  });
});

describe('backoffMs', () => {
  it('stays between half and the whole of a wait that doubles up to five minutes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, j) => {
          const full = Math.min(300_000, 2_000 * 2 ** (n - 1));
          expect(backoffMs(n, j)).toBeGreaterThanOrEqual(full / 2 - 1);
          expect(backoffMs(n, j)).toBeLessThanOrEqual(full);
        },
      ),
    );
  });
});

describe('receiptCode', () => {
  it('is the first eight digits of the hash in two groups', () => {
    expect(receiptCode('a3f291bc00')).toBe('A3F2-91BC');
  });
});

/** The server as the tablet may meet it: it stores an id once and answers by what it has. */
class Server {
  stored = new Map<string, string>();
  times = new Map<string, number>();
  /** Kept for a person, whole. */
  aside = new Map<string, string>();
  /** Why all that comes is kept aside: nobody is signed in on the tablet any more, or it was withdrawn. */
  holds: 'session_expired' | 'device_revoked' | null = null;

  take(id: string, hash: string): Receipt {
    if (this.stored.get(id) === hash) return { id, hash, status: 'duplicate', receivedAt };
    if (id.startsWith('invalid')) {
      this.aside.set(id, hash);
      return { id, hash, status: 'refused', receivedAt, reasons: [] };
    }
    if (this.stored.has(id)) return { id, hash, status: 'quarantined', receivedAt, reasons: [] };
    if (this.holds !== null) {
      this.aside.set(id, hash);
      const reasons = [{ code: this.holds, fields: [] }];
      return { id, hash, status: 'quarantined', receivedAt, reasons };
    }
    this.store(id, hash);
    return { id, hash, status: 'stored', receivedAt };
  }

  /** A person decides that what was kept aside for how it came counts. */
  release() {
    for (const [id, hash] of this.aside) {
      if (!id.startsWith('invalid') && !this.stored.has(id)) this.store(id, hash);
    }
  }

  private store(id: string, hash: string) {
    this.stored.set(id, hash);
    this.times.set(id, (this.times.get(id) ?? 0) + 1);
  }
}

interface Message {
  sentIds: string[];
  hashes: string[];
}
interface Reply {
  sentIds: string[];
  receipts: Receipt[];
}

/** A tablet, a server and everything that can go wrong between them. */
class World {
  /** What is on the disk: written after each event. */
  disk: Outbox = emptyOutbox;
  memory: Outbox = emptyOutbox;
  server = new Server();
  underWay: Message[] = [];
  replies: Reply[] = [];
  sealed: string[] = [];
  now = 0;
  serverNow = Date.parse('2026-11-22T00:00:00Z');

  tell(event: OutboxEvent) {
    this.memory = nextOutbox(this.memory, event);
    this.disk = { ...emptyOutbox, entries: this.memory.entries };
  }

  seal(kind: 'good' | 'invalid') {
    const id = `${kind}-${this.sealed.length + 1}`;
    this.sealed.push(id);
    this.tell(sealed(id, this.sealed.length));
  }

  send() {
    if (!isDue(this.memory, this.now)) return;
    const before = sendingEntries(this.memory).length;
    this.tell(started);
    const batch = sendingEntries(this.memory);
    if (before > 0) return;
    this.underWay.push({
      sentIds: batch.map(({ id }) => id),
      hashes: batch.map(({ hash }) => hash),
    });
  }

  /** The server reads a message; it may read the same one again when the network repeats it. */
  read(which: number, repeated: boolean) {
    const place = which % Math.max(1, this.underWay.length);
    const message = this.underWay[place];
    if (!message) return;
    if (!repeated) this.underWay.splice(place, 1);
    const answered = message.sentIds.map((id, i) => this.server.take(id, message.hashes[i]));
    this.replies.push({ sentIds: message.sentIds, receipts: answered });
  }

  /** A reply comes back, perhaps twice, perhaps after the tablet gave up or was restarted, perhaps cut short. */
  deliver(which: number, fate: 'once' | 'repeated' | 'garbled' | 'cut') {
    const place = which % Math.max(1, this.replies.length);
    const reply = this.replies[place];
    if (!reply) return;
    if (fate !== 'repeated') this.replies.splice(place, 1);
    const arrived = {
      once: reply.receipts,
      repeated: reply.receipts,
      garbled: reply.receipts.map((one) => ({ ...one, hash: `not-${one.hash}` })),
      cut: reply.receipts.slice(0, Math.floor(reply.receipts.length / 2)),
    }[fate];
    this.tell({ type: 'receiptsArrived', sentIds: reply.sentIds, receipts: arrived });
  }

  /** The tablet tells for what it waits; the server answers for what is stored by now. */
  report() {
    const waiting = this.memory.entries.filter(waitsForPerson);
    const told = waiting.filter(({ id, hash }) => this.server.stored.get(id) === hash);
    const answered = told.map(
      ({ id, hash }) => ({ id, hash, status: 'duplicate', receivedAt }) as const,
    );
    this.replies.push({ sentIds: [], receipts: answered });
  }

  kill() {
    this.memory = this.disk;
    this.tell({ type: 'restarted' });
  }

  days(count: number) {
    this.serverNow += count * 86_400_000;
    this.tell({ type: 'serverTimeLearned', serverNow: new Date(this.serverNow).toISOString() });
  }

  /** What must hold at every moment. */
  check() {
    const there = new Map(this.disk.entries.map((entry) => [entry.id, entry]));
    for (const id of this.sealed) {
      const entry = there.get(id);
      const atServer = this.server.stored.get(id) === hashOf(id);
      if (!entry && !atServer) throw new Error(`${id} is nowhere`);
      if (entry?.custody.state === 'held' && !atServer) throw new Error(`${id} is not held`);
      const keptWhole = atServer || this.server.aside.get(id) === hashOf(id);
      if (entry && waitsForPerson(entry) && !keptWhole) throw new Error(`${id} waits in vain`);
    }
    for (const [id, times] of this.server.times) {
      if (times !== 1) throw new Error(`${id} was stored ${times} times`);
    }
    if (sendingEntries(this.disk).length > batchLimit) throw new Error('too large a batch');
  }

  /**
   * The weather clears: the line is good, a person has decided, the interviewer is signed in and presses what
   * there is to press.
   */
  settle() {
    this.server.holds = null;
    this.server.release();
    this.tell({ type: 'signedIn' });
    this.replies = [];
    this.report();
    this.deliver(0, 'once');
    for (let round = 0; round < 400; round += 1) {
      this.kill();
      for (const { id, custody } of this.memory.entries) {
        const unproven = custody.state === 'attention' && custody.status === 'unproven';
        if (unproven) this.tell({ type: 'sendAgain', id });
      }
      this.underWay = [];
      this.replies = [];
      this.send();
      if (this.underWay.length === 0) return;
      this.read(0, false);
      this.deliver(0, 'once');
    }
    throw new Error('it does not come to rest');
  }
}

type Step = (world: World) => void;
const which = fc.nat({ max: 5 });
const jitter01 = fc.double({ min: 0, max: 1, noNaN: true });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Step>((w) => w.seal('good')) },
  { weight: 1, arbitrary: fc.constant<Step>((w) => w.seal('invalid')) },
  { weight: 6, arbitrary: fc.constant<Step>((w) => w.send()) },
  {
    weight: 6,
    arbitrary: fc.tuple(which, fc.boolean()).map(
      ([at, twice]): Step =>
        (w) =>
          w.read(at, twice),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(which, fc.constantFrom('once', 'repeated', 'garbled', 'cut')).map(
      ([at, fate]): Step =>
        (w) =>
          w.deliver(at, fate),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>((w) => void w.underWay.shift()) },
  { weight: 1, arbitrary: fc.constant<Step>((w) => void w.replies.shift()) },
  {
    weight: 2,
    arbitrary: jitter01.map(
      (j): Step =>
        (w) =>
          w.tell({ type: 'networkLost', now: w.now, jitter01: j }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(jitter01, fc.boolean()).map(
      ([j, suspectBatch]): Step =>
        (w) =>
          w.tell({ type: 'serverFailed', now: w.now, jitter01: j, suspectBatch }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>((w) => w.tell({ type: 'batchRefused', problem: 'too_large' })),
  },
  { weight: 1, arbitrary: fc.constant<Step>((w) => w.tell({ type: 'signInNeeded' })) },
  { weight: 1, arbitrary: fc.constant<Step>((w) => w.tell({ type: 'signedIn' })) },
  { weight: 1, arbitrary: fc.constant<Step>((w) => w.tell({ type: 'sendNow' })) },
  { weight: 2, arbitrary: fc.constant<Step>((w) => w.kill()) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('session_expired', 'device_revoked', null).map(
      (reason): Step =>
        (w) =>
          void (w.server.holds = reason),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>((w) => w.server.release()) },
  { weight: 2, arbitrary: fc.constant<Step>((w) => w.report()) },
  {
    weight: 2,
    arbitrary: fc.nat({ max: 400_000 }).map(
      (ms): Step =>
        (w) =>
          void (w.now += ms),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.nat({ max: 40 }).map(
      (days): Step =>
        (w) =>
          w.days(days),
    ),
  },
);

describe('the outbox and a server in bad weather', () => {
  it('ends with every sealed interview exactly once on the server and none lost, in 10,000 schedules', () => {
    const seen = { held: 0, attention: 0, purged: 0, aside: 0 };
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        const world = new World();
        for (const each of steps) {
          each(world);
          world.check();
        }
        world.settle();
        world.check();
        const good = world.sealed.filter((id) => id.startsWith('good'));
        expect([...world.server.stored.keys()].sort()).toEqual([...good].sort());
        for (const { id, custody } of world.disk.entries) {
          expect(custody.state).toBe(id.startsWith('good') ? 'held' : 'attention');
          seen[custody.state === 'held' ? 'held' : 'attention'] += 1;
        }
        const invalid = world.sealed.filter((id) => id.startsWith('invalid'));
        expect(world.disk.entries.map(({ id }) => id)).toEqual(expect.arrayContaining(invalid));
        seen.aside += good.filter((id) => world.server.aside.has(id)).length;
        seen.purged += world.sealed.length - world.disk.entries.length;
      }),
      { numRuns: 10_000 },
    );
    // The schedules really reached every end there is.
    expect(Math.min(seen.held, seen.attention, seen.purged, seen.aside)).toBeGreaterThan(50);
  });
});
