import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CannotOpen, toBase64Url } from '@akimetr/api/contracts/encryption';
import type { ProblemCode } from '@akimetr/api/contracts/problem';
import { ApiProblem, NetworkProblem } from '../../../lib/problems.ts';
import type { AccountRow, VaultRow } from '../../../offline/database.ts';
import { resetPin } from '../../../offline/vault.ts';
import { FieldBar } from '../parts/FieldBar.tsx';
import { Note } from '../parts/Note.tsx';
import { useField } from '../state/field-services.ts';
import { useLiveQuery } from '../state/use-live-query.ts';
import { useNetwork } from '../state/use-network.ts';
import { NewPin } from './NewPin.tsx';
import { PinEntry } from './PinEntry.tsx';

interface Props {
  account: AccountRow;
  onBack: () => void;
  /** The server does not know that it is this person who asks. */
  onSignIn: () => void;
}

/** A new PIN with a supervisor's code. Drafts and sealed interviews stay as they are. */
export function ForgottenPin({ account, onBack, onSignIn }: Props) {
  const { t } = useTranslation(['field', 'common']);
  const { db } = useField();
  const online = useNetwork();
  const vault = useLiveQuery(() => db.vaults.get(account.interviewerId), [db, account]);
  return (
    <>
      <FieldBar outbox={null} />
      <main className="screen narrow lock">
        <div className="heading">
          <h1>{t('lock.forgotten.title')}</h1>
          <p>{account.user.name}</p>
        </div>
        {!online && <Note kind="warning" title={t('lock.forgotten.needsNetwork')} urgent />}
        {vault?.recovery === null && <Note kind="bad" title={t('lock.forgotten.noBox')} />}
        {vault?.recovery && (
          <Reset recovery={vault.recovery} account={account} onSignIn={onSignIn} />
        )}
        <button type="button" className="quiet" onClick={onBack}>
          {t('common:actions.back')}
        </button>
      </main>
    </>
  );
}

type Trouble =
  `common:problems.${ProblemCode | 'network'}` | 'lock.new.failed' | 'lock.forgotten.eightDigits';

interface ResetProps extends Pick<Props, 'account' | 'onSignIn'> {
  recovery: NonNullable<VaultRow['recovery']>;
}

/** The new PIN first: the code is used up when the server has answered. */
function Reset({ account: { interviewerId }, recovery, onSignIn }: ResetProps) {
  const { t } = useTranslation(['field', 'common']);
  const { db, api, sync } = useField();
  const [pin, setPin] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [signInNeeded, setSignInNeeded] = useState(false);
  const redeem = async (code: string, newPin: string) => {
    const user = await api.sessionUser();
    if (user?.id !== interviewerId) return setSignInNeeded(true);
    const box = toBase64Url(recovery.box);
    const dataKey = await api.redeemPinReset({ code, keyId: recovery.keyId, box });
    await resetPin(db, interviewerId, dataKey, newPin);
    void sync.run();
  };
  const failed = (error: unknown) => {
    if (error instanceof ApiProblem) return setTrouble(`common:problems.${error.code}`);
    if (error instanceof NetworkProblem) return setTrouble('common:problems.network');
    setTrouble(error instanceof CannotOpen ? 'common:problems.damaged' : 'lock.new.failed');
  };
  const enter = (code: string) => {
    if (code.length !== 8) return setTrouble('lock.forgotten.eightDigits');
    setBusy(true);
    setTrouble(null);
    redeem(code, pin!)
      .catch(failed)
      .finally(() => setBusy(false));
  };
  if (signInNeeded) {
    return (
      <Note kind="warning" title={t('lock.forgotten.signIn')} urgent>
        <button type="button" className="secondary" onClick={onSignIn}>
          {t('signInNeeded.action')}
        </button>
      </Note>
    );
  }
  if (pin === null) {
    return (
      <>
        <p>{t('lock.forgotten.lead')}</p>
        <NewPin action={t('lock.new.next')} onChosen={setPin} />
      </>
    );
  }
  return (
    <>
      {trouble && <Note kind="bad" title={t(trouble)} urgent />}
      <PinEntry
        label={t('lock.forgotten.code')}
        action={t(busy ? 'lock.checking' : 'lock.new.set')}
        blocked={busy}
        visible
        onEnter={enter}
      />
    </>
  );
}
