import { Button, Group, Modal, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { listUsers, updateUser } from '@akimetr/api/contracts/users';
import type { User } from '@akimetr/api/contracts/users';
import { useCommand } from '../../lib/api-hooks.ts';
import { useContractForm } from '../../lib/contract-form.ts';
import { Notice } from '../../ui/Notice.tsx';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';

/** A new password for somebody who lost theirs; the administrator hands it over. */
export function ResetPasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation(['office', 'common']);
  const update = useCommand(updateUser, [listUsers]);
  const fields = useContractForm(updateUser.body, { password: '' });
  const submit = () => {
    const body = fields.check();
    if (body) {
      update.mutate({ params: { userId: user.id }, body }, { onError: fields.markFrom() });
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('users.resetTitle', { name: user.name })}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          {update.isSuccess ? (
            <Notice tone="good" role="status">
              <p>{t('users.resetDone')}</p>
            </Notice>
          ) : (
            <>
              <p style={{ margin: 0 }}>{t('users.resetConsequence')}</p>
              <PasswordField
                label={t('account.newPassword')}
                description={!fields.faulty('password') && t('rules.password')}
                autoComplete="new-password"
                value={fields.values.password}
                onChange={(event) => fields.set({ password: event.currentTarget.value })}
                error={fields.faulty('password') && t('rules.password')}
              />
              <ProblemNotice error={update.error} />
            </>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t(update.isSuccess ? 'common:actions.close' : 'common:actions.cancel')}
            </Button>
            {!update.isSuccess && (
              <Button type="submit" loading={update.isPending}>
                {t('users.resetPassword')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
