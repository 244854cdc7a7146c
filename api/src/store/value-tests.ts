/** Tests on one value, which know nothing of where it lies: comparisons, lists, patterns, types. */
import { compareValues, rankOf } from './compare.ts';
import { badValue, typeMismatch } from './errors.ts';
import { isNaNValue, isNumber, toDouble, truncated } from './numbers.ts';
import { compileRegex } from './regex.ts';
import { T, TYPE_CODES, type Raw, regexOf, showOf, textOf, valuesOf } from './raw.ts';

/** Undefined is a missing field. */
export type ValueTest = (value: Raw | undefined) => boolean;

export type Comparison = 'eq' | 'gt' | 'gte' | 'lt' | 'lte';

const isNullish = (value: Raw | undefined): boolean =>
  !value || value.type === T.null || value.type === T.undefined;

export function comparer(op: Comparison, wanted: Raw): ValueTest {
  const orEqual = op === 'eq' || op === 'gte' || op === 'lte';
  if (wanted.type === T.null) return (value) => orEqual && isNullish(value);
  if (wanted.type === T.minKey || wanted.type === T.maxKey) return extremeComparer(op, wanted);
  const rank = rankOf(wanted);
  if (isNaNValue(wanted)) return (value) => orEqual && !!value && isNaNValue(value);
  return (value) => {
    if (!value || rankOf(value) !== rank || isNaNValue(value)) return false;
    return holds(op, compareValues(value, wanted));
  };
}

/** MinKey and MaxKey are the only values that are compared across types. */
function extremeComparer(op: Comparison, wanted: Raw): ValueTest {
  const isMax = wanted.type === T.maxKey;
  return (value) => {
    if (value && value.type === wanted.type) return op === 'eq' || op.endsWith('e');
    return op !== 'eq' && op.startsWith('l') === isMax;
  };
}

function holds(op: Comparison, order: number): boolean {
  switch (op) {
    case 'eq':
      return order === 0;
    case 'gt':
      return order > 0;
    case 'gte':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'lte':
      return order <= 0;
  }
}

/** Long lists are looked up by bisection. */
export function sortedMembership(values: Raw[]): ValueTest {
  const sorted = [...values].sort(compareValues);
  const withNull = values.some((value) => value.type === T.null);
  return (value) => {
    if (isNullish(value)) return withNull;
    let low = 0;
    let high = sorted.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const order = compareValues(sorted[middle]!, value!);
      if (order === 0) return true;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  };
}

export function regexTest(value: Raw, options?: string): ValueTest {
  const own = regexOf(value);
  const regex = compileRegex(own.pattern, options ?? own.options);
  return (found) => {
    if (!found) return false;
    if (found.type === T.regex) return compareValues(found, value) === 0;
    return (found.type === T.string || found.type === T.symbol) && regex.test(textOf(found));
  };
}

export function modulo(value: Raw): ValueTest {
  if (value.type !== T.array) throw badValue('malformed mod, needs to be an array');
  const parts = valuesOf(value);
  if (parts.length < 2) throw badValue('malformed mod, not enough elements');
  if (parts.length > 2) throw badValue('malformed mod, too many elements');
  const [divisor, remainder] = parts.map((part, i) => {
    const number = isNumber(part) ? toDouble(part) : NaN;
    if (!isNumber(part) && i === 0) throw badValue('malformed mod, divisor not a number');
    if (!isNumber(part)) throw badValue('malformed mod, remainder not a number');
    if (!Number.isFinite(number)) throw badValue('malformed mod, value is not representable');
    return BigInt(Math.trunc(number));
  });
  if (divisor === 0n) throw badValue('divisor cannot be 0');
  return (found) => {
    if (!found || !isNumber(found)) return false;
    if (!Number.isFinite(toDouble(found))) return false;
    const whole = truncated(found);
    return whole % divisor! === remainder;
  };
}

const NUMBERS: readonly number[] = [T.int, T.double, T.long, T.decimal];

export function typeCodes(value: Raw): readonly number[] {
  if (value.type === T.string) {
    const name = textOf(value);
    if (name === 'number') return NUMBERS;
    const code = TYPE_CODES.get(name);
    if (code === undefined) throw badValue(`Unknown type name alias: ${name}`);
    return [code];
  }
  if (!isNumber(value)) {
    throw typeMismatch('type must be represented as a number or a string');
  }
  const code = toDouble(value);
  const known = [...TYPE_CODES.values()];
  if (code === -1) return [T.minKey];
  if (!known.includes(code) || code === T.minKey) {
    throw badValue(`Invalid numerical type code: ${showOf(value)}`);
  }
  return [code];
}
