/** Collections, indexes, databases, and what a driver asks when it connects. */
import { type Collection, type Index, type IndexSpec, databaseOf } from './catalog.ts';
import type { Options } from './command-options.ts';
import { compareValues } from './compare.ts';
import type { Engine } from './engine.ts';
import { CommandError, notSupported, typeMismatch } from './errors.ts';
import { isTruthy } from './expressions.ts';
import { type Filter, parseFilter } from './match.ts';
import { isNumber, toDouble } from './numbers.ts';
import {
  T,
  type Raw,
  eachField,
  entriesOf,
  field,
  rawOf,
  showOf,
  textOf,
  valuesOf,
} from './raw.ts';
import { LARGEST_DOCUMENT } from './records.ts';
import { LARGEST_MESSAGE } from './wire.ts';
import { atomic } from './write-queue.ts';
import { type Writer, buildArray, buildDocument, dateValue, intValue } from './writer.ts';

/** The release whose behaviour is the model. */
const VERSION = '7.0.0';
const WIRE_VERSION = 21;

const ok = (fill: (writer: Writer) => void = () => undefined): Raw =>
  buildDocument((writer) => {
    fill(writer);
    writer.double('ok', 1);
  });

export function hello(_engine: Engine, options: Options): Raw {
  return ok((writer) => {
    const modern = options.command === 'hello';
    writer.bool(modern ? 'isWritablePrimary' : 'ismaster', true).bool('helloOk', true);
    writer.int('maxBsonObjectSize', LARGEST_DOCUMENT).int('maxMessageSizeBytes', LARGEST_MESSAGE);
    writer.int('maxWriteBatchSize', 100_000).raw('localTime', dateValue(BigInt(Date.now())));
    writer.int('logicalSessionTimeoutMinutes', 30).int('connectionId', 1);
    writer.int('minWireVersion', 0).int('maxWireVersion', WIRE_VERSION).bool('readOnly', false);
  });
}

export const ping = (): Raw => ok();

export function buildInfo(): Raw {
  return ok((writer) => {
    writer.string('version', VERSION).string('gitVersion', 'akimetr-embedded');
    writer.raw('modules', buildArray([]));
    writer.raw('versionArray', buildArray([7, 0, 0, 0].map(intValue)));
    writer.int('bits', 64).bool('debug', false).int('maxBsonObjectSize', LARGEST_DOCUMENT);
  });
}

/** Sessions are names without a state here, so there is nothing to end. */
export const endSessions = (): Raw => ok();

const CREATE_REFUSED = ['capped', 'size', 'timeseries', 'validator', 'viewOn', 'pipeline'];

export async function create(engine: Engine, options: Options): Promise<Raw> {
  for (const name of CREATE_REFUSED) {
    const value = options.raw(name);
    if (value && isTruthy(value)) throw notSupported(`a collection with ${name}`, 72);
  }
  options.allow(['idIndex'], ['autoIndexId', 'validationLevel', 'validationAction', 'max']);
  const namespace = options.writableNamespace();
  await engine.write(
    atomic(() => {
      engine.catalog.getOrCreate(namespace); // an existing one has the same options: there are none
    }),
  );
  return ok();
}

export async function drop(engine: Engine, options: Options): Promise<Raw> {
  options.allow([]);
  const namespace = options.namespace();
  const indexes = await engine.write(
    atomic(() => {
      const collection = engine.collection(namespace);
      if (!collection) return 0;
      engine.catalog.drop(collection);
      return collection.indexes.length;
    }),
  );
  return ok((writer) => {
    if (indexes) writer.int('nIndexesWas', indexes).string('ns', namespace);
  });
}

export async function dropDatabase(engine: Engine, options: Options): Promise<Raw> {
  options.allow([]);
  const { database } = options;
  const dropped = await engine.write(
    atomic(() => {
      const own = collectionsOf(engine, database);
      own.forEach((collection) => engine.catalog.drop(collection));
      return own.length;
    }),
  );
  return ok((writer) => {
    if (dropped) writer.string('dropped', database);
  });
}

