import { cellOf } from '@akimetr/api/domain/quotas';
import type { QuotaCell } from '@akimetr/api/domain/quotas';
import type { InterviewInput } from '@akimetr/api/contracts/interviews';
import type { FieldDatabase } from './database.ts';
import { currentPackage } from './field-package.ts';
import { isBeyondPackage, sealedTexts } from './outbox-store.ts';

/** A cell of an assignment's quota with how many were interviewed, as far as this tablet knows. */
export interface QuotaProgress extends QuotaCell {
  readonly taken: number;
}

/**
 * How far the quota of an assignment is: what the server had at the last sync, and the interviews of this tablet that
 * its figures do not hold yet.
 * @returns null where the assignment has no quota
 * @throws VaultLocked
 */
export async function quotaOf(
  db: FieldDatabase,
  interviewerId: string,
  assignmentId: string,
): Promise<QuotaProgress[] | null> {
  const [current, outbox] = await Promise.all([
    currentPackage(db, interviewerId),
    db.outbox.where({ interviewerId }).toArray(),
  ]);
  const quota = current?.content.assignments.find(({ id }) => id === assignmentId)?.quota;
  if (!current || !quota) return null;
  const { cells, sexQuestion, ageQuestion } = quota;
  const received = current.content.quotaReceived?.[assignmentId];
  const taken = cells.map((_, place) => received?.[place] ?? 0);
  const own = outbox.filter(
    (row) => row.assignmentId === assignmentId && isBeyondPackage(row, current.storedAt),
  );
  const texts = await sealedTexts(
    db,
    own.map(({ id }) => id),
  );
  for (const text of texts) {
    const { answers } = JSON.parse(text) as Pick<InterviewInput, 'answers'>;
    const place = cellOf(cells, { sex: answers[sexQuestion], age: answers[ageQuestion] });
    if (place >= 0) taken[place]! += 1;
  }
  return cells.map((cell, place) => ({ ...cell, taken: taken[place]! }));
}
