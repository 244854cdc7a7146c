import { useState } from 'react';
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { changePassword } from '@akimetr/api/contracts/session';
import { ApiProblem } from '../../lib/api-client.ts';
import { useCommand } from '../../lib/api-hooks.ts';
import { useContractForm } from '../../lib/contract-form.ts';
import { Notice } from '../../ui/Notice.tsx';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';

/** The own password, changed by whoever knows the present one. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['office', 'common']);
  const change = useCommand(changePassword);
  const fields = useContractForm(changePassword.body, { currentPassword: '', newPassword: '' });
  const [repeated, setRepeated] = useState('');
  const [differs, setDiffers] = useState(false);
  const submit = () => {
    const body = fields.check();
    const same = repeated === fields.values.newPassword;
    setDiffers(!same);
    if (body && same) change.mutate({ body }, { onError: fields.markFrom() });
  };
  const wrongCurrent =
    change.error instanceof ApiProblem && change.error.code === 'wrong_credentials';
  return (
    <Modal opened onClose={onClose} title={t('account.changePassword')}>
      {change.isSuccess ? (
        <Stack>
          <Notice tone="good" role="status">
            <p>{t('account.passwordChanged')}</p>
          </Notice>
          <Button onClick={onClose}>{t('common:actions.close')}</Button>
        </Stack>
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Stack>
            <PasswordField
              label={t('account.currentPassword')}
              autoComplete="current-password"
              value={fields.values.currentPassword}
              onChange={(event) => fields.set({ currentPassword: event.currentTarget.value })}
              error={
                (fields.faulty('currentPassword') && t('rules.required')) ||
                (wrongCurrent && t('account.wrongCurrent'))
              }
            />
            <PasswordField
              label={t('account.newPassword')}
              description={!fields.faulty('newPassword') && t('rules.password')}
              autoComplete="new-password"
              value={fields.values.newPassword}
              onChange={(event) => fields.set({ newPassword: event.currentTarget.value })}
              error={fields.faulty('newPassword') && t('rules.password')}
            />
            <PasswordField
              label={t('account.repeatPassword')}
              autoComplete="new-password"
              value={repeated}
              onChange={(event) => setRepeated(event.currentTarget.value)}
              error={differs && t('rules.same')}
            />
            {!wrongCurrent && <ProblemNotice error={change.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common:actions.cancel')}
              </Button>
              <Button type="submit" loading={change.isPending}>
                {t('account.changePassword')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
