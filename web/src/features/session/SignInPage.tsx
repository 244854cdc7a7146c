import { Button, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { getMeta, getSession, signIn } from '@akimetr/api/contracts/session';
import { keyOf, useCommand } from '../../lib/api-hooks.ts';
import { useContractForm } from '../../lib/contract-form.ts';
import { useMeta, useSession } from '../../lib/session.ts';
import { Notice } from '../../ui/Notice.tsx';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { EntryPage } from './EntryPage.tsx';
import { safeNext } from './safe-next.ts';

/** Login and password; afterwards on to where the person wanted to be. */
export function Page() {
  const { t } = useTranslation(['office', 'common']);
  const [params] = useSearchParams();
  const client = useQueryClient();
  const session = useSession().data?.session;
  const setupNeeded = useMeta().data?.setupNeeded ?? false;
  const enter = useCommand(signIn);
  const fields = useContractForm(signIn.body, { login: '', password: '' });
  if (session) return <Navigate to={safeNext(params.get('next'))} replace />;
  const submit = () => {
    const body = fields.check();
    if (!body) return;
    const login = body.login.trim().toLowerCase();
    enter.mutate(
      { body: { ...body, login } },
      {
        onSuccess: (reply) => {
          // What another person saw here before is not this person's to see.
          client.removeQueries({
            predicate: ({ queryKey }) =>
              queryKey[0] !== getSession.path && queryKey[0] !== getMeta.path,
          });
          client.setQueryData(keyOf(getSession, {}), { session: reply });
        },
      },
    );
  };
  return (
    <EntryPage title={t('signIn.title')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          {setupNeeded && (
            <Notice tone="warning" role="note">
              <p>{t('signIn.setupNeeded')}</p>
            </Notice>
          )}
          <TextInput
            label={t('signIn.login')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            size="md"
            value={fields.values.login}
            onChange={(event) => fields.set({ login: event.currentTarget.value })}
            error={fields.faulty('login') && t('rules.required')}
          />
          <PasswordField
            label={t('signIn.password')}
            autoComplete="current-password"
            size="md"
            value={fields.values.password}
            onChange={(event) => fields.set({ password: event.currentTarget.value })}
            error={fields.faulty('password') && t('rules.required')}
          />
          <ProblemNotice error={enter.error} />
          <Button type="submit" size="md" fullWidth loading={enter.isPending}>
            {t('common:actions.signIn')}
          </Button>
        </Stack>
      </form>
    </EntryPage>
  );
}
