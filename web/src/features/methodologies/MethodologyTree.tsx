import { useTranslation } from 'react-i18next';
import type { Methodology } from '@akimetr/api/contracts/methodologies';
import { formatNumber, formatShare } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { variableWords } from '../../lib/weighting-words.ts';
import styles from './Methodologies.module.css';

/** Blocks and their indicators with importances, and the rules that decide who is rated. */
export function MethodologyTree({ methodology }: { methodology: Methodology }) {
  const { t } = useTranslation(['office', 'common']);
  const { blocks, rules } = methodology;
  const largest = Math.max(...blocks.flatMap((block) => block.indicators.map((i) => i.importance)));
  return (
    <>
      <ul className={styles.tree}>
        {blocks.map((block) => (
          <li key={block.code}>
            <p className={styles.block}>
              <span>{localText(block.name)}</span>
              <span className="numeric">
                {formatShare(block.indicators.reduce((sum, { importance }) => sum + importance, 0))}
              </span>
            </p>
            <ul className={styles.indicators}>
              {block.indicators.map(({ code, name, importance }) => (
                <li key={code} className={styles.indicator}>
                  <span>{localText(name)}</span>
                  <span className={styles.share} aria-hidden>
                    <span style={{ width: `${(importance / largest) * 100}%` }} />
                  </span>
                  <span className="numeric">{formatShare(importance)}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <dl className={styles.rules}>
        <dt>{t('methodologies.rules.minimumRespondents')}</dt>
        <dd>{formatNumber(rules.minimumRespondents, 0)}</dd>
        <dt>{t('methodologies.rules.minimumEffectiveN')}</dt>
        <dd>{formatNumber(rules.minimumEffectiveN, 1)}</dd>
        <dt>{t('methodologies.rules.maximumStandardError')}</dt>
        <dd>{formatNumber(rules.maximumStandardError, 1)}</dd>
        <dt>{t('methodologies.rules.confidenceLevel')}</dt>
        <dd>{formatShare(rules.confidenceLevel)}</dd>
        <dt>{t('methodologies.rules.lonelyPsu')}</dt>
        <dd>{t(`methodologies.lonelyPsu.${rules.lonelyPsu}`)}</dd>
        <dt>{t('methodologies.rules.missingIndicator')}</dt>
        <dd>{t(`methodologies.missingIndicator.${rules.missingIndicator}`)}</dd>
        <CalibrationRules rules={rules} />
      </dl>
    </>
  );
}

/** How weights are made: calibration, trimming, and the scale of the intervals. */
function CalibrationRules({ rules }: { rules: Methodology['rules'] }) {
  const { t } = useTranslation(['office', 'common']);
  const { calibration, trim, finitePopulation, intervalScale } = rules;
  return (
    <>
      <dt>{t('estimation.rules.nonResponse')}</dt>
      <dd>
        {t(
          rules.nonResponse === 'stratum'
            ? 'estimation.rules.nonResponseStratum'
            : 'estimation.rules.nonResponseNone',
        )}
      </dd>
      <dt>{t('estimation.rules.calibration')}</dt>
      <dd>{t(`estimation.methods.${calibration.method}`)}</dd>
      {calibration.method !== 'none' && (
        <>
          <dt>{t('estimation.rules.margins')}</dt>
          <dd>
            {calibration.margins.map(({ variable }) => variableWords(t, variable)).join(', ')}
          </dd>
          <dt>{t('estimation.rules.group')}</dt>
          <dd>{t(`estimation.groups.${calibration.group}`)}</dd>
          <dt>{t('estimation.rules.onFailure')}</dt>
          <dd>{t(`estimation.onFailure.${calibration.onFailure}`)}</dd>
        </>
      )}
      {calibration.method === 'logit' && (
        <>
          <dt>{t('estimation.rules.bounds')}</dt>
          <dd>{calibration.bounds.map((bound) => formatNumber(bound, 2)).join('–')}</dd>
        </>
      )}
      <dt>{t('estimation.rules.trim')}</dt>
      <dd>
        {trim
          ? [trim.lowerMedians, trim.upperMedians].map((one) => formatNumber(one, 2)).join('–')
          : t('estimation.rules.no')}
      </dd>
      <dt>{t('estimation.rules.finitePopulation')}</dt>
      <dd>{t(finitePopulation ? 'estimation.rules.yes' : 'estimation.rules.no')}</dd>
      <dt>{t('estimation.rules.intervalScale')}</dt>
      <dd>{t(`estimation.scales.${intervalScale}`)}</dd>
    </>
  );
}
