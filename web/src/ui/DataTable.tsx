import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { NativeSelect } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useSortedTable } from './use-sorted-table.ts';
import type { Column, SortedTable } from './use-sorted-table.ts';
import styles from './DataTable.module.css';

interface Props<Row extends object> {
  table: SortedTable<Row>;
  columns: readonly Column<Row>[];
  /** What the table holds, for a screen reader. */
  caption: string;
  /** How a row looks on a phone; its name and label–value pairs unless said. */
  card?: (row: Row) => ReactNode;
}

/** A table with sortable headers; on a phone a list of cards with a choice of order. */
export function DataTable<Row extends object>(props: Props<Row>) {
  const narrow = useMediaQuery('(max-width: 47.99em)', undefined, {
    getInitialValueInEffect: false,
  });
  return narrow ? <Cards {...props} /> : <Grid {...props} />;
}

interface ListProps<Row extends object> extends Omit<Props<Row>, 'table'> {
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

/** A table in the order its rows come. */
export function ListTable<Row extends object>({ rows, rowKey, ...rest }: ListProps<Row>) {
  const { i18n } = useTranslation();
  const table = useSortedTable({ rows, columns: rest.columns, rowKey, locale: i18n.language });
  return <DataTable table={table} {...rest} />;
}

function Grid<Row extends object>({ table, columns, caption }: Props<Row>) {
  const [group] = table.getHeaderGroups();
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, index) => {
              const header = group?.headers[index];
              const sorted = header?.column.getIsSorted() ?? false;
              return (
                <th
                  key={column.id}
                  scope="col"
                  data-align={column.align}
                  data-wide-only={column.wideOnly}
                  style={{ width: column.width }}
                  aria-sort={
                    column.sortValue &&
                    (sorted === false ? 'none' : sorted === 'asc' ? 'ascending' : 'descending')
                  }
                >
                  {column.sortValue ? (
                    <button
                      type="button"
                      className={styles.sort}
                      onClick={header?.column.getToggleSortingHandler()}
                    >
                      {column.label}
                      <span aria-hidden className={styles.arrow}>
                        {sorted === false ? '↕' : sorted === 'asc' ? '↑' : '↓'}
                      </span>
                    </button>
                  ) : (
                    column.label
                  )}
                  {column.hint}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {columns.map((column) => {
                const Cell = column.naming ? 'th' : 'td';
                return (
                  <Cell
                    key={column.id}
                    data-align={column.align}
                    data-wide-only={column.wideOnly}
                    {...(column.naming && { scope: 'row' })}
                  >
                    {column.cell(row.original)}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards<Row extends object>({ table, columns, caption, card }: Props<Row>) {
  return (
    <>
      <OrderChoice table={table} columns={columns} />
      <ul className={styles.cards} aria-label={caption}>
        {table.getRowModel().rows.map((row) => (
          <li key={row.id}>{card ? card(row.original) : <Pairs {...{ columns, row }} />}</li>
        ))}
      </ul>
    </>
  );
}

function Pairs<Row extends object>({
  columns,
  row,
}: {
  columns: readonly Column<Row>[];
  row: { original: Row };
}) {
  return (
    <>
      <div className={styles.cardName}>
        {columns.find(({ naming }) => naming)?.cell(row.original)}
      </div>
      <dl className={styles.pairs}>
        {columns
          .filter(({ naming }) => !naming)
          .map((column) => (
            <Fragment key={column.id}>
              <dt>{column.label}</dt>
              <dd>{column.cell(row.original)}</dd>
            </Fragment>
          ))}
      </dl>
    </>
  );
}

/** Phones have no headers to click. */
function OrderChoice<Row extends object>({ table, columns }: Omit<Props<Row>, 'caption'>) {
  const { t } = useTranslation('common');
  const sortable = columns.filter(({ sortValue }) => sortValue);
  if (sortable.length === 0) return null;
  const [now] = table.state.sorting;
  return (
    <NativeSelect
      className={styles.order}
      label={t('table.orderBy')}
      value={now?.id ?? ''}
      onChange={({ currentTarget: { value } }) => {
        const column = sortable.find(({ id }) => id === value);
        table.setSorting(column ? [{ id: value, desc: column.highestFirst ?? false }] : []);
      }}
      data={sortable.map(({ id, label }) => ({ value: id, label }))}
    />
  );
}
