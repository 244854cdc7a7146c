import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { may } from '@akimetr/api/domain/permissions';
import { FieldBar } from '../parts/FieldBar.tsx';
import { Note } from '../parts/Note.tsx';
import { goTo } from '../state/field-route.ts';
import { useField } from '../state/field-services.ts';
import { useEntering } from '../state/use-entering.ts';
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
  const { t } = useTranslation('field');
  const { api } = useField();
  const [login, setLogin] = useState(knownLogin ?? '');
  const [password, setPassword] = useState('');
  const { busy, trouble, setTrouble, enter } = useEntering();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter(async () => {
      const user = await api.signIn(login.trim().toLowerCase(), password);
      if (may(user, 'field.work')) return user;
      setTrouble(t('signIn.noFieldWork'));
      return null;
    }, onDone);
  };

  return { login, setLogin, password, setPassword, busy, trouble, submit };
}
