import { controlledRounding } from '../../api/src/domain/controlled-rounding.ts';
import { cellOf, quotaCells } from '../../api/src/domain/quotas.ts';
import { randomStream } from '../../api/src/domain/random.ts';
import fc from '../support/fast-check.ts';

const near = 1e-9;
const sum = (figures: readonly number[]) => figures.reduce((total, each) => total + each, 0);
const columnsOf = (table: readonly (readonly number[])[]) =>
  table[0].map((_, j) => table.map((row) => row[j]));
const isRounded = (whole: number, exact: number) =>
  Number.isInteger(whole) && whole > exact - 1 + near && whole < exact + 1 - near;

const aTable = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 7 }))
  .chain(([rows, columns]) =>
    fc.array(
      fc.array(
        fc.oneof(
          fc.double({ min: 0, max: 40, noNaN: true }),
          fc.integer({ min: 0, max: 9 }),
          fc.integer({ min: 0, max: 90 }).map((tenths) => tenths / 10),
          // Next to a whole number, where the machine's digits end.
          fc.integer({ min: 1, max: 9 }).map((whole) => whole - 1e-12),
        ),
        { minLength: columns, maxLength: columns },
      ),
      { minLength: rows, maxLength: rows },
    ),
  );

describe('controlled rounding', () => {
  it('rounds every cell, every row, every column and the whole down or up, and leaves what is whole', () => {
    fc.assert(
      fc.property(aTable, fc.string(), (exact, seed) => {
        const whole = controlledRounding(exact, randomStream(seed).uniform);
        const pairs = [
          ...exact.flatMap((row, i) => row.map((figure, j) => [whole[i][j], figure] as const)),
          ...exact.map((row, i) => [sum(whole[i]), sum(row)] as const),
          ...columnsOf(exact).map((column, j) => [sum(columnsOf(whole)[j]), sum(column)] as const),
          [sum(whole.flat()), sum(exact.flat())] as const,
        ];
        expect(pairs.filter(([rounded, figure]) => !isRounded(rounded, figure))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the grand total of shares that sum to a whole number', () => {
    const shares = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(shares, fc.integer({ min: 1, max: 200 }), (parts, interviews) => {
        const exact = parts.map((part) => (part / sum(parts)) * interviews);
        const table = [exact.slice(0, 4), exact.slice(4)];
        expect(sum(controlledRounding(table, randomStream('s').uniform).flat())).toBe(interviews);
      }),
    );
  });

  it('draws between the only two roundings of four halves, as often one as the other', () => {
    const { uniform } = randomStream('halves');
    const table = [
      [0.5, 0.5],
      [0.5, 0.5],
    ];
    const firsts = Array.from({ length: 1_000 }, () => controlledRounding(table, uniform));
    for (const [[a, b], [c, d]] of firsts as [[number, number], [number, number]][]) {
      expect([a + b, c + d, a + c, b + d]).toEqual([1, 1, 1, 1]);
    }
    const share = sum(firsts.map((one) => one[0][0])) / firsts.length;
    // Four standard errors.
    expect(Math.abs(share - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 1_000));
  });

  it('is without bias: over many roundings the mean of each cell is its exact figure', () => {
    const exact = [
      [0.2, 1.3, 0.05, 2],
      [0.7, 0.4, 0.15, 0.2],
    ];
    const { uniform } = randomStream('mean');
    const times = 2_000;
    const sums = exact.map((row) => row.map(() => 0));
    for (let time = 0; time < times; time += 1) {
      controlledRounding(exact, uniform).forEach((row, i) =>
        row.forEach((whole, j) => (sums[i][j] += whole)),
      );
    }
    exact.flat().forEach((figure, place) => {
      const part = figure - Math.floor(figure);
      const error = Math.sqrt((part * (1 - part)) / times);
      expect(Math.abs(sums.flat()[place] / times - figure)).toBeLessThanOrEqual(4.5 * error + near);
    });
  });

  it('has nothing to do for no rows, and for whole figures', () => {
    const never = () => {
      throw new Error('nothing is to be drawn');
    };
    expect(controlledRounding([], never)).toEqual([]);
    expect(controlledRounding([[3, 0]], never)).toEqual([[3, 0]]);
  });
});

describe('quotas of a sampling point', () => {
  const shares = [
    { sex: 'male' as const, age: '61+', persons: 10 },
    { sex: 'male' as const, age: '18-60', persons: 30 },
    { sex: 'female' as const, age: '18-60', persons: 40 },
    { sex: 'female' as const, age: '61+', persons: 20 },
  ];

  it('share the interviews out as the population is: the worked example', () => {
    expect(quotaCells(shares, 10, 'point 1')).toEqual([
      { sex: 'female', age: '18-60', target: 4 },
      { sex: 'female', age: '61+', target: 2 },
      { sex: 'male', age: '18-60', target: 3 },
      { sex: 'male', age: '61+', target: 1 },
    ]);
  });

  it('sum to the interviews, are the same for the same seed, and differ between points', () => {
    const targets = (seed: string) => quotaCells(shares, 7, seed).map(({ target }) => target);
    const points = Array.from({ length: 40 }, (_, place) => targets(`point ${place}`));
    expect(points.map(sum)).toEqual(points.map(() => 7));
    expect(targets('point 1')).toEqual(points[1]);
    expect(new Set(points.map(String)).size).toBeGreaterThan(1);
  });

  it('are none where nobody lives', () => {
    expect(quotaCells([], 5, 's')).toEqual([]);
    expect(quotaCells([{ sex: 'male', age: '18+', persons: 0 }], 5, 's')).toEqual([]);
  });

  it('know the cell of a person, at both ends of a band, and none where it is not known', () => {
    const cells = quotaCells(shares, 10, 's');
    const nameOf = (sex: unknown, age: unknown) => {
      const cell = cells[cellOf(cells, { sex, age })];
      return cell ? `${cell.sex} ${cell.age}` : null;
    };
    expect(nameOf('female', 18)).toBe('female 18-60');
    expect(nameOf('female', '60')).toBe('female 18-60');
    expect(nameOf('male', 61)).toBe('male 61+');
    expect(nameOf('male', 105)).toBe('male 61+');
    for (const [sex, age] of [
      ['female', 17],
      ['female', undefined],
      ['female', 'dont_know'],
      [undefined, 30],
      ['refused', 30],
    ]) {
      expect([sex, age, nameOf(sex, age)]).toEqual([sex, age, null]);
    }
  });
});
