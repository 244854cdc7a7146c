import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.join(__dirname, '../..');
const reference = (name: string) => path.join(root, 'test/fixtures/reference', name);
const folder = mkdtempSync(path.join(tmpdir(), 'akimetr-estimate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};

const node = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

/** Compiled once for all these runs: compiling takes far longer than estimating. */
const compiled = path.join(folder, 'estimate.mjs');
beforeAll(() =>
  build({
    entryPoints: [path.join(root, 'scripts/estimate.ts')],
    outfile: compiled,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  }),
);

const run = (...args: readonly string[]) => node(compiled, ...args);

describe('npm run estimate', () => {
  const rakedPath = reference('raked-clusters.json');
  const design = JSON.parse(readFileSync(rakedPath, 'utf8'));

  it('prints the figures of a file as JSON and its progress on standard error', () => {
    const { status, stdout, stderr } = node('--import', 'tsx', 'scripts/estimate.ts', rakedPath);
    expect(status).toBe(0);
    const figures = JSON.parse(stdout);
    expect(Object.keys(figures)).toEqual([
      'weights',
      'degreesOfFreedom',
      'kishEffectiveN',
      'akims',
    ]);
    expect(figures.akims[0].index).toBeCloseTo(design.expected.akims[0].index, 9);
    expect(stderr).toContain('224 interviews');
  });

  it('gives the same figures from CSV rows and a specification', () => {
    const columns = Object.keys(design.rows[0]);
    const line = (row: Record<string, string | number | null>, place: number) =>
      columns.map((column) => row[column] ?? (place % 2 === 0 ? '' : 'NA')).join(',');
    const csv = write('rows.csv', [columns.join(','), ...design.rows.map(line)].join('\n'));
    const specified = write(
      'spec.json',
      JSON.stringify({
        indicators: design.indicators,
        indexWeights: design.indexWeights,
        spec: design.spec,
      }),
    );
    const expected = run(rakedPath).stdout;
    expect(run(csv, specified).stdout).toBe(expected);
    // As a spreadsheet saves it where a comma is the decimal sign.
    const local = readFileSync(csv, 'utf8')
      .replaceAll(',', ';')
      .replace(/(\d)\.(\d)/g, '$1,$2');
    expect(run(write('local.csv', local), specified).stdout).toBe(expected);
  });

  it('prints the areas file recomputed', () => {
    const { stdout } = run('--areas', reference('areas.json'));
    const { expected } = JSON.parse(readFileSync(reference('areas.json'), 'utf8'));
    const figures = JSON.parse(stdout);
    expect(figures.rankIntervals95.best).toEqual(expected.rankIntervals95.best);
    expect(figures.cohort.p).toBeCloseTo(expected.cohort.p, 9);
  });

  it('names the row and column of every fault and prints no figures', () => {
    const rows = design.rows.map((row: object, place: number) =>
      place === 2 ? { ...row, baseWeight: 'many', y1: 400 } : row,
    );
    const { status, stdout, stderr } = run(write('bad.json', JSON.stringify({ ...design, rows })));
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/row 3, column baseWeight: /);
    expect(stderr).toMatch(/row 3, column y1: /);
    expect(stderr).toContain('2 faults, nothing estimated');
  });

  it('finds NaN, which is no JSON though programs write it, where it stands', () => {
    const text = JSON.stringify({ ...design, note: 'NaN, "Infinity"' }).replace(
      /"y1":\d+/,
      '"y1":NaN',
    );
    const { status, stderr } = run(write('nan.json', text));
    expect(status).toBe(1);
    expect(stderr).toMatch(/row 1, column y1: must be a number from 0 to 100 or null, not "NaN"/);
    expect(stderr).toContain('1 fault, nothing estimated');
  });

  it('names the row and column of a fault in a CSV', () => {
    const csv = write('bad.csv', 'akim,stratum,psu,baseWeight,y1\nA,s,1,1,40\nA,s,2,x,50\n');
    const specified = write(
      'small.json',
      JSON.stringify({ indicators: ['y1'], indexWeights: [1], spec: {} }),
    );
    expect(run(csv, specified).stderr).toMatch(/row 2, column baseWeight: /);
  });

  it('says in one line that a file is missing or is not JSON', () => {
    expect(run(path.join(folder, 'gone.json'))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('cannot be read (ENOENT)'),
    });
    expect(run(write('text.json', '{"rows": ['))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is not JSON'),
    });
  });

  it('explains itself', () => {
    expect(run()).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('npm run -s estimate'),
    });
    expect(run('--nonsense')).toMatchObject({ status: 2 });
    expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--areas') });
  });
});