const collectionsOf = (engine: Engine, database: string): Collection[] =>
  engine.catalog.all().filter(({ namespace }) => databaseOf(namespace) === database);

function cursorOf(namespace: string, docs: Raw[]): Raw {
  return ok((writer) => {
    writer.open(T.object, 'cursor').long('id', 0n).string('ns', namespace);
    writer.raw('firstBatch', buildArray(docs)).close();
  });
}

export function listCollections(engine: Engine, options: Options): Raw {
  options.allow(['filter', 'nameOnly', 'cursor'], ['authorizedCollections']);
  const { database } = options;
  const nameOnly = options.flag('nameOnly');
  const filter = parseFilter(options.document('filter'));
  const docs = collectionsOf(engine, database)
    .map((collection) => describe(collection, nameOnly))
    .filter((doc) => filter.test(doc));
  return cursorOf(`${database}.$cmd.listCollections`, docs);
}

function describe(collection: Collection, nameOnly: boolean): Raw {
  const name = collection.namespace.slice(databaseOf(collection.namespace).length + 1);
  return buildDocument((writer) => {
    writer.string('name', name).string('type', 'collection');
    if (nameOnly) return;
    writer.open(T.object, 'options').close();
    writer.open(T.object, 'info').bool('readOnly', false);
    writer.raw('uuid', uuidValue(collection.uuid)).close();
    writer.raw('idIndex', indexDescription(collection.indexes[0]!));
  });
}

function uuidValue(uuid: Buffer): Raw {
  const value = rawOf(uuid);
  value.buf[value.at + 4] = 4; // binary subtype UUID
  return value;
}

export function listDatabases(engine: Engine, options: Options): Raw {
  options.allow(['filter', 'nameOnly'], ['authorizedDatabases']);
  if (options.database !== 'admin') {
    throw new CommandError(13, 'listDatabases may only be run against the admin database.');
  }
  const nameOnly = options.flag('nameOnly');
  const filter: Filter = parseFilter(options.document('filter'));
  const names = [...new Set(engine.catalog.all().map(({ namespace }) => databaseOf(namespace)))];
  const docs = names
    .map((name) => describeDatabase(engine, name, nameOnly))
    .filter((doc) => filter.test(doc));
  return ok((writer) => {
    writer.raw('databases', buildArray(docs));
    if (!nameOnly) writer.long('totalSize', 0n);
  });
}

/** Sizes are not kept per database; 0 says so. */
function describeDatabase(engine: Engine, name: string, nameOnly: boolean): Raw {
  return buildDocument((writer) => {
    writer.string('name', name);
    if (nameOnly) return;
    writer.long('sizeOnDisk', 0n).bool(
      'empty',
      collectionsOf(engine, name).every(({ count }) => !count),
    );
  });
}

function indexDescription(index: Index): Raw {
  return buildDocument((writer) => {
    writer.int('v', 2).raw('key', index.pattern).string('name', index.name);
    if (index.unique && index.name !== '_id_') writer.bool('unique', true);
    if (index.sparse) writer.bool('sparse', true);
    if (index.partial) writer.raw('partialFilterExpression', index.partial);
  });
}

export function listIndexes(engine: Engine, options: Options): Raw {
  options.allow(['cursor']);
  const namespace = options.namespace();
  const collection = engine.collection(namespace);
  if (!collection) throw new CommandError(26, `ns does not exist: ${namespace}`);
  return cursorOf(namespace, collection.indexes.map(indexDescription));
}

const INDEX_IGNORED = ['v', 'background', 'ns'];
const INDEX_OPTIONS = ['key', 'name', 'unique', 'sparse', 'partialFilterExpression'];

