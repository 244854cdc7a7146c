import { Decimal128, type Document, Double, Long, MongoClient, type UpdateFilter } from 'mongodb';
import { type FreshStore, freshStore } from '../../support/store.ts';

interface Doc extends Document {
  _id: number;
}

let store: FreshStore;
let client: MongoClient;
let next = 0;

beforeAll(async () => {
  store = await freshStore();
  client = await MongoClient.connect(store.uri);
});

afterAll(async () => {
  await client.close();
  await store.close();
});

const fresh = (): ReturnType<typeof collection> => collection(`c${next++}`);
const collection = (name: string) => client.db().collection<Doc>(name);

/** What one document becomes by an update, with its number types kept. */
async function updated(
  before: object,
  update: object,
  filter: object = {},
  options: object = {},
): Promise<Document> {
  const into = fresh();
  await into.insertOne({ _id: 1, ...before });
  await into.updateOne({ _id: 1, ...filter }, update, options);
  const { _id, ...after } = (await into.findOne({}, { promoteValues: false } as object))!;
  expect(Number(_id)).toBe(1);
  return after;
}

const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, inner: unknown) => {
    if (inner && typeof inner === 'object' && 'value' in inner) return inner.value;
    return inner;
  });

describe('insert', () => {
  it('stops at the first error when ordered, goes on when not', async () => {
    const ordered = fresh();
    const docs = [{ _id: 1 }, { _id: 2 }, { _id: 1 }, { _id: 3 }];
    await expect(ordered.insertMany(docs)).rejects.toMatchObject({ code: 11000, insertedCount: 2 });
    const unordered = fresh();
    const failed = unordered.insertMany(docs, { ordered: false });
    await expect(failed).rejects.toMatchObject({ code: 11000, insertedCount: 3 });
    await expect(failed).rejects.toHaveProperty('writeErrors.0.index', 2);
    expect(await ordered.countDocuments()).toBe(2);
    expect(await unordered.countDocuments()).toBe(3);
  });

  it('holds an _id of any number type for the same', async () => {
    const ids = fresh();
    await ids.insertOne({ _id: 1 });
    await expect(ids.insertOne({ _id: new Double(1) as unknown as number })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
      keyValue: { _id: 1 },
    });
  });

  it.each<[string, Document, number]>([
    ['an array as _id', { _id: [1] }, 2],
    ['a pattern as _id', { _id: /x/ }, 2],
    ['operators inside _id', { _id: { $a: 1 } }, 52],
  ])('refuses %s', async (_what, doc, code) => {
    await expect(client.db().collection('bad').insertOne(doc)).rejects.toMatchObject({ code });
  });

  it('refuses a batch of none and names an unknown field', async () => {
    await expect(client.db().command({ insert: 'c', documents: [] })).rejects.toMatchObject({
      code: 16,
    });
  });

  it('puts _id in front and makes one when there is none', async () => {
    const front = client.db().collection('front');
    await client.db().command({ insert: 'front', documents: [{ a: 1, _id: 7 }, { b: 1 }] });
    const [first, second] = await front.find().toArray();
    expect(JSON.stringify(first)).toBe('{"_id":7,"a":1}');
    expect(Object.keys(second)).toEqual(['_id', 'b']);
  });
});

