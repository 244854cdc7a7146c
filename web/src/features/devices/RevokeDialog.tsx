import { useTranslation } from 'react-i18next';
import { listDevices, revokeDevice } from '@akimetr/api/contracts/devices';
import type { Device } from '@akimetr/api/contracts/devices';
import { useCommand } from '../../lib/api-hooks.ts';
import { DecisionDialog } from '../../ui/DecisionDialog.tsx';

/** Withdraws a tablet, with the reason. Nothing it has taken is lost. */
export function RevokeDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const { t } = useTranslation('office');
  const revoke = useCommand(revokeDevice, [listDevices]);
  const params = { deviceId: device.id };
  return (
    <DecisionDialog
      title={t('devices.revokeTitle', { label: device.label })}
      consequence={t('devices.revokeConsequence')}
      confirm={t('devices.revoke')}
      busy={revoke.isPending}
      error={revoke.error}
      isReason={(reason) => revokeDevice.body.safeParse({ reason }).success}
      onDecide={(reason) => revoke.mutate({ params, body: { reason } }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
