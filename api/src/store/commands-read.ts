/** find, getMore, killCursors, count, distinct, aggregate. */
import { parsePipeline } from './aggregate.ts';
import type { Collection } from './catalog.ts';
import type { Options } from './command-options.ts';
import { Cursor, LARGEST_BATCH } from './cursors.ts';
import type { Engine } from './engine.ts';
import { CommandError, badValue, notSupported } from './errors.ts';
import { compareValues } from './compare.ts';
import { encodeValue } from './keys.ts';
import { type Filter, parseFilter } from './match.ts';
import { isNumber, longOf, toDouble } from './numbers.ts';
import { type Path, pathOf } from './paths.ts';
import { choosePlan } from './planner.ts';
import { parseProjection } from './projection.ts';
import { type FindRequest, type Flow, findDocuments, indexRecords, matching } from './query.ts';
import { T, type Raw, elementAt, entriesOf, field, getField, textOf, valuesOf } from './raw.ts';
import { cursorReply } from './replies.ts';
import { parseSort } from './sort.ts';
import { buildArray, buildDocument, intValue } from './writer.ts';

const FIRST_BATCH = 101;

function* nothing(): Flow<Raw> {
  // no collection, no documents
}

function findFlow(
  engine: Engine,
  collection: Collection | undefined,
  request: FindRequest,
): Flow<Raw> {
  return collection ? findDocuments(engine.storage, collection, request) : nothing();
}

async function firstBatch(
  engine: Engine,
  cursor: Cursor,
  batchSize: number,
  deadline: number,
  single = false,
): Promise<Raw> {
  const { docs, finished } = await cursor.next(batchSize, deadline);
  const ends = single || finished;
  if (ends) cursor.close();
  else engine.cursors.add(cursor);
  return cursorReply('firstBatch', cursor.namespace, ends ? 0n : cursor.id, docs);
}

