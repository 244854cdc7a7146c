/**
 * Reading: documents flow through generators that may pause. `undefined` from one of them means "nothing yet, let
 * others work": nothing is held in the database across a pause, so a long read blocks neither writers nor readers.
 */
import type { Collection } from './catalog.ts';
import { CommandError } from './errors.ts';
import type { Filter } from './match.ts';
import { type IndexPlan, type Plan, choosePlan } from './planner.ts';
import type { Raw } from './raw.ts';
import { type SortSpec, QUERY_MEMORY, Sorter } from './sort.ts';
import type { Storage, StoredDocument } from './storage.ts';

export type Flow<V> = Generator<V | undefined, void, void>;

const CHUNK = 200;
const FIRST_CHUNK = 16; // most index look-ups are for one or a few documents
const LAST_RECORD = 2 ** 47;

/** Documents that match, in the plan's order, each at most once. */
export function* matching(
  storage: Storage,
  collection: Collection,
  filter: Filter,
  plan: Plan,
  naturalReverse = false,
): Flow<StoredDocument> {
  const all = plan
    ? indexed(storage, collection, plan)
    : scanned(storage, collection, naturalReverse);
  for (const found of all) {
    yield found && filter.test(found.doc) ? found : undefined;
  }
}

function* scanned(
  storage: Storage,
  collection: Collection,
  reverse: boolean,
): Flow<StoredDocument> {
  let after = reverse ? LAST_RECORD : 0;
  for (let limit = FIRST_CHUNK; ; limit = CHUNK) {
    const chunk = storage.documents(collection.table, after, reverse, limit);
    if (!chunk.length) return;
    for (const found of chunk) {
      yield found;
      after = found.record;
    }
  }
}

function* indexed(storage: Storage, collection: Collection, plan: IndexPlan): Flow<StoredDocument> {
  const seen = new Set<number>();
  for (const record of indexRecords(storage, plan, seen)) {
    if (record === undefined) yield undefined;
    else {
      const doc = storage.document(collection.table, record);
      if (doc) yield { record, doc };
    }
  }
}

/** The records of an index range, each once: a document that moves in the index meanwhile is not met again. */
export function* indexRecords(storage: Storage, plan: IndexPlan, seen: Set<number>): Flow<number> {
  const ranges = plan.reverse ? [...plan.ranges].reverse() : plan.ranges;
  for (const range of ranges) {
    let last: Buffer | undefined;
    for (let limit = FIRST_CHUNK; ; limit = CHUNK) {
      const chunk = storage.entries(plan.index.table, range, last, plan.reverse, limit);
      for (const { record } of chunk) {
        if (seen.has(record)) continue;
        seen.add(record);
        if (seen.size * 40 > QUERY_MEMORY) throw tooMuchMemory();
        yield record;
      }
      last = chunk[chunk.length - 1]?.key;
      if (chunk.length < limit) break;
    }
    yield undefined;
  }
}

export const tooMuchMemory = (): CommandError =>
  new CommandError(
    146,
    `the query needs more than ${QUERY_MEMORY} bytes of memory; narrow it or add an index`,
  );

export interface FindRequest {
  readonly filter: Filter;
  readonly sort?: SortSpec;
  readonly skip?: number;
  readonly limit?: number;
  readonly naturalReverse?: boolean;
}

/** The documents of a find, with their record numbers dropped. */
export function* findDocuments(
  storage: Storage,
  collection: Collection,
  request: FindRequest,
): Flow<Raw> {
  const { filter, sort, skip = 0, limit = Infinity } = request;
  const plan = choosePlan(collection, filter, sort);
  const source = documentsOf(matching(storage, collection, filter, plan, request.naturalReverse));
  yield* sort && !plan?.sorted
    ? sliced(sorted(source, sort, skip + limit), skip, limit)
    : sliced(source, skip, limit);
}

function* documentsOf(found: Flow<StoredDocument>): Flow<Raw> {
  for (const one of found) yield one?.doc;
}

export function* sorted(source: Flow<Raw>, sort: SortSpec, limit = Infinity): Flow<Raw> {
  const sorter = new Sorter(sort, limit);
  for (const doc of source) {
    if (doc) sorter.add(doc);
    yield undefined;
  }
  yield* sorter.finish();
}

export function* sliced(source: Flow<Raw>, skip: number, limit: number): Flow<Raw> {
  let seen = 0;
  if (limit <= 0) return;
  for (const doc of source) {
    if (!doc) yield undefined;
    else if (seen++ >= skip) {
      yield doc;
      if (seen >= skip + limit) return;
    }
  }
}
