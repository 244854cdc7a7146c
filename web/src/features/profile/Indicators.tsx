import { Suspense, lazy, useMemo } from 'react';
import { Skeleton, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Profile } from '@akimetr/api/contracts/rankings';
import { formatScore, formatScoreWithInterval } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import type { Whisker } from '../../ui/WhiskerChart.tsx';
import { IndicatorTable } from './IndicatorTable.tsx';
import { blocksOf, hasEstimate } from './profile-blocks.ts';
import styles from './Profile.module.css';

const WhiskerChart = lazy(() => import('../../ui/WhiskerChart.tsx'));
const accent = '#0f5468';
const wholeScale = [0, 100] as const;

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
      <IndicatorTable blocks={blocksOf(indicators)} />
    </section>
  );
}
