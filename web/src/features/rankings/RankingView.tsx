import { useMemo } from 'react';
import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Ranking } from '@akimetr/api/contracts/rankings';
import type { Wave } from '@akimetr/api/contracts/waves';
import { saveFile } from '../../lib/download.ts';
import { formatInstant, formatNumber } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { EmptyNote } from '../../ui/EmptyNote.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { useSortedTable } from '../../ui/use-sorted-table.ts';
import { ColumnChoice } from './ColumnChoice.tsx';
import { columnsOn, draws, needsSimulation, useExtraColumns } from './extra-columns.ts';
import { HowToRead } from './HowToRead.tsx';
import { useChangeColumn } from './use-change-column.tsx';
import { NotRatedList } from './NotRatedList.tsx';
import { RankingChart } from './RankingChart.tsx';
import { RankingTable, useRankingColumns } from './RankingTable.tsx';
import { rankingCsv } from './ranking-csv.ts';
import { interviewsIn, pageShown, scoreDomain, searched } from './ranking-rows.ts';
import type { RankingFilters } from './use-ranking.ts';
import { asAddress, published } from './what-if/importances.ts';
import { usePublishedRank, useWhatIf } from './what-if/use-what-if.tsx';
import { WhatIfPanel } from './what-if/WhatIfPanel.tsx';
import styles from './Rankings.module.css';

const pageSize = 50;

interface Props {
  ranking: Ranking;
  wave: Wave;
  filters: RankingFilters;
  onChange: (patch: Partial<RankingFilters>) => void;
}

