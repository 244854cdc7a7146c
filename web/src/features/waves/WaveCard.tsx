import { Button, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Publication } from '@akimetr/api/contracts/publications';
import type { Wave } from '@akimetr/api/contracts/waves';
import { formatCount, formatDay, formatInstant } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { StepDialog } from './StepDialog.tsx';
import { nextStep } from './wave-steps.ts';
import styles from './Waves.module.css';

interface Props {
  wave: Wave;
  publication: Publication | undefined;
}

/** A wave: where it stands, what it is made of, and its next step. */
export function WaveCard({ wave, publication }: Props) {
  const { t } = useTranslation(['office', 'common']);
  const [asking, dialog] = useDisclosure(false);
  const step = nextStep(wave);
  return (
    <article className={styles.card} aria-labelledby={`wave-${wave.id}`}>
      <div className={styles.head}>
        <div>
          <Title order={2} id={`wave-${wave.id}`}>
            {localText(wave.name)}
          </Title>
          <p className="soft">
            {wave.code} · {formatDay(wave.opensOn)} — {formatDay(wave.closesOn)}
          </p>
        </div>
        <p className={styles.status} data-status={wave.status}>
          {wave.publication?.status === 'published'
            ? t('waves.published')
            : t(`common:waveStatuses.${wave.status}`)}
        </p>
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>{t('waves.questionnaires')}</dt>
          <dd>
            {wave.questionnaires.map(({ level, code, version }) => (
              <span key={level} className={styles.line}>
                {t(`common:levelsShort.${level}`)}:{' '}
                <Link to={`/questionnaires/${code}/${version}`}>
                  {t('versions.of', { code, version })}
                </Link>
              </span>
            ))}
          </dd>
        </div>
        <div>
          <dt>{t('waves.methodology')}</dt>
          <dd>{t('versions.of', wave.methodology)}</dd>
        </div>
        <div>
          <dt>{t('waves.interviews')}</dt>
          <dd className="numeric">{formatCount(wave.interviews)}</dd>
        </div>
        {wave.lockHash && (
          <div>
            <dt>{t('waves.lockHash')}</dt>
            <dd>
              <code className={styles.hash}>{wave.lockHash}</code>
            </dd>
          </div>
        )}
        {publication && (
          <div>
            <dt>{t('waves.publication')}</dt>
            <dd>
              {t('waves.proposedBy', {
                name: publication.proposedBy,
                when: formatInstant(publication.proposedAt),
              })}
              {publication.approvedBy && (
                <span className={styles.line}>
                  {t('waves.approvedBy', {
                    name: publication.approvedBy,
                    when: formatInstant(publication.publishedAt),
                  })}
                </span>
              )}
            </dd>
          </div>
        )}
      </dl>
      <div className={styles.actions}>
        {step && <Button onClick={dialog.open}>{t(`waves.steps.${step}.do`)}</Button>}
        <Link to={`/waves/${wave.id}/targets`}>{t('estimation.targets.open')}</Link>
        {(wave.status === 'closed' || wave.status === 'open') && (
          <Link to={`/rankings?wave=${wave.id}`}>{t('waves.toRanking')}</Link>
        )}
        {step === 'approve' && <span className="soft">{t('waves.secondPerson')}</span>}
      </div>
      {asking && step && <StepDialog step={step} wave={wave} onClose={dialog.close} />}
    </article>
  );
}
