/** Writing one document together with its index entries: everything is checked before anything is changed. */
import { ObjectId } from 'bson';
import type { Catalog, Collection, Index } from './catalog.ts';
import { CommandError, badValue } from './errors.ts';
import { documentKeys } from './index-keys.ts';
import { LONGEST_KEY, encodeValue, fitKey } from './keys.ts';
import { T, type Raw, eachField, entriesOf, nameOf, rawOf, showOf } from './raw.ts';
import type { Storage } from './storage.ts';
import { fromEntries, withFirstField } from './writer.ts';

export const LARGEST_DOCUMENT = 16 * 1024 * 1024;

interface Keys {
  readonly index: Index;
  /** Encoded key → the values it was made of. */
  readonly byText: Map<string, { key: Buffer; values: Raw[] }>;
  readonly multi: boolean;
  readonly cut: boolean;
}

function encodeKey(index: Pick<Index, 'descending'>, values: readonly Raw[]): Buffer {
  if (values.length === 1) return encodeValue(values[0]!, index.descending[0]);
  return Buffer.concat(values.map((value, i) => encodeValue(value, index.descending[i])));
}

function keysOf(index: Index, doc: Raw): Keys {
  const byText: Keys['byText'] = new Map();
  if (index.partialFilter && !index.partialFilter.test(doc)) {
    return { index, byText, multi: false, cut: false };
  }
  const { keys, multi, found } = documentKeys(doc, index.paths);
  if (index.sparse && !found) return { index, byText, multi: false, cut: false };
  let cut = false;
  for (const values of keys) {
    const whole = encodeKey(index, values);
    if (whole.length > LONGEST_KEY) cut = true;
    const key = fitKey(whole);
    byText.set(key.toString('latin1'), { key, values });
  }
  return { index, byText, multi, cut };
}

export class Records {
  readonly storage: Storage;
  readonly catalog: Catalog;

  constructor(storage: Storage, catalog: Catalog) {
    this.storage = storage;
    this.catalog = catalog;
  }

  insert(collection: Collection, doc: Raw): void {
    checkSize(doc);
    const record = collection.nextRecord;
    const keys = collection.indexes.map((index) => keysOf(index, doc));
    for (const one of keys) this.checkUnique(collection, one, record);
    collection.nextRecord++;
    this.storage.putDocument(collection.table, record, doc);
    for (const one of keys) this.addKeys(collection, one, record);
    this.catalog.changeCount(collection, 1);
  }

  replace(collection: Collection, record: number, before: Raw, after: Raw): void {
    checkSize(after);
    const changes = collection.indexes
      .filter((index) => index.name !== '_id_')
      .map((index) => ({ old: keysOf(index, before), now: keysOf(index, after) }));
    for (const { now } of changes) this.checkUnique(collection, now, record);
    this.storage.putDocument(collection.table, record, after);
    for (const { old, now } of changes) {
      this.removeKeys(old, record, now);
      this.addKeys(collection, now, record, old);
    }
  }

  remove(collection: Collection, record: number, doc: Raw): void {
    for (const index of collection.indexes) this.removeKeys(keysOf(index, doc), record);
    this.storage.removeDocument(collection.table, record);
    this.catalog.changeCount(collection, -1);
  }

  /** Enters one existing document into a new index. */
  addToIndex(collection: Collection, index: Index, record: number, doc: Raw): void {
    const keys = keysOf(index, doc);
    this.checkUnique(collection, keys, record);
    this.addKeys(collection, keys, record);
  }

  private checkUnique(collection: Collection, { index, byText }: Keys, record: number): void {
    if (!index.unique) return;
    for (const { key, values } of byText.values()) {
      const holder = this.storage.recordOf(index.table, key);
      if (holder !== undefined && holder !== record) throw duplicate(collection, index, values);
    }
  }

  private addKeys(collection: Collection, keys: Keys, record: number, except?: Keys): void {
    const { index } = keys;
    for (const [text, { key }] of keys.byText) {
      if (!except?.byText.has(text)) this.storage.putEntry(index.table, key, record, index.unique);
    }
    if ((keys.multi && !index.multi) || (keys.cut && !index.cut)) {
      index.multi ||= keys.multi;
      index.cut ||= keys.cut;
      this.catalog.save(collection);
    }
  }

  private removeKeys(keys: Keys, record: number, except?: Keys): void {
    const { index } = keys;
    for (const [text, { key }] of keys.byText) {
      if (!except?.byText.has(text)) {
        this.storage.removeEntry(index.table, key, record, index.unique);
      }
    }
  }
}

function checkSize(doc: Raw): void {
  if (doc.size <= LARGEST_DOCUMENT) return;
  throw new CommandError(
    10334,
    `object to insert too large. size in bytes: ${doc.size}, max size: ${LARGEST_DOCUMENT}`,
  );
}

function duplicate(collection: Collection, index: Index, values: readonly Raw[]): CommandError {
  const shown = index.fields.map((name, i) => `${name}: ${showKey(values[i]!)}`).join(', ');
  return new CommandError(
    11000,
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: { ${shown} }`,
    {
      keyPattern: index.pattern,
      keyValue: fromEntries(index.fields.map((name, i) => [name, values[i]!])),
    },
  );
}

function showKey(value: Raw): string {
  switch (value.type) {
    case T.objectId:
      return `ObjectId('${value.bytes().toString('hex')}')`;
    case T.object:
      return `{ ${entriesOf(value)
        .map(([name, inner]) => `${name}: ${showKey(inner)}`)
        .join(', ')} }`;
    case T.date:
      return `new Date(${value.buf.readBigInt64LE(value.at)})`;
    default:
      return showOf(value);
  }
}

/** The document as it is stored: an _id in front, made when missing, of a kind that may identify. */
export function prepareInsert(doc: Raw): Raw {
  const ids: Raw[] = [];
  eachField(doc, (name, value) => {
    if (name === '_id') ids.push(value);
  });
  const [id] = ids;
  if (!id) return withFirstField(doc, nameOf('_id'), rawOf(new ObjectId()));
  if (ids.length > 1) throw badValue("can't have multiple _id fields in one document");
  const kind = BAD_ID.get(id.type);
  if (kind) throw badValue(`can't use ${kind} for _id`);
  checkIdFields(id);
  if (id.at === doc.at + 9) return doc; // length (4), type (1), "_id\0" (4): already first
  const rest = entriesOf(doc).filter(([name]) => name !== '_id');
  return fromEntries([['_id', id], ...rest]);
}

const BAD_ID = new Map<number, string>([
  [T.array, 'an array'],
  [T.regex, 'a regex'],
  [T.undefined, 'a undefined'],
]);

/** An _id that an update makes. */
export function checkId(id: Raw): void {
  const kind = BAD_ID.get(id.type)?.replace(/^an? /, '');
  if (kind) throw new CommandError(53, `The '_id' value cannot be of type ${kind}`);
  checkIdFields(id);
}

function checkIdFields(id: Raw): void {
  if (id.type !== T.object) return;
  eachField(id, (name) => {
    if (name.startsWith('$')) {
      throw new CommandError(
        52,
        `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`,
      );
    }
  });
}
