import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { importTerritories, listTerritories } from '@akimetr/api/contracts/territories';
import type { Territory } from '@akimetr/api/contracts/territories';
import { useApi } from '../../lib/api-hooks.ts';
import { formatCount } from '../../lib/formats.ts';
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
import { kindKey, territoryColumns, territoryExample, territoryRule } from './territory-file.ts';

/** The units of the KATO classifier that have an akim. */
export function Page() {
  const { t } = useTranslation(['office', 'common']);
  const { filters, change, page, query } = useTerritoryQuery();
  const regions = useRegionChoices();
  const mayImport = useMay('territories.import');
  const [importing, dialog] = useDisclosure(false);
  const { data, error, isPending, refetch } = useApi(listTerritories, { query }, { keep: true });
  const regionNames = new Map(regions.map(({ value, label }) => [value, label]));
  const columns: Column<Territory>[] = [
    {
      id: 'name',
      label: t('territories.name'),
      naming: true,
      cell: ({ name }) => localText(name),
    },
    { id: 'kind', label: t('territories.kind'), cell: ({ kind }) => <Kind kind={kind} /> },
    {
      id: 'region',
      label: t('filters.region'),
      cell: ({ region }) => regionNames.get(region) ?? region,
    },
    { id: 'kato', label: t('territories.kato'), cell: ({ kato }) => kato },
    {
      id: 'population',
      label: t('territories.population'),
      align: 'right',
      cell: ({ population }) => formatCount(population),
    },
  ];
  return (
    <>
      <PageHeader
        title={t('territories.title')}
        lead={t('territories.lead')}
        action={mayImport && <Button onClick={dialog.open}>{t('import.open')}</Button>}
      />
      <TerritoryFilters
        filters={filters}
        searchHint={t('territories.searchHint')}
        onChange={change}
      />
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      {isPending && <TableSkeleton rows={10} />}
      {data && data.total === 0 && (
        <EmptyNote title={t('lists.nothingFound')}>{t('lists.nothingFoundWhy')}</EmptyNote>
      )}
      {data && data.total > 0 && (
        <>
          <p className="soft" role="status">
            {t('territories.found', { count: data.total })}
          </p>
          <ListTable
            rows={data.territories}
            rowKey={({ kato }) => kato}
            columns={columns}
            caption={t('territories.title')}
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
          title={t('territories.import')}
          operation={importTerritories}
          refreshes={[listTerritories]}
          template={{
            name: 'territories.csv',
            columns: territoryColumns,
            example: territoryExample,
          }}
          ruleOf={(column) => t(territoryRule(column))}
          onClose={dialog.close}
        />
      )}
    </>
  );
}

function Kind({ kind }: { kind: string }) {
  const { t } = useTranslation('office');
  const key = kindKey(kind);
  return <>{key ? t(key) : kind}</>;
}
