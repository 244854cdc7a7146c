import { Decimal128, type Document, Double, Int32, Long, MongoClient } from 'mongodb';
import { type FreshStore, freshStore } from '../../support/store.ts';

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

/** The result of a pipeline over documents numbered from 0. */
async function run(docs: object[], pipeline: object[], options: object = {}): Promise<Document[]> {
  const into = client.db().collection(`a${next++}`);
  const numbered: Document[] = docs.map((doc, _id) => ({ _id, ...doc }));
  if (docs.length) await into.insertMany(numbered);
  return into.aggregate(pipeline, options).toArray();
}

const byId = { $sort: { _id: 1 } };

describe('$group', () => {
  const sales = [
    { shop: 'a', n: 1, price: 2.5 },
    { shop: 'b', n: 2 },
    { shop: 'a', n: 3, price: 'x' },
    { shop: 'a', n: 4, price: null },
    { n: 5, price: 1 },
    { shop: null, n: 6, price: 2 },
  ];

  it('gathers by a key, null and missing together', async () => {
    const groups = await run(sales, [
      { $group: { _id: '$shop', n: { $sum: '$n' }, all: { $count: {} } } },
      byId,
    ]);
    expect(groups).toEqual([
      { _id: null, n: 11, all: 2 },
      { _id: 'a', n: 8, all: 3 },
      { _id: 'b', n: 2, all: 1 },
    ]);
  });

  it('leaves what is no number, null or missing out of sums, means, least and greatest', async () => {
    const accumulators = {
      sum: { $sum: '$price' },
      mean: { $avg: '$price' },
      least: { $min: '$price' },
      greatest: { $max: '$price' },
      nothing: { $avg: '$nowhere' },
      zero: { $sum: '$nowhere' },
    };
    expect(await run(sales, [{ $group: { _id: 1, ...accumulators } }])).toEqual([
      { _id: 1, sum: 5.5, mean: 5.5 / 3, least: 1, greatest: 'x', nothing: null, zero: 0 },
    ]);
  });

  it('keeps first, last, all and each once', async () => {
    const kept = {
      first: { $first: '$price' },
      last: { $last: '$n' },
      all: { $push: '$price' },
      docs: { $push: { n: '$n', price: '$price' } },
    };
    const [a] = await run(sales, [
      byId,
      { $group: { _id: '$shop', ...kept } },
      { $match: { _id: 'b' } },
    ]);
    expect(a).toEqual({ _id: 'b', first: null, last: 2, all: [], docs: [{ n: 2 }] });
    const [set] = await run(
      [{ v: 1 }, { v: new Double(1) }, { v: 2 }],
      [{ $group: { _id: null, set: { $addToSet: '$v' } } }],
    );
    expect((set.set as number[]).sort()).toEqual([1, 2]);
  });

  it('types sums as the server does', async () => {
    const total = async (...values: unknown[]): Promise<unknown> => {
      const [group] = await run(
        values.map((v) => ({ v })),
        [{ $group: { _id: null, t: { $sum: '$v' } } }],
        { promoteValues: false },
      );
      return group.t;
    };
    expect(await total(1, 2)).toEqual(new Int32(3));
    expect(await total(2 ** 31 - 1, 1)).toEqual(Long.fromNumber(2 ** 31));
    expect(await total(1, Long.fromNumber(2))).toEqual(Long.fromNumber(3));
    expect(await total(1, new Double(2))).toEqual(new Double(3));
    expect(await total(Long.MAX_VALUE, 1)).toEqual(new Double(2 ** 63));
    expect(await total(0.1, Decimal128.fromString('0.2'))).toMatchObject({
      bytes: expect.anything(),
    });
  });

  it('adds many small fractions without drift, as MongoDB does (DocumentDB drifts)', async () => {
    if (store.engine === 'mongodb') return;
    const [group] = await run(
      Array.from({ length: 1000 }, () => ({ v: 0.1 })),
      [{ $group: { _id: null, t: { $sum: '$v' }, m: { $avg: '$v' } } }],
    );
    expect(group).toEqual({ _id: null, t: 100, m: 0.1 });
  });

  it('takes documents and computed values as keys', async () => {
    const key = { shop: '$shop', big: { $gte: ['$n', 4] } };
    const groups = await run(sales, [
      { $match: { shop: 'a' } },
      { $group: { _id: key, k: { $sum: 1 } } },
      { $sort: { k: -1, '_id.shop': 1 } },
      { $limit: 1 },
    ]);
    expect(groups).toEqual([{ _id: { shop: 'a', big: false }, k: 2 }]);
  });

  it('gives nothing for nothing', async () => {
    expect(await run([], [{ $group: { _id: null, n: { $sum: 1 } } }])).toEqual([]);
  });
});

