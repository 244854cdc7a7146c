import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  listQuarantine,
  rejectQuarantined,
  releaseQuarantined,
} from '@akimetr/api/contracts/interviews';
import type { Quarantined } from '@akimetr/api/contracts/interviews';
import { useCommand } from '../../lib/api-hooks.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

export type Deed = 'release' | 'reject';

interface Props {
  quarantined: Quarantined;
  deed: Deed;
  onClose: () => void;
}

/** A person decides whether an interview that was kept aside counts, and writes down why. */
export function DecideDialog({ quarantined, deed, onClose }: Props) {
  const { t } = useTranslation('office');
  const release = useCommand(releaseQuarantined, [listQuarantine]);
  const reject = useCommand(rejectQuarantined, [listQuarantine]);
  const command = deed === 'release' ? release : reject;
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const isGiven = releaseQuarantined.body.safeParse({ reason }).success;
  const submit = () => {
    setAsked(true);
    if (!isGiven) return;
    const params = { quarantineId: quarantined.id };
    command.mutate({ params, body: { reason } }, { onSuccess: onClose });
  };
  return (
    <ConfirmDialog
      opened
      title={t(`quarantine.${deed}Title`)}
      confirm={t(`quarantine.${deed}`)}
      busy={command.isPending}
      error={command.error}
      onConfirm={submit}
      onClose={onClose}
    >
      <p>{t(`quarantine.${deed}Consequence`)}</p>
      <Textarea
        label={t('quarantine.reason')}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
        error={asked && !isGiven && t('quarantine.reasonNeeded')}
      />
    </ConfirmDialog>
  );
}
