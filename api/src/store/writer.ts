/** Writing BSON: documents are put together from values that already are bytes. */
import { T, Raw, type Name } from './raw.ts';

/** An append-only buffer of BSON. `open`/`close` nest; every field is written under a name. */
export class Writer {
  private buf: Buffer;
  private at = 0;
  private readonly starts: number[] = [];

  constructor(capacity = 512) {
    this.buf = Buffer.allocUnsafe(capacity);
  }

  get length(): number {
    return this.at;
  }

  private room(bytes: number): void {
    if (this.at + bytes <= this.buf.length) return;
    const bigger = Buffer.allocUnsafe(Math.max(this.buf.length * 2, this.at + bytes));
    this.buf.copy(bigger, 0, 0, this.at);
    this.buf = bigger;
  }

  private head(type: number, name: string): void {
    this.room(name.length * 3 + 2 + 16);
    this.buf[this.at++] = type;
    this.at += this.buf.write(name, this.at, 'utf8');
    this.buf[this.at++] = 0;
  }

  /** Begins the outermost document. */
  start(): this {
    this.room(4);
    this.starts.push(this.at);
    this.at += 4;
    return this;
  }

  open(type: number, name: string): this {
    this.head(type, name);
    return this.start();
  }

  close(): this {
    this.room(1);
    this.buf[this.at++] = 0;
    const start = this.starts.pop()!;
    this.buf.writeInt32LE(this.at - start, start);
    return this;
  }

  raw(name: string, value: Raw): this {
    this.head(value.type, name);
    this.room(value.size);
    value.buf.copy(this.buf, this.at, value.at, value.end);
    this.at += value.size;
    return this;
  }

  int(name: string, value: number): this {
    this.head(T.int, name);
    this.at = this.buf.writeInt32LE(value, this.at);
    return this;
  }

  double(name: string, value: number): this {
    this.head(T.double, name);
    this.at = this.buf.writeDoubleLE(value, this.at);
    return this;
  }

  long(name: string, value: bigint): this {
    this.head(T.long, name);
    this.at = this.buf.writeBigInt64LE(value, this.at);
    return this;
  }

  bool(name: string, value: boolean): this {
    this.head(T.bool, name);
    this.buf[this.at++] = value ? 1 : 0;
    return this;
  }

  null(name: string): this {
    this.head(T.null, name);
    return this;
  }

  string(name: string, value: string): this {
    this.head(T.string, name);
    const size = Buffer.byteLength(value, 'utf8');
    this.room(size + 5);
    this.at = this.buf.writeInt32LE(size + 1, this.at);
    this.at += this.buf.write(value, this.at, 'utf8');
    this.buf[this.at++] = 0;
    return this;
  }

  /** What was written so far, without a copy. The writer must not be used afterwards. */
  finish(): Buffer {
    return this.buf.subarray(0, this.at);
  }
}

export function buildDocument(fill: (writer: Writer) => void, capacity?: number): Raw {
  const writer = new Writer(capacity).start();
  fill(writer);
  const buf = writer.close().finish();
  return new Raw(T.object, buf, 0, buf.length);
}

export function buildArray(values: readonly Raw[]): Raw {
  const list = buildDocument((writer) => {
    for (let i = 0; i < values.length; i++) writer.raw(String(i), values[i]!);
  });
  return new Raw(T.array, list.buf, list.at, list.end);
}

export function fromEntries(entries: Iterable<readonly [string, Raw]>): Raw {
  return buildDocument((writer) => {
    for (const [name, value] of entries) writer.raw(name, value);
  });
}

/** The document with one field put in front. */
export function withFirstField(doc: Raw, name: Name, value: Raw): Raw {
  const head = 2 + name.bytes.length + value.size;
  const buf = Buffer.allocUnsafe(doc.size + head);
  buf.writeInt32LE(doc.size + head, 0);
  buf[4] = value.type;
  name.bytes.copy(buf, 5);
  buf[5 + name.bytes.length] = 0;
  value.buf.copy(buf, 6 + name.bytes.length, value.at, value.end);
  doc.buf.copy(buf, 4 + head, doc.at + 4, doc.end);
  return new Raw(T.object, buf, 0, buf.length);
}

const scalar = (type: number, size: number, fill: (buf: Buffer) => void): Raw => {
  const buf = Buffer.alloc(size);
  fill(buf);
  return new Raw(type, buf, 0, size);
};

export const intValue = (value: number): Raw =>
  scalar(T.int, 4, (buf) => void buf.writeInt32LE(value));
export const longValue = (value: bigint): Raw =>
  scalar(T.long, 8, (buf) => void buf.writeBigInt64LE(value));
export const doubleValue = (value: number): Raw =>
  scalar(T.double, 8, (buf) => void buf.writeDoubleLE(value));
export const dateValue = (ms: bigint): Raw =>
  scalar(T.date, 8, (buf) => void buf.writeBigInt64LE(ms));
const TRUE = scalar(T.bool, 1, (buf) => void buf.writeUInt8(1));
const FALSE = scalar(T.bool, 1, () => undefined);
export const boolValue = (value: boolean): Raw => (value ? TRUE : FALSE);
export const NULL = new Raw(T.null, Buffer.alloc(0), 0, 0);
export const UNDEFINED = new Raw(T.undefined, Buffer.alloc(0), 0, 0);
