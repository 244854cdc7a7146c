/**
 * The bytes on disk: one LMDB map with binary keys.
 *   00                         → the format of these bytes
 *   01 name                    → a collection's catalog document
 *   02                         → the next free table number
 *   03 table                   → how many documents a collection has
 *   04                         → who holds the directory
 *   05 table                   → dropped, its bytes still to be swept
 *   10 table record            → a document
 *   20 table key [01 record]   → a record number (unique indexes have no record in the key)
 * Table numbers are never used again, record numbers grow, so documents lie in the order of their insertion.
 */
import { join } from 'node:path';
import { type RootDatabase, open } from 'lmdb';
import { checkDataFile, extendDataFile } from './data-file.ts';
import { type Raw, documentOf } from './raw.ts';

const FORMAT_KEY = Buffer.from([0x00]);
const FORMAT = 'akimetr store 1';
const CATALOG = 0x01;
const NEXT_TABLE = Buffer.from([0x02]);
const COUNT = 0x03;
const OWNER = Buffer.from([0x04]);
const DROPPED = 0x05;
const DOCUMENT = 0x10;
const INDEX = 0x20;
const RECORD_SIZE = 6;

/** A map of this size is only address space; the file grows with its content. Windows reserves it, so less there. */
const MAP_SIZE = process.platform === 'win32' ? undefined : 256 * 2 ** 30;
const NO_FLUSH_ON_COMMIT = 0x10003; // lmdb: abortable, commit at once, flushed by sync()

export interface IndexEntry {
  readonly key: Buffer;
  readonly record: number;
}

export interface StoredDocument {
  readonly record: number;
  readonly doc: Raw;
}

/** Half-open range of key bytes; `after` skips everything up to and including a key already seen. */
export interface KeyRange {
  readonly from: Buffer;
  readonly to: Buffer;
}

export class Storage {
  private readonly db: RootDatabase<Buffer, Buffer>;
  private readonly file: string;
  private removed = false;

  private constructor(db: RootDatabase<Buffer, Buffer>, file: string) {
    this.db = db;
    this.file = file;
  }

  /** Opens or makes the database; throws when the files are something else. */
  static open(directory: string): Storage {
    const file = join(directory, 'data.mdb');
    checkDataFile(file);
    const db = open<Buffer, Buffer>({
      path: directory,
      keyEncoding: 'binary',
      encoding: 'binary',
      maxDbs: 2,
      cache: false,
      ...(MAP_SIZE ? { mapSize: MAP_SIZE } : {}),
    });
    const storage = new Storage(db, file);
    storage.checkFormat();
    return storage;
  }

  private checkFormat(): void {
    const found = this.db.get(FORMAT_KEY)?.toString('utf8');
    if (found === FORMAT) return;
    const isNew = found === undefined && [...this.db.getKeys({ limit: 1 })].length === 0;
    if (!isNew) {
      void this.db.close();
      throw new Error(found === undefined ? 'not an Akimetr database' : `format ${found}`);
    }
    this.transaction(() => this.db.putSync(FORMAT_KEY, Buffer.from(FORMAT, 'utf8')));
  }

  /** Runs `work` as one atomic write; its changes are visible at once and durable after `flush`. */
  transaction<R>(work: () => R): R {
    const result = (this.db.transactionSync as (work: () => R, flags: number) => R).call(
      this.db,
      work,
      NO_FLUSH_ON_COMMIT,
    );
    if (this.removed) {
      this.removed = false;
      extendDataFile(this.file);
    }
    return result;
  }

  /** Resolves when every committed transaction has reached the disk. */
  flush(): Promise<void> {
    const { env } = this.db as unknown as { env: { sync(done: (e?: Error) => void): void } };
    return new Promise((resolve, reject) => {
      env.sync((error) => (error ? reject(error) : resolve()));
    });
  }

  async close(): Promise<void> {
    await this.db.close();
  }

  private removeKey(key: Buffer): void {
    this.db.removeSync(key);
    this.removed = true;
  }

  owner(): Buffer | undefined {
    return this.db.get(OWNER);
  }

  setOwner(owner: Buffer | undefined): void {
    if (owner) this.db.putSync(OWNER, owner);
    else this.removeKey(OWNER);
  }

  nextTable(): number {
    const next = this.db.get(NEXT_TABLE)?.readUInt32BE() ?? 1;
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(next + 1);
    this.db.putSync(NEXT_TABLE, bytes);
    return next;
  }

  catalog(): Raw[] {
    const entries = [
      ...this.db.getRange({ start: Buffer.from([CATALOG]), end: Buffer.from([CATALOG + 1]) }),
    ];
    return entries.map(({ value }) => documentOf(value));
  }

  putCatalog(namespace: string, doc: Raw): void {
    this.db.putSync(catalogKey(namespace), Buffer.from(doc.bytes()));
  }

  removeCatalog(namespace: string): void {
    this.removeKey(catalogKey(namespace));
  }

  count(table: number): number {
    const value = this.db.get(tableKey(COUNT, table));
    return value ? Number(value.readBigUInt64BE()) : 0;
  }

