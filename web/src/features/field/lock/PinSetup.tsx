import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountRow } from '../../../offline/database.ts';
import { currentPackage } from '../../../offline/field-package.ts';
import { isStorageFull } from '../../../offline/storage-health.ts';
import { createVault } from '../../../offline/vault.ts';
import { FieldBar } from '../parts/FieldBar.tsx';
import { Note } from '../parts/Note.tsx';
import { useField } from '../state/field-services.ts';
import { NewPin } from './NewPin.tsx';

/** The first thing after the first sign-in: nothing is written on the device before it can be encrypted. */
export function PinSetup({ account }: { account: AccountRow }) {
  const { t } = useTranslation('field');
  const { db, sync } = useField();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const set = async (pin: string) => {
    const { interviewerId } = account;
    const known = await currentPackage(db, interviewerId);
    await createVault(db, interviewerId, pin, known?.content.rescueKey ?? null);
    void sync.runNow();
  };
  const chosen = (pin: string) => {
    setBusy(true);
    setFailure(null);
    set(pin)
      .catch(setFailure)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <FieldBar outbox={null} />
      <main className="screen narrow lock">
        <div className="heading">
          <h1>{t('lock.new.title')}</h1>
          <p className="soft">{account.user.name}</p>
        </div>
        <p>{t('lock.new.lead')}</p>
        {failure !== null && (
          <Note
            kind="bad"
            title={t(isStorageFull(failure) ? 'storageFull.title' : 'lock.new.failed')}
            urgent
          />
        )}
        <NewPin action={t('lock.new.set')} busy={busy} onChosen={chosen} />
      </main>
    </>
  );
}
