/** MongoDB's order over all values: MinKey < (undefined) < null < numbers < strings < object < array < … < MaxKey. */
import { T, type Raw, eachField, entriesOf, regexOf, valuesOf } from './raw.ts';
import { compareNumbers } from './numbers.ts';

const RANK: Record<number, number> = {
  [T.minKey]: 1,
  [T.undefined]: 2,
  [T.null]: 7,
  [T.double]: 12,
  [T.int]: 12,
  [T.long]: 12,
  [T.decimal]: 12,
  [T.string]: 17,
  [T.symbol]: 17,
  [T.object]: 22,
  [T.array]: 27,
  [T.binary]: 32,
  [T.objectId]: 37,
  [T.bool]: 42,
  [T.date]: 47,
  [T.timestamp]: 49,
  [T.regex]: 52,
  [T.dbPointer]: 57,
  [T.code]: 62,
  [T.codeWithScope]: 67,
  [T.maxKey]: 240,
};

/** Values of one rank compare with each other; across ranks the rank decides. */
export const rankOf = (value: Raw): number => RANK[value.type]!;
export const RANK_MISSING = 2;
export const RANK_NULL = 7;

const sign = (n: number): number => (n < 0 ? -1 : n > 0 ? 1 : 0);
const text = (a: string, b: string): number => sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));
const big = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

export function compareValues(a: Raw, b: Raw): number {
  const rank = rankOf(a);
  const other = rankOf(b);
  if (rank !== other) return rank < other ? -1 : 1;
  switch (a.type) {
    case T.double:
    case T.int:
    case T.long:
    case T.decimal:
      return compareNumbers(a, b);
    case T.string:
    case T.symbol:
    case T.code:
      return sign(a.buf.compare(b.buf, b.at + 4, b.end - 1, a.at + 4, a.end - 1));
    case T.object:
    case T.codeWithScope:
      return compareDocuments(a, b);
    case T.array:
      return compareArrays(a, b);
    case T.binary:
      return compareBinary(a, b);
    case T.objectId:
    case T.bool:
    case T.dbPointer:
      return sign(a.buf.compare(b.buf, b.at, b.end, a.at, a.end));
    case T.date:
      return big(a.buf.readBigInt64LE(a.at), b.buf.readBigInt64LE(b.at));
    case T.timestamp:
      return big(a.buf.readBigUInt64LE(a.at), b.buf.readBigUInt64LE(b.at));
    case T.regex:
      return compareRegex(a, b);
    default:
      return 0; // MinKey, MaxKey, null, undefined: one value each
  }
}

function compareDocuments(a: Raw, b: Raw): number {
  if (a.type === T.codeWithScope || b.type === T.codeWithScope) {
    return sign(a.buf.compare(b.buf, b.at, b.end, a.at, a.end));
  }
  const other = entriesOf(b);
  let i = 0;
  let order = 0;
  eachField(a, (name, value) => {
    const against = other[i++];
    if (!against) order = 1;
    else {
      order =
        sign(rankOf(value) - rankOf(against[1])) ||
        text(name, against[0]) ||
        compareValues(value, against[1]);
    }
    return order !== 0;
  });
  return order || (i < other.length ? -1 : 0);
}

function compareArrays(a: Raw, b: Raw): number {
  const left = valuesOf(a);
  const right = valuesOf(b);
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    const order = compareValues(left[i]!, right[i]!);
    if (order) return order;
  }
  return sign(left.length - right.length);
}

function compareBinary(a: Raw, b: Raw): number {
  return (
    sign(a.buf.readInt32LE(a.at) - b.buf.readInt32LE(b.at)) ||
    sign(a.buf[a.at + 4]! - b.buf[b.at + 4]!) ||
    sign(a.buf.compare(b.buf, b.at + 5, b.end, a.at + 5, a.end))
  );
}

function compareRegex(a: Raw, b: Raw): number {
  const left = regexOf(a);
  const right = regexOf(b);
  return text(left.pattern, right.pattern) || text(left.options, right.options);
}
