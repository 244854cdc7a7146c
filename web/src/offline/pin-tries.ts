import type { FieldDatabase } from './database.ts';
import { openVault } from './vault.ts';

/** Wrong PINs in a row that cost no waiting: fingers slip. */
const freeTries = 3;
const firstWaitMs = 5_000;
const longestWaitMs = 10 * 60_000;

/**
 * How long the next try has to wait: nothing for the first three wrong PINs, then from 5 s doubling to 10 min.
 * @param wrongPins in a row
 * @returns milliseconds
 */
export function waitAfterMs(wrongPins: number): number {
  if (wrongPins < freeTries) return 0;
  return Math.min(longestWaitMs, firstWaitMs * 2 ** (wrongPins - freeTries));
}

export type PinAnswer =
  { readonly state: 'open' | 'wrong' } | { readonly state: 'wait'; readonly waitMs: number };

/** Lets nobody try one PIN after another. Nothing is ever wiped: the wait is all that a wrong PIN costs. */
export interface PinTries {
  /** Milliseconds until the interviewer may try a PIN; 0 when at once. */
  readonly waitMs: (interviewerId: string) => Promise<number>;
  readonly open: (interviewerId: string, pin: string) => Promise<PinAnswer>;
}

/**
 * @param monotonicNow milliseconds of a clock that nobody can set. It begins anew with the app, and so does the
 *   wait: whoever reloads waits longer, not shorter. The count of wrong PINs is on the disk.
 */
export function createPinTries(db: FieldDatabase, monotonicNow: () => number): PinTries {
  const notBefore = new Map<string, number>();

  const waitFrom = (interviewerId: string, wrongPins: number) =>
    notBefore.set(interviewerId, monotonicNow() + waitAfterMs(wrongPins));

  const waitMs = async (interviewerId: string): Promise<number> => {
    if (!notBefore.has(interviewerId)) {
      waitFrom(interviewerId, (await db.vaults.get(interviewerId))?.wrongPins ?? 0);
    }
    return Math.max(0, notBefore.get(interviewerId)! - monotonicNow());
  };

  return {
    waitMs,
    open: async (interviewerId, pin) => {
      const left = await waitMs(interviewerId);
      if (left > 0) return { state: 'wait', waitMs: left };
      // Counted before it is tried: ending the app in between wins no free try.
      waitFrom(interviewerId, await count(db, interviewerId));
      if (!(await openVault(db, interviewerId, pin))) return { state: 'wrong' };
      notBefore.delete(interviewerId);
      await note(() => db.vaults.update(interviewerId, { wrongPins: 0 }));
      return { state: 'open' };
    },
  };
}

/** @returns wrong PINs in a row, with the one that is tried now */
async function count(db: FieldDatabase, interviewerId: string): Promise<number> {
  const before = (await db.vaults.get(interviewerId))?.wrongPins ?? 0;
  await note(() =>
    db.vaults.where({ interviewerId }).modify((row) => {
      row.wrongPins += 1;
    }),
  );
  return before + 1;
}

/** A full device must not lock out the one who knows the PIN: what cannot be written is not counted. */
async function note(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch {
    // The wait in this tab holds all the same.
  }
}
