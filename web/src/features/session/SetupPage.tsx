import { Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { getMeta, setUpFirstAdministrator } from '@akimetr/api/contracts/session';
import { useCommand } from '../../lib/api-hooks.ts';
import { useContractForm } from '../../lib/contract-form.ts';
import { Notice } from '../../ui/Notice.tsx';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { EntryPage } from './EntryPage.tsx';

/** The first administrator, made with the one-time link that the server printed. */
export function Page() {
  const { t } = useTranslation(['office', 'common']);
  const token = useSearchParams()[0].get('token') ?? '';
  const setUp = useCommand(setUpFirstAdministrator, [getMeta]);
  const fields = useContractForm(setUpFirstAdministrator.body, {
    token,
    login: 'admin',
    name: '',
    password: '',
  });
  const submit = () => {
    const body = fields.check();
    if (body) setUp.mutate({ body }, { onError: fields.markFrom() });
  };
  if (setUp.data) {
    return (
      <EntryPage title={t('setup.doneTitle')}>
        <p>{t('setup.done', { login: setUp.data.login })}</p>
        <Button component={Link} to="/sign-in" size="md" fullWidth>
          {t('common:actions.signIn')}
        </Button>
      </EntryPage>
    );
  }
  if (token === '') {
    return (
      <EntryPage title={t('setup.title')}>
        <p>{t('setup.noToken')}</p>
        <Anchor component={Link} to="/sign-in">
          {t('common:actions.signIn')}
        </Anchor>
      </EntryPage>
    );
  }
  return (
    <EntryPage title={t('setup.title')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <TextInput
            label={t('setup.name')}
            autoComplete="name"
            size="md"
            value={fields.values.name}
            onChange={(event) => fields.set({ name: event.currentTarget.value })}
            error={fields.faulty('name') && t('rules.required')}
          />
          <TextInput
            label={t('signIn.login')}
            description={!fields.faulty('login') && t('rules.login')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            size="md"
            value={fields.values.login}
            onChange={(event) => fields.set({ login: event.currentTarget.value })}
            error={fields.faulty('login') && t('rules.login')}
          />
          <PasswordField
            label={t('signIn.password')}
            description={!fields.faulty('password') && t('rules.password')}
            autoComplete="new-password"
            size="md"
            value={fields.values.password}
            onChange={(event) => fields.set({ password: event.currentTarget.value })}
            error={fields.faulty('password') && t('rules.password')}
          />
          {fields.faulty('token') && (
            <Notice tone="danger" role="alert">
              <p>{t('setup.badToken')}</p>
            </Notice>
          )}
          <ProblemNotice error={setUp.error} />
          <Button type="submit" size="md" fullWidth loading={setUp.isPending}>
            {t('setup.create')}
          </Button>
        </Stack>
      </form>
    </EntryPage>
  );
}