function parseIndex(spec: Raw): IndexSpec {
  if (spec.type !== T.object) throw typeMismatch('an index specification must be a document');
  eachField(spec, (name, value) => {
    if (INDEX_IGNORED.includes(name) || INDEX_OPTIONS.includes(name)) return;
    const harmless = (name === 'hidden' || name === 'collation') && !isTruthy(value);
    if (!harmless) refuseIndexOption(name);
  });
  const pattern = field(spec, 'key');
  const name = field(spec, 'name');
  if (pattern?.type !== T.object) {
    throw new CommandError(9, "The 'key' field is a required property of an index specification");
  }
  if (name?.type !== T.string) {
    throw new CommandError(9, "The 'name' field is a required property of an index specification");
  }
  checkPattern(pattern);
  const partial = field(spec, 'partialFilterExpression');
  if (partial) checkPartial(partial);
  const [sparse, unique] = ['sparse', 'unique'].map((option) => isTruthy(field(spec, option)));
  if (partial && sparse) {
    throw new CommandError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  }
  return { name: textOf(name), pattern, unique: unique!, sparse: sparse!, partial };
}

function refuseIndexOption(name: string): never {
  const known = [
    'expireAfterSeconds',
    'hidden',
    'collation',
    'weights',
    'wildcardProjection',
    'storageEngine',
    'textIndexVersion',
    'default_language',
    'bits',
    'min',
    'max',
    '2dsphereIndexVersion',
    'prepareUnique',
  ];
  if (known.includes(name)) throw notSupported(`an index with ${name}`, 67);
  throw new CommandError(197, `The field '${name}' is not valid for an index specification.`);
}

function checkPattern(pattern: Raw): void {
  const fields = entriesOf(pattern);
  if (!fields.length) throw new CommandError(67, 'Index keys cannot be empty.');
  if (fields.length > 32)
    throw new CommandError(67, 'Index key pattern may have at most 32 fields');
  for (const [name, direction] of fields) {
    if (direction.type === T.string) throw notSupported(`a ${textOf(direction)} index`, 67);
    if (!isNumber(direction) || toDouble(direction) === 0 || Number.isNaN(toDouble(direction))) {
      throw new CommandError(
        67,
        `Values in v:2 index key pattern cannot be of this kind: { ${name}: ${showOf(direction)} }`,
      );
    }
    const parts = name.split('.');
    if (parts.some((part) => part === '')) {
      throw new CommandError(67, 'Index keys cannot contain an empty field.');
    }
    if (parts.includes('$**')) throw notSupported('a wildcard index', 67);
    if (parts.some((part) => part.startsWith('$'))) {
      throw new CommandError(
        67,
        "Index key contains an illegal field name: field name starts with '$'.",
      );
    }
  }
}

const PARTIAL_OPERATORS = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$exists', '$type', '$in']);

function checkPartial(expression: Raw): void {
  if (expression.type !== T.object) {
    throw typeMismatch("'partialFilterExpression' for an index must be a document");
  }
  parseFilter(expression);
  eachField(expression, (name, value) => {
    if (name === '$and' || name === '$or') valuesOf(value).forEach(checkPartial);
    else if (name.startsWith('$')) throw badPartial(name);
    else if (value.type === T.object) {
      for (const [operator, argument] of entriesOf(value)) {
        if (!operator.startsWith('$')) break;
        const absent = operator === '$exists' && !isTruthy(argument);
        if (!PARTIAL_OPERATORS.has(operator) || absent) throw badPartial(operator);
      }
    }
  });
}

const badPartial = (operator: string): CommandError =>
  new CommandError(67, `unsupported expression in partial index: ${operator}`);

export async function createIndexes(engine: Engine, options: Options): Promise<Raw> {
  options.allow(['indexes'], ['commitQuorum', 'ignoreUnknownIndexOptions']);
  const namespace = options.writableNamespace();
  const specs = options.list('indexes').map(parseIndex);
  if (!specs.length) throw new CommandError(2, 'Must specify at least one index to create');
  const result = await engine.write(atomic(() => buildIndexes(engine, namespace, specs)));
  return ok((writer) => {
    writer.int('numIndexesBefore', result.before).int('numIndexesAfter', result.after);
    if (result.created) writer.bool('createdCollectionAutomatically', true);
    if (result.before === result.after) writer.string('note', 'all indexes already exist');
  });
}

