/** Collections, databases, and what a driver asks when it connects. */
import { type Collection, databaseOf } from './catalog.ts';
import type { Options } from './command-options.ts';
import { indexDescription } from './commands-indexes.ts';
import type { Engine } from './engine.ts';
import { CommandError, notSupported } from './errors.ts';
import { isTruthy } from './expressions.ts';
import { type Filter, parseFilter } from './match.ts';
import { T, type Raw, rawOf } from './raw.ts';
import { LARGEST_DOCUMENT } from './records.ts';
import { cursorReply, okReply } from './replies.ts';
import { LARGEST_MESSAGE } from './wire.ts';
import { atomic } from './write-queue.ts';
import { buildArray, buildDocument, dateValue, intValue } from './writer.ts';

/** The release whose behaviour is the model. */
const VERSION = '7.0.0';
const WIRE_VERSION = 21;

export function hello(_engine: Engine, options: Options): Raw {
  return okReply((writer) => {
    const modern = options.command === 'hello';
    writer.bool(modern ? 'isWritablePrimary' : 'ismaster', true).bool('helloOk', true);
    writer.int('maxBsonObjectSize', LARGEST_DOCUMENT).int('maxMessageSizeBytes', LARGEST_MESSAGE);
    writer.int('maxWriteBatchSize', 100_000).raw('localTime', dateValue(BigInt(Date.now())));
    writer.int('logicalSessionTimeoutMinutes', 30).int('connectionId', 1);
    writer.int('minWireVersion', 0).int('maxWireVersion', WIRE_VERSION).bool('readOnly', false);
  });
}

export const ping = (): Raw => okReply();

export function buildInfo(): Raw {
  return okReply((writer) => {
    writer.string('version', VERSION).string('gitVersion', 'akimetr-embedded');
    writer.raw('modules', buildArray([]));
    writer.raw('versionArray', buildArray([7, 0, 0, 0].map(intValue)));
    writer.int('bits', 64).bool('debug', false).int('maxBsonObjectSize', LARGEST_DOCUMENT);
  });
}

/** Sessions are names without a state here, so there is nothing to end. */
export const endSessions = (): Raw => okReply();

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
  return okReply();
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
  return okReply((writer) => {
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
  return okReply((writer) => {
    if (dropped) writer.string('dropped', database);
  });
}

const collectionsOf = (engine: Engine, database: string): Collection[] =>
  engine.catalog.all().filter(({ namespace }) => databaseOf(namespace) === database);

export function listCollections(engine: Engine, options: Options): Raw {
  options.allow(['filter', 'nameOnly', 'cursor'], ['authorizedCollections']);
  const { database } = options;
  const nameOnly = options.flag('nameOnly');
  const filter = parseFilter(options.document('filter'));
  const docs = collectionsOf(engine, database)
    .map((collection) => describe(collection, nameOnly))
    .filter((doc) => filter.test(doc));
  return cursorReply('firstBatch', `${database}.$cmd.listCollections`, 0n, docs);
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
  return okReply((writer) => {
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
