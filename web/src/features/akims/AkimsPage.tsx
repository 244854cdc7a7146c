import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { importAkims, listAkims } from '@akimetr/api/contracts/akims';
import type { Akim } from '@akimetr/api/contracts/akims';
import { useApi } from '../../lib/api-hooks.ts';
import { formatDay } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { useRegionChoices } from '../../lib/regions.ts';
import { useMay } from '../../lib/session.ts';
import { listPageSize, useTerritoryQuery } from '../../lib/territory-query.ts';
import { CsvImport } from '../../ui/CsvImport.tsx';
import { ListTable } from '../../ui/DataTable.tsx';
import { EmptyNote } from '../../ui/EmptyNote.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';
import { TerritoryFilters } from '../../ui/TerritoryFilters.tsx';
import type { Column } from '../../ui/use-sorted-table.ts';
import { akimColumns, akimExample, akimRule } from './akim-file.ts';

/** Every akim's tenure: whom a person looks for, and where an administrator brings new ones in. */
export function Page() {
  const { t } = useTranslation(['office', 'common']);
  const { filters, change, page, query } = useTerritoryQuery();
  const mayImport = useMay('akims.import');
  const mayRead = useMay('rankings.read');
  const [importing, dialog] = useDisclosure(false);
  const { data, error, isPending, refetch } = useApi(listAkims, { query }, { keep: true });
  const regionNames = new Map(useRegionChoices().map(({ value, label }) => [value, label]));
  const columns: Column<Akim>[] = [
    {
      id: 'name',
      label: t('akims.akim'),
      naming: true,
      cell: (akim) =>
        mayRead ? (
          <Link to={`/akims/${akim.id}`}>{localText(akim.name)}</Link>
        ) : (
          localText(akim.name)
        ),
    },
    {
      id: 'office',
      label: t('akims.office'),
      cell: (akim) =>
        [localText(akim.territoryName), akim.level !== 'region' && regionNames.get(akim.region)]
          .filter(Boolean)
          .join(', '),
    },
    { id: 'took', label: t('akims.tookOffice'), cell: (akim) => <Took akim={akim} /> },
    {
      id: 'since',
      label: t('akims.since'),
      cell: (akim) => <span className="nowrap">{formatDay(akim.from)}</span>,
    },
    { id: 'term', label: t('akims.term'), align: 'right', cell: (akim) => String(akim.term) },
  ];
  return (
    <>
      <PageHeader
        title={t('akims.title')}
        lead={t('akims.lead')}
        action={mayImport && <Button onClick={dialog.open}>{t('import.open')}</Button>}
      />
      <TerritoryFilters filters={filters} searchHint={t('akims.searchHint')} onChange={change} />
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      {isPending && <TableSkeleton rows={10} />}
      {data && data.total === 0 && (
        <EmptyNote title={t('lists.nothingFound')}>{t('lists.nothingFoundWhy')}</EmptyNote>
      )}
      {data && data.total > 0 && (
        <>
          <p className="soft" role="status">
            {t('akims.found', { count: data.total })}
          </p>
          <ListTable
            rows={data.akims}
            rowKey={({ id }) => id}
            columns={columns}
            caption={t('akims.title')}
          />
          <Pager
            page={page}
            pageSize={listPageSize}
            total={data.total}
            onPage={(next) => change({ page: String(next + 1) })}
            label={t('lists.pages')}
          />
        </>
      )}
      {importing && (
        <CsvImport
          title={t('akims.import')}
          operation={importAkims}
          refreshes={[listAkims]}
          template={{ name: 'akims.csv', columns: akimColumns, example: akimExample }}
          ruleOf={(column) => t(akimRule(column))}
          onClose={dialog.close}
        />
      )}
    </>
  );
}

function Took({ akim }: { akim: Akim }) {
  const { t } = useTranslation('office');
  const nominated = akim.nominatedBy && t(`akims.nominated.${akim.nominatedBy}`);
  return <>{[t(`akims.took.${akim.tookOffice}`), nominated].filter(Boolean).join(', ')}</>;
}
