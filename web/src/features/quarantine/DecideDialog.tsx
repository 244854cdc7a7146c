import { useTranslation } from 'react-i18next';
import {
  listQuarantine,
  rejectQuarantined,
  releaseQuarantined,
} from '@akimetr/api/contracts/interviews';
import type { Quarantined } from '@akimetr/api/contracts/interviews';
import { useCommand } from '../../lib/api-hooks.ts';
import { DecisionDialog } from '../../ui/DecisionDialog.tsx';

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
  const params = { quarantineId: quarantined.id };
  return (
    <DecisionDialog
      title={t(`quarantine.${deed}Title`)}
      consequence={t(`quarantine.${deed}Consequence`)}
      confirm={t(`quarantine.${deed}`)}
      busy={command.isPending}
      error={command.error}
      isReason={(reason) => releaseQuarantined.body.safeParse({ reason }).success}
      onDecide={(reason) => command.mutate({ params, body: { reason } }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
