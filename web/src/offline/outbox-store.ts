import type { FieldDatabase, OutboxRow } from './database.ts';
import { CannotOpen, purposes } from '@akimetr/api/contracts/encryption';
import { emptyOutbox, nextOutbox } from './outbox.ts';
import type { Outbox, OutboxEntry, OutboxEvent } from './outbox.ts';
import { reveal } from './vault.ts';

/** What the outbox knows beyond its entries: it lives as long as the app does. */
export type Patience = Omit<Outbox, 'entries'>;
export const noWaiting: Patience = {
  failedAttempts: emptyOutbox.failedAttempts,
  retryAt: emptyOutbox.retryAt,
  signInNeeded: emptyOutbox.signInNeeded,
};

/** The interviewer's outbox as it stands on the device. */
export async function readOutbox(
  db: FieldDatabase,
  interviewerId: string,
  patience: Patience,
): Promise<Outbox> {
  const rows = await db.outbox.where({ interviewerId }).sortBy('deviceSequence');
  return { ...patience, entries: rows.map(entryOf) };
}

/**
 * Whether the server's figures in a package do not know of an interview yet.
 * @param storedAt when the package came, by this device's clock
 */
export const isBeyondPackage = (
  { custody, changedAt }: Pick<OutboxRow, 'custody' | 'changedAt'>,
  storedAt: string,
): boolean => custody.state !== 'held' || (custody.graceEndsAt === null && changedAt > storedAt);

/**
 * Applies one event in one transaction: rows that changed are written, rows whose grace is over are
 * deleted together with their content. Nothing else ever deletes a sealed interview.
 */
export async function applyToOutbox(
  db: FieldDatabase,
  interviewerId: string,
  patience: Patience,
  event: OutboxEvent,
  now: Date,
): Promise<Outbox> {
  return db.transaction('rw', db.outbox, db.sealed, async () => {
    const rows = await db.outbox.where({ interviewerId }).sortBy('deviceSequence');
    const before: Outbox = { ...patience, entries: rows.map(entryOf) };
    const after = nextOutbox(before, event);
    const kept = new Map(after.entries.map((entry) => [entry.id, entry]));
    const gone = rows.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
    const written = rows.flatMap((row, place) => {
      const entry = kept.get(row.id);
      const changed = entry && JSON.stringify(entry) !== JSON.stringify(before.entries[place]);
      return changed ? [{ ...row, ...entry, changedAt: now.toISOString() }] : [];
    });
    await db.outbox.bulkPut(written);
    await db.outbox.bulkDelete(gone);
    await db.sealed.bulkDelete(gone);
    return after;
  });
}

/**
 * The canonical JSON of sealed interviews, in the order of the ids. One that the disk does not give back as
 * it was written is left out, so that it never stops the others.
 * @throws VaultLocked
 */
export async function sealedTexts(db: FieldDatabase, ids: readonly string[]): Promise<string[]> {
  const rows = await db.sealed.bulkGet([...ids]);
  const texts = await Promise.all(
    rows.map(async (row) => {
      if (!row) return [];
      try {
        return await reveal(db, row.interviewerId, purposes.interview(row.id), row.content);
      } catch (error) {
        if (error instanceof CannotOpen) return [];
        throw error;
      }
    }),
  );
  return texts.flat();
}

const entryOf = ({ id, hash, deviceSequence, failures, custody }: OutboxRow): OutboxEntry => ({
  id,
  hash,
  deviceSequence,
  failures,
  custody,
});