describe('$unwind', () => {
  const docs = [{ a: [1, 2] }, { a: [] }, { a: null }, {}, { a: 'x' }, { a: [[3]] }];

  it('makes a document of each element', async () => {
    const made = await run(docs, [byId, { $unwind: '$a' }]);
    expect(made.map(({ _id, a }) => [_id, a])).toEqual([
      [0, 1],
      [0, 2],
      [4, 'x'],
      [5, [3]],
    ]);
  });

  it('keeps what has none when asked, and counts', async () => {
    const unwind = { path: '$a', preserveNullAndEmptyArrays: true, includeArrayIndex: 'at' };
    const made = await run(docs, [byId, { $unwind: unwind }]);
    expect(made).toEqual([
      { _id: 0, a: 1, at: 0 },
      { _id: 0, a: 2, at: 1 },
      { _id: 1, at: null },
      { _id: 2, a: null, at: null },
      { _id: 3, at: null },
      { _id: 4, a: 'x', at: null },
      { _id: 5, a: [3], at: 0 },
    ]);
  });
});

describe('other stages', () => {
  it('match, sort, skip, limit, project and count one after the other', async () => {
    const docs = Array.from({ length: 20 }, (_, n) => ({ n, even: n % 2 === 0 }));
    const made = await run(docs, [
      { $match: { even: true } },
      { $sort: { n: -1 } },
      { $skip: 1 },
      { $limit: 5 },
      {
        $project: {
          _id: 0,
          n: 1,
          twice: { $multiply: ['$n', 2] },
          kind: { $cond: ['$even', 'even', 'odd'] },
        },
      },
      { $match: { twice: { $gt: 24 } } },
    ]);
    expect(made).toEqual([
      { n: 16, twice: 32, kind: 'even' },
      { n: 14, twice: 28, kind: 'even' },
    ]);
    expect(await run(docs, [{ $match: { even: true } }, { $count: 'all' }])).toEqual([{ all: 10 }]);
  });

  it('collect through arrays', async () => {
    const docs = [{ a: [{ b: 1 }, { b: [2, 3] }, { c: 4 }, 5, [{ b: 6 }]] }];
    expect(
      await run(docs, [
        { $project: { _id: 0, bs: '$a.b', n: { $size: '$a' }, has: { $in: [5, '$a'] } } },
      ]),
    ).toEqual([{ bs: [1, [2, 3]], n: 5, has: true }]);
  });

  it('go on over many batches', async () => {
    const made = await run(
      Array.from({ length: 500 }, (_, n) => ({ n })),
      [{ $sort: { n: 1 } }, { $project: { n: 1 } }],
      { batchSize: 7 },
    );
    expect(made.map(({ n }) => n as number)).toEqual(Array.from({ length: 500 }, (_, n) => n));
  });

  it.each<[object[], number]>([
    [[{ $frob: {} }], 40324],
    [[{ $match: {}, $limit: 1 }], 40323],
    [[{ $limit: 0 }], 15958],
    [[{ $skip: -1 }], 5107200],
    [[{ $sort: {} }], 15976],
    [[{ $group: { n: { $sum: 1 } } }], 15955],
    [[{ $group: { _id: 1, n: { $frob: 1 } } }], 15952],
    [[{ $group: { _id: 1, n: 1 } }], 40234],
    [[{ $unwind: 'a' }], 28818],
    [[{ $count: '' }], 40156],
    [[{ $project: { a: 1, b: 0 } }], 31254],
  ])('refuse %j with code %i', async (pipeline, code) => {
    await expect(run([{ a: 1 }], pipeline)).rejects.toMatchObject({ code });
  });
});
