import { CsvError, parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { faultMessage } from '../contracts/fault-messages.ts';
import type { ImportReport } from '../contracts/territories.ts';
import { Problem } from '../problem.ts';

type Fault = ImportReport['faults'][number];

/** One row of a file that its schema accepts. */
export interface CsvRow<T> {
  /** Line of the file, the header being 1. */
  row: number;
  value: T;
}

/**
 * Reads a CSV file with a header line row by row.
 * @param columns those the file must have; others are ignored
 * @throws Problem when the file as a whole cannot be read
 */
export function readCsv<T>(
  csv: string,
  columns: readonly string[],
  schema: z.ZodType<T>,
): { rows: CsvRow<T>[]; faults: Fault[]; count: number } {
  const records = parseCsv(csv);
  const header = Object.keys(records[0]?.record ?? {});
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new Problem('invalid_input', {
      fields: missing.map((column) => ({
        path: `csv.1.${column}`,
        message: faultMessage('column_missing'),
      })),
    });
  }
  const rows: CsvRow<T>[] = [];
  const faults: Fault[] = [];
  for (const { record, info } of records) {
    const parsed = schema.safeParse(record);
    if (parsed.success) rows.push({ row: info.lines, value: parsed.data });
    else faults.push(...parsed.error.issues.map((issue) => faultOf(info.lines, record, issue)));
  }
  return { rows, faults, count: records.length };
}

interface ParsedRecord {
  record: Record<string, string>;
  info: { lines: number };
}

function parseCsv(csv: string): ParsedRecord[] {
  try {
    return parse(csv, {
      columns: (header: string[]) => header.map((name) => name.trim()),
      bom: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
      delimiter: [',', ';', '\t'],
    }) as unknown as ParsedRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Problem('invalid_input', {
      fields: [{ path: 'csv', message: faultMessage('csv_unreadable', { reason: error.message }) }],
    });
  }
}

function faultOf(row: number, record: Record<string, string>, issue: z.core.$ZodIssue): Fault {
  const column = String(issue.path[0] ?? '');
  return { row, column, value: (record[column] ?? '').slice(0, 200), message: issue.message };
}

/** The report of an import; nothing is applied when there is a fault. */
export function reportOf(
  count: number,
  faults: Fault[],
  changes: Pick<ImportReport, 'created' | 'changed' | 'unchanged'>,
  checkOnly: boolean,
): ImportReport {
  const ordered = [...faults].sort((a, b) => a.row - b.row).slice(0, 1000);
  return { rows: count, ...changes, applied: faults.length === 0 && !checkOnly, faults: ordered };
}
