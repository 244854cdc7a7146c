/** createIndexes, listIndexes, dropIndexes. */
import type { Collection, Index, IndexSpec } from './catalog.ts';
import type { Options } from './command-options.ts';
import { cursorReply, okReply } from './replies.ts';
import { compareValues } from './compare.ts';
import type { Engine } from './engine.ts';
import { CommandError, notSupported, typeMismatch } from './errors.ts';
import { isTruthy } from './expressions.ts';
import { parseFilter } from './match.ts';
import { isNumber, toDouble } from './numbers.ts';
import { T, type Raw, eachField, entriesOf, field, showOf, textOf, valuesOf } from './raw.ts';
import { atomic } from './write-queue.ts';
import { buildDocument } from './writer.ts';

export function indexDescription(index: Index): Raw {
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
  return cursorReply('firstBatch', namespace, 0n, collection.indexes.map(indexDescription));
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
  return okReply((writer) => {
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
  return okReply((writer) => writer.int('nIndexesWas', before));
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
