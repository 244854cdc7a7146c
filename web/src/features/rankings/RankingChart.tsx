import { Suspense, lazy, useMemo, useState } from 'react';
import { Skeleton, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RankedAkim } from '@akimetr/api/contracts/rankings';
import { formatRank, formatScoreWithInterval } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { Pager } from '../../ui/Pager.tsx';
import { tierColour } from '../../ui/tier-colours.ts';
import type { Whisker } from '../../ui/WhiskerChart.tsx';
import styles from './Rankings.module.css';

const WhiskerChart = lazy(() => import('../../ui/WhiskerChart.tsx'));
const pageSize = 50;

interface Props {
  /** Best first. */
  ranked: readonly RankedAkim[];
  tiers: number;
  domain: readonly [number, number];
}

/** Every score with its interval on one scale, best first, in the colours of the tiers. */
export function RankingChart({ ranked, tiers, domain }: Props) {
  const { t, i18n } = useTranslation(['office', 'common']);
  const [asked, setAsked] = useState(0);
  const page = Math.min(asked, Math.max(0, Math.ceil(ranked.length / pageSize) - 1));
  const rows = useMemo(
    () =>
      ranked.slice(page * pageSize, (page + 1) * pageSize).map((akim): Whisker => ({
        label: localText(akim.akimName),
        value: akim.score,
        interval: akim.interval,
        colour: tierColour(akim.tier, tiers),
        words: t('rankings.chartRow', {
          rank: formatRank(akim.rank, akim.rankInterval),
          score: formatScoreWithInterval(akim.score, akim.interval),
          tier: akim.tier,
        }),
      })),
    // The language is in the words of every row.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [ranked, page, tiers, i18n.language],
  );
  if (ranked.length === 0) return null;
  return (
    <section id="chart" className={styles.section}>
      <Title order={2}>{t('rankings.chart')}</Title>
      <p className={styles.sectionLead}>{t('rankings.chartLead')}</p>
      <div className={styles.chartSheet}>
        <Suspense fallback={<Skeleton height={rows.length * 26 + 64} />}>
          <WhiskerChart rows={rows} domain={domain} label={t('rankings.chartLabel')} />
        </Suspense>
      </div>
      <Pager
        page={page}
        pageSize={pageSize}
        total={ranked.length}
        onPage={setAsked}
        label={t('rankings.chartPages')}
      />
    </section>
  );
}
