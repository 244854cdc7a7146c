import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '@akimetr/api/contracts/rankings';
import {
  formatCount,
  formatInstant,
  formatInterval,
  formatNumber,
  formatScore,
  formatShare,
} from '../../lib/formats.ts';
import { Notice } from '../../ui/Notice.tsx';
import styles from './Profile.module.css';

/** Score, place and what they stand on; or why there is neither. */
export function Place({ profile }: { profile: Profile }) {
  const { t } = useTranslation(['office', 'common']);
  const { place, stabilised, rankedAkims, confidenceLevel, asOf } = profile;
  if (!place.rated) {
    return (
      <section className={styles.section}>
        <Notice role="note">
          <p>
            <strong>{t('profile.notRated')}</strong>
          </p>
          <p>{t(`common:notRatedReasons.${place.reason}`)}</p>
          <p className="soft numeric">{t('rankings.counts.interviews', { count: place.n })}</p>
        </Notice>
      </section>
    );
  }
  const [best, worst] = place.rankInterval.map((rank) => formatCount(rank));
  return (
    <section className={styles.section} aria-label={t('profile.place')}>
      <dl className={styles.figures}>
        <Figure
          name={t('profile.score')}
          value={formatScore(place.score)}
          interval={formatInterval(place.interval)}
          note={t('profile.scoreNote', { confidence: formatShare(confidenceLevel) })}
        />
        <Figure
          name={t('profile.rank')}
          value={formatCount(place.rank)}
          interval={`${best}–${worst}`}
          note={t('profile.rankNote', { total: formatCount(rankedAkims) })}
        />
        <Figure
          name={t('profile.tier')}
          value={formatCount(place.tier)}
          note={t('profile.tierNote')}
        />
        <Figure
          name={t('profile.interviews')}
          value={formatCount(place.n)}
          note={t('profile.interviewsNote', {
            effective: formatNumber(place.effectiveN, 0),
            effect: formatNumber(place.designEffect, 2),
          })}
        />
      </dl>
      {stabilised && (
        <p className={`${styles.beside} numeric`}>
          {t('profile.stabilised', {
            score: formatScore(stabilised.score),
            interval: formatInterval(stabilised.interval),
            share: formatShare(1 - stabilised.shareOfDirect),
          })}
        </p>
      )}
      {asOf && <p className={styles.asOf}>{t('rankings.asOf', { when: formatInstant(asOf) })}</p>}
    </section>
  );
}

interface FigureProps {
  name: string;
  value: string;
  interval?: string;
  note: ReactNode;
}

function Figure({ name, value, interval, note }: FigureProps) {
  return (
    <div className={styles.figure}>
      <dt>{name}</dt>
      <dd className="numeric">
        <span className={styles.value}>{value}</span>{' '}
        {interval && <span className={styles.interval}>({interval})</span>}
        <span className={styles.note}>{note}</span>
      </dd>
    </div>
  );
}
