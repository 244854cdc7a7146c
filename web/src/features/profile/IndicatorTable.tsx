import { useTranslation } from 'react-i18next';
import type { Profile } from '@akimetr/api/contracts/rankings';
import {
  formatCount,
  formatInterval,
  formatScore,
  formatShare,
  noFigure,
} from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { hasEstimate } from './profile-blocks.ts';
import type { Block } from './profile-blocks.ts';
import styles from './IndicatorTable.module.css';

/** The figures of the picture above, block by block. */
export function IndicatorTable({ blocks }: { blocks: readonly Block[] }) {
  const { t } = useTranslation('office');
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <caption className="visually-hidden">{t('profile.indicators')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('profile.columns.indicator')}</th>
            <th scope="col">{t('profile.columns.mean')}</th>
            <th scope="col" className={styles.right}>
              {t('profile.columns.levelMean')}
            </th>
            <th scope="col" className={`${styles.right} ${styles.wide}`}>
              {t('profile.columns.importance')}
            </th>
            <th scope="col" className={`${styles.right} ${styles.wide}`}>
              {t('rankings.columns.n')}
            </th>
          </tr>
        </thead>
        {blocks.map((block) => (
          <tbody key={block.name.en}>
            <tr>
              <th scope="rowgroup" colSpan={5} className={styles.block}>
                {localText(block.name)}
              </th>
            </tr>
            {block.indicators.map((indicator) => (
              <Row key={indicator.code} indicator={indicator} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Row({ indicator }: { indicator: Profile['indicators'][number] }) {
  return (
    <tr>
      <th scope="row">{localText(indicator.name)}</th>
      <td>
        {hasEstimate(indicator) ? (
          <>
            <strong>{formatScore(indicator.mean)}</strong>{' '}
            <span className={`soft ${styles.interval}`}>
              ({formatInterval(indicator.interval)})
            </span>
          </>
        ) : (
          noFigure
        )}
      </td>
      <td className={styles.right}>{formatScore(indicator.levelMean)}</td>
      <td className={`${styles.right} ${styles.wide}`}>{formatShare(indicator.importance)}</td>
      <td className={`${styles.right} ${styles.wide}`}>{formatCount(indicator.n)}</td>
    </tr>
  );
}
