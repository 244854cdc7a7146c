/**
 * BSON values where they lie. The engine stores, compares and filters documents as bytes and decodes only what a
 * question touches: field order, number types and unknown subtypes survive because nobody ever rebuilds them.
 */
import { BSON } from 'bson';

export const T = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binary: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  code: 13,
  symbol: 14,
  codeWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: 0xff,
  maxKey: 0x7f,
} as const;

/** One BSON value: its type and the bytes [at, end) of its payload. */
export class Raw {
  readonly type: number;
  readonly buf: Buffer;
  readonly at: number;
  readonly end: number;

  constructor(type: number, buf: Buffer, at: number, end: number) {
    this.type = type;
    this.buf = buf;
    this.at = at;
    this.end = end;
  }

  get size(): number {
    return this.end - this.at;
  }

  bytes(): Buffer {
    return this.buf.subarray(this.at, this.end);
  }
}

/** Thrown when bytes are not BSON; the command layer answers it as code 22 InvalidBSON. */
export class BsonError extends Error {}

export function documentOf(buf: Buffer, at = 0): Raw {
  if (at + 5 > buf.length) throw new BsonError('document cut short');
  const end = at + buf.readInt32LE(at);
  if (end > buf.length || end < at + 5 || buf[end - 1] !== 0) {
    throw new BsonError('document length does not fit its bytes');
  }
  return new Raw(T.object, buf, at, end);
}

/** Where the payload of a value ends. */
function valueEnd(type: number, buf: Buffer, at: number): number {
  switch (type) {
    case T.double:
    case T.date:
    case T.timestamp:
    case T.long:
      return at + 8;
    case T.string:
    case T.code:
    case T.symbol:
      return at + 4 + buf.readInt32LE(at);
    case T.object:
    case T.array:
    case T.codeWithScope:
      return at + buf.readInt32LE(at);
    case T.binary:
      return at + 5 + buf.readInt32LE(at);
    case T.undefined:
    case T.null:
    case T.minKey:
    case T.maxKey:
      return at;
    case T.objectId:
      return at + 12;
    case T.bool:
      return at + 1;
    case T.regex:
      return cstringEnd(buf, cstringEnd(buf, at) + 1) + 1;
    case T.dbPointer:
      return at + 4 + buf.readInt32LE(at) + 12;
    case T.int:
      return at + 4;
    case T.decimal:
      return at + 16;
    default:
      throw new BsonError(`unknown BSON type ${type}`);
  }
}

function cstringEnd(buf: Buffer, at: number): number {
  const end = buf.indexOf(0, at);
  if (end < 0) throw new BsonError('field name without an end');
  return end;
}

/** Field names are short; reading ASCII by hand beats the call into the decoder. */
function nameAt(buf: Buffer, at: number, end: number): string {
  if (end - at > 24) return buf.toString('utf8', at, end);
  let text = '';
  for (let i = at; i < end; i++) {
    const byte = buf[i]!;
    if (byte > 0x7f) return buf.toString('utf8', at, end);
    text += String.fromCharCode(byte);
  }
  return text;
}

/** Calls `visit` for each field in order; a `true` from it stops the walk. */
export function eachField(doc: Raw, visit: (name: string, value: Raw) => boolean | void): void {
  const { buf } = doc;
  let at = doc.at + 4;
  const last = doc.end - 1;
  while (at < last) {
    const type = buf[at]!;
    const nameEnd = cstringEnd(buf, at + 1);
    const end = valueEnd(type, buf, nameEnd + 1);
    if (visit(nameAt(buf, at + 1, nameEnd), new Raw(type, buf, nameEnd + 1, end))) return;
    at = end;
  }
}

/** The values of an array (or of a document) in order. */
export function valuesOf(list: Raw): Raw[] {
  const { buf } = list;
  const values: Raw[] = [];
  let at = list.at + 4;
  const last = list.end - 1;
  while (at < last) {
    const type = buf[at]!;
    const start = cstringEnd(buf, at + 1) + 1;
    const end = valueEnd(type, buf, start);
    values.push(new Raw(type, buf, start, end));
    at = end;
  }
  return values;
}

export function entriesOf(doc: Raw): [string, Raw][] {
  const entries: [string, Raw][] = [];
  eachField(doc, (name, value) => {
    entries.push([name, value]);
  });
  return entries;
}

/** A field name ready to be compared with bytes. */
export class Name {
  readonly text: string;
  readonly bytes: Buffer;
  /** The name as an array position, or -1. */
  readonly index: number;

  constructor(text: string) {
    this.text = text;
    this.bytes = Buffer.from(text, 'utf8');
    this.index = /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : -1;
  }
}

