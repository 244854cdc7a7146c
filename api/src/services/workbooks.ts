import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { faultMessage } from '../contracts/fault-messages.ts';
import { Problem } from '../problem.ts';

// Read when they are first needed, as few starts of the server ever do.
const reader = () => import('read-excel-file/node');
const writer = () => import('write-excel-file/node');

export interface Sheet {
  name: string;
  /** Cells as text; an empty one is ''. The first row is the header. */
  rows: string[][];
}

/** What a workbook of texts can need many times over; more is a bomb. */
const mostBytes = 40_000_000;
const mostEntries = 500;
const mostCells = 400_000;
const longestCell = 32_767;

const unreadable = (message: string) =>
  new Problem('invalid_input', { fields: [{ path: 'body.file', message }] });

/**
 * Unpacks only what the archive's own directory says is small, into buffers of that very size, and packs it anew: the
 * reader behind never sees a claim that is not true.
 */
function defused(file: Uint8Array, change: (path: string, part: Uint8Array) => Uint8Array): Buffer {
  let bytes = 0;
  let entries = 0;
  const files = unzipSync(file, {
    filter: ({ originalSize }) => {
      bytes += originalSize;
      entries += 1;
      if (bytes > mostBytes || entries > mostEntries)
        throw unreadable(faultMessage('workbook_too_large'));
      return true;
    },
  });
  const changed = Object.entries(files).map(([path, part]) => [path, change(path, part)] as const);
  return Buffer.from(zipSync(Object.fromEntries(changed), { level: 0 }));
}

/** The reader behind leaves cells with an error (`#REF!`) out; as texts they are read. */
function errorsAsText(path: string, part: Uint8Array): Uint8Array {
  if (!/worksheets\/[^/]+\.xml$/.test(path)) return part;
  const bytes = strFromU8(part, true);
  return strToU8(bytes.replace(/(<(?:\w+:)?c\s[^<>]*?\bt=)"e"/g, '$1"str"'), true);
}

/** Text of a cell; a date as its day. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) {
    return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  }
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean'
    ? String(cell).slice(0, longestCell)
    : '';
}

/**
 * The sheets of an .xlsx workbook as text.
 * @param errors what becomes of a cell whose formula gives an error: nothing, or the error (`#REF!`) as its text
 * @throws Problem invalid_input when it is no workbook, or one that no person would make
 */
export async function readWorkbook(
  file: Uint8Array,
  { errors }: { errors: 'as text' | 'empty' } = { errors: 'empty' },
): Promise<Sheet[]> {
  const { default: readWorkbookFile } = await reader();
  try {
    const sheets = await readWorkbookFile(
      defused(file, errors === 'as text' ? errorsAsText : (_path, part) => part),
    );
    const cells = sheets.reduce(
      (count, { data }) => count + data.reduce((sum, row) => sum + row.length, 0),
      0,
    );
    if (cells > mostCells) throw unreadable(faultMessage('workbook_cells'));
    return sheets.map(({ sheet, data }) => ({
      name: sheet,
      rows: data.map((row) => row.map(cellText)),
    }));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw unreadable(faultMessage('workbook_unreadable'));
  }
}

export interface Table {
  name: string;
  rows: readonly (readonly (string | number | null)[])[];
  /** Widths of the columns in characters. */
  widths: readonly number[];
}

/** An .xlsx workbook; the first row of each sheet is its header and stays in view. Texts are texts, never formulas. */
export async function writeWorkbook(tables: readonly Table[]): Promise<Uint8Array<ArrayBuffer>> {
  const cellOf = (value: string | number | null, isHeader: boolean) =>
    value === null || value === ''
      ? null
      : typeof value === 'number'
        ? { value, type: Number }
        : {
            value: value.slice(0, longestCell),
            type: String,
            wrap: true,
            alignVertical: 'top' as const,
            ...(isHeader && { fontWeight: 'bold' as const, backgroundColor: '#e8edf2' }),
          };
  const { default: writeWorkbookFile } = await writer();
  const buffer = await writeWorkbookFile(
    tables.map(({ name, rows, widths }) => ({
      sheet: name,
      data: rows.map((row, place) => row.map((value) => cellOf(value, place === 0))),
      columns: widths.map((width) => ({ width })),
      stickyRowsCount: 1,
    })),
  ).toBuffer();
  return new Uint8Array(buffer);
}
