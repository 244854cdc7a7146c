import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listAssignments } from '@akimetr/api/contracts/assignments';
import type { Assignment } from '@akimetr/api/contracts/assignments';
import { listWaves } from '@akimetr/api/contracts/waves';
import { reachOf } from '@akimetr/api/domain/permissions';
import { useApi } from '../../lib/api-hooks.ts';
import { formatCount, formatNumber } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { useRegionChoices } from '../../lib/regions.ts';
import { useUser } from '../../lib/session.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { ListTable } from '../../ui/DataTable.tsx';
import { EmptyNote } from '../../ui/EmptyNote.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';
import type { Column } from '../../ui/use-sorted-table.ts';
import filtersStyle from '../../ui/Filters.module.css';
import { OutcomeRates } from './OutcomeRates.tsx';
import { takesWork, waveWithWork } from './assignment-waves.ts';

const defaults = { wave: '', region: '', page: '1' };
const pageSize = 50;

/** Who works where, and how far they are. */
export function Page() {
  const { t } = useTranslation(['office', 'common']);
  const user = useUser();
  const [filters, change] = useUrlState(defaults);
  const regions = useRegionChoices().filter(
    ({ value }) =>
      reachOf(user, 'assignments.read') === 'everywhere' || user.regions.includes(value),
  );
  const waves = useApi(listWaves, {});
  const wave = waveWithWork(waves.data?.waves ?? [], filters.wave);
  const page = Math.max(0, (Number.parseInt(filters.page, 10) || 1) - 1);
  const { data, error, isPending, refetch } = useApi(
    listAssignments,
    {
      query: {
        wave: wave?.id ?? '',
        ...(filters.region && { region: filters.region }),
        limit: pageSize,
        offset: page * pageSize,
      },
    },
    { enabled: wave !== undefined, keep: true },
  );
  const columns: Column<Assignment>[] = [
    {
      id: 'office',
      label: t('assignments.office'),
      naming: true,
      cell: ({ office }) => localText(office),
    },
    {
      id: 'point',
      label: t('assignments.point'),
      cell: ({ samplingPoint }) =>
        `${samplingPoint.name} (${samplingPoint.code}), ${t(`common:settlements.${samplingPoint.settlement}`).toLowerCase()}`,
    },
    {
      id: 'interviewer',
      label: t('assignments.interviewer'),
      cell: ({ interviewerName }) => interviewerName,
    },
    {
      id: 'baseWeight',
      label: t('assignments.baseWeight'),
      align: 'right',
      cell: ({ baseWeight }) => formatNumber(baseWeight, 2),
    },
    {
      id: 'received',
      label: t('assignments.received'),
      align: 'right',
      cell: ({ interviewsReceived, targetInterviews }) => (
        <span className="nowrap">
          {t('assignments.ofTarget', {
            received: formatCount(interviewsReceived),
            target: formatCount(targetInterviews),
          })}
        </span>
      ),
    },
  ];
  const open = takesWork(wave);
  return (
    <>
      <PageHeader
        title={t('assignments.title')}
        lead={t('assignments.lead')}
        action={
          open && (
            <Button component={Link} to={`/assignments/new?wave=${wave.id}`}>
              {t('assignments.create')}
            </Button>
          )
        }
      />
      <ProblemNotice error={waves.error ?? error} onRetry={() => void refetch()} />
      {waves.data && !wave && (
        <EmptyNote title={t('assignments.noWaves')}>{t('assignments.noWavesWhy')}</EmptyNote>
      )}
      {wave && (
        <div className={filtersStyle.filters}>
          <NativeSelect
            label={t('filters.wave')}
            value={wave.id}
            onChange={(event) => change({ wave: event.currentTarget.value, page: '1' })}
            data={(waves.data?.waves ?? []).map(({ id, name, status }) => ({
              value: id,
              label: `${localText(name)} — ${t(`common:waveStatuses.${status}`).toLowerCase()}`,
            }))}
          />
          <NativeSelect
            label={t('filters.region')}
            value={filters.region}
            onChange={(event) => change({ region: event.currentTarget.value, page: '1' })}
            data={[{ value: '', label: t('filters.allRegions') }, ...regions]}
          />
        </div>
      )}
      {(waves.isPending || (wave && isPending)) && <TableSkeleton />}
      {data?.total === 0 && (
        <EmptyNote title={t('assignments.none')}>
          {t(open ? 'assignments.noneOpen' : 'assignments.noneClosed')}
        </EmptyNote>
      )}
      {data && data.total > 0 && (
        <>
          <p className="soft" role="status">
            {t('assignments.found', { count: data.total })}
          </p>
          <ListTable
            rows={data.assignments}
            rowKey={({ id }) => id}
            columns={columns}
            caption={t('assignments.title')}
          />
          <Pager
            page={page}
            pageSize={pageSize}
            total={data.total}
            onPage={(next) => change({ page: String(next + 1) })}
            label={t('lists.pages')}
          />
        </>
      )}
      {wave && <OutcomeRates waveId={wave.id} region={filters.region} />}
    </>
  );
}
