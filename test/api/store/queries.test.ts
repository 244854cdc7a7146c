import {
  Binary,
  Decimal128,
  type Document,
  Double,
  Long,
  MaxKey,
  MinKey,
  MongoClient,
  ObjectId,
  Timestamp,
} from 'mongodb';
import { type FreshStore, freshStore } from '../../support/store.ts';

interface Doc extends Document {
  _id: number;
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

/** Stores documents, numbered from 0 in their order, and returns a way to ask which match. */
async function given(name: string, docs: object[]): Promise<(filter: object) => Promise<number[]>> {
  const collection = client.db().collection<Doc>(name);
  await collection.insertMany(docs.map((doc, _id) => ({ _id, ...doc })));
  return async (filter) =>
    (await collection.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
}

const refusedWith = (code: number): object => expect.objectContaining({ code });

describe('find', () => {
  it('tells null, missing and empty apart', async () => {
    const ids = await given('nulls', [
      {},
      { a: null },
      { a: [] },
      { a: [null] },
      { a: '' },
      { a: 0 },
      { a: { b: null } },
    ]);
    expect(await ids({ a: null })).toEqual([0, 1, 3]);
    expect(await ids({ a: { $ne: null } })).toEqual([2, 4, 5, 6]);
    expect(await ids({ a: { $exists: false } })).toEqual([0]);
    expect(await ids({ a: { $type: 'null' } })).toEqual([1, 3]);
    expect(await ids({ a: { $in: [null, 0] } })).toEqual([0, 1, 3, 5]);
    expect(await ids({ a: { $gte: null } })).toEqual([0, 1, 3]);
    expect(await ids({ a: [] })).toEqual([2]);
    expect(await ids({ 'a.b': null })).toEqual([0, 1, 4, 5, 6]);
  });

  it('compares numbers of all kinds by value', async () => {
    const ids = await given('numbers', [
      { n: 1 },
      { n: new Double(1) },
      { n: Long.fromNumber(1) },
      { n: Decimal128.fromString('1.0') },
      { n: new Double(0.1) },
      { n: Decimal128.fromString('0.1') },
      { n: Long.fromString('9007199254740993') },
      { n: new Double(9007199254740992) },
      { n: NaN },
      { n: new Double(-0) },
    ]);
    expect(await ids({ n: 1 })).toEqual([0, 1, 2, 3]);
    expect(await ids({ n: new Double(0.1) })).toEqual([4]);
    expect(await ids({ n: { $gt: new Double(9007199254740992) } })).toEqual([6]);
    expect(await ids({ n: 0 })).toEqual([9]);
    expect(await ids({ n: NaN })).toEqual([8]);
    expect(await ids({ n: { $lt: 1 } })).toEqual([4, 5, 9]);
  });

  it('compares only values of one type, except with MinKey and MaxKey', async () => {
    const ids = await given('types', [
      { a: 5 },
      { a: '5' },
      { a: new Date(5) },
      { a: true },
      { a: new MinKey() },
      { a: new MaxKey() },
      { a: { x: 1 } },
    ]);
    expect(await ids({ a: { $gt: 1 } })).toEqual([0]);
    expect(await ids({ a: { $gte: '' } })).toEqual([1]);
    expect(await ids({ a: { $lt: new Date(9) } })).toEqual([2]);
    expect(await ids({ a: { $gt: false } })).toEqual([3]);
    expect(await ids({ a: { $lte: { x: 1 } } })).toEqual([6]);
    expect(await ids({ a: { $gt: new MinKey(), $lt: new MaxKey() } })).toEqual([0, 1, 2, 3, 6]);
  });

  it('reaches through arrays and by position', async () => {
    const ids = await given('paths', [
      { a: [{ b: 1 }, { b: 2 }] },
      { a: { b: [1, 2] } },
      { a: [[{ b: 1 }]] },
      { a: [1, 2, 3] },
      { a: [[1, 2], 3] },
      { a: [{ 0: 'x' }] },
    ]);
    expect(await ids({ 'a.b': 1 })).toEqual([0, 1]);
    expect(await ids({ 'a.0.b': 1 })).toEqual([0, 2]);
    expect(await ids({ 'a.1': 2 })).toEqual([3]);
    expect(await ids({ a: [1, 2] })).toEqual([4]);
    expect(await ids({ a: { $gt: 2 } })).toEqual([3, 4]);
    expect(await ids({ 'a.0': 'x' })).toEqual([5]);
    expect(await ids({ 'a.0.0': 'x' })).toEqual([5]);
  });

  it('matches one element with $elemMatch, different ones without', async () => {
    const ids = await given('elements', [
      {
        a: [
          { x: 1, y: 2 },
          { x: 3, y: 4 },
        ],
        n: [1, 10],
      },
      { a: [{ x: 1, y: 4 }], n: [5] },
      { a: { x: 1, y: 4 }, n: 5 },
      { a: [[{ x: 1, y: 4 }]], n: [[5]] },
    ]);
    expect(await ids({ 'a.x': 1, 'a.y': 4 })).toEqual([0, 1, 2]);
    expect(await ids({ a: { $elemMatch: { x: 1, y: 4 } } })).toEqual([1]);
    expect(await ids({ n: { $gt: 3, $lt: 7 } })).toEqual([0, 1, 2]);
    expect(await ids({ n: { $elemMatch: { $gt: 3, $lt: 7 } } })).toEqual([1]);
    expect(await ids({ n: { $size: 1 } })).toEqual([1, 3]);
    expect(await ids({ n: { $all: [1, 10] } })).toEqual([0]);
    expect(await ids({ n: { $all: [] } })).toEqual([]);
  });

  it('combines and negates conditions', async () => {
    const ids = await given('logic', [{ a: 1, b: 1 }, { a: 1, b: 2 }, { a: 2 }, {}]);
    expect(await ids({ $or: [{ a: 2 }, { b: 2 }] })).toEqual([1, 2]);
    expect(await ids({ $nor: [{ a: 2 }, { b: 2 }] })).toEqual([0, 3]);
    expect(await ids({ $and: [{ a: 1 }, { b: { $ne: 1 } }] })).toEqual([1]);
    expect(await ids({ a: { $not: { $gt: 1 } } })).toEqual([0, 1, 3]);
    expect(await ids({ a: { $nin: [1, null] } })).toEqual([2]);
    expect(await ids({ $expr: { $eq: ['$a', '$b'] } })).toEqual([0, 3]);
    expect(await ids({ $comment: 'why', a: { $mod: [2, 0] } })).toEqual([2]);
  });

  it('takes regular expressions as patterns and as values', async () => {
    const ids = await given('patterns', [
      { t: 'Abai' },
      { t: 'abai\n' },
      { t: ['x', 'Abai'] },
      { t: /Abai/ },
      { t: 'Әлия' },
      { t: 3 },
    ]);
    expect(await ids({ t: /^Abai$/ })).toEqual([0, 2]);
    expect(await ids({ t: /abai$/ })).toEqual([1]);
    expect(await ids({ t: { $regex: '^a', $options: 'i' } })).toEqual([0, 1, 2]);
    expect(await ids({ t: { $in: [/^Ә/, 3] } })).toEqual([4, 5]);
    expect(await ids({ t: { $not: /a/i } })).toEqual([3, 4, 5]);
  });

  it('sorts all types in their order, arrays by their least or greatest element', async () => {
    const values = [
      new MaxKey(),
      new Timestamp({ t: 1, i: 1 }),
      new Date(0),
      true,
      new ObjectId('507f1f77bcf86cd799439011'),
      new Binary(new Uint8Array([1])),
      { a: 1 },
      'a',
      5,
      null,
      new MinKey(),
      [3, 9],
    ];
    await given(
      'order',
      values.map((v) => ({ v })),
    );
    const sorted = async (direction: 1 | -1): Promise<number[]> => {
      const docs = await client
        .db()
        .collection<Doc>('order')
        .find()
        .sort({ v: direction })
        .toArray();
      return docs.map(({ _id }) => _id);
    };
    expect(await sorted(1)).toEqual([10, 9, 11, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(await sorted(-1)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 11, 8, 9, 10]);
  });

  it('returns documents byte for byte, with fields in their order', async () => {
    const doc = {
      _id: 1,
      z: 1,
      a: new Double(1),
      10: 'x',
      9: 'y',
      l: Long.fromNumber(1),
      d: Decimal128.fromString('1.50'),
      e: {},
      f: [],
    };
    const exact = client.db().collection<Doc>('exact', { promoteValues: false });
    await exact.insertOne(doc);
    const raw = await client.db().collection<Doc>('exact', { raw: true }).findOne({});
    expect(Object.keys(doc).sort()).toEqual(Object.keys((await exact.findOne({}))!).sort());
    expect(Buffer.from(raw as unknown as Uint8Array).includes(Buffer.from('z'))).toBe(true);
    const found = await exact.findOne({});
    expect([found!.a, found!.l, found!.d]).toEqual([doc.a, doc.l, doc.d]);
  });

  it('keeps the order of fields that look like numbers', async () => {
    const order = new Map<string, unknown>([
      ['_id', 1],
      ['b', 1],
      ['2', 1],
      ['1', 1],
    ]);
    await client.db().command({ insert: 'fields', documents: [order] });
    const [raw] = await client.db().collection('fields', { raw: true }).find().toArray();
    const text = Buffer.from(raw as unknown as Uint8Array).toString('latin1');
    expect(text.indexOf('\x102\0')).toBeGreaterThan(text.indexOf('\x10b\0'));
    expect(text.indexOf('\x101\0')).toBeGreaterThan(text.indexOf('\x102\0'));
  });

  it.each<[string, object, object[]]>([
    [
      'named fields and _id, in the order of the document',
      { b: 1, a: 1 },
      [{ _id: 0, a: { x: 1, y: 2 }, b: [{ x: 1, y: 2 }, 3] }],
    ],
    ['without _id', { _id: 0, c: 1 }, [{ c: 'c' }]],
    ['all but some', { a: 0, b: false }, [{ _id: 0, c: 'c' }]],
    [
      'inside documents and arrays',
      { 'a.x': 1, 'b.y': 1 },
      [{ _id: 0, a: { x: 1 }, b: [{ y: 2 }] }],
    ],
    [
      'all but some inside',
      { 'a.x': 0, 'b.y': 0 },
      [{ _id: 0, a: { y: 2 }, b: [{ x: 1 }, 3], c: 'c' }],
    ],
    ['nothing else than _id', { _id: 1 }, [{ _id: 0 }]],
    [
      'computed values',
      { _id: 0, sum: { $add: ['$a.x', '$a.y'] }, all: '$b.x' },
      [{ sum: 3, all: [1] }],
    ],
  ])('projects %s', async (name, projection, expected) => {
    await given(name.slice(0, 20), [{ a: { x: 1, y: 2 }, b: [{ x: 1, y: 2 }, 3], c: 'c' }]);
    const found = await client
      .db()
      .collection(name.slice(0, 20))
      .find({}, { projection })
      .toArray();
    expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
  });

  it('pages with skip, limit, batches and a single batch', async () => {
    await given(
      'pages',
      Array.from({ length: 10 }, () => ({})),
    );
    const run = (command: Document): Promise<Document> =>
      client.db().command({ find: 'pages', sort: { _id: 1 }, ...command });
    const idsOf = ({ cursor }: Document): number[] =>
      (cursor.firstBatch ?? cursor.nextBatch).map(({ _id }: Doc) => _id);
    expect(idsOf(await run({ skip: 3, limit: 2 }))).toEqual([3, 4]);
    const empty = await run({ batchSize: 0 });
    const id = Long.fromValue(empty.cursor.id);
    expect(idsOf(empty)).toEqual([]);
    const more = await client.db().command({ getMore: id, collection: 'pages', batchSize: 4 });
    expect(idsOf(more)).toEqual([0, 1, 2, 3]);
    await client.db().command({ killCursors: 'pages', cursors: [id] });
    await expect(client.db().command({ getMore: id, collection: 'pages' })).rejects.toEqual(
      refusedWith(43),
    );
    const single = await run({ batchSize: 2, singleBatch: true });
    expect([idsOf(single), Number(single.cursor.id)]).toEqual([[0, 1], 0]);
    expect(await client.db().collection('pages').find().limit(-3).toArray()).toHaveLength(3);
  });

  it.each<[object, number]>([
    [{ a: { $foo: 1 } }, 2],
    [{ $foo: 1 }, 2],
    [{ $or: [] }, 2],
    [{ a: { $in: 1 } }, 2],
    [{ a: { $not: 1 } }, 2],
    [{ a: { $size: -1 } }, 2],
    [{ a: { $mod: [0, 1] } }, 2],
    [{ a: { $type: 'nope' } }, 2],
    [{ a: { $regex: '(' } }, 51091],
    [{ a: { $gt: /x/ } }, 2],
  ])('refuses %j with code %i', async (filter, code) => {
    await expect(client.db().collection('any').find(filter).toArray()).rejects.toEqual(
      refusedWith(code),
    );
  });
});

describe('count and distinct', () => {
  it('count with a query, skip and limit', async () => {
    await given(
      'counted',
      Array.from({ length: 10 }, (_, n) => ({ n })),
    );
    const n = async (more: object): Promise<number> =>
      (await client.db().command({ count: 'counted', ...more })).n;
    expect(await n({})).toBe(10);
    expect(await n({ query: { n: { $gte: 4 } } })).toBe(6);
    expect(await n({ query: { n: { $gte: 4 } }, skip: 1, limit: 3 })).toBe(3);
    expect(await n({ skip: 20 })).toBe(0);
    expect((await client.db().command({ count: 'nowhere' })).n).toBe(0);
  });

  it('give each value once, from inside arrays too', async () => {
    await given('various', [
      { a: 1 },
      { a: [1, 2, [3]] },
      { a: { b: 4 } },
      {},
      { a: null },
      { a: [{ b: 4 }, { b: 5 }] },
    ]);
    const values = await client.db().collection('various').distinct('a');
    expect(values).toHaveLength(6);
    expect(values).toEqual(expect.arrayContaining([1, 2, [3], { b: 4 }, null, { b: 5 }]));
    expect((await client.db().collection('various').distinct('a.b')).sort()).toEqual([4, 5]);
  });
});

describe('what the embedded engine does not have', () => {
  const refused: [string, Document, number][] = [
    ['an unknown command', { mapReduce: 'c' }, 59],
    ['a collation', { find: 'c', collation: { locale: 'kk' } }, 72],
    ['an unknown field', { find: 'c', nonsense: 1 }, 40415],
    ['$where', { find: 'c', filter: { $where: 'true' } }, 2],
    ['an unknown stage', { aggregate: 'c', pipeline: [{ $lookup: {} }], cursor: {} }, 40324],
    [
      'an unknown expression',
      { aggregate: 'c', pipeline: [{ $project: { a: { $dateToString: {} } } }], cursor: {} },
      168,
    ],
    ['a text index', { createIndexes: 'c', indexes: [{ key: { a: 'text' }, name: 'a' }] }, 67],
    [
      'an index that expires',
      { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a', expireAfterSeconds: 1 }] },
      67,
    ],
    ['a capped collection', { create: 'c', capped: true, size: 1000 }, 72],
    ['a pipeline update', { findAndModify: 'c', query: {}, update: [{ $set: { a: 1 } }] }, 9],
  ];

  it.each(refused)('is refused: %s', async (_what, command, code) => {
    if (store.engine === 'mongodb') return; // a server may well have it
    await expect(client.db().command(command)).rejects.toEqual(refusedWith(code));
  });

  it('is said with the way out', async () => {
    if (store.engine === 'mongodb') return;
    await expect(client.db().command({ mapReduce: 'c' })).rejects.toThrow(/set MONGODB_URI/);
  });
});
