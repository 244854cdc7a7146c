/** Every figure that R survey and R metafor computed; see test/fixtures/reference/README.md. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { areasFigures, readAreasFile } from '@akimetr/api/domain/areas-file';
import { estimateFile, readEstimateFile } from '@akimetr/api/domain/estimate-file';

const folder = path.join(__dirname, '../fixtures/reference');
const read = (name: string) => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
const designs = readdirSync(folder).filter(
  (name) => name.endsWith('.json') && name !== 'areas.json',
);

/** Largest relative difference, whatever the nesting; the two sides have the same shape. */
function worstDifference(ours: unknown, theirs: unknown): number {
  if (Array.isArray(theirs)) {
    expect(ours).toHaveLength(theirs.length);
    return Math.max(
      0,
      ...theirs.map((value, place) => worstDifference((ours as unknown[])[place], value)),
    );
  }
  expect(typeof ours).toBe('number');
  return (
    Math.abs((ours as number) - (theirs as number)) / Math.max(Math.abs(theirs as number), 1e-12)
  );
}

describe('R survey', () => {
  it('has ten reference designs', () => expect(designs).toHaveLength(10));

  it.each(designs)('%s: weights, means, covariance and index agree within 1e-8', (name) => {
    const json = read(name);
    const file = readEstimateFile(json);
    if ('faults' in file) throw new Error(JSON.stringify(file.faults));
    const figures = estimateFile(file);
    if ('faults' in figures) throw new Error(JSON.stringify(figures.faults));
    expect(figures.degreesOfFreedom).toBe(json.expected.degreesOfFreedom);
    expect(worstDifference(figures.weights, json.expected.weights)).toBeLessThan(1e-8);
    expect(worstDifference(figures.kishEffectiveN, json.expected.kishEffectiveN)).toBeLessThan(
      1e-8,
    );
    expect(figures.akims).toHaveLength(json.expected.akims.length);
    json.expected.akims.forEach((expected: Record<string, unknown>, place: number) => {
      const ours = figures.akims[place] as unknown as Record<string, unknown>;
      expect([ours.akim, ours.n]).toEqual([expected.akim, expected.n]);
      for (const figure of Object.keys(expected).filter((key) => key !== 'akim' && key !== 'n')) {
        expect(worstDifference(ours[figure], expected[figure])).toBeLessThan(1e-8);
      }
    });
  });
});

describe('R metafor', () => {
  const json = read('areas.json');
  const file = readAreasFile(json);
  if ('faults' in file) throw new Error(JSON.stringify(file.faults));
  const figuresOf = () =>
    areasFigures(file.areas) as unknown as Record<string, Record<string, unknown>>;

  it.each(['shrinkage', 'shrinkageUrban', 'cohort', 'trend'])('%s agrees within 1e-6', (part) => {
    const { model, ...expected } = json.expected[part];
    const figures = figuresOf();
    expect(figures[part].model).toBe(model);
    expect(Object.keys(figures[part]).sort()).toEqual(Object.keys(json.expected[part]).sort());
    for (const [figure, value] of Object.entries(expected)) {
      expect(worstDifference(figures[part][figure], value)).toBeLessThan(1e-6);
    }
  });

  it.each(['rankIntervals90', 'rankIntervals95'])('%s agrees exactly', (part) => {
    const figures = figuresOf();
    expect(figures[part].best).toEqual(json.expected[part].best);
    expect(figures[part].worst).toEqual(json.expected[part].worst);
    expect(worstDifference(figures[part].z, json.expected[part].z)).toBeLessThan(1e-12);
  });

  it('prints nothing that the reference does not have', () => {
    expect(Object.keys(figuresOf()).sort()).toEqual(Object.keys(json.expected).sort());
  });
});
