/** Which collections and indexes exist. Kept in memory; every change is written in the transaction that makes it. */
import { randomBytes } from 'node:crypto';
import { type Filter, parseFilter } from './match.ts';
import { toDouble } from './numbers.ts';
import { type Path, pathOf } from './paths.ts';
import { type Raw, entriesOf, field, rawOf, textOf, valuesOf } from './raw.ts';
import type { Storage } from './storage.ts';
import { boolValue, buildArray, buildDocument, fromEntries, intValue } from './writer.ts';

export interface IndexSpec {
  readonly name: string;
  /** The key pattern as given, for listIndexes and duplicate errors. */
  readonly pattern: Raw;
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: Raw | undefined;
}

export interface Index extends IndexSpec {
  readonly table: number;
  readonly fields: readonly string[];
  readonly paths: readonly Path[];
  readonly descending: readonly boolean[];
  readonly partialFilter: Filter | undefined;
  /** Some document has several keys here. */
  multi: boolean;
  /** Some key was too long to be kept whole, so the order of entries is not exact. */
  cut: boolean;
}

export interface Collection {
  readonly namespace: string;
  readonly uuid: Buffer;
  readonly table: number;
  readonly indexes: Index[];
  count: number;
  nextRecord: number;
}

export const ID_PATTERN = fromEntries([['_id', intValue(1)]]);

function makeIndex(spec: IndexSpec, table: number, multi: boolean, cut: boolean): Index {
  const parts = entriesOf(spec.pattern);
  const fields = parts.map(([name]) => name);
  return {
    ...spec,
    table,
    fields,
    paths: fields.map(pathOf),
    descending: parts.map(([, direction]) => toDouble(direction) < 0),
    partialFilter: spec.partial && parseFilter(spec.partial),
    multi,
    cut,
  };
}

/** Splits `db.collection` at the first dot. */
export function databaseOf(namespace: string): string {
  return namespace.slice(0, namespace.indexOf('.'));
}

export class Catalog {
  private collections = new Map<string, Collection>();
  private readonly changedCounts = new Set<Collection>();
  /** Tables of dropped collections and indexes whose bytes still have to go. */
  dropped: number[] = [];
  private readonly storage: Storage;

  constructor(storage: Storage) {
    this.storage = storage;
    this.load();
  }

  /** Reads everything again: at start, and after a transaction that failed half way. */
  load(): void {
    this.changedCounts.clear();
    this.dropped = this.storage.dropped();
    this.collections = new Map();
    for (const doc of this.storage.catalog()) {
      const collection = this.read(doc);
      this.collections.set(collection.namespace, collection);
    }
  }

  private read(doc: Raw): Collection {
    const table = toDouble(field(doc, 'table')!);
    return {
      namespace: textOf(field(doc, 'ns')!),
      uuid: Buffer.from(field(doc, 'uuid')!.bytes().subarray(5)),
      table,
      indexes: valuesOf(field(doc, 'indexes')!).map(readIndex),
      count: this.storage.count(table),
      nextRecord: this.storage.lastRecord(table) + 1,
    };
  }

  get(namespace: string): Collection | undefined {
    return this.collections.get(namespace);
  }

  all(): Collection[] {
    return [...this.collections.values()].sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
  }

  /** The collection, made on first use. Inside a transaction. */
  getOrCreate(namespace: string): Collection {
    const existing = this.collections.get(namespace);
    if (existing) return existing;
    const collection: Collection = {
      namespace,
      uuid: randomUuid(),
      table: this.storage.nextTable(),
      indexes: [],
      count: 0,
      nextRecord: 1,
    };
    this.collections.set(namespace, collection);
    this.addIndex(collection, {
      name: '_id_',
      pattern: ID_PATTERN,
      unique: true,
      sparse: false,
      partial: undefined,
    });
    return collection;
  }

  addIndex(collection: Collection, spec: IndexSpec): Index {
    const index = makeIndex(spec, this.storage.nextTable(), false, false);
    collection.indexes.push(index);
    this.save(collection);
    return index;
  }

  save(collection: Collection): void {
    this.storage.putCatalog(collection.namespace, catalogDocument(collection));
  }

  dropIndex(collection: Collection, index: Index): void {
    collection.indexes.splice(collection.indexes.indexOf(index), 1);
    this.abandon(index.table);
    this.save(collection);
  }

  drop(collection: Collection): void {
    this.collections.delete(collection.namespace);
    this.changedCounts.delete(collection);
    this.storage.removeCatalog(collection.namespace);
    [collection, ...collection.indexes].forEach(({ table }) => this.abandon(table));
  }

  changeCount(collection: Collection, by: number): void {
    collection.count += by;
    this.changedCounts.add(collection);
  }

  /** Writes what the transaction changed; its last act. */
  saveCounts(): void {
    for (const { table, count } of this.changedCounts) this.storage.setCount(table, count);
    this.changedCounts.clear();
  }

  private abandon(table: number): void {
    this.dropped.push(table);
    this.storage.rememberDropped(table);
  }
}

function randomUuid(): Buffer {
  const bytes = randomBytes(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes;
}

const flag = (doc: Raw, name: string): boolean => {
  const value = field(doc, name);
  return !!value && value.buf[value.at] === 1;
};

function readIndex(doc: Raw): Index {
  const spec: IndexSpec = {
    name: textOf(field(doc, 'name')!),
    pattern: field(doc, 'key')!,
    unique: flag(doc, 'unique'),
    sparse: flag(doc, 'sparse'),
    partial: field(doc, 'partial'),
  };
  return makeIndex(spec, toDouble(field(doc, 'table')!), flag(doc, 'multi'), flag(doc, 'cut'));
}

function catalogDocument(collection: Collection): Raw {
  return buildDocument((writer) => {
    writer.string('ns', collection.namespace);
    writer.raw('uuid', rawOf(collection.uuid));
    writer.int('table', collection.table);
    writer.raw('indexes', buildArray(collection.indexes.map(indexDocument)));
  });
}

function indexDocument(index: Index): Raw {
  return buildDocument((writer) => {
    writer.string('name', index.name).raw('key', index.pattern).int('table', index.table);
    for (const name of ['unique', 'sparse', 'multi', 'cut'] as const) {
      writer.raw(name, boolValue(index[name]));
    }
    if (index.partial) writer.raw('partial', index.partial);
  });
}
