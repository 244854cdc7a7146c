/** insert, update, delete, findAndModify. */
import type { Collection } from './catalog.ts';
import { type Options, statementFields } from './command-options.ts';
import { checkHint } from './commands-read.ts';
import type { Engine } from './engine.ts';
import { CommandError, failedToParse } from './errors.ts';
import { isTruthy } from './expressions.ts';
import { type Filter, type MatchTrace, parseFilter } from './match.ts';
import { isNumber, toDouble } from './numbers.ts';
import { choosePlan } from './planner.ts';
import { type Projection, parseProjection } from './projection.ts';
import { type Flow, matching } from './query.ts';
import { T, type Raw, field } from './raw.ts';
import { prepareInsert } from './records.ts';
import { type SortSpec, compareKeys, parseSort, sortKey } from './sort.ts';
import type { StoredDocument } from './storage.ts';
import { type Update, parseUpdate } from './update.ts';
import { type WriteJob, atomic } from './write-queue.ts';
import { type Writer, boolValue, buildArray, buildDocument } from './writer.ts';

const MOST_STATEMENTS = 100_000;

interface Outcome {
  n: number;
  modified: number;
  readonly upserted: { index: number; id: Raw }[];
  readonly errors: { index: number; error: CommandError }[];
}

const newOutcome = (): Outcome => ({ n: 0, modified: 0, upserted: [], errors: [] });

function statements(options: Options, name: string): readonly Raw[] {
  const list = options.list(name);
  if (!list.length || list.length > MOST_STATEMENTS) {
    throw new CommandError(
      16,
      `Write batch sizes must be between 1 and ${MOST_STATEMENTS}. Got ${list.length} operations.`,
    );
  }
  return list;
}

