/** Numbers across int32, int64, double and Decimal128: exact comparison, and arithmetic typed as the server types it. */
import { Decimal128 } from 'bson';
import { T, Raw } from './raw.ts';
import { doubleValue, intValue, longValue } from './writer.ts';

export const isNumber = (value: Raw): boolean =>
  value.type === T.int ||
  value.type === T.double ||
  value.type === T.long ||
  value.type === T.decimal;

/** A finite number as coefficient × 10^exponent, exactly. */
export interface Exact {
  readonly coefficient: bigint;
  readonly exponent: number;
}

const INT_MIN = -0x80000000;
const INT_MAX = 0x7fffffff;
const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;

export const longOf = (value: Raw): bigint => value.buf.readBigInt64LE(value.at);

export function decimalText(value: Raw): string {
  return new Decimal128(Buffer.from(value.bytes())).toString();
}

/** The value as a double, rounded where it must be. */
export function toDouble(value: Raw): number {
  switch (value.type) {
    case T.int:
      return value.buf.readInt32LE(value.at);
    case T.double:
      return value.buf.readDoubleLE(value.at);
    case T.long:
      return Number(longOf(value));
    default:
      return Number(decimalText(value));
  }
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/;

function exactFromText(text: string): Exact {
  const parts = DECIMAL.exec(text)!;
  const fraction = parts[3] ?? '';
  const magnitude = BigInt(parts[2]! + fraction);
  return {
    coefficient: parts[1] ? -magnitude : magnitude,
    exponent: Number(parts[4] ?? 0) - fraction.length,
  };
}

const view = new DataView(new ArrayBuffer(8));

function exactFromDouble(value: number): Exact {
  if (Number.isInteger(value)) return { coefficient: BigInt(value), exponent: 0 };
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const mantissa = (bits & 0xfffffffffffffn) | (biased ? 1n << 52n : 0n);
  const power = (biased || 1) - 1075; // negative: the value has a fraction
  const coefficient = mantissa * 5n ** BigInt(-power);
  return { coefficient: value < 0 ? -coefficient : coefficient, exponent: power };
}

/** The exact value of a finite number. */
export function exactOf(value: Raw): Exact {
  if (value.type === T.long) return { coefficient: longOf(value), exponent: 0 };
  if (value.type === T.decimal) return exactFromText(decimalText(value));
  return exactFromDouble(toDouble(value));
}

export function compareExact(a: Exact, b: Exact): number {
  const shift = a.exponent - b.exponent;
  const left = shift > 0 ? a.coefficient * 10n ** BigInt(shift) : a.coefficient;
  const right = shift < 0 ? b.coefficient * 10n ** BigInt(-shift) : b.coefficient;
  return left < right ? -1 : left > right ? 1 : 0;
}

export function subtractExact(a: Exact, b: Exact): Exact {
  const exponent = Math.min(a.exponent, b.exponent);
  const left = a.coefficient * 10n ** BigInt(a.exponent - exponent);
  const right = b.coefficient * 10n ** BigInt(b.exponent - exponent);
  return { coefficient: left - right, exponent };
}

export { exactFromDouble };

const isSmall = (value: Raw): boolean => value.type === T.int || value.type === T.double;

/** NaN sorts below every number and equals itself. */
export function compareNumbers(a: Raw, b: Raw): number {
  const left = toDouble(a);
  const right = toDouble(b);
  if (left !== left) return right !== right ? 0 : -1;
  if (right !== right) return 1;
  if (left < right) return -1;
  if (left > right) return 1;
  if (isSmall(a) && isSmall(b)) return 0;
  if (!Number.isFinite(left)) return compareBeyond(a, b, left);
  return compareExact(exactOf(a), exactOf(b));
}

/** Both round to the same infinity; a Decimal128 beyond the doubles still is below infinity itself. */
function compareBeyond(a: Raw, b: Raw, sign: number): number {
  const finite = (value: Raw): boolean =>
    value.type === T.decimal && !decimalText(value).includes('Inf');
  if (finite(a) && finite(b)) return compareExact(exactOf(a), exactOf(b));
  if (finite(a) === finite(b)) return 0;
  return finite(a) === sign > 0 ? -1 : 1;
}

export const isNaNValue = (value: Raw): boolean =>
  (value.type === T.double || value.type === T.decimal) && Number.isNaN(toDouble(value));

/** The whole part of a finite number, exactly. */
export function truncated(value: Raw): bigint {
  const { coefficient, exponent } = exactOf(value);
  return exponent >= 0
    ? coefficient * 10n ** BigInt(exponent)
    : coefficient / 10n ** BigInt(-exponent);
}

/** A whole number within the safe integers, or undefined: what commands accept for limit, skip and the like. */
export function wholeNumber(value: Raw): number | undefined {
  if (!isNumber(value)) return undefined;
  const number = toDouble(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** The shortest of int32/int64 that holds a sum of integers; beyond int64 undefined. */
function integerValue(value: bigint, atLeastLong: boolean): Raw | undefined {
  if (!atLeastLong && value >= INT_MIN && value <= INT_MAX) return intValue(Number(value));
  return value >= LONG_MIN && value <= LONG_MAX ? longValue(value) : undefined;
}

const isInteger = (value: Raw): boolean => value.type === T.int || value.type === T.long;
const integerOf = (value: Raw): bigint =>
  value.type === T.int ? BigInt(value.buf.readInt32LE(value.at)) : longOf(value);

export function decimalValue(text: string): Raw {
  return new Raw(T.decimal, Buffer.from(Decimal128.fromStringWithRounding(text).bytes), 0, 16);
}

/** A double enters decimal arithmetic with 15 significant digits, as the server converts it. */
function decimalTextOf(value: Raw): string {
  if (value.type === T.decimal) return decimalText(value);
  if (value.type !== T.double) return String(integerOf(value));
  const number = toDouble(value);
  return Number.isFinite(number) ? number.toPrecision(15) : String(number);
}

function decimalArithmetic(a: Raw, b: Raw, op: '+' | '*'): Raw {
  const left = decimalTextOf(a);
  const right = decimalTextOf(b);
  if (!/^-?[\d.]/.test(left + '') || !/^-?[\d.]/.test(right) || /[IN]/.test(left + right)) {
    const special = op === '+' ? Number(left) + Number(right) : Number(left) * Number(right);
    return decimalValue(Number.isNaN(special) ? 'NaN' : special > 0 ? 'Infinity' : '-Infinity');
  }
  const x = exactFromText(left.toUpperCase());
  const y = exactFromText(right.toUpperCase());
  if (op === '*') {
    return decimalValue(`${x.coefficient * y.coefficient}E${x.exponent + y.exponent}`);
  }
  const sum = subtractExact(x, { coefficient: -y.coefficient, exponent: y.exponent });
  return decimalValue(`${sum.coefficient}E${sum.exponent}`);
}

/** a + b or a × b; undefined when two integers leave int64. */
export function arithmetic(a: Raw, b: Raw, op: '+' | '*'): Raw | undefined {
  if (a.type === T.decimal || b.type === T.decimal) return decimalArithmetic(a, b, op);
  if (isInteger(a) && isInteger(b)) {
    const left = integerOf(a);
    const right = integerOf(b);
    return integerValue(
      op === '+' ? left + right : left * right,
      a.type === T.long || b.type === T.long,
    );
  }
  const left = toDouble(a);
  const right = toDouble(b);
  return doubleValue(op === '+' ? left + right : left * right);
}

/** Sums as the server's $sum and $avg do: integers exactly, doubles with a compensation term. */
export class Sum {
  private whole = 0n;
  private high = 0;
  private low = 0;
  private decimal: Raw | undefined;
  private widest: number = T.int;
  private special: number | undefined;

  add(value: Raw): void {
    if (value.type === T.decimal) {
      this.decimal = this.decimal ? decimalArithmetic(this.decimal, value, '+') : value;
    } else if (isInteger(value)) {
      this.whole += integerOf(value);
      if (value.type === T.long && this.widest === T.int) this.widest = T.long;
    } else {
      this.widest = T.double;
      this.addDouble(toDouble(value));
    }
  }

  private addDouble(value: number): void {
    if (!Number.isFinite(value)) {
      this.special = (this.special ?? 0) + value;
      return;
    }
    const sum = this.high + value;
    const part = sum - this.high;
    this.low += this.high - (sum - part) + (value - part);
    this.high = sum;
  }

  private double(): number {
    if (this.special !== undefined) return this.special;
    const whole = Number(this.whole);
    const sum = this.high + whole;
    const part = sum - this.high;
    return sum + (this.high - (sum - part) + (whole - part) + this.low);
  }

  total(): Raw {
    if (this.decimal) {
      return decimalArithmetic(this.decimal, this.withoutDecimal(), '+');
    }
    return this.withoutDecimal();
  }

  private withoutDecimal(): Raw {
    if (this.widest === T.double) return doubleValue(this.double());
    return integerValue(this.whole, this.widest === T.long) ?? doubleValue(Number(this.whole));
  }

  /** The mean of `count` numbers; a double unless a Decimal128 took part. */
  mean(count: number): Raw {
    if (!this.decimal) {
      return doubleValue(
        this.widest === T.double ? this.double() / count : wholeMean(this.whole, count),
      );
    }
    return divideDecimal(this.total(), count);
  }
}

function wholeMean(whole: bigint, count: number): number {
  const quotient = whole / BigInt(count);
  const rest = whole % BigInt(count);
  return Number.isSafeInteger(Number(whole))
    ? Number(whole) / count
    : Number(quotient) + Number(rest) / count;
}

function divideDecimal(total: Raw, count: number): Raw {
  const text = decimalText(total);
  if (/[IN]/.test(text)) return total;
  const { coefficient, exponent } = exactFromText(text);
  const digits = 40;
  const scaled = (coefficient * 10n ** BigInt(digits)) / BigInt(count);
  const exact = scaled * BigInt(count) === coefficient * 10n ** BigInt(digits);
  if (!exact) return decimalValue(`${scaled}E${exponent - digits}`);
  let short = scaled;
  let power = exponent - digits;
  while (power < exponent && short % 10n === 0n) {
    short /= 10n;
    power++;
  }
  return decimalValue(`${short}E${power}`);
}
