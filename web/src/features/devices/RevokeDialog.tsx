import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { listDevices, revokeDevice } from '@akimetr/api/contracts/devices';
import type { Device } from '@akimetr/api/contracts/devices';
import { useCommand } from '../../lib/api-hooks.ts';
import { useContractForm } from '../../lib/contract-form.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

/** Withdraws a tablet, with the reason. Nothing it has taken is lost. */
export function RevokeDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const { t } = useTranslation('office');
  const revoke = useCommand(revokeDevice, [listDevices]);
  const fields = useContractForm(revokeDevice.body, { reason: '' });
  const submit = () => {
    const body = fields.check();
    if (body) revoke.mutate({ params: { deviceId: device.id }, body }, { onSuccess: onClose });
  };
  return (
    <ConfirmDialog
      opened
      title={t('devices.revokeTitle', { label: device.label })}
      confirm={t('devices.revoke')}
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={submit}
      onClose={onClose}
    >
      <p>{t('devices.revokeConsequence')}</p>
      <Textarea
        label={t('devices.reason')}
        autosize
        minRows={2}
        maxLength={500}
        value={fields.values.reason}
        onChange={({ currentTarget }) => fields.set({ reason: currentTarget.value })}
        error={fields.faulty('reason') && t('devices.reasonNeeded')}
      />
    </ConfirmDialog>
  );
}