/** Each statement in turn; one that is refused is reported and, when ordered, ends the batch. */
function* eachStatement<S>(
  list: readonly S[],
  ordered: boolean,
  outcome: Outcome,
  run: (statement: S, index: number) => WriteJob<void>,
): WriteJob<Outcome> {
  for (let index = 0; index < list.length; index++) {
    try {
      yield* run(list[index]!, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      outcome.errors.push({ index, error });
      if (ordered) break;
    }
    yield;
  }
  return outcome;
}

function writeReply(outcome: Outcome, fill: (writer: Writer) => void): Raw {
  return buildDocument((writer) => {
    writer.int('n', outcome.n);
    fill(writer);
    if (outcome.errors.length)
      writer.raw('writeErrors', buildArray(outcome.errors.map(errorDocument)));
    writer.double('ok', 1);
  });
}

function errorDocument({ index, error }: { index: number; error: CommandError }): Raw {
  return buildDocument((writer) => {
    writer.int('index', index).int('code', error.code);
    for (const [name, value] of Object.entries(error.details)) writer.raw(name, value);
    writer.string('errmsg', error.message);
  });
}

export async function insert(engine: Engine, options: Options): Promise<Raw> {
  options.allow(['documents', 'ordered'], ['bypassDocumentValidation']);
  const namespace = options.writableNamespace();
  const outcome = newOutcome();
  const job = eachStatement(
    statements(options, 'documents'),
    options.flag('ordered', true),
    outcome,
    (doc) =>
      atomic(() => {
        const ready = prepareInsert(doc);
        engine.records.insert(engine.catalog.getOrCreate(namespace), ready);
        outcome.n++;
      }),
  );
  return writeReply(await engine.write(job), () => undefined);
}

interface ParsedUpdate {
  readonly filter: Filter;
  readonly update: Update;
}

const UPDATE_FIELDS = ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint'];

/** What is wrong with the shape of a statement fails the command; what is wrong inside it only this statement. */
function updateFields(statement: Raw): Map<string, Raw> {
  const fields = statementFields(statement, 'update.updates', UPDATE_FIELDS);
  requiredQuery(fields, 'update.updates');
  if (!fields.has('u')) {
    throw new CommandError(40414, "BSON field 'update.updates.u' is missing but a required field");
  }
  return fields;
}

function parseUpdateFields(fields: Map<string, Raw>): ParsedUpdate {
  const update = parseUpdate(fields.get('u')!, fields.get('arrayFilters'));
  if (isTruthy(fields.get('multi')) && update.replaces) {
    throw failedToParse('multi update is not supported for replacement-style update');
  }
  return { filter: parseFilter(fields.get('q')), update };
}

function requiredQuery(fields: Map<string, Raw>, where: string): void {
  const query = fields.get('q');
  if (!query)
    throw new CommandError(40414, `BSON field '${where}.q' is missing but a required field`);
  if (query.type !== T.object) {
    throw new CommandError(14, `BSON field '${where}.q' is the wrong type, expected type 'object'`);
  }
}

export async function update(engine: Engine, options: Options): Promise<Raw> {
  options.allow(['updates', 'ordered'], ['bypassDocumentValidation']);
  const namespace = options.writableNamespace();
  const outcome = newOutcome();
  const job = eachStatement(
    statements(options, 'updates').map(updateFields),
    options.flag('ordered', true),
    outcome,
    (fields, index) => runUpdate(engine, namespace, fields, index, outcome),
  );
  return writeReply(await engine.write(job), (writer) => {
    if (outcome.upserted.length) {
      const list = outcome.upserted.map(({ index, id }) =>
        buildDocument((inner) => inner.int('index', index).raw('_id', id)),
      );
      writer.raw('upserted', buildArray(list));
    }
    writer.int('nModified', outcome.modified);
  });
}

function* runUpdate(
  engine: Engine,
  namespace: string,
  fields: Map<string, Raw>,
  index: number,
  outcome: Outcome,
): WriteJob<void> {
  const collection = engine.collection(namespace);
  checkHint(collection, fields.get('hint'));
  const parsed = parseUpdateFields(fields);
  const multi = isTruthy(fields.get('multi'));
  let matched = 0;
  if (collection) {
    for (const found of matchesToChange(engine, collection, parsed.filter)) {
      if (found) {
        if (applyUpdate(engine, collection, found, parsed)) outcome.modified++;
        matched++;
        outcome.n++;
        if (!multi) break;
      }
      yield;
    }
  }
  if (matched || !isTruthy(fields.get('upsert'))) return;
  // The look may have paused and let another write make the document; this look and the insert are one step.
  const current = engine.collection(namespace);
  const late = current && firstMatch(engine, current, parsed.filter, undefined);
  if (late) {
    if (applyUpdate(engine, current, late, parsed)) outcome.modified++;
    outcome.n++;
    return;
  }
  const id = upsert(engine, namespace, parsed);
  outcome.n++;
  outcome.upserted.push({ index, id });
}

/** Ends early when the collection is dropped while the job pauses. */
function* matchesToChange(
  engine: Engine,
  collection: Collection,
  filter: Filter,
): Flow<StoredDocument> {
  const plan = choosePlan(collection, filter);
  for (const found of matching(engine.storage, collection, filter, plan)) {
    if (engine.collection(collection.namespace) !== collection) return;
    yield found;
  }
}

/** Stores the updated document; false when the update changes nothing. */
function applyUpdate(
  engine: Engine,
  collection: Collection,
  { record, doc }: StoredDocument,
  { filter, update }: ParsedUpdate,
): Raw | undefined {
  const trace: MatchTrace = { position: -1 };
  if (!update.replaces) filter.test(doc, trace);
  const after = update.apply(doc, trace.position);
  if (after.bytes().equals(doc.bytes())) return undefined;
  engine.records.replace(collection, record, doc, after);
  return after;
}

/** Inserts what the query and the update describe; returns its _id. */
function upsert(engine: Engine, namespace: string, { filter, update }: ParsedUpdate): Raw {
  const doc = prepareInsert(update.insert(filter));
  engine.records.insert(engine.catalog.getOrCreate(namespace), doc);
  return field(doc, '_id')!;
}

export async function remove(engine: Engine, options: Options): Promise<Raw> {
  options.allow(['deletes', 'ordered']);
  const namespace = options.writableNamespace();
  const outcome = newOutcome();
  const job = eachStatement(
    statements(options, 'deletes').map(deleteFields),
    options.flag('ordered', true),
    outcome,
    (fields) => runDelete(engine, namespace, fields, outcome),
  );
  return writeReply(await engine.write(job), () => undefined);
}

function deleteFields(statement: Raw): Map<string, Raw> {
  const fields = statementFields(statement, 'delete.deletes', ['q', 'limit', 'hint']);
  requiredQuery(fields, 'delete.deletes');
  const limit = fields.get('limit');
  if (!limit || !isNumber(limit)) {
    throw new CommandError(
      40414,
      "BSON field 'delete.deletes.limit' is missing but a required field",
    );
  }
  if (toDouble(limit) !== 0 && toDouble(limit) !== 1) {
    throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${toDouble(limit)}`);
  }
  return fields;
}

function* runDelete(
  engine: Engine,
  namespace: string,
  fields: Map<string, Raw>,
  outcome: Outcome,
): WriteJob<void> {
  const filter = parseFilter(fields.get('q'));
  const collection = engine.collection(namespace);
  checkHint(collection, fields.get('hint'));
  if (!collection) return;
  for (const found of matchesToChange(engine, collection, filter)) {
    if (found) {
      engine.records.remove(collection, found.record, found.doc);
      outcome.n++;
      if (toDouble(fields.get('limit')!) === 1) return;
    }
    yield;
  }
}

interface FindAndModify {
  readonly filter: Filter;
  readonly sort: SortSpec | undefined;
  readonly update: Update | undefined;
  readonly upsert: boolean;
  readonly returnNew: boolean;
  readonly project: Projection | undefined;
}

export async function findAndModify(engine: Engine, options: Options): Promise<Raw> {
  options.allow(
    ['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'arrayFilters', 'hint'],
    ['bypassDocumentValidation'],
  );
  const namespace = options.writableNamespace();
  const removes = options.flag('remove');
  const change = options.raw('update');
  checkCombination(options, removes, change);
  checkHint(engine.collection(namespace), options.raw('hint'));
  const request: FindAndModify = {
    filter: parseFilter(options.document('query')),
    sort: parseSort(options.document('sort')),
    update: change && parseUpdate(change, options.array('arrayFilters')),
    upsert: options.flag('upsert'),
    returnNew: options.flag('new'),
    project: parseProjection(options.document('fields')),
  };
  return engine.write(atomic(() => modifyOne(engine, namespace, request)));
}

function checkCombination(options: Options, removes: boolean, change: Raw | undefined): void {
  if (removes && change) throw failedToParse('Cannot specify both an update and remove=true');
  if (!removes && !change) throw failedToParse('Either an update or remove=true must be specified');
  if (removes && options.flag('upsert')) {
    throw failedToParse('Cannot specify both upsert=true and remove=true');
  }
  if (removes && options.flag('new')) {
    throw failedToParse(
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  }
}

/** One atomic step: nothing may come between the look and the change. */
function modifyOne(engine: Engine, namespace: string, request: FindAndModify): Raw {
  const { filter, update, sort } = request;
  const collection = engine.collection(namespace);
  const found = collection && firstMatch(engine, collection, filter, sort);
  if (!found) {
    if (!update || !request.upsert) return modifyReply(request, undefined, { n: 0 });
    return upsertOne(engine, namespace, request, update);
  }
  if (!update) {
    engine.records.remove(collection, found.record, found.doc);
    return modifyReply(request, found.doc, { n: 1 });
  }
  const after = applyUpdate(engine, collection, found, { filter, update }) ?? found.doc;
  return modifyReply(request, request.returnNew ? after : found.doc, { n: 1 });
}

function upsertOne(engine: Engine, namespace: string, request: FindAndModify, update: Update): Raw {
  const id = upsert(engine, namespace, { filter: request.filter, update });
  const collection = engine.collection(namespace)!;
  const inserted = request.returnNew
    ? engine.storage.document(collection.table, collection.nextRecord - 1)
    : undefined;
  return modifyReply(request, inserted, { n: 1, upserted: id });
}

function modifyReply(
  { project, update }: FindAndModify,
  value: Raw | undefined,
  { n, upserted }: { n: number; upserted?: Raw },
): Raw {
  return buildDocument((writer) => {
    writer.open(T.object, 'lastErrorObject').int('n', n);
    if (update) writer.raw('updatedExisting', boolValue(n === 1 && !upserted));
    if (upserted) writer.raw('upserted', upserted);
    writer.close();
    if (value) writer.raw('value', project ? project(value) : value);
    else writer.null('value');
    writer.double('ok', 1);
  });
}

function firstMatch(
  engine: Engine,
  collection: Collection,
  filter: Filter,
  sort: SortSpec | undefined,
): StoredDocument | undefined {
  const plan = choosePlan(collection, filter, sort);
  let best: StoredDocument | undefined;
  let bestKey: Raw[] | undefined;
  for (const found of matching(engine.storage, collection, filter, plan)) {
    if (!found) continue;
    if (!sort || plan?.sorted) return found;
    const key = sortKey(found.doc, sort);
    if (!bestKey || compareKeys(key, bestKey, sort) < 0) {
      best = found;
      bestKey = key;
    }
  }
  return best;
}
