import { useTranslation } from 'react-i18next';
import { listUsers, updateUser } from '@akimetr/api/contracts/users';
import type { User } from '@akimetr/api/contracts/users';
import { useCommand } from '../../lib/api-hooks.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

/** Takes a person's access away, or gives it back. Nothing they did is lost. */
export function DisableDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation('office');
  const update = useCommand(updateUser, [listUsers]);
  const deed = user.disabled ? 'enable' : 'disable';
  return (
    <ConfirmDialog
      opened
      title={t(`users.${deed}Title`, { name: user.name })}
      confirm={t(`users.${deed}`)}
      busy={update.isPending}
      error={update.error}
      onConfirm={() =>
        update.mutate(
          { params: { userId: user.id }, body: { disabled: !user.disabled } },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      {t(`users.${deed}Consequence`)}
    </ConfirmDialog>
  );
}
