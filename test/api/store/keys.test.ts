import {
  Binary,
  BSONRegExp,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'mongodb';
import { compareValues } from '../../../api/src/store/compare.ts';
import { LONGEST_KEY, encodeValue, fitKey } from '../../../api/src/store/keys.ts';
import { rawOf } from '../../../api/src/store/raw.ts';
import fc from '../../support/fast-check.ts';

const number = fc.oneof(
  fc.integer().map((n) => new Int32(n)),
  fc.integer({ min: -3, max: 3 }).map((n) => new Int32(n)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
  fc.integer({ min: -3, max: 3 }).map((n) => Long.fromBigInt(2n ** 53n + BigInt(n))),
  fc.double().map((n) => new Double(n)),
  fc.constantFrom(0, -0, 2 ** 53, 0.1, 1e300, 5e-324).map((n) => new Double(n)),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 33n), max: 10n ** 33n }), fc.integer({ min: -40, max: 40 }))
    .map(([digits, exponent]) => Decimal128.fromString(`${digits}E${exponent}`)),
  fc
    .constantFrom(
      '0.1',
      '1E400',
      '-1E400',
      '1E-400',
      'NaN',
      'Infinity',
      '-Infinity',
      '9007199254740993',
      '-0',
    )
    .map((text) => Decimal128.fromString(text)),
);

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('', 'a', 'a\0', 'a\0b', 'a\u0001', 'қ', '￿', '😀'),
);

const scalar = fc.oneof(
  number,
  text,
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ maxLength: 6 }).map((bytes) => new Binary(bytes, 0)),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.tuple(fc.nat(9), fc.nat(9)).map(([t, i]) => new Timestamp({ t, i })),
  fc.constantFrom('a', 'b^').map((pattern) => new BSONRegExp(pattern, 'i')),
  fc.constant(new MinKey()),
  fc.constant(new MaxKey()),
);

const value: fc.Arbitrary<unknown> = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalar,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'ab', 'қ'), tie('any'), { maxKeys: 3 }),
  ),
})).any;

describe('encodeValue', () => {
  it('orders bytes as values are ordered, in both directions', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [left, right] = [rawOf(a), rawOf(b)];
        const order = compareValues(left, right);
        expect(Math.sign(encodeValue(left).compare(encodeValue(right)))).toBe(order);
        const down = encodeValue(left, true).compare(encodeValue(right, true));
        expect(Math.sign(down)).toBe(order === 0 ? 0 : -order);
      }),
      { numRuns: 3000 },
    );
  });

  it('never makes one key the beginning of another', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [left, right] = [encodeValue(rawOf(a)), encodeValue(rawOf(b))];
        fc.pre(!left.equals(right));
        expect(right.subarray(0, left.length).equals(left)).toBe(false);
      }),
      {
        numRuns: 2000,
        examples: [
          ['a', 'a\0b'],
          ['a\0', 'a\0\u0001'],
          [['a'], ['a\0']],
        ],
      },
    );
  });
});

describe('compareValues', () => {
  it('puts the types in the order of the manual', () => {
    const inOrder = [
      new MinKey(),
      null,
      new Int32(3),
      'text',
      { a: 1 },
      [1],
      new Binary(new Uint8Array([1])),
      new ObjectId(),
      false,
      true,
      new Date(0),
      new Timestamp({ t: 1, i: 1 }),
      new BSONRegExp('a'),
      new MaxKey(),
    ].map(rawOf);
    for (let i = 1; i < inOrder.length; i++) {
      expect(compareValues(inOrder[i - 1], inOrder[i])).toBe(-1);
    }
  });

  it.each([
    [new Int32(1), new Double(1)],
    [new Int32(1), Long.fromNumber(1)],
    [new Double(0.5), Decimal128.fromString('0.50')],
    [new Double(0), new Double(-0)],
    [new Double(NaN), Decimal128.fromString('NaN')],
  ])('holds %p and %p equal', (a, b) => {
    expect(compareValues(rawOf(a), rawOf(b))).toBe(0);
  });

  it('tells 0.1 as a decimal from 0.1 as a double, and 2^53 from 2^53 + 1', () => {
    expect(compareValues(rawOf(new Double(0.1)), rawOf(Decimal128.fromString('0.1')))).toBe(1);
    expect(compareValues(rawOf(new Double(2 ** 53)), rawOf(Long.fromBigInt(2n ** 53n + 1n)))).toBe(
      -1,
    );
  });
});

describe('fitKey', () => {
  it('keeps long keys apart and short keys as they are', () => {
    const long = (end: string): Buffer => encodeValue(rawOf('x'.repeat(3000) + end));
    expect(fitKey(long('a')).length).toBeLessThanOrEqual(LONGEST_KEY);
    expect(fitKey(long('a')).equals(fitKey(long('b')))).toBe(false);
    expect(fitKey(long('a')).equals(fitKey(long('a')))).toBe(true);
    const short = encodeValue(rawOf('x'));
    expect(fitKey(short)).toBe(short);
  });
});