/** A hint never changes an answer here, but one that names no index is an error. */
export function checkHint(collection: Collection | undefined, hint: Raw | undefined): boolean {
  if (!hint || !collection) return false;
  if (hint.type === T.object) {
    const [first] = entriesOf(hint);
    if (!first) return false;
    if (first[0] === '$natural') return isNumber(first[1]) && toDouble(first[1]) < 0;
  }
  const known = collection.indexes.some((index) =>
    hint.type === T.string ? textOf(hint) === index.name : compareValues(hint, index.pattern) === 0,
  );
  if (!known) {
    throw badValue(
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  }
  return false;
}

export async function find(engine: Engine, options: Options): Promise<Raw> {
  options.allow(
    ['filter', 'sort', 'projection', 'hint', 'skip', 'limit', 'batchSize', 'singleBatch'],
    ['allowDiskUse', 'noCursorTimeout', 'oplogReplay', 'allowPartialResults', 'readOnce'],
  );
  const namespace = options.namespace();
  const collection = engine.collection(namespace);
  const filter = parseFilter(options.document('filter'));
  const project = parseProjection(options.document('projection'));
  const sorting = options.document('sort');
  const natural = sorting && field(sorting, '$natural');
  const limit = options.whole('limit') || Infinity;
  const request: FindRequest = {
    filter,
    sort: natural ? undefined : parseSort(sorting),
    skip: options.whole('skip'),
    limit,
    naturalReverse:
      checkHint(collection, options.raw('hint')) || (natural && toDouble(natural) < 0),
  };
  const found = findFlow(engine, collection, request);
  const flow = project ? projected(found, project) : found;
  const cursor = new Cursor(namespace, flow, limit);
  return firstBatch(
    engine,
    cursor,
    options.whole('batchSize') ?? FIRST_BATCH,
    options.deadline(),
    options.flag('singleBatch'),
  );
}

function* projected(source: Flow<Raw>, project: (doc: Raw) => Raw): Flow<Raw> {
  for (const doc of source) yield doc && project(doc);
}

export async function getMore(engine: Engine, options: Options): Promise<Raw> {
  options.allow(['collection', 'batchSize'], ['term', 'lastKnownCommittedOpTime']);
  const id = options.raw('getMore');
  if (id?.type !== T.long) {
    throw new CommandError(
      14,
      "BSON field 'getMore.getMore' is the wrong type, expected type 'long'",
    );
  }
  const name = options.text('collection');
  if (!name)
    throw new CommandError(
      40414,
      "BSON field 'getMore.collection' is missing but a required field",
    );
  const namespace = `${options.database}.${name}`;
  const cursor = engine.cursors.get(longOf(id), namespace);
  cursor.busy = true;
  try {
    const { docs, finished } = await cursor.next(
      options.whole('batchSize') || Infinity,
      options.deadline(),
    );
    cursor.lastUsed = Date.now();
    if (finished) engine.cursors.remove(cursor.id);
    const open = engine.cursors.has(cursor.id);
    return cursorReply('nextBatch', namespace, open ? cursor.id : 0n, docs);
  } catch (error) {
    engine.cursors.remove(cursor.id);
    throw error;
  } finally {
    cursor.busy = false;
  }
}

export function killCursors(engine: Engine, options: Options): Raw {
  options.allow(['cursors']);
  const killed: Raw[] = [];
  const missing: Raw[] = [];
  for (const id of options.list('cursors')) {
    const known = id.type === T.long && engine.cursors.remove(longOf(id));
    (known ? killed : missing).push(id);
  }
  return buildDocument((writer) => {
    writer.raw('cursorsKilled', buildArray(killed)).raw('cursorsNotFound', buildArray(missing));
    writer.raw('cursorsAlive', buildArray([])).raw('cursorsUnknown', buildArray([]));
    writer.double('ok', 1);
  });
}

/** Runs a flow to its end without blocking others; `take` sees every value. */
async function exhaust<V>(
  flow: Flow<V>,
  deadline: number,
  take: (value: V) => boolean | void,
): Promise<void> {
  let sliceEnd = performance.now() + 8;
  for (const value of flow) {
    if (value !== undefined && take(value)) return;
    const now = performance.now();
    if (now > deadline) throw new CommandError(50, 'operation exceeded time limit');
    if (now < sliceEnd) continue;
    await new Promise((resolve) => setImmediate(resolve));
    sliceEnd = performance.now() + 8;
  }
}

async function countMatches(
  engine: Engine,
  collection: Collection,
  filter: Filter,
  most: number,
  deadline: number,
): Promise<number> {
  if (filter.kind === 'and' && !filter.parts.length) return collection.count;
  const plan = choosePlan(collection, filter);
  const flow: Flow<unknown> = plan?.exact
    ? indexRecords(engine.storage, plan, new Set())
    : matching(engine.storage, collection, filter, plan);
  let count = 0;
  await exhaust(flow, deadline, () => ++count >= most);
  return count;
}

export async function count(engine: Engine, options: Options): Promise<Raw> {
  options.allow(['query', 'limit', 'skip', 'hint'], ['fields']);
  const collection = engine.collection(options.namespace());
  const filter = parseFilter(options.document('query'));
  checkHint(collection, options.raw('hint'));
  const skip = options.whole('skip') ?? 0;
  const limit = Math.abs(options.whole('limit', -Infinity) ?? 0) || Infinity;
  const found = collection
    ? await countMatches(engine, collection, filter, skip + limit, options.deadline())
    : 0;
  const n = Math.min(limit, Math.max(0, found - skip));
  return buildDocument((writer) => writer.raw('n', intValue(n)).double('ok', 1));
}

/** Arrays are opened at every step; a number in the path is a position when it meets an array. */
function distinctValues(value: Raw, path: Path, at: number, add: (value: Raw) => void): void {
  const name = path[at]!;
  const found =
    value.type === T.array && name.index >= 0
      ? elementAt(value, name.index)
      : value.type === T.object
        ? getField(value, name)
        : undefined;
  if (found && at === path.length - 1) {
    if (found.type === T.array) valuesOf(found).forEach(add);
    else add(found);
  } else if (found?.type === T.object) distinctValues(found, path, at + 1, add);
  else if (found?.type === T.array) {
    if (path[at + 1]!.index >= 0) distinctValues(found, path, at + 1, add);
    else valuesOf(found).forEach((element) => distinctValues(element, path, at + 1, add));
  }
}

export async function distinct(engine: Engine, options: Options): Promise<Raw> {
  options.allow(['key', 'query', 'hint']);
  const key = options.text('key');
  if (key === undefined) {
    throw new CommandError(40414, "BSON field 'distinct.key' is missing but a required field");
  }
  if (key === '' || key.includes('\0')) throw badValue('distinct key must not be empty');
  const collection = engine.collection(options.namespace());
  const filter = parseFilter(options.document('query'));
  const path = pathOf(key);
  const values = new Map<string, Raw>();
  let bytes = 0;
  const add = (value: Raw): void => {
    const text = encodeValue(value).toString('latin1');
    if (values.has(text)) return;
    values.set(text, value);
    bytes += value.size + 12;
    if (bytes > LARGEST_BATCH) throw new CommandError(17217, 'distinct too big, 16mb cap');
  };
  await exhaust(findFlow(engine, collection, { filter }), options.deadline(), (doc) => {
    distinctValues(doc, path, 0, add);
  });
  return buildDocument((writer) =>
    writer.raw('values', buildArray([...values.values()])).double('ok', 1),
  );
}

export async function aggregate(engine: Engine, options: Options): Promise<Raw> {
  options.allow(
    ['pipeline', 'cursor', 'hint', 'explain'],
    ['allowDiskUse', 'bypassDocumentValidation'],
  );
  if (options.flag('explain')) throw notSupported('explain', 72);
  const target = options.raw('aggregate');
  if (target && isNumber(target)) throw notSupported('an aggregation on a database', 73);
  const namespace = options.namespace();
  const settings = options.document('cursor');
  if (!settings) {
    throw new CommandError(
      9,
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  }
  const pipeline = options.array('pipeline');
  const { request, stages } = parsePipeline(pipeline);
  const collection = engine.collection(namespace);
  const naturalReverse = checkHint(collection, options.raw('hint'));
  let flow = findFlow(engine, collection, { ...request, naturalReverse });
  for (const stage of stages) flow = stage(flow);
  return firstBatch(engine, new Cursor(namespace, flow), batchSizeOf(settings), options.deadline());
}

function batchSizeOf(settings: Raw): number {
  const size = field(settings, 'batchSize');
  if (!size) return FIRST_BATCH;
  if (!isNumber(size)) throw new CommandError(14, 'cursor.batchSize field must be a number');
  const number = Math.trunc(toDouble(size));
  if (number < 0) throw badValue('cursor.batchSize must not be negative');
  return number;
}
