import { useTranslation } from 'react-i18next';
import type { ImportReport } from '@akimetr/api/contracts/territories';
import { inputFaultWords } from '../lib/fault-words.ts';
import { formatCount } from '../lib/formats.ts';
import { ListTable } from './DataTable.tsx';
import { Notice } from './Notice.tsx';
import type { Column } from './use-sorted-table.ts';

interface Props {
  report: ImportReport;
  /** What a column must hold, in words. */
  ruleOf: (column: string) => string;
}

type Fault = ImportReport['faults'][number];

/** What an import did or would do: the sums, and every fault with its row, column and value. */
export function ImportReportView({ report, ruleOf }: Props) {
  const { t } = useTranslation('office');
  const { faults, applied } = report;
  const outcome = faults.length > 0 ? 'faulty' : applied ? 'applied' : 'faultless';
  const columns: Column<Fault>[] = [
    { id: 'row', label: t('import.row'), naming: true, cell: ({ row }) => formatCount(row) },
    { id: 'column', label: t('import.column'), cell: ({ column }) => <code>{column}</code> },
    {
      id: 'value',
      label: t('import.value'),
      cell: ({ value }) => (value === '' ? <em>{t('import.emptyValue')}</em> : value),
    },
    {
      id: 'fault',
      label: t('import.expected'),
      cell: ({ column, message }) => (
        <>
          {ruleOf(column)}
          <span className="soft" style={{ display: 'block', fontSize: '0.8125rem' }}>
            {inputFaultWords(message)}
          </span>
        </>
      ),
    },
  ];
  return (
    <>
      <Notice tone={faults.length > 0 ? 'danger' : 'good'} role="status">
        <p>
          <strong>{t(`import.${outcome}`, { count: faults.length })}</strong>
        </p>
        <p className="numeric">
          {t('import.sums', {
            rows: formatCount(report.rows),
            created: formatCount(report.created),
            changed: formatCount(report.changed),
            unchanged: formatCount(report.unchanged),
          })}
        </p>
      </Notice>
      {faults.length > 0 && (
        <ListTable
          rows={faults}
          rowKey={({ row, column, message }) => `${row} ${column} ${message}`}
          columns={columns}
          caption={t('import.faults')}
        />
      )}
    </>
  );
}
