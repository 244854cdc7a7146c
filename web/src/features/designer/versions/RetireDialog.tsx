import { useTranslation } from 'react-i18next';
import { listQuestionnaires, retireQuestionnaire } from '@akimetr/api/contracts/questionnaires';
import type { QuestionnaireSummary } from '@akimetr/api/contracts/questionnaires';
import { useCommand } from '../../../lib/api-hooks.ts';
import { DecisionDialog } from '../../../ui/DecisionDialog.tsx';

interface Props {
  version: QuestionnaireSummary;
  onClose: () => void;
}

/** Takes a version out of use for good, with a reason that stays beside it. */
export function RetireDialog({ version: { code, version }, onClose }: Props) {
  const { t } = useTranslation('designer');
  const retire = useCommand(retireQuestionnaire, [listQuestionnaires]);
  const params = { code, version };
  return (
    <DecisionDialog
      title={t('versions.retireTitle', { code, version })}
      consequence={t('versions.retireWhat')}
      confirm={t('versions.retire')}
      busy={retire.isPending}
      error={retire.error}
      isReason={(reason) => retireQuestionnaire.body.safeParse({ reason }).success}
      onDecide={(reason) => retire.mutate({ params, body: { reason } }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
