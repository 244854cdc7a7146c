/**
 * Estimates one calibration group, or compares areas, from a file, without a server: so that anybody can lay our figures
 * beside those of another program. Figures go to standard output as JSON, everything else to standard error.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { areasFigures, readAreasFile } from '@akimetr/api/domain/areas-file';
import { estimateFile, readEstimateFile, type FileFault } from '@akimetr/api/domain/estimate-file';

const usage = `npm run -s estimate -- FILE.json               rows, indicators, indexWeights and spec in one file
npm run -s estimate -- --areas FILE.json       one score and variance per akim
npm run -s estimate -- ROWS.csv SPEC.json      rows as CSV; indicators, indexWeights and spec as JSON

The form of the files: test/fixtures/reference/README.md. In a CSV, separated by commas, semicolons or tabs, an empty
cell or NA is a missing item.`;

const say = (line: string) => process.stderr.write(`${line}\n`);

/** Ends with one line per fault; 1 = the file is at fault, 2 = the command line is. */
function stop(lines: readonly string[], code: 1 | 2): never {
  for (const line of lines) say(line);
  process.exit(code);
}

const whereOf = ({ row, column }: FileFault) =>
  [row === undefined ? '' : `row ${row}`, column === undefined ? '' : `column ${column}`]
    .filter(Boolean)
    .join(', ');

function stopAt(path: string, faults: readonly FileFault[]): never {
  const lines = faults.map(
    (fault) => `${path}: ${[whereOf(fault), fault.reason].filter(Boolean).join(': ')}`,
  );
  return stop(
    [...lines, `${faults.length} fault${faults.length === 1 ? '' : 's'}, nothing estimated`],
    1,
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return stop(
      [`${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`],
      1,
    );
  }
}

/**
 * Some programs write NaN and Infinity into JSON, which has no such thing: as texts they are found where they stand, with row
 * and column.
 */
const withoutNaN = (text: string) =>
  text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (part) =>
    part.startsWith('"') ? part : `"${part}"`,
  );

function readJson(path: string): unknown {
  const text = readText(path).replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    try {
      return JSON.parse(withoutNaN(text)) as unknown;
    } catch {
      return stop([`${path}: is not JSON: ${(error as Error).message}`], 1);
    }
  }
}

/** CSV has only texts: the columns that are numbers become numbers, what is no number stays a text and is a fault later. */
function readRows(path: string, numeric: ReadonlySet<string>): unknown[] {
  const text = readText(path);
  // Where a comma is the decimal sign spreadsheets separate columns by semicolons.
  const header = text.split('\n', 1)[0];
  const delimiter = header.includes(';') ? ';' : header.includes('\t') ? '\t' : ',';
  const numberOrText = (cell: string) => {
    const number = Number(delimiter === ',' ? cell : cell.replace(',', '.'));
    return Number.isFinite(number) ? number : cell;
  };
  try {
    const rows = parse(text, {
      delimiter,
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
    });
    return (rows as Record<string, string>[]).map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([column, cell]) => [
          column,
          !numeric.has(column) ? cell : cell === '' || cell === 'NA' ? null : numberOrText(cell),
        ]),
      ),
    );
  } catch (error) {
    return stop([`${path}: is not CSV: ${(error as Error).message}`], 1);
  }
}

function readGroup(paths: readonly string[]): unknown {
  const [first, second] = paths as [string, string?];
  if (second === undefined) return readJson(first);
  const specified = readJson(second) as { indicators?: unknown };
  const indicators = [specified?.indicators ?? []].flat().map(String);
  const numeric = new Set(['baseWeight', 'clustersInPopulation', ...indicators]);
  return { ...specified, rows: readRows(first, numeric) };
}

function estimateGroupOf(paths: readonly string[]) {
  const path = paths.join(' + ');
  const file = readEstimateFile(readGroup(paths));
  if ('faults' in file) stopAt(path, file.faults);
  const akims = new Set(file.rows.map(({ akim }) => akim)).size;
  const method = file.options.calibration?.method ?? 'none';
  say(
    `${file.rows.length} interviews, ${akims} akims, ${file.indicators.length} indicators; calibration: ${method}`,
  );
  const figures = estimateFile(file);
  return 'faults' in figures ? stopAt(path, figures.faults) : figures;
}

function areasOf(path: string) {
  const file = readAreasFile(readJson(path));
  if ('faults' in file) stopAt(path, file.faults);
  say(`${file.areas.length} areas`);
  return areasFigures(file.areas);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { areas: { type: 'boolean' }, help: { type: 'boolean' } },
    });
  } catch (error) {
    return stop([(error as Error).message, usage], 2);
  }
}

const { values, positionals } = readArguments();
if (values.help) {
  process.stdout.write(`${usage}\n`);
} else {
  const allowed = values.areas ? [1] : [1, 2];
  if (!allowed.includes(positionals.length)) stop([usage], 2);
  const startedAt = performance.now();
  say(`reading ${positionals.join(' and ')}`);
  const figures = values.areas ? areasOf(positionals[0]) : estimateGroupOf(positionals);
  say(`estimated in ${((performance.now() - startedAt) / 1000).toFixed(2)} s`);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
