import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { getOutcomeRates, rateNames } from '@akimetr/api/contracts/contact-attempts';
import { useApi } from '../../lib/api-hooks.ts';
import { formatCount, formatShare } from '../../lib/formats.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { KeptAttempts } from './KeptAttempts.tsx';
import styles from './Assignments.module.css';

interface Props {
  waveId: string;
  /** Empty for every region of the reader. */
  region: string;
}

/** The rates a reader looks for first; the others are below them. */
const first = ['RR1', 'RR3', 'COOP1', 'REF1', 'CON1'] as const;

/** What came of the households tried: AAPOR's outcome rates, with what they leave out. */
export function OutcomeRates({ waveId, region }: Props) {
  const { t } = useTranslation('office');
  const { data, error, refetch } = useApi(getOutcomeRates, {
    params: { waveId },
    query: region ? { region } : {},
  });
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const share = (value: number | null) => (value === null ? '—' : formatShare(value));
  const refusals = data.refusals.filter(({ count }) => count > 0);
  return (
    <section className={styles.rates} aria-labelledby="outcome-rates">
      <Title order={2} id="outcome-rates">
        {t('outcomeRates.title')}
      </Title>
      <p className="soft">
        {t('outcomeRates.basis', {
          cases: formatCount(data.cases),
          attempts: formatCount(data.attempts),
        })}
      </p>
      {data.interviewsOutside > 0 && (
        <p>{t('outcomeRates.outside', { count: data.interviewsOutside })}</p>
      )}
      <KeptAttempts waveId={waveId} kept={data.keptAside} />
      {data.cases > 0 && (
        <>
          <dl className={styles.figures}>
            {first.map((name) => (
              <div key={name}>
                <dt>
                  {name} · {t(`outcomeRates.names.${name}`)}
                </dt>
                <dd className="numeric">{share(data.rates[name])}</dd>
              </div>
            ))}
          </dl>
          {refusals.length > 0 && (
            <p>
              {t('outcomeRates.refusals')}{' '}
              {refusals
                .map(
                  ({ reason, count }) =>
                    `${t(`outcomeRates.reasons.${reason}`)} — ${formatCount(count)}`,
                )
                .join('; ')}
            </p>
          )}
          <details>
            <summary>{t('outcomeRates.all')}</summary>
            <dl className={styles.figures}>
              {rateNames.map((name) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd className="numeric">{share(data.rates[name])}</dd>
                </div>
              ))}
              <div>
                <dt>e</dt>
                <dd className="numeric">{share(data.eligibleShare)}</dd>
              </div>
            </dl>
          </details>
        </>
      )}
    </section>
  );
}
