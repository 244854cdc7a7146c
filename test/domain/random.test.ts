import { createHash } from 'node:crypto';
import { randomStream } from '@akimetr/api/domain/random';
import { normalUpperTail } from '@akimetr/api/domain/distributions';

const draw = (count: number, next: () => number) => Array.from({ length: count }, next);
const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const varianceOf = (values: readonly number[]) => {
  const mean = meanOf(values);
  return meanOf(values.map((value) => (value - mean) ** 2));
};

describe('randomStream', () => {
  it('gives the same numbers for the same seed for ever', () => {
    expect(draw(4, randomStream('akimetr').uint32)).toEqual(
      draw(4, randomStream('akimetr').uint32),
    );
    expect(draw(3, randomStream(2026).uint32)).toEqual([961886440, 6906, 592615383]);
  });

  it.each([
    ['uniform', '397f7a53f9782bcc'],
    ['normal', '0ac9c4c61cfe1eb3'],
    ['gamma', '1ced9d00bbb11bf9'],
    ['integer', '7d642d4f37bb16cc'],
  ] as const)('draws the same %s numbers for ever, the rarest branches too', (kind, digest) => {
    const stream = randomStream('for ever');
    const next = {
      uniform: stream.uniform,
      normal: stream.normal,
      gamma: () => stream.gamma(0.6),
      integer: () => stream.integer(3_000_000_000), // of every ten drawn, three are over the bound
    }[kind];
    const bytes = new Uint8Array(Float64Array.from(draw(20_000, next)).buffer);
    expect(createHash('sha256').update(bytes).digest('hex').slice(0, 16)).toBe(digest);
  });

  it('gives other numbers for seeds that differ in one letter, in length or in order', () => {
    const firsts = ['a', 'b', 'aa', 'ab', 'ba', '', 0, 1].map((seed) =>
      randomStream(seed).uint32(),
    );
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it('splits into streams by label without moving itself', () => {
    const stream = randomStream(7);
    const child = draw(3, stream.split('interviews').uint32);
    expect(draw(3, stream.split('interviews').uint32)).toEqual(child);
    expect(draw(3, stream.split('akims').uint32)).not.toEqual(child);
    expect(stream.uint32()).toBe(randomStream(7).uint32());
  });

  it('draws uniform numbers in [0, 1)', () => {
    const values = draw(100_000, randomStream('uniform').uniform);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(meanOf(values)).toBeCloseTo(0.5, 2);
    expect(varianceOf(values)).toBeCloseTo(1 / 12, 2);
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => values.filter((v) => Math.floor(v * 10) === tenth).length,
    );
    const chiSquare = tenths.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(30); // 9 degrees of freedom: above 30 once in 2,000 streams
  });

  it('draws normal numbers whose every interval has its share, tails too', () => {
    const count = 400_000;
    const values = draw(count, randomStream('normal').normal);
    expect(meanOf(values)).toBeCloseTo(0, 2);
    expect(varianceOf(values)).toBeCloseTo(1, 2);
    const cuts = [-3.6, -3.442619855899, -3, -2, -1, -0.3, 0, 0.3, 1, 2, 3, 3.442619855899, 3.6];
    for (const cut of cuts) {
      const share = values.filter((value) => value > cut).length / count;
      const expected = normalUpperTail(cut);
      const error = Math.sqrt((expected * (1 - expected)) / count);
      expect(Math.abs(share - expected)).toBeLessThan(4.5 * error);
    }
  });

  it.each([0.3, 1, 2.5, 40])('draws Gamma(%d) numbers with that mean and variance', (shape) => {
    const values = draw(60_000, () => stream.gamma(shape));
    expect(Math.min(...values)).toBeGreaterThan(0);
    expect(Math.abs(meanOf(values) - shape)).toBeLessThan(5 * Math.sqrt(shape / 60_000));
    expect(Math.abs(varianceOf(values) / shape - 1)).toBeLessThan(0.08);
  });
  const stream = randomStream('gamma');

  it('draws whole numbers below a bound, each equally often', () => {
    const values = draw(70_000, () => integers.integer(7));
    const counts = Array.from(
      { length: 7 },
      (_, value) => values.filter((drawn) => drawn === value).length,
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(70_000);
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27);
    expect(draw(5, () => integers.integer(1))).toEqual([0, 0, 0, 0, 0]);
  });
  const integers = randomStream('integers');
});
