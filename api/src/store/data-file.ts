/**
 * The length of LMDB's file. LMDB maps it into memory, where a page that is not there ends the process; a file that was
 * overwritten or cut short must be found out before it is mapped. After removals LMDB may leave the last, unused pages
 * unwritten, so the file is kept as long as its header says, and a few missing pages are made up for.
 */
import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

const MAGIC = 0xbeefc0de;
const MAGIC_AT = 24; // after the page header
const PAGE_SIZE_AT = MAGIC_AT + 24;
const LAST_PAGE_AT = MAGIC_AT + 120;
const TRANSACTION_AT = MAGIC_AT + 128;
const MOST_UNWRITTEN_PAGES = 16;

interface Header {
  readonly transaction: bigint;
  readonly pageSize: number;
  /** What the file should measure, bytes. */
  readonly length: number;
}

function readHeader(file: number, at: number): Header | undefined {
  const bytes = Buffer.alloc(TRANSACTION_AT + 8);
  const read = readSync(file, bytes, 0, bytes.length, at);
  if (read < bytes.length || bytes.readUInt32LE(MAGIC_AT) !== MAGIC) return undefined;
  const pageSize = bytes.readUInt32LE(PAGE_SIZE_AT);
  return {
    transaction: bytes.readBigUInt64LE(TRANSACTION_AT),
    pageSize,
    length: (Number(bytes.readBigUInt64LE(LAST_PAGE_AT)) + 1) * pageSize,
  };
}

/** The newer of the two headers. */
function currentHeader(file: number): Header | undefined {
  const first = readHeader(file, 0);
  const second = first && readHeader(file, first.pageSize);
  return second && second.transaction > first.transaction ? second : first;
}

function withFile<R>(path: string, flags: string, use: (file: number) => R): R {
  const file = openSync(path, flags);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

/** Throws when the file is not a whole LMDB file; a missing or empty one will be made. */
export function checkDataFile(path: string): void {
  if (!existsSync(path)) return;
  withFile(path, 'r+', (file) => {
    const { size } = fstatSync(file);
    if (size === 0) return;
    const header = currentHeader(file);
    if (!header) throw new Error('data.mdb is not a database file');
    const missing = header.length - size;
    if (missing > MOST_UNWRITTEN_PAGES * header.pageSize) {
      throw new Error(`data.mdb is ${missing} bytes too short`);
    }
    if (missing > 0) ftruncateSync(file, header.length);
  });
}

/** Makes the file as long as its header says. */
export function extendDataFile(path: string): void {
  withFile(path, 'r+', (file) => {
    const header = currentHeader(file);
    if (header && fstatSync(file).size < header.length) ftruncateSync(file, header.length);
  });
}
