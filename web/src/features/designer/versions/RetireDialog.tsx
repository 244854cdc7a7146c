import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { listQuestionnaires, retireQuestionnaire } from '@akimetr/api/contracts/questionnaires';
import type { QuestionnaireSummary } from '@akimetr/api/contracts/questionnaires';
import { useCommand } from '../../../lib/api-hooks.ts';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';

interface Props {
  version: QuestionnaireSummary;
  onClose: () => void;
}

/** Takes a version out of use for good, with a reason that stays beside it. */
export function RetireDialog({ version: { code, version }, onClose }: Props) {
  const { t } = useTranslation('designer');
  const [reason, setReason] = useState('');
  const [faulty, setFaulty] = useState(false);
  const retire = useCommand(retireQuestionnaire, [listQuestionnaires]);
  const confirm = () => {
    const given = reason.trim();
    setFaulty(given === '');
    if (given === '') return;
    retire.mutate({ params: { code, version }, body: { reason: given } }, { onSuccess: onClose });
  };
  return (
    <ConfirmDialog
      opened
      title={t('versions.retireTitle', { code, version })}
      confirm={t('versions.retire')}
      busy={retire.isPending}
      error={retire.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p style={{ marginTop: 0 }}>{t('versions.retireWhat')}</p>
      <Textarea
        data-autofocus
        autosize
        minRows={2}
        maxLength={500}
        label={t('versions.reason')}
        value={reason}
        error={faulty && t('versions.reasonNeeded')}
        onChange={({ target }) => setReason(target.value)}
      />
    </ConfirmDialog>
  );
}
