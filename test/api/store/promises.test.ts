import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Document, MongoClient } from 'mongodb';
import { openStore } from '../../../api/src/store/open-store.ts';
import { type FreshStore, freshDirectory, freshStore } from '../../support/store.ts';
import { startStoreProcess } from '../../support/store-process.ts';

interface Doc extends Document {
  _id: number | string;
}

describe('a store keeps its promises', () => {
  let store: FreshStore;
  let client: MongoClient;

  beforeAll(async () => {
    store = await freshStore();
    client = await MongoClient.connect(store.uri, { maxPoolSize: 40 });
  });

  afterAll(async () => {
    await client.close();
    await store.close();
  });

  it('stores one of 32 equal inserts made at once and refuses 31 with the key', async () => {
    const codes = client.db().collection('codes');
    await codes.createIndex({ wave: 1, code: 1 }, { unique: true });
    const tries = await Promise.allSettled(
      Array.from({ length: 32 }, (_, i) => codes.insertOne({ wave: 'w1', code: 7, i })),
    );
    const refused = tries.filter((one) => one.status === 'rejected').map(({ reason }) => reason);
    expect(refused).toHaveLength(31);
    for (const error of refused) {
      expect(error).toMatchObject({
        code: 11000,
        keyPattern: { wave: 1, code: 1 },
        keyValue: { wave: 'w1', code: 7 },
      });
      expect(error.message).toMatch(/^E11000 duplicate key error/);
    }
    expect(await codes.countDocuments()).toBe(1);
  });

  it('counts every one of 320 concurrent increments', async () => {
    const counters = client.db().collection<Doc>('counters');
    await counters.insertOne({ _id: 'n', n: 0 });
    await Promise.all(
      Array.from({ length: 320 }, () => counters.updateOne({ _id: 'n' }, { $inc: { n: 1 } })),
    );
    expect(await counters.findOne({ _id: 'n' })).toEqual({ _id: 'n', n: 320 });
  });

  it('makes one document of 64 upserts that find it missing at once', async () => {
    const made = client.db().collection<Doc>('made');
    for (const _id of ['a', 'b', 'c']) {
      await Promise.all(
        Array.from({ length: 64 }, () =>
          made.bulkWrite([
            { updateOne: { filter: { _id }, update: { $inc: { n: 1 } }, upsert: true } },
          ]),
        ),
      );
      expect(await made.findOne({ _id })).toEqual({ _id, n: 64 });
    }
  });

  it('returns each document once while they move in the index that is read', async () => {
    const movers = client.db().collection<Doc>('movers');
    await movers.createIndex({ place: 1 });
    await movers.insertMany(Array.from({ length: 600 }, (_, _id) => ({ _id, place: _id })));
    const seen: unknown[] = [];
    for await (const { _id } of movers
      .find({ place: { $gte: 0 } })
      .sort({ place: 1 })
      .batchSize(20)) {
      seen.push(_id);
      if (seen.length % 100 === 50) {
        await movers.updateMany({ _id: { $lt: 300 } }, { $inc: { place: 10_000 } });
      }
    }
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('reaches each document once in an update that moves it', async () => {
    const raises = client.db().collection<Doc>('raises');
    await raises.createIndex({ pay: 1 });
    await raises.insertMany(Array.from({ length: 500 }, (_, _id) => ({ _id, pay: _id })));
    const result = await raises.updateMany({ pay: { $gte: 0 } }, { $inc: { pay: 1000 } });
    expect(result.modifiedCount).toBe(500);
    expect(await raises.countDocuments({ pay: { $gte: 2000 } })).toBe(0);
  });

  it('ends a batch at 16 MB', async () => {
    const big = client.db().collection<Doc>('big');
    const text = 'x'.repeat(1_000_000);
    for (let _id = 0; _id < 24; _id++) await big.insertOne({ _id, text });
    const reply = await client.db().command({ find: 'big', filter: {}, batchSize: 1000 });
    expect(reply.cursor.firstBatch.length).toBeGreaterThan(10);
    expect(reply.cursor.firstBatch.length).toBeLessThan(17);
    expect(await big.find().batchSize(1000).toArray()).toHaveLength(24);
    await client.db().command({ killCursors: 'big', cursors: [reply.cursor.id] });
  });

  it('refuses a document over 16 MB and keeps the others', async () => {
    const big = client.db().collection<Doc>('bigger');
    await big.insertOne({ _id: 1, text: 'x'.repeat(9_000_000) });
    await expect(
      big.updateOne({ _id: 1 }, { $set: { more: 'x'.repeat(9_000_000) } }),
    ).rejects.toHaveProperty('code');
    expect(Object.keys((await big.findOne({ _id: 1 }))!)).toEqual(['_id', 'text']);
  });
});

describe('the embedded engine', () => {
  let store: Awaited<ReturnType<typeof freshDirectory>>;
  let client: MongoClient;

  beforeAll(async () => {
    store = await freshDirectory();
    client = await MongoClient.connect(store.uri, { maxPoolSize: 40 });
    const pages = client.db().collection<Doc>('pages');
    const text = 'x'.repeat(10_000);
    for (let i = 0; i < 12_000; i += 500) {
      await pages.insertMany(
        Array.from({ length: 500 }, (_, k) => ({ _id: i + k, n: (i + k) % 97, text })),
      );
    }
  });

  afterAll(async () => {
    await client.close();
    await store.close();
  });

  const run = (pipeline: object[]): Promise<unknown> =>
    client.db().collection('pages').aggregate(pipeline).toArray();

  it('ends a sort that needs over 100 MB', async () => {
    await expect(run([{ $sort: { n: 1 } }, { $skip: 11_999 }])).rejects.toMatchObject({
      code: 292,
    });
  });

  it('sorts what is limited without keeping the rest', async () => {
    expect(
      await run([{ $sort: { n: -1, _id: 1 } }, { $limit: 1 }, { $project: { n: 1 } }]),
    ).toEqual([{ _id: 96, n: 96 }]);
  });

  it('ends a group that needs over 100 MB', async () => {
    await expect(run([{ $group: { _id: null, all: { $push: '$text' } } }])).rejects.toMatchObject({
      code: 146,
      codeName: 'ExceededMemoryLimit',
    });
  });

  it('writes while a long read is under way', async () => {
    const notes = client.db().collection('notes');
    const pages = client.db().collection('pages');
    let reading = true;
    const reads = Promise.all(
      [1, 2, 3].map(() => pages.countDocuments({ text: { $regex: 'y$' }, n: { $gte: 0 } })),
    ).then(() => {
      reading = false;
    });
    let written = 0;
    for (; reading; written += 1) await notes.insertOne({ written });
    await reads;
    // A write that waits for a read under way would be the only one.
    expect(written).toBeGreaterThan(3);
  });

  it('keeps texts apart of which one goes on with what ends the other', async () => {
    const texts = client.db().collection<Doc>('texts');
    await texts.createIndex({ text: 1, n: -1 }, { unique: true });
    const all = ['', '\0', 'a', 'a\0', 'a\0b', 'a\u0001', 'a\u0001b', 'ab'];
    await texts.insertMany(all.map((text, _id) => ({ _id, text, n: 1 })));
    for (const [_id, text] of all.entries()) {
      expect(await texts.find({ text }).toArray()).toEqual([{ _id, text, n: 1 }]);
      expect(await texts.countDocuments({ text: { $gt: text } })).toBe(all.length - 1 - _id);
      await expect(texts.insertOne({ _id: 100, text, n: 1 })).rejects.toMatchObject({
        code: 11000,
      });
    }
  });

  it('refuses more than a thousand open cursors and goes on', async () => {
    const ids: unknown[] = [];
    const open = async (): Promise<void> => {
      const { cursor } = await client.db().command({ find: 'pages', batchSize: 0 });
      ids.push(cursor.id);
    };
    await expect(
      (async () => {
        for (let i = 0; i < 1001; i++) await open();
      })(),
    ).rejects.toMatchObject({ code: 146 });
    expect(ids).toHaveLength(1000);
    await client.db().command({ killCursors: 'pages', cursors: ids });
    await open();
  });
});

describe('a store that is killed', () => {
  it('has every write it acknowledged when it is opened again', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'akimetr-kill-'));
    const acknowledged = new Set<number>();
    for (let round = 0; round < 2; round++) {
      const child = await startStoreProcess(dataDir);
      const client = await MongoClient.connect(child.uri, { maxPoolSize: 32 });
      const answers = client.db().collection<Doc>('answers');
      let next = round * 1_000_000;
      let alive = true;
      let told = () => {};
      const enough = new Promise<void>((done) => (told = done));
      const known = acknowledged.size;
      const writer = async (batch: number): Promise<void> => {
        while (alive) {
          const ids = Array.from({ length: batch }, () => next++);
          try {
            await answers.insertMany(ids.map((_id) => ({ _id, text: `answer ${_id}`.repeat(50) })));
            ids.forEach((id) => acknowledged.add(id));
            if (acknowledged.size - known > 500) told();
          } catch {
            return;
          }
        }
      };
      const writers = Array.from({ length: 16 }, (_, i) => writer(i % 2 ? 1 : 5));
      await enough;
      await child.kill();
      alive = false;
      await Promise.all(writers);
      await client.close();
    }
    const store = await openStore({ dataDir });
    const client = await MongoClient.connect(store.uri);
    const answers = client.db().collection<Doc>('answers');
    const stored = await answers.find().toArray();
    const ids = new Set(stored.map(({ _id }) => _id as number));
    expect(acknowledged.size).toBeGreaterThan(1000);
    expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
    expect(ids.size).toBe(stored.length);
    expect(await answers.estimatedDocumentCount()).toBe(stored.length);
    for (const { _id, text } of stored) expect(text).toBe(`answer ${_id}`.repeat(50));
    await client.close();
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  });
});