  setCount(table: number, count: number): void {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(count));
    this.db.putSync(tableKey(COUNT, table), bytes);
  }

  lastRecord(table: number): number {
    const start = tableKey(DOCUMENT, table + 1);
    const end = tableKey(DOCUMENT, table);
    for (const key of this.db.getKeys({ start, end, reverse: true, limit: 1 })) {
      if (key.length === 5 + RECORD_SIZE && key.compare(end) > 0 && key.compare(start) < 0) {
        return key.readUIntBE(5, RECORD_SIZE);
      }
    }
    return 0;
  }

  document(table: number, record: number): Raw | undefined {
    const value = this.db.get(documentKey(table, record));
    return value && documentOf(value);
  }

  putDocument(table: number, record: number, doc: Raw): void {
    this.db.putSync(documentKey(table, record), doc.bytes());
  }

  removeDocument(table: number, record: number): void {
    this.removeKey(documentKey(table, record));
  }

  /** The documents after (or, in reverse, before) a record, until `limit` documents or about a megabyte. */
  documents(table: number, after: number, reverse: boolean, limit: number): StoredDocument[] {
    const start = reverse ? documentKey(table, after) : documentKey(table, after + 1);
    const end = reverse ? tableKey(DOCUMENT, table) : tableKey(DOCUMENT, table + 1);
    const found: StoredDocument[] = [];
    let bytes = 0;
    for (const { key, value } of this.db.getRange({ start, end, reverse })) {
      const record = key.readUIntBE(5, RECORD_SIZE);
      if (reverse && record >= after) continue;
      found.push({ record, doc: documentOf(value) });
      bytes += value.length;
      if (found.length >= limit || bytes >= 1 << 20) break;
    }
    return found;
  }

  /** The record a unique key belongs to. */
  recordOf(table: number, key: Buffer): number | undefined {
    return this.db.get(indexKey(table, key))?.readUIntBE(0, RECORD_SIZE);
  }

  putEntry(table: number, key: Buffer, record: number, unique: boolean): void {
    const value = Buffer.allocUnsafe(RECORD_SIZE);
    value.writeUIntBE(record, 0, RECORD_SIZE);
    this.db.putSync(indexKey(table, key, unique ? undefined : record), value);
  }

  removeEntry(table: number, key: Buffer, record: number, unique: boolean): void {
    this.removeKey(indexKey(table, key, unique ? undefined : record));
  }

  /** Up to `limit` entries of a range, resumed strictly after (in reverse: before) the key `seen`. */
  entries(
    table: number,
    range: KeyRange,
    seen: Buffer | undefined,
    reverse: boolean,
    limit: number,
  ): IndexEntry[] {
    const from = indexKey(table, range.from);
    const to = indexKey(table, range.to);
    const start = reverse ? (seen ?? to) : seen ? Buffer.concat([seen, ZERO]) : from;
    const end = reverse ? from : to;
    const found: IndexEntry[] = [];
    for (const { key, value } of this.db.getRange({ start, end, reverse, inclusiveEnd: reverse })) {
      const outside = reverse
        ? key.compare(from) < 0 || key.compare(seen ?? to) >= 0
        : key.compare(to) >= 0;
      if (outside) continue;
      found.push({ key, record: value.readUIntBE(0, RECORD_SIZE) });
      if (found.length >= limit) break;
    }
    return found;
  }

  /** Tables whose bytes are still to be swept. */
  dropped(): number[] {
    const range = { start: Buffer.from([DROPPED]), end: Buffer.from([DROPPED + 1]) };
    return [...this.db.getKeys(range)].map((key) => key.readUInt32BE(1));
  }

  rememberDropped(table: number): void {
    this.db.putSync(tableKey(DROPPED, table), Buffer.from([1]));
  }

  forgetDropped(table: number): void {
    this.removeKey(tableKey(DROPPED, table));
  }

  /** Removes up to `limit` keys of a dropped collection or index; true when none is left. */
  sweep(table: number, limit: number): boolean {
    for (const kind of [DOCUMENT, INDEX, COUNT]) {
      const range = { start: tableKey(kind, table), end: tableKey(kind, table + 1), limit };
      const keys = [...this.db.getKeys(range)];
      for (const key of keys) this.removeKey(key);
      if (keys.length === limit) return false;
    }
    return true;
  }
}

const ZERO = Buffer.from([0]);

const catalogKey = (namespace: string): Buffer =>
  Buffer.concat([Buffer.from([CATALOG]), Buffer.from(namespace, 'utf8')]);

function tableKey(kind: number, table: number): Buffer {
  const key = Buffer.allocUnsafe(5);
  key[0] = kind;
  key.writeUInt32BE(table, 1);
  return key;
}

function documentKey(table: number, record: number): Buffer {
  const key = Buffer.allocUnsafe(5 + RECORD_SIZE);
  key[0] = DOCUMENT;
  key.writeUInt32BE(table, 1);
  key.writeUIntBE(record, 5, RECORD_SIZE);
  return key;
}

function indexKey(table: number, key: Buffer, record?: number): Buffer {
  const bytes = Buffer.allocUnsafe(5 + key.length + (record === undefined ? 0 : 1 + RECORD_SIZE));
  bytes[0] = INDEX;
  bytes.writeUInt32BE(table, 1);
  key.copy(bytes, 5);
  if (record !== undefined) {
    bytes[5 + key.length] = 1;
    bytes.writeUIntBE(record, 6 + key.length, RECORD_SIZE);
  }
  return bytes;
}