describe('update', () => {
  it.each<[string, object, object, object]>([
    [
      '$set makes the way to a field',
      { a: 1 },
      { $set: { 'b.c.d': 2, a: 3 } },
      { a: 3, b: { c: { d: 2 } } },
    ],
    [
      '$set fills an array with null',
      { a: [1] },
      { $set: { 'a.3': 4 } },
      { a: [1, null, null, 4] },
    ],
    [
      '$unset removes a field, empties an element',
      { a: { b: 1, c: 2 }, l: [1, 2] },
      { $unset: { 'a.b': 1, 'l.0': 1, x: 1 } },
      { a: { c: 2 }, l: [null, 2] },
    ],
    ['$inc and $mul start from nothing', {}, { $inc: { a: 2 }, $mul: { b: 2 } }, { a: 2, b: 0 }],
    [
      '$min and $max compare across types',
      { a: 5, b: 5 },
      { $min: { a: 3, c: 1 }, $max: { b: 'x' } },
      { a: 3, b: 'x', c: 1 },
    ],
    ['$push appends', { a: [1] }, { $push: { a: [2], b: 3 } }, { a: [1, [2]], b: [3] }],
    [
      '$push with all its modifiers',
      { a: [5, 1] },
      { $push: { a: { $each: [3, 4], $sort: -1, $slice: 3 } } },
      { a: [5, 4, 3] },
    ],
    [
      '$push at a position',
      { a: [1, 2] },
      { $push: { a: { $each: [8, 9], $position: -1 } } },
      { a: [1, 8, 9, 2] },
    ],
    [
      '$push sorts documents by a field',
      { a: [{ n: 2 }] },
      { $push: { a: { $each: [{ n: 3 }, { n: 1 }], $sort: { n: 1 } } } },
      { a: [{ n: 1 }, { n: 2 }, { n: 3 }] },
    ],
    [
      '$addToSet leaves out what is there',
      { a: [1, { b: 2 }] },
      { $addToSet: { a: { $each: [1, 2, { b: 2 }, 2] } } },
      { a: [1, { b: 2 }, 2] },
    ],
    [
      '$pull by value, by condition, by document',
      { a: [1, 2, 1], b: [1, 5, 9], c: [{ x: 1, y: 1 }, { x: 2 }, 3] },
      { $pull: { a: 1, b: { $gte: 5 }, c: { x: 1 } } },
      { a: [2], b: [1], c: [{ x: 2 }, 3] },
    ],
    [
      '$pullAll and $pop',
      { a: [1, 2, 3, 2], b: [1, 2, 3], c: [1, 2] },
      { $pullAll: { a: [2, 3] }, $pop: { b: -1, c: 1 } },
      { a: [1], b: [2, 3], c: [1] },
    ],
    [
      '$rename moves a field',
      { a: { b: 1 }, c: 2 },
      { $rename: { 'a.b': 'd.e', x: 'y' } },
      { a: {}, c: 2, d: { e: 1 } },
    ],
    [
      '$setOnInsert is not for what is there',
      { a: 1 },
      { $set: { b: 1 }, $setOnInsert: { a: 2 } },
      { a: 1, b: 1 },
    ],
    [
      '$[] reaches every element',
      { a: [{ n: 1 }, { n: 2 }] },
      { $inc: { 'a.$[].n': 10 } },
      { a: [{ n: 11 }, { n: 12 }] },
    ],
  ])('%s', async (_what, before, change, after) => {
    expect(plain(await updated(before, change))).toEqual(after);
  });

  it('changes the element the query found, and those a filter names', async () => {
    const found = await updated({ a: [1, 5, 9] }, { $set: { 'a.$': 0 } }, { a: { $gt: 4 } });
    expect(plain(found)).toEqual({ a: [1, 0, 9] });
    const named = await updated(
      { a: [{ n: 1 }, { n: 5 }] },
      { $set: { 'a.$[big].n': 0 } },
      {},
      { arrayFilters: [{ 'big.n': { $gt: 3 } }] },
    );
    expect(plain(named)).toEqual({ a: [{ n: 1 }, { n: 0 }] });
  });

  it('keeps the types of numbers as the server does', async () => {
    const max = 2 ** 31 - 1;
    expect((await updated({ n: max }, { $inc: { n: 1 } })).n).toEqual(Long.fromNumber(max + 1));
    expect((await updated({ n: 1 }, { $inc: { n: 0.5 } })).n).toEqual(new Double(1.5));
    expect((await updated({ n: Long.fromNumber(2) }, { $mul: { n: 3 } })).n).toEqual(
      Long.fromNumber(6),
    );
    const tenth = await updated(
      { n: Decimal128.fromString('0.1') },
      { $inc: { n: Decimal128.fromString('0.2') } },
    );
    expect(tenth.n).toEqual(Decimal128.fromString('0.3'));
  });

  it.each<[string, object, object, number]>([
    ['$inc of text', { a: 'x' }, { $inc: { a: 1 } }, 14],
    ['$inc by text', { a: 1 }, { $inc: { a: 'x' } }, 14],
    ['$mul of null', { a: null }, { $mul: { a: 2 } }, 14],
    ['$inc over int64', { a: Long.MAX_VALUE }, { $inc: { a: 1 } }, 2],
    ['$push onto a number', { a: 1 }, { $push: { a: 2 } }, 2],
    ['$push onto null', { a: null }, { $push: { a: 2 } }, 2],
    ['$addToSet onto text', { a: 'x' }, { $addToSet: { a: 2 } }, 2],
    ['$pull from a number', { a: 1 }, { $pull: { a: 1 } }, 2],
    ['a way through a number', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
    ['a name in an array', { a: [1] }, { $set: { 'a.b': 1 } }, 28],
    ['another _id', {}, { $set: { _id: 2 } }, 66],
    ['two changes of one field', {}, { $set: { a: 1 }, $inc: { 'a.b': 1 } }, 40],
    ['an unknown operator', {}, { $frob: { a: 1 } }, 9],
    ['an operator without fields', {}, { $set: 'x' }, 9],
    ['a position nothing found', { a: [1] }, { $set: { 'a.$': 1 } }, 2],
    ['a filter nothing named', { a: [1] }, { $set: { 'a.$[x]': 1 } }, 2],
  ])('refuses %s and changes nothing', async (_what, before, change, code) => {
    const into = fresh();
    await into.insertOne({ _id: 1, ...before });
    const unchanged = await into.findOne({});
    await expect(into.updateOne({ _id: 1 }, change as UpdateFilter<Doc>)).rejects.toMatchObject({
      code,
    });
    expect(await into.findOne({})).toEqual(unchanged);
  });

  it('says what it matched and what it changed', async () => {
    const some = fresh();
    await some.insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
      { _id: 3, a: 2 },
    ]);
    const result = await some.updateMany({ a: { $gte: 1 } }, { $set: { a: 2 } });
    expect(result).toMatchObject({ matchedCount: 3, modifiedCount: 1 });
    expect(await some.updateOne({ a: 9 }, { $set: { a: 1 } })).toMatchObject({ matchedCount: 0 });
  });

  it('replaces a document and keeps its _id', async () => {
    const some = fresh();
    await some.insertOne({ _id: 1, a: 1, b: 2 });
    await some.replaceOne({ a: 1 }, { c: 3 });
    expect(await some.findOne({})).toEqual({ _id: 1, c: 3 });
    await expect(some.replaceOne({ _id: 1 }, { _id: 2 })).rejects.toMatchObject({ code: 66 });
    const { writeErrors } = await client
      .db()
      .command({ update: some.collectionName, updates: [{ q: {}, u: { x: 1 }, multi: true }] });
    expect(writeErrors).toMatchObject([{ index: 0, code: 9 }]);
  });

  it('inserts from the query and the update when nothing matches', async () => {
    const some = fresh();
    const result = await some.updateOne(
      { _id: 5, 'a.b': 1, c: { $gt: 3 }, d: { $in: [4] }, $and: [{ e: { $eq: 5 } }] },
      {
        $set: { f: 6 },
        $inc: { g: 7 },
        $setOnInsert: { h: 8 },
        $push: { i: 9 } as object,
      },
      { upsert: true },
    );
    expect(result).toMatchObject({
      upsertedId: 5,
      upsertedCount: 1,
      matchedCount: 0,
      modifiedCount: 0,
    });
    expect(await some.findOne({})).toEqual({
      _id: 5,
      a: { b: 1 },
      d: 4,
      e: 5,
      f: 6,
      g: 7,
      h: 8,
      i: [9],
    });
    await some.updateOne({ _id: 5 }, { $setOnInsert: { h: 0 }, $inc: { g: 1 } }, { upsert: true });
    expect(await some.findOne({})).toMatchObject({ g: 8, h: 8 });
    expect(await some.replaceOne({ _id: 6, x: 1 }, { y: 1 }, { upsert: true })).toMatchObject({
      upsertedId: 6,
    });
    expect(await some.findOne({ _id: 6 })).toEqual({ _id: 6, y: 1 });
  });

  it('makes one document of 20 equal upserts', async () => {
    const some = fresh();
    await some.createIndex({ key: 1 }, { unique: true });
    const one = (): Promise<unknown> =>
      some.updateOne({ key: 'k' }, { $inc: { n: 1 } }, { upsert: true });
    await Promise.allSettled(Array.from({ length: 20 }, one));
    expect(await some.countDocuments()).toBe(1);
  });
});

