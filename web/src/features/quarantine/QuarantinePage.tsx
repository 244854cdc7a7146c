import { useState } from 'react';
import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { listQuarantine } from '@akimetr/api/contracts/interviews';
import type { Quarantined } from '@akimetr/api/contracts/interviews';
import { useApi } from '../../lib/api-hooks.ts';
import { formatInstant, formatSize, noFigure } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { useMay } from '../../lib/session.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { ListTable } from '../../ui/DataTable.tsx';
import { EmptyNote } from '../../ui/EmptyNote.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';
import type { Column } from '../../ui/use-sorted-table.ts';
import { DecideDialog } from './DecideDialog.tsx';
import type { Deed } from './DecideDialog.tsx';
import { RawDialog } from './RawDialog.tsx';

const defaults = { page: '1' };
const pageSize = 50;

/** What was handed in and not stored: nothing is thrown away, a person looks at it. */
export function Page() {
  const { t } = useTranslation(['office', 'common']);
  const [{ page: asked }, change] = useUrlState(defaults);
  const [looking, setLooking] = useState<string | null>(null);
  const [deciding, setDeciding] = useState<{ quarantined: Quarantined; deed: Deed } | null>(null);
  const decides = useMay('quarantine.decide');
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
      id: 'decision',
      label: t('quarantine.decision'),
      cell: (quarantined) => (
        <Standing
          quarantined={quarantined}
          {...(decides && { onDecide: (deed: Deed) => setDeciding({ quarantined, deed }) })}
        />
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
      {deciding && <DecideDialog {...deciding} onClose={() => setDeciding(null)} />}
      {looking && <RawDialog quarantineId={looking} onClose={() => setLooking(null)} />}
    </>
  );
}

interface StandingProps {
  quarantined: Quarantined;
  /** Only for who may decide. */
  onDecide?: (deed: Deed) => void;
}

/** What was decided; or what a person can do about it, and why not if nothing. */
function Standing({ quarantined, onDecide }: StandingProps) {
  const { t } = useTranslation('office');
  const { decision, stored, kind } = quarantined;
  if (decision?.outcome === 'released' || (stored && decision === null)) {
    return (
      <>
        {decision
          ? t('quarantine.released', { by: decision.by, reason: decision.reason })
          : t('quarantine.storedSince')}
      </>
    );
  }
  return (
    <>
      <div>
        {decision
          ? t('quarantine.rejected', { by: decision.by, reason: decision.reason })
          : t(`quarantine.kinds.${kind}`)}
      </div>
      {onDecide && (
        <Group gap="xs" mt={4}>
          {kind === 'waits' && (
            <Button variant="default" size="compact-sm" onClick={() => onDecide('release')}>
              {t('quarantine.release')}
            </Button>
          )}
          {decision === null && (
            <Button variant="default" size="compact-sm" onClick={() => onDecide('reject')}>
              {t('quarantine.reject')}
            </Button>
          )}
        </Group>
      )}
    </>
  );
}
