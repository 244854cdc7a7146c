import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { getTargets, importTargets, useShippedTargets } from '@akimetr/api/contracts/targets';
import type { TargetTerritory, WaveTargets } from '@akimetr/api/contracts/targets';
import { listWaves } from '@akimetr/api/contracts/waves';
import { useApi, useCommand } from '../../lib/api-hooks.ts';
import { formatCount, formatInstant, formatShare, noFigure } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { categoryWords, variableWords } from '../../lib/weighting-words.ts';
import { CsvImport } from '../../ui/CsvImport.tsx';
import { ListTable } from '../../ui/DataTable.tsx';
import { EmptyNote } from '../../ui/EmptyNote.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';
import type { Column } from '../../ui/use-sorted-table.ts';
import { targetColumns, targetExample, targetRule } from './target-file.ts';

const variables = ['sex', 'age', 'settlement'] as const;

/** The official population totals of a wave: what its weights are calibrated to. */
export function Page() {
  const { t } = useTranslation(['office', 'common']);
  const { waveId = '' } = useParams();
  const [importing, dialog] = useDisclosure(false);
  const { data, error, isPending, refetch } = useApi(getTargets, { params: { waveId } });
  const waves = useApi(listWaves, {});
  const shipped = useCommand(useShippedTargets, [getTargets]);
  const wave = waves.data?.waves.find(({ id }) => id === waveId);
  return (
    <>
      <PageHeader
        title={[t('estimation.targets.title'), wave && localText(wave.name)]
          .filter(Boolean)
          .join(': ')}
        lead={t('estimation.targets.lead')}
        back={<Link to="/waves">← {t('estimation.targets.back')}</Link>}
        action={
          data?.mayChange && (
            <Group>
              <Button
                variant="default"
                loading={shipped.isPending}
                onClick={() => shipped.mutate({ params: { waveId } })}
              >
                {t('estimation.targets.shipped')}
              </Button>
              <Button onClick={dialog.open}>{t('import.open')}</Button>
            </Group>
          )
        }
      />
      <ProblemNotice error={error ?? shipped.error} onRetry={() => void refetch()} />
      {isPending && <TableSkeleton rows={10} />}
      {data && <Targets data={data} />}
      {importing && (
        <CsvImport
          title={t('estimation.targets.import')}
          operation={importTargets}
          params={{ waveId }}
          refreshes={[getTargets]}
          template={{ name: 'targets.csv', columns: targetColumns, example: targetExample }}
          ruleOf={(column) => t(targetRule(column))}
          onClose={dialog.close}
        />
      )}
    </>
  );
}

function Targets({ data: { targets, wanted, gaps } }: { data: WaveTargets }) {
  const { t } = useTranslation(['office', 'common']);
  if (targets === null) {
    return (
      <EmptyNote title={t('estimation.targets.none')}>
        {t(wanted.length === 0 ? 'estimation.targets.noneWanted' : 'estimation.targets.noneWhy')}
      </EmptyNote>
    );
  }
  return (
    <>
      {targets.territories.some(({ basis }) => basis === 'estimate') && (
        <Notice tone="warning" role="note">
          <p>{t(`estimation.targets.estimates.${targets.source}`)}</p>
        </Notice>
      )}
      <Gaps gaps={gaps} />
      <p className="soft">
        {t('estimation.targets.from', {
          name: targets.importedBy,
          when: formatInstant(targets.importedAt),
        })}{' '}
        <code style={{ overflowWrap: 'anywhere' }}>{targets.hash}</code>
      </p>
      <Territories territories={targets.territories} />
    </>
  );
}

const regionsNamed = 5;

function Gaps({ gaps }: Pick<WaveTargets, 'gaps'>) {
  const { t } = useTranslation(['office', 'common']);
  if (gaps.length === 0) return null;
  return (
    <Notice tone="danger" role="note">
      <p>{t('estimation.targets.gaps')}</p>
      <ul>
        {gaps.map(({ level, variable, regions }) => {
          const first = regions.slice(0, regionsNamed).map(localText).join(', ');
          return (
            <li key={`${level} ${variable}`}>
              {t('estimation.targets.gap', {
                level: t(`common:levelsShort.${level}`),
                variable: variableWords(t, variable),
                count: regions.length,
                regions:
                  regions.length > regionsNamed
                    ? t('estimation.targets.and', { regions: first })
                    : first,
              })}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}

function Territories({ territories }: { territories: readonly TargetTerritory[] }) {
  const { t } = useTranslation(['office', 'common']);
  const columns: Column<TargetTerritory>[] = [
    {
      id: 'territory',
      label: t('estimation.targets.territory'),
      naming: true,
      cell: ({ territoryName, level }) => (
        <>
          {localText(territoryName)}
          {level && (
            <span className="soft">
              {' '}
              ({t('estimation.targets.level', { level: t(`common:levelsShort.${level}`) })})
            </span>
          )}
        </>
      ),
    },
    {
      id: 'persons',
      label: t('estimation.targets.persons'),
      align: 'right',
      cell: ({ persons }) => formatCount(persons),
    },
    ...variables.map((variable): Column<TargetTerritory> => ({
      id: variable,
      label: variableWords(t, variable),
      cell: ({ margins, persons }) => {
        const shares = Object.entries(margins[variable] ?? {});
        return shares.length === 0
          ? noFigure
          : shares.map(([category, count]) => (
              <div key={category} style={{ whiteSpace: 'nowrap' }}>
                {categoryWords(t, category)} {formatShare(count / persons)}
              </div>
            ));
      },
    })),
    {
      id: 'basis',
      label: t('estimation.targets.basisColumn'),
      cell: ({ basis }) => t(`estimation.basis.${basis}`),
    },
  ];
  return (
    <ListTable
      rows={territories}
      rowKey={({ territory, level }) => `${territory} ${level ?? ''}`}
      columns={columns}
      caption={t('estimation.targets.title')}
    />
  );
}
