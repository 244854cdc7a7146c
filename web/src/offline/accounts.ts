import type { SessionUser } from '@akimetr/api/contracts/session';
import { NetworkProblem } from '../lib/problems.ts';
import type { AccountRow, FieldDatabase } from './database.ts';
import { thisDevice } from './database.ts';
import type { FieldApi } from './field-api.ts';
import { lockVault } from './vault.ts';

/** Who works on the device, known without network; null when nobody is signed in. */
export async function currentAccount(db: FieldDatabase): Promise<AccountRow | null> {
  const device = await db.device.get('device');
  if (!device?.interviewerId) return null;
  return (await db.accounts.get(device.interviewerId)) ?? null;
}

/** Remembers who signed in: from now on the device works for this person, also without network. */
export async function rememberAccount(db: FieldDatabase, user: SessionUser): Promise<void> {
  await thisDevice(db);
  await db.transaction('rw', db.accounts, db.device, async () => {
    const known = await db.accounts.get(user.id);
    const fresh = { packageId: null, lastSyncAt: null, clockOffsetMs: null };
    await db.accounts.put({ ...fresh, ...known, interviewerId: user.id, user });
    await db.device.update('device', { interviewerId: user.id, signOutOwed: false });
  });
}

/** Another person who has signed in on this device before goes on working with it, also without network. */
export async function workAs(db: FieldDatabase, interviewerId: string): Promise<void> {
  lockVault(db);
  await db.device.update('device', { interviewerId });
}

/**
 * Signs the person out of the device. Drafts, sealed interviews and the package stay: they belong to
 * the person and are there at the next sign-in. Without network the server's session is ended later.
 */
export async function leaveDevice(db: FieldDatabase, api: FieldApi): Promise<void> {
  lockVault(db);
  await db.device.update('device', { interviewerId: null, signOutOwed: true });
  await payOwedSignOut(db, api);
}

/** Ends the server's session after a sign-out without network. */
export async function payOwedSignOut(db: FieldDatabase, api: FieldApi): Promise<void> {
  const { signOutOwed } = await thisDevice(db);
  if (!signOutOwed) return;
  try {
    await api.signOut();
  } catch (error) {
    if (error instanceof NetworkProblem) return;
    // Any answer of the server's own means that no session of ours is left to end.
  }
  await db.device.update('device', { signOutOwed: false });
}