/** A ranking that has come: caveats, table, chart, and who could not be rated. */
export function RankingView({ ranking: made, wave, filters, onChange }: Props) {
  const { t, i18n } = useTranslation(['office', 'common']);
  const whatIf = useWhatIf(made, filters.importances);
  const ranking = whatIf.shown ?? made;
  const ranked = useMemo(() => searched(ranking.ranked, filters.q), [ranking, filters.q]);
  const notRated = useMemo(() => searched(ranking.notRated, filters.q), [ranking, filters.q]);
  const domain = useMemo(() => scoreDomain(ranking.ranked), [ranking]);
  const page = pageShown(filters.page, ranked.length, pageSize);
  const profile = (akimId: string) => {
    const back = Object.entries(filters).filter(([, value]) => value !== '');
    return `/akims/${akimId}?${new URLSearchParams([...back, ['wave', wave.id]]).toString()}`;
  };
  const on = columnsOn(filters.columns);
  const publishedRank = usePublishedRank(made, whatIf.shown !== null);
  // A score under other importances is not the one that the wave before had.
  const change = useChangeColumn(made, on.includes('change') && !whatIf.on);
  const extra = [...publishedRank, ...useExtraColumns(ranking, on), ...change.column];
  const look = { tiers: ranking.tiers, domain, profile, extra };
  const columns = useRankingColumns(look);
  const table = useSortedTable({
    rows: ranked,
    columns,
    rowKey: ({ akimId }) => akimId,
    locale: i18n.language,
    sort: filters.sort,
    onSort: (sort) => onChange({ sort, page: '1' }),
    page,
    pageSize,
  });
  const asked = (importances: readonly number[]) =>
    onChange({ importances: asAddress(importances) });
  const leave = () => onChange({ importances: '', sort: 'rank', page: '1' });
  const download = () => {
    const shown = table.getSortedRowModel().rows.map(({ original }) => original);
    saveFile(
      [...['akimetr', whatIf.shown && 'what-if', wave.code], ...[ranking.level, ranking.region]]
        .filter(Boolean)
        .join('-') + '.csv',
      rankingCsv({ ranked: shown, notRated }, csvWords(t, ranking, whatIf.shown !== null)),
    );
  };
  return (
    <>
      {ranking.basis === 'unpublished' && (
        <div className={styles.caveat}>
          <Notice tone="warning" role="note">
            <p>{t('rankings.unpublished')}</p>
          </Notice>
        </div>
      )}
      {whatIf.on && <WhatIfPanel {...whatIf} onRest={asked} onLeave={leave} />}
      <HowToRead confidenceLevel={ranking.confidenceLevel} />
      <div className={styles.bar}>
        <p className={`${styles.facts} numeric`}>
          {[
            t('rankings.counts.ranked', { count: ranking.ranked.length }),
            ranking.notRated.length > 0 &&
              t('rankings.counts.notRated', { count: ranking.notRated.length }),
            t('rankings.counts.interviews', { count: interviewsIn(ranking) }),
            ranking.asOf && t('rankings.asOf', { when: formatInstant(ranking.asOf) }),
            ranking.staleAkims > 0 && t('rankings.stale', { count: ranking.staleAkims }),
            ranking.uncalibratedAkims > 0 &&
              t('estimation.ranking.uncalibrated', { count: ranking.uncalibratedAkims }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {ranking.ranked.length > 0 && (
          <Group gap="sm">
            {!whatIf.on && (
              <Button
                variant="default"
                onClick={() => onChange({ importances: published })}
                className="no-print"
              >
                {t('whatIf.open')}
              </Button>
            )}
            <ColumnChoice asked={filters.columns} onChange={(columns) => onChange({ columns })} />
            <Button variant="default" onClick={download} className="no-print">
              {t('rankings.download')}
            </Button>
          </Group>
        )}
      </div>
      {ranking.ranked.length === 0 ? (
        <EmptyNote title={t('rankings.nobodyRanked')}>
          {t(ranking.staleAkims > 0 ? 'rankings.beingComputed' : 'rankings.nobodyRankedWhy')}
        </EmptyNote>
      ) : (
        <>
          <p role="status" className={styles.found}>
            {filters.q !== '' && t('rankings.shown', { count: ranked.length })}
          </p>
          {ranked.length === 0 ? (
            <EmptyNote title={t('rankings.noneFound', { asked: filters.q })} />
          ) : (
            <RankingTable
              {...{ table, columns, ...look }}
              caption={t(whatIf.shown ? 'whatIf.caption' : 'rankings.caption')}
            />
          )}
          {needsSimulation(on) && (
            <p className={styles.sectionLead}>{t('estimation.ranking.simulated', { draws })}</p>
          )}
          {change.note && <p className={styles.sectionLead}>{change.note}</p>}
          <ProblemNotice error={change.error} />
          <Pager
            page={page}
            pageSize={pageSize}
            total={ranked.length}
            onPage={(next) => onChange({ page: String(next + 1) })}
            label={t('rankings.pages')}
          />
          <RankingChart ranked={ranked} tiers={ranking.tiers} domain={domain} />
        </>
      )}
      <NotRatedList akims={notRated} profile={profile} />
      <p className={styles.methodology}>
        {t('rankings.methodology', {
          name: localText(ranking.methodology.name),
          version: ranking.methodology.version,
        })}
      </p>
    </>
  );
}

type Words = ReturnType<typeof useTranslation<['office', 'common']>>['t'];

function csvWords(t: Words, ranking: Ranking, isWhatIf: boolean) {
  return {
    headers: {
      rank: t('csv.rank'),
      rankFrom: t('csv.rankFrom'),
      rankTo: t('csv.rankTo'),
      akim: t('csv.akim'),
      territory: t('csv.territory'),
      region: t('csv.region'),
      kato: t('csv.kato'),
      score: t('csv.score'),
      scoreFrom: t('csv.scoreFrom'),
      scoreTo: t('csv.scoreTo'),
      standardError: t('csv.standardError'),
      tier: t('csv.tier'),
      n: t('csv.n'),
      note: t('csv.note'),
    },
    text: localText,
    number: (value: number) => formatNumber(value, 2),
    reason: (reason: Ranking['notRated'][number]['reason']) =>
      t(`common:notRatedReasons.${reason}`),
    caveats: [
      ...(ranking.synthetic ? [t('common:synthetic.short')] : []),
      ...(ranking.basis === 'unpublished' ? [t('rankings.unpublished')] : []),
      ...(isWhatIf ? [t('whatIf.caveat')] : []),
    ],
  };
}
