import { useEffect, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import type { AccountRow } from '../../../offline/database.ts';
import { watchIdleness } from '../../../offline/idle-lock.ts';
import { isOpen, lockVault } from '../../../offline/vault.ts';
import { useField } from '../state/field-services.ts';
import { useLiveQuery } from '../state/use-live-query.ts';
import { LockScreen } from './LockScreen.tsx';
import { PinSetup } from './PinSetup.tsx';

/** Shows what is behind it only while the person's PIN is entered, and locks when they are gone. */
export function LockGate({ account, children }: { account: AccountRow; children: ReactNode }) {
  const { db, opening } = useField();
  const { interviewerId } = account;
  // A vault stays for good; that there was none when the app opened may have changed since.
  const known = opening?.vault.interviewerId === interviewerId ? opening.vault : undefined;
  const vault = useLiveQuery(
    async () => (await db.vaults.get(interviewerId)) ?? null,
    [db, interviewerId],
    known,
  );
  const open = useSyncExternalStore(db.vault.subscribe, () => isOpen(db, interviewerId));
  useEffect(() => {
    if (!open) return;
    return watchIdleness({ monotonicMs: () => performance.now(), wallMs: () => Date.now() }, () =>
      lockVault(db),
    );
  }, [db, open]);
  if (vault === undefined) return null;
  if (vault === null) return <PinSetup account={account} />;
  return open ? children : <LockScreen account={account} />;
}