export function getField(doc: Raw, name: Name): Raw | undefined {
  const { buf } = doc;
  const wanted = name.bytes;
  const length = wanted.length;
  let at = doc.at + 4;
  const last = doc.end - 1;
  while (at < last) {
    const type = buf[at]!;
    let i = 0;
    at++;
    while (i < length && buf[at + i] === wanted[i]) i++;
    if (i === length && buf[at + i] === 0) {
      const start = at + i + 1;
      return new Raw(type, buf, start, valueEnd(type, buf, start));
    }
    at += i;
    while (buf[at] !== 0) at++;
    at = valueEnd(type, buf, at + 1);
  }
  return undefined;
}

const names = new Map<string, Name>();

/** A `Name`, remembered: commands ask for the same few again and again. */
export function nameOf(text: string): Name {
  let name = names.get(text);
  if (!name) {
    name = new Name(text);
    if (names.size < 2000) names.set(text, name);
  }
  return name;
}

export function field(doc: Raw, name: string): Raw | undefined {
  return getField(doc, nameOf(name));
}

export function elementAt(list: Raw, index: number): Raw | undefined {
  const { buf } = list;
  let at = list.at + 4;
  const last = list.end - 1;
  for (let i = 0; at < last; i++) {
    const type = buf[at]!;
    const start = cstringEnd(buf, at + 1) + 1;
    const end = valueEnd(type, buf, start);
    if (i === index) return new Raw(type, buf, start, end);
    at = end;
  }
  return undefined;
}

export function isEmptyDocument(doc: Raw): boolean {
  return doc.size === 5;
}

export function textOf(value: Raw): string {
  return value.buf.toString('utf8', value.at + 4, value.end - 1);
}

export function regexOf(value: Raw): { pattern: string; options: string } {
  const middle = cstringEnd(value.buf, value.at);
  return {
    pattern: value.buf.toString('utf8', value.at, middle),
    options: value.buf.toString('utf8', middle + 1, value.end - 1),
  };
}

/** A plain JavaScript value as BSON. */
export function rawOf(value: unknown): Raw {
  const bytes = BSON.serialize({ v: value }, { ignoreUndefined: false });
  return field(documentOf(Buffer.from(bytes)), 'v')!;
}

/** The value as text, for messages only. */
export function showOf(value: Raw): string {
  return BSON.EJSON.stringify(BSON.deserialize(wrap(value)).v);
}

function wrap(value: Raw): Buffer {
  const size = value.size;
  const buf = Buffer.alloc(size + 8);
  buf.writeInt32LE(size + 8, 0);
  buf[4] = value.type;
  buf[5] = 0x76; // 'v'
  value.buf.copy(buf, 7, value.at, value.end);
  return buf;
}

const TYPE_NAMES: Record<number, string> = {
  [T.double]: 'double',
  [T.string]: 'string',
  [T.object]: 'object',
  [T.array]: 'array',
  [T.binary]: 'binData',
  [T.undefined]: 'undefined',
  [T.objectId]: 'objectId',
  [T.bool]: 'bool',
  [T.date]: 'date',
  [T.null]: 'null',
  [T.regex]: 'regex',
  [T.dbPointer]: 'dbPointer',
  [T.code]: 'javascript',
  [T.symbol]: 'symbol',
  [T.codeWithScope]: 'javascriptWithScope',
  [T.int]: 'int',
  [T.timestamp]: 'timestamp',
  [T.long]: 'long',
  [T.decimal]: 'decimal',
  [T.minKey]: 'minKey',
  [T.maxKey]: 'maxKey',
};

export function typeName(value: Raw | undefined): string {
  return value ? TYPE_NAMES[value.type]! : 'missing';
}

export const TYPE_CODES: ReadonlyMap<string, number> = new Map(
  Object.entries(TYPE_NAMES).map(([code, name]) => [name, Number(code)]),
);

/** A reader for bytes from the wire: every length inside must fit, at most 100 (server: 180) levels deep. */
export function checkDocument(doc: Raw, depth = 0): void {
  if (depth > 180) throw new BsonError('document nested deeper than 180 levels');
  const { buf } = doc;
  let at = doc.at + 4;
  const last = doc.end - 1;
  while (at < last) {
    const type = buf[at]!;
    const start = cstringEnd(buf, at + 1) + 1;
    const end = start <= last ? valueEnd(type, buf, start) : Infinity;
    if (end > last || end < start) throw new BsonError('value reaches past its document');
    checkValue(type, buf, start, end, depth);
    at = end;
  }
  if (at !== last || buf[last] !== 0) throw new BsonError('document ends in the wrong place');
}

function checkValue(type: number, buf: Buffer, start: number, end: number, depth: number): void {
  if (type === T.object || type === T.array) {
    if (end - start < 5) throw new BsonError('embedded document cut short');
    checkDocument(new Raw(type, buf, start, end), depth + 1);
  } else if (type === T.string || type === T.code || type === T.symbol) {
    if (end - start < 5 || buf[end - 1] !== 0) throw new BsonError('string without an end');
  } else if (type === T.binary && end - start < 5) {
    throw new BsonError('binary cut short');
  } else if (type === T.bool && buf[start]! > 1) {
    throw new BsonError('boolean is neither true nor false');
  }
}
