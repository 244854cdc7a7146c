import { Button, Group, Modal, MultiSelect, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { locales } from '@akimetr/api/contracts/common';
import { role as roleSchema } from '@akimetr/api/contracts/roles';
import { createUser, listUsers } from '@akimetr/api/contracts/users';
import { ApiProblem } from '../../lib/api-client.ts';
import { useCommand } from '../../lib/api-hooks.ts';
import { useContractForm } from '../../lib/contract-form.ts';
import { localeNames } from '../../lib/i18n.ts';
import type { Locale } from '../../lib/i18n.ts';
import { useRegionChoices } from '../../lib/regions.ts';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';

type Role = ReturnType<typeof roleSchema.parse>;
const inRegions: readonly Role[] = ['supervisor', 'interviewer'];
const empty = {
  login: '',
  name: '',
  role: 'interviewer' as Role,
  regions: [] as string[],
  locale: 'kk' as Locale,
  password: '',
};

/** A new account. Supervisors and interviewers belong to regions. */
export function NewUserDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['office', 'common']);
  const regions = useRegionChoices();
  const create = useCommand(createUser, [listUsers]);
  const fields = useContractForm(createUser.body, empty);
  const { values } = fields;
  const taken = create.error instanceof ApiProblem && create.error.code === 'conflict';
  const submit = () => {
    const body = fields.check();
    if (body) create.mutate({ body }, { onSuccess: onClose, onError: fields.markFrom() });
  };
  return (
    <Modal opened onClose={onClose} title={t('users.create')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <TextInput
            label={t('users.name')}
            value={values.name}
            onChange={(event) => fields.set({ name: event.currentTarget.value })}
            error={fields.faulty('name') && t('rules.required')}
          />
          <TextInput
            label={t('signIn.login')}
            description={!fields.faulty('login') && t('rules.login')}
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            value={values.login}
            onChange={(event) => fields.set({ login: event.currentTarget.value })}
            error={fields.faulty('login') && t(taken ? 'users.loginTaken' : 'rules.login')}
          />
          <NativeSelect
            label={t('users.role')}
            description={t(`users.roleHelp.${values.role}`)}
            value={values.role}
            onChange={(event) =>
              fields.set({ role: event.currentTarget.value as Role, regions: [] })
            }
            data={roleSchema.options.map((value) => ({
              value,
              label: t(`common:roles.${value}`),
            }))}
          />
          {inRegions.includes(values.role) && (
            <MultiSelect
              label={t('users.regions')}
              value={values.regions}
              onChange={(chosen) => fields.set({ regions: chosen })}
              data={regions}
              searchable
              nothingFoundMessage={t('lists.nothingFound')}
              error={fields.faulty('regions') && t('rules.regions')}
            />
          )}
          <NativeSelect
            label={t('users.locale')}
            value={values.locale}
            onChange={(event) => fields.set({ locale: event.currentTarget.value as Locale })}
            data={locales.map((value) => ({ value, label: localeNames[value] }))}
          />
          <PasswordField
            label={t('signIn.password')}
            description={!fields.faulty('password') && t('rules.password')}
            autoComplete="new-password"
            value={values.password}
            onChange={(event) => fields.set({ password: event.currentTarget.value })}
            error={fields.faulty('password') && t('rules.password')}
          />
          {!taken && <ProblemNotice error={create.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:actions.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('users.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