interface Built {
  readonly before: number;
  readonly after: number;
  readonly created: boolean;
}

/** One step: no write may come between reading the documents and the index being there. */
function buildIndexes(engine: Engine, namespace: string, specs: IndexSpec[]): Built {
  const created = !engine.collection(namespace);
  const collection = engine.catalog.getOrCreate(namespace);
  const before = collection.indexes.length;
  const added: Index[] = [];
  try {
    for (const spec of specs) {
      if (isThereAlready(collection, spec)) continue;
      const index = engine.catalog.addIndex(collection, spec);
      added.push(index);
      fill(engine, collection, index);
    }
  } catch (error) {
    if (error instanceof CommandError)
      added.forEach((index) => engine.catalog.dropIndex(collection, index));
    throw error;
  }
  return { before, after: collection.indexes.length, created };
}

function fill(engine: Engine, collection: Collection, index: Index): void {
  let after = 0;
  for (;;) {
    const chunk = engine.storage.documents(collection.table, after, false, 500);
    if (!chunk.length) return;
    for (const { record, doc } of chunk) {
      engine.records.addToIndex(collection, index, record, doc);
      after = record;
    }
  }
}

function isThereAlready(collection: Collection, spec: IndexSpec): boolean {
  const sameKey = collection.indexes.find((index) => samePattern(index.pattern, spec.pattern));
  const sameName = collection.indexes.find(({ name }) => name === spec.name);
  if (sameKey && sameKey.name === '_id_') return true;
  if (sameKey && sameOptions(sameKey, spec)) {
    if (sameKey.name === spec.name) return true;
    throw new CommandError(85, `Index already exists with a different name: ${sameKey.name}`);
  }
  if (sameName) {
    throw new CommandError(
      86,
      `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${spec.name}`,
    );
  }
  if (sameKey && sameFilter(sameKey, spec)) {
    throw new CommandError(
      85,
      `An equivalent index already exists with a different name or different options: ${sameKey.name}`,
    );
  }
  return false;
}

const samePattern = (a: Raw, b: Raw): boolean => compareValues(a, b) === 0;
const sameFilter = (a: IndexSpec, b: IndexSpec): boolean =>
  a.partial && b.partial ? compareValues(a.partial, b.partial) === 0 : !a.partial && !b.partial;
const sameOptions = (a: IndexSpec, b: IndexSpec): boolean =>
  a.unique === b.unique && a.sparse === b.sparse && sameFilter(a, b);

export async function dropIndexes(engine: Engine, options: Options): Promise<Raw> {
  options.allow(['index']);
  const namespace = options.namespace();
  const which = options.raw('index');
  if (!which)
    throw new CommandError(40414, "BSON field 'dropIndexes.index' is missing but a required field");
  const before = await engine.write(
    atomic(() => {
      const collection = engine.collection(namespace);
      if (!collection) throw new CommandError(26, `ns not found ${namespace}`);
      const were = collection.indexes.length;
      for (const index of chosenIndexes(collection, which))
        engine.catalog.dropIndex(collection, index);
      return were;
    }),
  );
  return ok((writer) => writer.int('nIndexesWas', before));
}

function chosenIndexes(collection: Collection, which: Raw): Index[] {
  if (which.type === T.array)
    return valuesOf(which).flatMap((one) => chosenIndexes(collection, one));
  if (which.type === T.string && textOf(which) === '*') {
    return collection.indexes.filter(({ name }) => name !== '_id_');
  }
  const index = collection.indexes.find((one) =>
    which.type === T.string ? one.name === textOf(which) : samePattern(one.pattern, which),
  );
  if (!index) {
    throw new CommandError(
      27,
      which.type === T.string
        ? `index not found with name [${textOf(which)}]`
        : `can't find index with key: ${showOf(which)}`,
    );
  }
  if (index.name === '_id_') throw new CommandError(72, 'cannot drop _id index');
  return [index];
}
