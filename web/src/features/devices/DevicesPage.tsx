import { useState } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listDevices } from '@akimetr/api/contracts/devices';
import type { Device } from '@akimetr/api/contracts/devices';
import { useApi } from '../../lib/api-hooks.ts';
import { noFigure } from '../../lib/formats.ts';
import { useMay } from '../../lib/session.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { ListTable } from '../../ui/DataTable.tsx';
import { EmptyNote } from '../../ui/EmptyNote.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';
import type { Column } from '../../ui/use-sorted-table.ts';
import { CustodyCell, LastSyncCell, StateCell } from './DeviceCells.tsx';
import { EnrolDialog } from './EnrolDialog.tsx';
import { RevokeDialog } from './RevokeDialog.tsx';

const defaults = { page: '1' };
const pageSize = 50;

/** Tablets: what was taken, what has come, how each is. The one silent longest comes first. */
export function Page() {
  const { t } = useTranslation(['office', 'common']);
  const [{ page: asked }, change] = useUrlState(defaults);
  const [enrolling, setEnrolling] = useState(false);
  const [revoking, setRevoking] = useState<Device | null>(null);
  const manages = useMay('devices.manage');
  const helps = useMay('rescue.import');
  const page = Math.max(0, (Number.parseInt(asked, 10) || 1) - 1);
  const query = { limit: pageSize, offset: page * pageSize };
  const { data, error, isPending, refetch } = useApi(listDevices, { query }, { keep: true });
  const now = new Date();
  const columns: Column<Device>[] = [
    {
      id: 'tablet',
      label: t('devices.tablet'),
      naming: true,
      cell: ({ label, report }) => (
        <>
          {label}
          {report && <div className="soft">{report.userAgentFamily}</div>}
        </>
      ),
    },
    {
      id: 'interviewer',
      label: t('devices.interviewer'),
      cell: ({ interviewers: [last] }) => last?.name ?? noFigure,
    },
    {
      id: 'custody',
      label: t('custody.title'),
      cell: ({ custody }) => <CustodyCell custody={custody} />,
    },
    {
      id: 'sync',
      label: t('devices.lastSync'),
      cell: (device) => <LastSyncCell device={device} now={now} />,
    },
    { id: 'state', label: t('devices.state'), cell: (device) => <StateCell device={device} /> },
    ...(manages
      ? [
          {
            id: 'actions',
            label: t('devices.actions'),
            cell: (device: Device) =>
              device.revokedAt === null && (
                <Button
                  variant="default"
                  size="compact-sm"
                  onClick={() => setRevoking(device)}
                  aria-label={t('devices.revokeOf', { label: device.label })}
                >
                  {t('devices.revoke')}
                </Button>
              ),
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHeader
        title={t('devices.title')}
        lead={t('devices.lead')}
        {...(manages && {
          action: <Button onClick={() => setEnrolling(true)}>{t('devices.enrol')}</Button>,
        })}
      />
      {helps && (
        <p>
          <Link to="/tablet-help">{t('tabletHelp.title')}</Link>
        </p>
      )}
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      {isPending && <TableSkeleton />}
      {data?.total === 0 && <EmptyNote title={t('devices.none')}>{t('devices.noneWhy')}</EmptyNote>}
      {data && data.total > 0 && (
        <ListTable
          rows={data.devices}
          rowKey={({ id }) => id}
          columns={columns}
          caption={t('devices.title')}
        />
      )}
      <Pager
        page={page}
        pageSize={pageSize}
        total={data?.total ?? 0}
        onPage={(next) => change({ page: String(next + 1) })}
        label={t('lists.pages')}
      />
      {enrolling && <EnrolDialog onClose={() => setEnrolling(false)} />}
      {revoking && <RevokeDialog device={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}
