import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { workAs } from '../../../offline/accounts.ts';
import type { AccountRow } from '../../../offline/database.ts';
import { SaveRescue } from '../rescue/SaveRescue.tsx';
import { useUnsent } from '../rescue/use-unsent.ts';
import { FieldBar } from '../parts/FieldBar.tsx';
import { Note } from '../parts/Note.tsx';
import { SignInPage } from '../screens/SignInPage.tsx';
import { useField } from '../state/field-services.ts';
import { useLiveQuery } from '../state/use-live-query.ts';
import { ForgottenPin } from './ForgottenPin.tsx';
import { PinEntry } from './PinEntry.tsx';

/** Between the tablet and whoever picks it up. Nothing of what was answered is on the screen. */
export function LockScreen({ account }: { account: AccountRow }) {
  const { t } = useTranslation('field');
  const [place, setPlace] = useState<'lock' | 'forgotten' | 'sign-in' | 'newcomer'>('lock');
  const { interviewerId, user } = account;
  const toLock = () => setPlace('lock');
  if (place === 'newcomer') return <SignInPage onDone={toLock} />;
  if (place === 'sign-in') {
    return <SignInPage knownLogin={user.login} onDone={() => setPlace('forgotten')} />;
  }
  if (place === 'forgotten') {
    const signIn = () => setPlace('sign-in');
    return <ForgottenPin account={account} onBack={toLock} onSignIn={signIn} />;
  }
  return (
    <>
      <FieldBar outbox={null} />
      <main className="screen narrow lock">
        <div className="heading">
          <h1>{t('lock.title')}</h1>
          <p>{user.name}</p>
        </div>
        <Unlock interviewerId={interviewerId} />
        <button type="button" className="quiet" onClick={() => setPlace('forgotten')}>
          {t('lock.forgotten.title')}
        </button>
        <Others interviewerId={interviewerId} onNewcomer={() => setPlace('newcomer')} />
        <Unsent interviewerId={interviewerId} />
      </main>
    </>
  );
}

/** What waits to be sent waits for the PIN; how much, and how to carry it away without. */
function Unsent({ interviewerId }: { interviewerId: string }) {
  const { t } = useTranslation('field');
  const unsent = useUnsent(interviewerId);
  if (!unsent || unsent.interviews + unsent.drafts + unsent.contacts === 0) return null;
  return (
    <details>
      <summary>
        {unsent.interviews > 0
          ? t('rescue.unsent', { count: unsent.interviews })
          : t('rescue.unsentOther')}
      </summary>
      <div className="lock-more">
        <SaveRescue interviewerId={interviewerId} />
      </div>
    </details>
  );
}

function Unlock({ interviewerId }: { interviewerId: string }) {
  const { t } = useTranslation('field');
  const { pinTries, sync } = useField();
  const [state, setState] = useState<'ready' | 'checking' | 'wrong' | 'failed'>('ready');
  const waitS = useWait(interviewerId, state);
  const enter = (pin: string) => {
    setState('checking');
    pinTries.open(interviewerId, pin).then(
      (answer) => {
        if (answer.state === 'open') {
          window.scrollTo(0, 0);
          return void sync.run();
        }
        setState(answer.state === 'wrong' ? 'wrong' : 'ready');
      },
      () => setState('failed'),
    );
  };
  return (
    <>
      {state === 'wrong' && waitS === 0 && <Note kind="bad" title={t('lock.wrong')} urgent />}
      {state === 'failed' && <Note kind="bad" title={t('lock.failed')} urgent />}
      {waitS > 0 && (
        <>
          <Note kind="bad" title={t('lock.tooMany')} urgent />
          <p role="timer">{t('lock.wait', { time: minutesAndSeconds(waitS) })}</p>
        </>
      )}
      <PinEntry
        label={t('lock.pin')}
        action={t(state === 'checking' ? 'lock.checking' : 'lock.open')}
        blocked={state === 'checking' || waitS > 0}
        onEnter={enter}
      />
    </>
  );
}

const minutesAndSeconds = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** Seconds until the next try; looked up again after each one. */
function useWait(interviewerId: string, state: string): number {
  const { pinTries } = useField();
  const [waitMs, setWaitMs] = useState(0);
  useEffect(() => {
    const look = () => void pinTries.waitMs(interviewerId).then(setWaitMs);
    look();
    const timer = setInterval(look, 1_000);
    return () => clearInterval(timer);
  }, [pinTries, interviewerId, state]);
  return Math.ceil(waitMs / 1_000);
}

/** Several people may work with one tablet, each with a PIN; changing between them needs no network. */
function Others({ interviewerId, onNewcomer }: { interviewerId: string; onNewcomer: () => void }) {
  const { t } = useTranslation('field');
  const { db } = useField();
  const accounts = useLiveQuery(() => db.accounts.toArray(), [db]) ?? [];
  const others = accounts.filter((one) => one.interviewerId !== interviewerId);
  return (
    <details>
      <summary>{t('lock.someoneElse')}</summary>
      <div className="stack lock-more">
        {others.map((one) => (
          <button
            key={one.interviewerId}
            type="button"
            className="secondary"
            onClick={() => void workAs(db, one.interviewerId)}
          >
            {one.user.name}
          </button>
        ))}
        <button type="button" className="quiet" onClick={onNewcomer}>
          {t('lock.newcomer')}
        </button>
      </div>
    </details>
  );
}
