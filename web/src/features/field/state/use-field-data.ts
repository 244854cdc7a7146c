import { currentAccount } from '../../../offline/accounts.ts';
import type { AccountRow, OutboxRow, PackageRow, StoredDraft } from '../../../offline/database.ts';
import { currentPackage } from '../../../offline/field-package.ts';
import { useField } from './field-services.ts';
import { useLiveQuery } from './use-live-query.ts';

/** Who works on the device; undefined while it is read, null when nobody is signed in. */
export function useAccount(): AccountRow | null | undefined {
  const { db, opening } = useField();
  return useLiveQuery(() => currentAccount(db), [db], opening?.account);
}

/** What the interviewer has on this device. */
export interface FieldData {
  /** Null before the first download. */
  readonly packageRow: PackageRow | null;
  readonly drafts: readonly StoredDraft[];
  readonly outbox: readonly OutboxRow[];
}

/**
 * Undefined while it is read. Follows every change, also of another tab.
 * Each part is read by itself: a draft changes with every answer, and must not cost the package and the whole outbox.
 * @param withDrafts not during an interview, whose every answer would cost reading them all; how far one has come in
 * another tab is seen when the list is opened anew
 */
export function useFieldData(interviewerId: string, withDrafts: boolean): FieldData | undefined {
  const { db } = useField();
  const key = [db, interviewerId];
  const packageRow = useLiveQuery(() => currentPackage(db, interviewerId), key);
  const readDrafts = async () =>
    (await db.drafts.where({ interviewerId }).sortBy('startedAt')).reverse();
  const drafts = useLiveQuery(withDrafts ? readDrafts : null, [...key, withDrafts]);
  const outbox = useLiveQuery(
    async () => (await db.outbox.where({ interviewerId }).sortBy('deviceSequence')).reverse(),
    key,
  );
  if (packageRow === undefined || (withDrafts && !drafts) || !outbox) return undefined;
  return { packageRow, drafts: drafts ?? [], outbox };
}
