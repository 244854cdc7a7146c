import { useTranslation } from 'react-i18next';
import { formatShare } from '../../lib/formats.ts';
import styles from './Rankings.module.css';

const points = ['score', 'interval', 'rank', 'tier', 'n'] as const;

/** The few sentences without which the figures would mislead. */
export function HowToRead({ confidenceLevel }: { confidenceLevel: number }) {
  const { t } = useTranslation('office');
  return (
    <details className={styles.reading}>
      <summary>
        <strong>{t('rankings.overlap')}</strong>{' '}
        <span className={`${styles.link} no-print`}>{t('rankings.howToRead')}</span>
      </summary>
      <ul>
        {points.map((point) => (
          <li key={point}>
            {t(`rankings.help.${point}`, { confidence: formatShare(confidenceLevel) })}
          </li>
        ))}
      </ul>
    </details>
  );
}
