import { useTranslation } from 'react-i18next';
import { formatCount } from '../lib/formats.ts';
import { tierColour } from './tier-colours.ts';
import styles from './TierMark.module.css';

/** A tier: its colour and, for whoever does not see it, its number in words. */
export function TierMark({ tier, tiers }: { tier: number; tiers: number }) {
  const { t } = useTranslation('common');
  return (
    <span className={styles.tier}>
      <span className={styles.mark} style={{ background: tierColour(tier, tiers) }} aria-hidden />
      {t('tier', { tier: formatCount(tier) })}
    </span>
  );
}