describe('delete', () => {
  it('removes one or all that match', async () => {
    const some = fresh();
    await some.insertMany([1, 2, 3, 4].map((_id) => ({ _id, a: _id % 2 })));
    expect(await some.deleteOne({ a: 1 })).toMatchObject({ deletedCount: 1 });
    expect(await some.deleteMany({ a: 0 })).toMatchObject({ deletedCount: 2 });
    expect(await some.find().toArray()).toEqual([{ _id: 3, a: 1 }]);
    expect(await some.estimatedDocumentCount()).toBe(1);
    expect(await fresh().deleteMany({})).toMatchObject({ deletedCount: 0 });
  });
});

describe('findAndModify', () => {
  it('returns the document before or after, chosen by a sort', async () => {
    const some = fresh();
    await some.insertMany([
      { _id: 1, n: 5 },
      { _id: 2, n: 9 },
    ]);
    const highest = { sort: { n: -1 as const }, projection: { _id: 1, n: 1 } };
    expect(await some.findOneAndUpdate({}, { $inc: { n: 1 } }, highest)).toEqual({ _id: 2, n: 9 });
    const after = await some.findOneAndUpdate(
      {},
      { $inc: { n: 1 } },
      { ...highest, returnDocument: 'after' },
    );
    expect(after).toEqual({ _id: 2, n: 11 });
    expect(await some.findOneAndReplace({ _id: 1 }, { m: 1 }, { returnDocument: 'after' })).toEqual(
      { _id: 1, m: 1 },
    );
    expect(await some.findOneAndDelete({ n: 11 })).toEqual({ _id: 2, n: 11 });
    expect(await some.findOneAndDelete({ n: 11 })).toBeNull();
  });

  it('inserts when told to, and says so', async () => {
    const name = fresh().collectionName;
    const run = (more: Document): Promise<Document> =>
      client.db().command({ findAndModify: name, ...more });
    const missing = await run({ query: { _id: 1 }, update: { $set: { a: 1 } } });
    expect(missing).toMatchObject({
      value: null,
      lastErrorObject: { n: 0, updatedExisting: false },
    });
    const made = await run({
      query: { _id: 1 },
      update: { $set: { a: 1 } },
      upsert: true,
      new: true,
    });
    expect(made).toMatchObject({
      value: { _id: 1, a: 1 },
      lastErrorObject: { n: 1, updatedExisting: false, upserted: 1 },
    });
    const changed = await run({ query: { _id: 1 }, update: { $set: { a: 2 } } });
    expect(changed).toMatchObject({
      value: { _id: 1, a: 1 },
      lastErrorObject: { n: 1, updatedExisting: true },
    });
    await expect(run({ query: {}, remove: true, update: {} })).rejects.toMatchObject({ code: 9 });
  });
});

