import { medianOf, trimWeights } from '@akimetr/api/domain/trimming';
import fc from '../support/fast-check.ts';

describe('trimWeights', () => {
  const trim = (values: readonly number[], lowerMedians: number, upperMedians: number) =>
    trimWeights(Float64Array.from(values), { lowerMedians, upperMedians });

  it('spreads what is cut evenly over the others', () => {
    expect(trim([1, 1, 1, 1, 6], 0, 2)).toEqual({
      weights: Float64Array.of(2, 2, 2, 2, 2),
      trimmed: 1,
    });
    expect(trim([0.25, 2, 2, 2], 0.5, 3)).toEqual({
      weights: Float64Array.of(1, 1.75, 1.75, 1.75),
      trimmed: 1,
    });
  });

  it('repeats while the spread pushes another weight out', () => {
    const result = trim([1, 1, 1, 1.9, 4], 0, 2);
    if ('faults' in result) throw new Error('not trimmed');
    expect(result.trimmed).toBe(2);
    expect(result.weights[4]).toBeCloseTo(2, 12);
    expect(result.weights[3]).toBeCloseTo(2, 12);
    expect(result.weights.reduce((sum, value) => sum + value, 0)).toBeCloseTo(8.9, 9);
  });

  it('leaves weights inside the bounds as they are', () => {
    expect(trim([1, 2, 3], 0.5, 1.5)).toEqual({ weights: Float64Array.of(1, 2, 3), trimmed: 0 });
  });

  it.each([
    [-0.1, 2],
    [1.1, 2],
    [0.5, 0.9],
    [Number.NaN, 2],
    [0.5, Number.NaN],
  ])('refuses the bounds %d and %d', (lower, upper) => {
    expect(trim([1, 2, 3], lower, upper)).toMatchObject({
      faults: [{ code: 'bad_trim', reason: expect.stringContaining('trim bounds must be') }],
    });
  });

  it('says so when the sum cannot be kept', () => {
    expect(trim([1, 1, 10], 1, 1)).toMatchObject({ faults: [{ code: 'bad_trim' }] });
    expect(trim([1, 3], 1, 1)).toMatchObject({
      faults: [{ reason: expect.stringContaining('too narrow to keep the sum') }],
    });
    expect(trim([1, 1, 1, 1, 9], 0, 1.5)).toMatchObject({ faults: [{ code: 'bad_trim' }] });
  });
});

describe('medianOf', () => {
  it('is the middle value, or the mean of the two middle ones', () => {
    expect(medianOf(Float64Array.of(3, 1, 2))).toBe(2);
    expect(medianOf(Float64Array.of(4, 1, 3, 2))).toBe(2.5);
    expect(medianOf(Float64Array.of(7))).toBe(7);
  });

  it('agrees with sorting and leaves its input alone', () => {
    // Of two noughts of different sign neither is the smaller.
    const value = fc.double({ min: -1e3, max: 1e3, noNaN: true }).map((drawn) => drawn + 0);
    const values = fc.array(value, { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, (list) => {
        const given = Float64Array.from(list);
        const sorted = given.slice().sort();
        const half = sorted.length >> 1;
        const expected = sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        expect(medianOf(given)).toBe(expected);
        expect([...given]).toEqual(list);
      }),
      { seed: 5 },
    );
  });
});
