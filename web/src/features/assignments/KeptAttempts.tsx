import { useState } from 'react';
import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  getOutcomeRates,
  releaseContactAttempts,
  waivableContactReason,
} from '@akimetr/api/contracts/contact-attempts';
import type {
  OutcomeRatesReply,
  WaivableContactReason,
} from '@akimetr/api/contracts/contact-attempts';
import { useCommand } from '../../lib/api-hooks.ts';
import { formatCount } from '../../lib/formats.ts';
import { useMay } from '../../lib/session.ts';
import { DecisionDialog } from '../../ui/DecisionDialog.tsx';
import styles from './Assignments.module.css';

interface Props {
  waveId: string;
  kept: OutcomeRatesReply['keptAside'];
}

/** Attempts that are held and not counted, by why; whoever decides what counts may let them count. */
export function KeptAttempts({ waveId, kept }: Props) {
  const { t } = useTranslation('office');
  const decides = useMay('quarantine.decide');
  const [keptFor, setKeptFor] = useState<WaivableContactReason | null>(null);
  const [released, setReleased] = useState<number | null>(null);
  return (
    <>
      {kept.length > 0 && (
        <div>
          {t('outcomeRates.keptAside.title')}
          <ul className={styles.kept}>
            {kept.map(({ reason, count }) => {
              const waivable = waivableContactReason.safeParse(reason);
              return (
                <li key={reason}>
                  {t(`outcomeRates.keptAside.${reason}`)} — {formatCount(count)}{' '}
                  {decides && waivable.success && (
                    <Anchor component="button" onClick={() => setKeptFor(waivable.data)}>
                      {t('outcomeRates.release.open')}
                    </Anchor>
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      )}
      <p role="status" className="soft">
        {released !== null && t('outcomeRates.release.done', { count: released })}
      </p>
      {keptFor && (
        <ReleaseDialog
          {...{ waveId, keptFor }}
          onReleased={setReleased}
          onClose={() => setKeptFor(null)}
        />
      )}
    </>
  );
}

interface DialogProps {
  waveId: string;
  keptFor: WaivableContactReason;
  onReleased: (count: number) => void;
  onClose: () => void;
}

/** A person decides that attempts count although of how they came, and writes down why. */
function ReleaseDialog({ waveId, keptFor, onReleased, onClose }: DialogProps) {
  const { t } = useTranslation('office');
  const command = useCommand(releaseContactAttempts, [getOutcomeRates]);
  return (
    <DecisionDialog
      title={t('outcomeRates.release.title')}
      consequence={t('outcomeRates.release.consequence')}
      confirm={t('outcomeRates.release.confirm')}
      busy={command.isPending}
      error={command.error}
      isReason={(reason) => releaseContactAttempts.body.safeParse({ keptFor, reason }).success}
      onDecide={(reason) =>
        command.mutate(
          { params: { waveId }, body: { keptFor, reason } },
          {
            onSuccess: ({ released }) => {
              onReleased(released);
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    />
  );
}
