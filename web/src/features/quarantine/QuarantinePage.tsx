import { useState } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { listQuarantine } from '@akimetr/api/contracts/interviews';
import type { Quarantined } from '@akimetr/api/contracts/interviews';
import { useApi } from '../../lib/api-hooks.ts';
import { formatInstant, formatSize, noFigure } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { ListTable } from '../../ui/DataTable.tsx';
import { EmptyNote } from '../../ui/EmptyNote.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';
import type { Column } from '../../ui/use-sorted-table.ts';
import { RawDialog } from './RawDialog.tsx';

const defaults = { page: '1' };
const pageSize = 50;

/** What was handed in and not stored: nothing is thrown away, a person looks at it. */
export function Page() {
  const { t } = useTranslation(['office', 'common']);
  const [{ page: asked }, change] = useUrlState(defaults);
  const [looking, setLooking] = useState<string | null>(null);
  const page = Math.max(0, (Number.parseInt(asked, 10) || 1) - 1);
  const query = { limit: pageSize, offset: page * pageSize };
  const { data, error, isPending, refetch } = useApi(listQuarantine, { query }, { keep: true });
  const columns: Column<Quarantined>[] = [
    {
      id: 'received',
      label: t('quarantine.received'),
      naming: true,
      cell: ({ receivedAt }) => formatInstant(receivedAt),
    },
    { id: 'by', label: t('quarantine.by'), cell: ({ submittedBy }) => submittedBy },
    {
      id: 'wave',
      label: t('filters.wave'),
      cell: ({ waveName }) => (waveName ? localText(waveName) : noFigure),
    },
    {
      id: 'reasons',
      label: t('quarantine.reasons'),
      cell: ({ status, reasons }) => (
        <>
          <strong>{t(`common:receiptStatuses.${status}`)}.</strong>{' '}
          {reasons.map(({ code }) => t(`common:interviewReasons.${code}`)).join('. ')}
        </>
      ),
    },
    {
      id: 'size',
      label: t('quarantine.size'),
      align: 'right',
      cell: ({ sizeBytes }) => <span className="nowrap">{formatSize(sizeBytes)}</span>,
    },
    {
      id: 'look',
      label: t('quarantine.content'),
      cell: ({ id, receivedAt }) => (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => setLooking(id)}
          aria-label={t('quarantine.lookAt', { when: formatInstant(receivedAt) })}
        >
          {t('quarantine.look')}
        </Button>
      ),
    },
  ];
  return (
    <>
      <PageHeader title={t('quarantine.title')} lead={t('quarantine.lead')} />
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      {isPending && <TableSkeleton />}
      {data?.total === 0 && (
        <EmptyNote title={t('quarantine.none')}>{t('quarantine.noneWhy')}</EmptyNote>
      )}
      {data && data.total > 0 && (
        <ListTable
          rows={data.quarantine}
          rowKey={({ id }) => id}
          columns={columns}
          caption={t('quarantine.title')}
        />
      )}
      <Pager
        page={page}
        pageSize={pageSize}
        total={data?.total ?? 0}
        onPage={(next) => change({ page: String(next + 1) })}
        label={t('lists.pages')}
      />
      {looking && <RawDialog quarantineId={looking} onClose={() => setLooking(null)} />}
    </>
  );
}
