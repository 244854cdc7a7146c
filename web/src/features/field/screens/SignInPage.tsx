import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { may } from '@akimetr/api/domain/permissions';
import { ApiProblem, NetworkProblem } from '../../../lib/problems.ts';
import { followAccountLocale } from '../../../lib/i18n.ts';
import { payOwedSignOut, rememberAccount } from '../../../offline/accounts.ts';
import { FieldBar } from '../parts/FieldBar.tsx';
import { Note } from '../parts/Note.tsx';
import { goTo } from '../state/field-route.ts';
import { useField } from '../state/field-services.ts';
import { useNetwork } from '../state/use-network.ts';

interface Props {
  /** Who already works on this device and only has to prove it again; their work stays in any case. */
  knownLogin?: string;
  /** Leads back, without signing in or after it, where there is something to go back to. */
  onDone?: () => void;
}

export function SignInPage({ knownLogin, onDone }: Props) {
  const { t } = useTranslation(['field', 'common']);
  const online = useNetwork();
  const { login, setLogin, password, setPassword, busy, trouble, submit } = useSignIn(
    knownLogin,
    onDone,
  );
  return (
    <>
      <FieldBar outbox={null} {...(knownLogin !== undefined && { back: { screen: 'home' } })} />
      <main className="screen narrow">
        <h1>{t('signIn.title')}</h1>
        <p>{t(knownLogin === undefined ? 'signIn.lead' : 'signIn.again')}</p>
        {!online && <Note kind="warning" title={t('signIn.needsNetwork')} urgent />}
        {trouble && <Note kind="bad" title={trouble} urgent />}
        <form onSubmit={submit} className="stack">
          <label>
            {t('signIn.login')}
            <input
              name="login"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              value={login}
              onChange={(event) => setLogin(event.target.value)}
            />
          </label>
          <label>
            {t('signIn.password')}
            <input
              name="password"
              type="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </label>
          <button type="submit" className="primary" disabled={busy || !online}>
            {t(busy ? 'signIn.busy' : 'common:actions.signIn')}
          </button>
        </form>
        {onDone && (
          <button type="button" className="quiet" onClick={onDone}>
            {t('common:actions.back')}
          </button>
        )}
        {knownLogin === undefined && (
          <button
            type="button"
            className="quiet"
            onClick={() => goTo({ screen: 'enrol', code: '' })}
          >
            {t('enrol.haveCode')}
          </button>
        )}
      </main>
    </>
  );
}

function useSignIn(knownLogin: string | undefined, onDone?: () => void) {
  const { t } = useTranslation(['field', 'common']);
  const { db, api, sync } = useField();
  const [login, setLogin] = useState(knownLogin ?? '');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  const signIn = async () => {
    await payOwedSignOut(db, api);
    const user = await api.signIn(login.trim().toLowerCase(), password);
    if (!may(user, 'field.work')) return setTrouble(t('signIn.noFieldWork'));
    await followAccountLocale(user.locale);
    await rememberAccount(db, user);
    sync.signedIn();
    goTo({ screen: 'home' }, 'replace');
    onDone?.();
    void sync.runNow();
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setTrouble(null);
    signIn()
      .catch((error: unknown) => {
        if (error instanceof ApiProblem) return setTrouble(t(`common:problems.${error.code}`));
        if (error instanceof NetworkProblem) return setTrouble(t('common:problems.network'));
        setTrouble(t('common:problems.unexpected'));
        throw error;
      })
      .finally(() => setBusy(false));
  };

  return { login, setLogin, password, setPassword, busy, trouble, submit };
}
