import { Suspense, lazy, useMemo } from 'react';
import { Skeleton, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Profile } from '@akimetr/api/contracts/rankings';
import {
  formatCount,
  formatInterval,
  formatScore,
  formatScoreWithInterval,
  formatShare,
  noFigure,
} from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { ListTable } from '../../ui/DataTable.tsx';
import type { Column } from '../../ui/use-sorted-table.ts';
import type { Whisker } from '../../ui/WhiskerChart.tsx';
import { blocksOf, hasEstimate } from './profile-blocks.ts';
import styles from './Profile.module.css';

const WhiskerChart = lazy(() => import('../../ui/WhiskerChart.tsx'));
const accent = '#0f5468';
const wholeScale = [0, 100] as const;

type Indicator = Profile['indicators'][number];

/** Every indicator with its interval against the level's mean: as a picture, then in figures. */
export function Indicators({ profile }: { profile: Profile }) {
  const { t, i18n } = useTranslation('office');
  const { indicators } = profile;
  const rows = useMemo(
    () =>
      indicators.filter(hasEstimate).map((one): Whisker => ({
        label: localText(one.name),
        value: one.mean,
        interval: one.interval,
        reference: one.levelMean,
        colour: accent,
        words: t('profile.chartRow', {
          score: formatScoreWithInterval(one.mean, one.interval),
          mean: formatScore(one.levelMean),
        }),
      })),
    // The language is in the words of every row.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [indicators, i18n.language],
  );
  if (indicators.length === 0) return null;
  return (
    <section className={styles.section}>
      <Title order={2}>{t('profile.indicators')}</Title>
      <p className={styles.lead}>{t('profile.indicatorsLead')}</p>
      {rows.length > 0 && (
        <div className={styles.sheet}>
          <Suspense fallback={<Skeleton height={rows.length * 26 + 64} />}>
            <WhiskerChart rows={rows} domain={wholeScale} label={t('profile.chartLabel')} />
          </Suspense>
        </div>
      )}
      {blocksOf(indicators).map(({ name, indicators: inBlock }) => (
        <BlockTable key={name.en} name={localText(name)} indicators={inBlock} />
      ))}
    </section>
  );
}

function BlockTable({ name, indicators }: { name: string; indicators: Indicator[] }) {
  const { t } = useTranslation('office');
  const columns: Column<Indicator>[] = [
    {
      id: 'name',
      label: t('profile.columns.indicator'),
      naming: true,
      cell: (one) => localText(one.name),
    },
    {
      id: 'mean',
      label: t('profile.columns.mean'),
      width: '12rem',
      cell: (one) =>
        hasEstimate(one) ? (
          <span className="nowrap">
            <strong>{formatScore(one.mean)}</strong>{' '}
            <span className="soft">({formatInterval(one.interval)})</span>
          </span>
        ) : (
          noFigure
        ),
    },
    {
      id: 'level',
      label: t('profile.columns.levelMean'),
      align: 'right',
      width: '8.5rem',
      cell: (one) => formatScore(one.levelMean),
    },
    {
      id: 'importance',
      label: t('profile.columns.importance'),
      align: 'right',
      width: '8rem',
      cell: (one) => formatShare(one.importance),
    },
    {
      id: 'n',
      label: t('rankings.columns.n'),
      align: 'right',
      width: '7rem',
      cell: (one) => formatCount(one.n),
    },
  ];
  return (
    <div className={styles.block}>
      <Title order={3}>{name}</Title>
      <ListTable rows={indicators} rowKey={({ code }) => code} columns={columns} caption={name} />
    </div>
  );
}