describe('collections and databases', () => {
  it('come with the first write, are listed and dropped', async () => {
    const names = async (): Promise<string[]> =>
      (await client.db().listCollections().toArray()).map(({ name }) => name);
    await client.db().createCollection('made');
    await client.db().collection('written').insertOne({});
    expect(await names()).toEqual(expect.arrayContaining(['made', 'written']));
    const [{ type, options }] = (await client
      .db()
      .listCollections({ name: 'made' })
      .toArray()) as Document[];
    expect({ type, options }).toEqual({ type: 'collection', options: {} });
    await client.db().collection('made').drop();
    await client.db().collection('made').drop();
    expect(await names()).not.toContain('made');
    const { databases } = await client.db().admin().listDatabases();
    expect(databases.map(({ name }) => name)).toContain(client.db().databaseName);
  });

  it('are empty again after a drop', async () => {
    const other = client.db(`${client.db().databaseName}_x`);
    await other.collection('a').createIndex({ n: 1 }, { unique: true });
    await other.collection('a').insertMany([{ n: 1 }, { n: 2 }]);
    await other.dropDatabase();
    expect(await other.listCollections().toArray()).toEqual([]);
    await other.collection('a').insertMany([{ n: 1 }, { n: 1 }]);
    expect(await other.collection('a').countDocuments()).toBe(2);
    await other.dropDatabase();
  });

  it.each(['', '.a', 'a$b', 'system.x'])('refuse the name "%s"', async (name) => {
    await expect(client.db().command({ insert: name, documents: [{}] })).rejects.toHaveProperty(
      'code',
    );
  });
});
