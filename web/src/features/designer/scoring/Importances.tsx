import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  listMethodologies,
  publishMethodology,
  type Methodology,
} from '@akimetr/api/contracts/methodologies';
import { useCommand } from '../../../lib/api-hooks.ts';
import { formatNumber } from '../../../lib/formats.ts';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import {
  broughtToHundred,
  isWhole,
  percentagesOf,
  sumOf,
  withImportances,
  type Percentages,
} from './importances.ts';
import styles from './Scoring.module.css';

interface Props {
  methodology: Methodology;
  /** The version after the newest of this code. */
  nextVersion: number;
  /** Null while they are only read. */
  edited: Percentages | null;
  onChange: (edited: Percentages | null) => void;
  onPublished: (methodology: Methodology) => void;
}

/** Importances are tried here with the live test; a published methodology never changes, so they become its next version. */
export function Importances({ methodology, nextVersion, edited, onChange, onPublished }: Props) {
  const { t } = useTranslation('designer');
  const publish = useCommand(publishMethodology, [listMethodologies]);
  if (edited === null) {
    return (
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => onChange(percentagesOf(methodology))}
      >
        {t('importances.change')}
      </Button>
    );
  }
  const whole = isWhole(edited);
  const send = () =>
    publish.mutate(
      { body: { methodology: { ...withImportances(methodology, edited), version: nextVersion } } },
      { onSuccess: (published) => onPublished(published.methodology) },
    );
  return (
    <div className={styles.importances}>
      <p role="status" data-whole={whole || undefined}>
        {whole
          ? t('importances.whole')
          : t('importances.sum', { sum: formatNumber(sumOf(edited), 1) })}
      </p>
      <p className="soft">{t('importances.trial')}</p>
      <div className={styles.buttons}>
        {!whole && (
          <button type="button" onClick={() => onChange(broughtToHundred(edited))}>
            {t('importances.even')}
          </button>
        )}
        <button type="button" onClick={() => onChange(null)}>
          {t('importances.cancel')}
        </button>
      </div>
      <Button size="compact-sm" disabled={!whole} loading={publish.isPending} onClick={send}>
        {t('importances.publish', { version: nextVersion })}
      </Button>
      <ProblemNotice error={publish.error} withFields />
    </div>
  );
}
