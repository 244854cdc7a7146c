import { useMemo } from 'react';
import type { ReactNode } from 'react';
import {
  createPaginatedRowModel,
  createSortedRowModel,
  functionalUpdate,
  rowPaginationFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import type { ColumnDef, Row as TableRow, SortingState } from '@tanstack/react-table';

/** A column: what it is called, what a cell shows, and what it is sorted by (not sortable without). */
export interface Column<Row> {
  id: string;
  /** The header in words. */
  label: string;
  /** What stands under the words of the header. */
  hint?: ReactNode;
  cell: (row: Row) => ReactNode;
  sortValue?: (row: Row) => number | string;
  /** The first click sorts from the highest. */
  highestFirst?: boolean;
  align?: 'right';
  /** The cell that names the row: its header, and the title of its card on a phone. */
  naming?: boolean;
  /** Its width, where the content must not decide. */
  width?: string;
  /** Left out where the screen is too narrow for all: what it shows stands elsewhere too. */
  wideOnly?: boolean;
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  rowPaginationFeature,
  paginatedRowModel: createPaginatedRowModel(),
});
type Features = typeof features;

interface Settings<Row> {
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  locale: string;
  /** Column and direction as it stands in an address; `-score` is from the highest, empty as the rows come. */
  sort?: string;
  onSort?: (sort: string) => void;
  /** From 0. */
  page?: number;
  /** All on one page unless said. */
  pageSize?: number;
}

/** `-score` ↔ what the table library calls sorting. */
export function sortingOf(sort: string): SortingState {
  return sort === '' ? [] : [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }];
}

export function sortTextOf(sorting: SortingState): string {
  const [first] = sorting;
  return first ? `${first.desc ? '-' : ''}${first.id}` : '';
}

/** Rows sorted by a column and cut to a page; the state is the caller's, so that it can live in the address. */
export function useSortedTable<Row extends object>(settings: Settings<Row>) {
  const { rows, columns, locale, sort = '', page = 0 } = settings;
  const definitions = useMemo(() => definitionsOf(columns, locale), [columns, locale]);
  const sorting = useMemo(() => sortingOf(sort), [sort]);
  const pageSize = settings.pageSize ?? Math.max(1, rows.length);
  const pagination = useMemo(() => ({ pageIndex: page, pageSize }), [page, pageSize]);
  return useTable<Features, Row>({
    features,
    columns: definitions,
    data: rows,
    getRowId: settings.rowKey,
    state: { sorting, pagination },
    enableSortingRemoval: false,
    autoResetPageIndex: false,
    onSortingChange: (updater) => settings.onSort?.(sortTextOf(functionalUpdate(updater, sorting))),
  });
}

export type SortedTable<Row extends object> = ReturnType<typeof useSortedTable<Row>>;

function definitionsOf<Row extends object>(
  columns: readonly Column<Row>[],
  locale: string,
): ColumnDef<Features, Row>[] {
  const words = new Intl.Collator(locale, { numeric: true });
  return columns.map(({ id, sortValue, highestFirst = false }) => ({
    id,
    enableSorting: sortValue !== undefined,
    sortDescFirst: highestFirst,
    ...(sortValue && {
      accessorFn: sortValue,
      sortFn: (a: TableRow<Features, Row>, b: TableRow<Features, Row>) => {
        const [left, right] = [sortValue(a.original), sortValue(b.original)];
        return typeof left === 'number' && typeof right === 'number'
          ? left - right
          : words.compare(String(left), String(right));
      },
    }),
  }));
}
