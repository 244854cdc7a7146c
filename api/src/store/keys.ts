/**
 * Values as bytes whose byte order is MongoDB's order, so that LMDB keeps an index sorted. Equal values give equal
 * bytes whatever their number type; no encoding is a prefix of another, so compound keys simply follow each other.
 */
import { createHash } from 'node:crypto';
import { rankOf } from './compare.ts';
import {
  type Exact,
  compareExact,
  decimalText,
  exactFromDouble,
  exactOf,
  subtractExact,
  toDouble,
} from './numbers.ts';
import { T, type Raw, eachField, regexOf, valuesOf } from './raw.ts';

/** LMDB takes keys of up to 1,978 bytes; prefix and record number need some of them. */
export const LONGEST_KEY = 1900;
const HASH_SIZE = 32;

/** Grows; each encoding starts at 0 and copies its result out, so nested calls never share bytes. */
class KeyBuffer {
  buf: Buffer = Buffer.allocUnsafe(4096);
  at = 0;

  room(bytes: number): void {
    if (this.at + bytes <= this.buf.length) return;
    const bigger = Buffer.allocUnsafe(Math.max(this.buf.length * 2, this.at + bytes));
    this.buf.copy(bigger, 0, 0, this.at);
    this.buf = bigger;
  }

  byte(value: number): void {
    this.room(1);
    this.buf[this.at++] = value;
  }

  bytes(from: Buffer, start: number, end: number): void {
    this.room(end - start);
    from.copy(this.buf, this.at, start, end);
    this.at += end - start;
  }

  /** Text of any length, ended by 00, which nothing else in it is: 00 is written 01 01, and 01 is written 01 02. */
  text(from: Buffer, start: number, end: number): void {
    this.room((end - start) * 2 + 1);
    for (let i = start; i < end; i++) {
      const byte = from[i]!;
      if (byte > 1) this.buf[this.at++] = byte;
      else {
        this.buf[this.at++] = 1;
        this.buf[this.at++] = byte + 1;
      }
    }
    this.buf[this.at++] = 0;
  }
}

const number = Buffer.alloc(8);

function putDouble(key: KeyBuffer, value: number): void {
  if (value !== value) number.fill(0);
  else {
    number.writeDoubleBE(value === 0 ? 0 : value);
    if (number[0]! & 0x80) for (let i = 0; i < 8; i++) number[i] = ~number[i]! & 0xff;
    else number[0] = number[0]! | 0x80;
  }
  key.bytes(number, 0, 8);
}

function putNumber(key: KeyBuffer, value: Raw): void {
  const double = toDouble(value);
  const exactly =
    value.type === T.int ||
    value.type === T.double ||
    double !== double ||
    (value.type === T.decimal && decimalText(value).includes('Inf'));
  if (exactly) {
    putDouble(key, double);
    key.byte(0);
    return;
  }
  putBetweenDoubles(key, exactOf(value), double);
}

/** A number no double equals: the double below it, then the exact distance. */
function putBetweenDoubles(key: KeyBuffer, value: Exact, nearest: number): void {
  let below = Number.isFinite(nearest) ? nearest : Math.sign(nearest) * Number.MAX_VALUE;
  if (compareExact(value, exactFromDouble(below)) < 0) below = nextBelow(below);
  const base: Exact = Number.isFinite(below)
    ? exactFromDouble(below)
    : { coefficient: -1n, exponent: 6200 };
  const rest = subtractExact(value, base);
  putDouble(key, below);
  if (rest.coefficient === 0n) {
    key.byte(0);
    return;
  }
  const digits = String(rest.coefficient).replace(/0+$/, '');
  const magnitude = String(rest.coefficient).length + rest.exponent;
  key.byte(1);
  key.byte((magnitude + 0x8000) >> 8);
  key.byte((magnitude + 0x8000) & 0xff);
  key.text(Buffer.from(digits, 'latin1'), 0, digits.length);
}

function nextBelow(value: number): number {
  number.writeDoubleBE(value === 0 ? -0 : value);
  const bits = number.readBigInt64BE();
  if (value === 0) return -Number.MIN_VALUE;
  number.writeBigInt64BE(bits + (value > 0 ? -1n : 1n));
  return number.readDoubleBE();
}

const scratch = Buffer.alloc(8);

function putValue(key: KeyBuffer, value: Raw): void {
  key.byte(rankOf(value));
  const { buf, at, end } = value;
  switch (value.type) {
    case T.int:
    case T.double:
    case T.long:
    case T.decimal:
      return putNumber(key, value);
    case T.string:
    case T.symbol:
    case T.code:
      return key.text(buf, at + 4, end - 1);
    case T.object:
      return putDocument(key, value);
    case T.array:
      for (const element of valuesOf(value)) putValue(key, element);
      return key.byte(0);
    case T.binary:
      scratch.writeUInt32BE(buf.readInt32LE(at));
      key.bytes(scratch, 0, 4);
      return key.bytes(buf, at + 4, end);
    case T.date:
      scratch.writeBigInt64BE(buf.readBigInt64LE(at));
      scratch[0] = scratch[0]! ^ 0x80;
      return key.bytes(scratch, 0, 8);
    case T.timestamp:
      scratch.writeBigUInt64BE(buf.readBigUInt64LE(at));
      return key.bytes(scratch, 0, 8);
    case T.regex: {
      const { pattern, options } = regexOf(value);
      const text = [Buffer.from(pattern), Buffer.from(options)];
      for (const part of text) key.text(part, 0, part.length);
      return;
    }
    case T.objectId:
    case T.bool:
    case T.dbPointer:
    case T.codeWithScope:
      return key.bytes(buf, at, end);
    default:
      return; // the rank is the whole value
  }
}

function putDocument(key: KeyBuffer, doc: Raw): void {
  eachField(doc, (name, value) => {
    key.byte(rankOf(value));
    const bytes = Buffer.from(name, 'utf8');
    key.text(bytes, 0, bytes.length);
    putValue(key, value);
  });
  key.byte(0);
}

const shared = new KeyBuffer();

/** One component of a key; `descending` turns its order round. */
export function encodeValue(value: Raw, descending = false): Buffer {
  shared.at = 0;
  putValue(shared, value);
  const bytes = Buffer.from(shared.buf.subarray(0, shared.at));
  return descending ? inverted(bytes) : bytes;
}

function inverted(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  for (let i = 0; i < bytes.length; i++) out[i] = ~bytes[i]! & 0xff;
  return out;
}

/** A key too long for LMDB keeps its beginning and ends in a digest: still equal when equal, no longer in exact order. */
export function fitKey(key: Buffer): Buffer {
  if (key.length <= LONGEST_KEY) return key;
  const digest = createHash('sha256').update(key).digest();
  return Buffer.concat([key.subarray(0, LONGEST_KEY - HASH_SIZE), digest]);
}
