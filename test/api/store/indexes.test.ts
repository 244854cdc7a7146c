import { type Document, MongoClient } from 'mongodb';
import { type FreshStore, freshStore } from '../../support/store.ts';
import fc from '../../support/fast-check.ts';

interface Doc extends Document {
  _id: number | string;
}

let store: FreshStore;
let client: MongoClient;

beforeAll(async () => {
  store = await freshStore();
  client = await MongoClient.connect(store.uri);
});

afterAll(async () => {
  await client.close();
  await store.close();
});

const leaf = fc.constantFrom<unknown>(null, 0, 1, 2, 2.5, -1, 'a', 'b', true, new Date(0));
const inner = fc.record({ b: leaf, c: leaf }, { requiredKeys: [] });
const field = fc.oneof(
  { weight: 4, arbitrary: leaf },
  { weight: 1, arbitrary: fc.array(leaf, { maxLength: 3 }) },
  { weight: 1, arbitrary: inner },
  { weight: 1, arbitrary: fc.array(inner, { maxLength: 2 }) },
);
const documents = fc.array(fc.record({ a: field, b: field, c: leaf }, { requiredKeys: [] }), {
  minLength: 20,
  maxLength: 20,
});
const path = fc.constantFrom('a', 'b', 'c', 'a.b', 'a.c');
const condition = fc.oneof(
  leaf,
  fc.record({ $gt: leaf }),
  fc.record({ $gte: leaf, $lt: leaf }),
  fc.record({ $lte: leaf }),
  fc.record({ $in: fc.array(leaf, { maxLength: 3 }) }),
  fc.record({ $ne: leaf }),
  fc.record({ $exists: fc.boolean() }),
);
const filter = fc
  .array(fc.tuple(path, condition), { minLength: 1, maxLength: 3 })
  .map((parts) => Object.fromEntries(parts));
const patterns = fc.uniqueArray(
  fc.constantFrom<Record<string, 1 | -1>>(
    { a: 1 },
    { a: -1, c: 1 },
    { c: 1, a: 1 },
    { 'a.b': 1 },
    { 'a.b': 1, 'a.c': -1 },
    { b: 1, c: -1 },
    { c: -1 },
  ),
  { minLength: 1, maxLength: 3, selector: (pattern) => JSON.stringify(pattern) },
);
const order = fc.constantFrom<Record<string, 1 | -1>>(
  { a: 1, _id: 1 },
  { c: -1, _id: -1 },
  { c: 1, a: 1, _id: 1 },
  { 'a.b': -1, _id: 1 },
);

