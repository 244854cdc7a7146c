import {
  normalCdf,
  normalUpperQuantile,
  normalUpperTail,
  tCdf,
  tUpperQuantile,
  tUpperTail,
  twoSidedQuantile,
} from '@akimetr/api/domain/distributions';
import fc from '../support/fast-check.ts';

const relative = (ours: number, exact: number) => Math.abs(ours - exact) / Math.abs(exact);

describe('normalUpperTail', () => {
  // all constants here: arbitrary-precision arithmetic (mpmath, 40 digits)
  it.each([
    [0.5, 0.3085375387259869],
    [1, 0.15865525393145705],
    [1.99, 0.023295467750211823],
    [2, 0.02275013194817921],
    [3, 0.0013498980316300946],
    [8, 6.220960574271784e-16],
    [20, 2.7536241186062337e-89],
  ])('at %d is %d', (z, exact) => {
    expect(relative(normalUpperTail(z), exact)).toBeLessThan(1e-13);
    expect(normalCdf(-z)).toBe(normalUpperTail(z));
    expect(normalUpperTail(-z)).toBeCloseTo(1 - exact, 15);
  });

  it('is one half at 0', () => expect(normalUpperTail(0)).toBe(0.5));

  it('has no step where the series gives way to the continued fraction', () => {
    expect(relative(normalUpperTail(2 - 1e-12), normalUpperTail(2))).toBeLessThan(1e-11);
  });
});

describe('normalUpperQuantile', () => {
  it.each([
    [0.025, 1.959963984540054],
    [0.05, 1.6448536269514722],
    [0.001, 3.090232306167813],
    [1e-10, 6.361340902404056],
    [1e-20, 9.262340089798409],
  ])('of %d is %d', (tail, exact) => {
    expect(relative(normalUpperQuantile(tail), exact)).toBeLessThan(1e-13);
    if (tail > 1e-4) expect(relative(normalUpperQuantile(1 - tail), -exact)).toBeLessThan(1e-12);
  });

  it('is 0 at one half, infinite at the ends and nothing outside', () => {
    expect(normalUpperQuantile(0.5)).toBeCloseTo(0, 15);
    expect(normalUpperQuantile(0)).toBe(Infinity);
    expect(normalUpperQuantile(1)).toBe(-Infinity);
    expect(normalUpperQuantile(-0.1)).toBeNaN();
    expect(normalUpperQuantile(1.1)).toBeNaN();
    expect(normalUpperQuantile(Number.NaN)).toBeNaN();
  });
});

describe('tUpperTail', () => {
  it('has its closed forms at 1 and 2 degrees of freedom', () => {
    for (const t of [0.01, 0.3, 1, 2.5, 30]) {
      expect(relative(tUpperTail(t, 1), 0.5 - Math.atan(t) / Math.PI)).toBeLessThan(1e-12);
      expect(relative(tUpperTail(t, 2), 0.5 * (1 - t / Math.sqrt(2 + t * t)))).toBeLessThan(1e-11);
    }
  });

  it.each([
    [10, 2.228138851986275, 0.025],
    [24, 2.0638985616280205, 0.025],
    [58, 0.430454461117884, 0.33423022258917245],
    [1000, 1.9623390808264078, 0.025],
    [1001, 2.5, 0.006289204168844872],
    [12345, 1.9601521486116, 0.0250002348314459],
    [0.5, 3, 0.18365407799297173],
    [4.5, 0.2, 0.42509980594753105],
  ])('with %d degrees of freedom at %d is %d', (df, t, exact) => {
    expect(relative(tUpperTail(t, df), exact)).toBeLessThan(2e-12);
    expect(tUpperTail(-t, df)).toBeCloseTo(1 - exact, 12);
    expect(tCdf(-t, df)).toBe(tUpperTail(t, df));
  });

  it('is the normal tail with infinitely many degrees of freedom, and nearly with very many', () => {
    expect(tUpperTail(1.7, Infinity)).toBe(normalUpperTail(1.7));
    expect(relative(tUpperTail(1.7, 1e12), normalUpperTail(1.7))).toBeLessThan(1e-10);
  });

  it('has no step at 1000 degrees of freedom', () => {
    for (const t of [0.1, 1, 2, 5]) {
      expect(relative(tUpperTail(t, 1000), tUpperTail(t, 1000.0000001))).toBeLessThan(1e-10);
    }
    for (const t of [15, 20, 30]) {
      expect(relative(tUpperTail(t, 1000), tUpperTail(t, 1000.0000001))).toBeLessThan(2e-8);
    }
  });
});

describe('tUpperQuantile', () => {
  it.each([
    [0.025, 1, 12.706204736174705],
    [0.025, 2, 4.302652729749464],
    [0.025, 3, 3.1824463052837095],
    [0.025, 10, 2.228138851986275],
    [0.025, 347, 1.966824003262152],
    [0.3, 5, 0.5594296444693608],
    [1e-6, 1, 318309.8861827435],
  ])('of %d with %d degrees of freedom is %d', (tail, df, exact) => {
    expect(relative(tUpperQuantile(tail, df), exact)).toBeLessThan(1e-11);
    expect(relative(tUpperQuantile(1 - tail, df), -exact)).toBeLessThan(1e-9);
  });

  it('is undone by the tail for any degrees of freedom', () => {
    const tails = fc.double({ min: 1e-8, max: 0.49, noNaN: true });
    const degrees = fc.double({ min: 0.5, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(tails, degrees, (tail, df) => {
        expect(relative(tUpperTail(tUpperQuantile(tail, df), df), tail)).toBeLessThan(1e-10);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('is nothing without degrees of freedom or outside 0 to 1', () => {
    expect(tUpperQuantile(0.025, 0)).toBeNaN();
    expect(tUpperQuantile(0.025, Number.NaN)).toBeNaN();
    expect(tUpperQuantile(-0.1, 5)).toBeNaN();
    expect(tUpperQuantile(1.1, 5)).toBeNaN();
    expect(tUpperQuantile(0, 5)).toBe(Infinity);
    expect(tUpperQuantile(1, 5)).toBe(-Infinity);
    expect(tUpperQuantile(0.5, 5)).toBeCloseTo(0, 15);
    expect(tUpperQuantile(0.025, Infinity)).toBe(normalUpperQuantile(0.025));
  });
});

describe('twoSidedQuantile', () => {
  it('is 1.96 at 95 % for the normal', () => {
    expect(twoSidedQuantile(0.95, Infinity)).toBeCloseTo(1.959963984540054, 12);
    expect(twoSidedQuantile(0.9, 10)).toBeCloseTo(1.8124611228107335, 11);
  });
});
