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

/** Undefined while it is read. Follows every change, also of another tab. */
export function useFieldData(interviewerId: string): FieldData | undefined {
  const { db } = useField();
  return useLiveQuery(async () => {
    const [packageRow, drafts, outbox] = await Promise.all([
      currentPackage(db, interviewerId),
      db.drafts.where({ interviewerId }).sortBy('startedAt'),
      db.outbox.where({ interviewerId }).sortBy('deviceSequence'),
    ]);
    return { packageRow, drafts: drafts.reverse(), outbox: outbox.reverse() };
  }, [db, interviewerId]);
}