describe('an index', () => {
  it('never changes an answer', async () => {
    const plain = client.db().collection<Doc>('plain');
    const indexed = client.db().collection<Doc>('indexed');
    await fc.assert(
      fc.asyncProperty(
        documents,
        patterns,
        fc.array(fc.tuple(filter, order), { minLength: 8, maxLength: 8 }),
        async (made, keys, queries) => {
          const docs = made.map((doc, _id) => ({ _id, ...doc }));
          for (const each of [plain, indexed]) {
            await each.drop();
            await each.insertMany(docs);
          }
          for (const key of keys) await indexed.createIndex(key);
          for (const [query, sort] of queries) {
            const ask = (from: typeof plain): Promise<Document> =>
              Promise.all([
                from.find(query).sort(sort).toArray(),
                from.countDocuments(query),
                from.find(query).sort(sort).skip(1).limit(3).toArray(),
                client.db().command({ count: from.collectionName, query }),
              ]).then(([all, count, part, { n }]) => ({ all, count, part, n }));
            expect(await ask(indexed)).toEqual(await ask(plain));
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('follows updates, replacements and removals', async () => {
    const things = client.db().collection<Doc>('things');
    await things.createIndex({ tags: 1 });
    await things.insertMany([{ _id: 1, tags: ['a', 'b'] }, { _id: 2, tags: 'b' }, { _id: 3 }]);
    await things.updateOne({ _id: 1 }, { $pull: { tags: 'b' } } as object);
    await things.replaceOne({ _id: 3 }, { tags: ['b', 'c'] });
    await things.deleteOne({ _id: 2 });
    const tagged = async (tags: string): Promise<unknown[]> =>
      (await things.find({ tags }).toArray()).map(({ _id }) => _id);
    expect([await tagged('a'), await tagged('b'), await tagged('c')]).toEqual([[1], [3], [3]]);
  });

  it('keeps values apart that are too long for a key', async () => {
    const texts = client.db().collection<Doc>('texts');
    await texts.createIndex({ text: 1 }, { unique: true });
    const long = (end: string): string => 'қ'.repeat(2000) + end;
    await texts.insertMany([
      { _id: 1, text: long('b') },
      { _id: 2, text: long('a') },
      { _id: 3, text: 'z' },
    ]);
    await expect(texts.insertOne({ _id: 4, text: long('a') })).rejects.toMatchObject({
      code: 11000,
    });
    expect(await texts.findOne({ text: long('a') })).toMatchObject({ _id: 2 });
    const sorted = await texts
      .find({ text: { $gte: 'a' } })
      .sort({ text: 1 })
      .toArray();
    expect(sorted.map(({ _id }) => _id)).toEqual([3, 2, 1]);
  });

  it('is unique only where its filter applies', async () => {
    const users = client.db().collection<Doc>('users');
    await users.createIndex(
      { email: 1 },
      { unique: true, partialFilterExpression: { email: { $exists: true } } },
    );
    await users.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3, email: 'x' }]);
    await expect(users.insertOne({ _id: 4, email: 'x' })).rejects.toMatchObject({ code: 11000 });
    await users.updateOne({ _id: 3 }, { $unset: { email: 1 } });
    await users.insertOne({ _id: 5, email: 'x' });
    expect(await users.countDocuments({ email: null })).toBe(3);
    expect(await users.countDocuments({ email: 'x' })).toBe(1);
  });

  it('takes one missing value when it is unique and any number when it is sparse too', async () => {
    const plain = client.db().collection<Doc>('oneMissing');
    await plain.createIndex({ code: 1 }, { unique: true });
    await plain.insertOne({ _id: 1 });
    await expect(plain.insertOne({ _id: 2, code: null })).rejects.toMatchObject({
      code: 11000,
      keyValue: { code: null },
    });
    const sparse = client.db().collection<Doc>('manyMissing');
    await sparse.createIndex({ code: 1 }, { unique: true, sparse: true });
    await sparse.insertMany([{ _id: 1 }, { _id: 2 }]);
    expect((await sparse.find().sort({ code: 1 }).toArray()).map(({ _id }) => _id)).toEqual([1, 2]);
  });

  it('is not made over duplicates, and leaves nothing behind', async () => {
    const twice = client.db().collection<Doc>('twice');
    await twice.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 1 },
    ]);
    await expect(twice.createIndex({ n: 1 }, { unique: true })).rejects.toMatchObject({
      code: 11000,
    });
    expect(await twice.indexes()).toHaveLength(1);
    await twice.insertOne({ _id: 3, n: 1 });
  });

  it('is listed, found again and dropped', async () => {
    const list = client.db().collection<Doc>('list');
    expect(await list.createIndex({ a: 1, b: -1 })).toBe('a_1_b_-1');
    await list.createIndex({ a: 1, b: -1 });
    await expect(list.createIndex({ a: 1, b: -1 }, { name: 'other' })).rejects.toMatchObject({
      code: 85,
    });
    await expect(list.createIndex({ c: 1 }, { name: 'a_1_b_-1' })).rejects.toMatchObject({
      code: 86,
    });
    expect((await list.indexes()).map(({ name, key }) => ({ name, key }))).toEqual([
      { name: '_id_', key: { _id: 1 } },
      { name: 'a_1_b_-1', key: { a: 1, b: -1 } },
    ]);
    await expect(list.dropIndex('nope')).rejects.toMatchObject({ code: 27 });
    await expect(list.dropIndex('_id_')).rejects.toMatchObject({ code: 72 });
    await list.dropIndex('a_1_b_-1');
    expect(await list.indexes()).toHaveLength(1);
  });

  it('refuses two arrays in one key, as MongoDB does (DocumentDB takes them)', async () => {
    if (store.engine === 'mongodb') return;
    const pairs = client.db().collection<Doc>('pairs');
    await pairs.createIndex({ a: 1, b: 1 });
    await expect(pairs.insertOne({ _id: 1, a: [1, 2], b: [3, 4] })).rejects.toMatchObject({
      code: 171,
    });
    await pairs.insertOne({ _id: 2, a: [{ x: 1 }], b: 3 });
    expect(await pairs.countDocuments()).toBe(1);
  });
});
