import type { Assignment } from '@akimetr/api/contracts/assignments';
import type { OutboxRow } from '../../../offline/database.ts';
import { isBeyondPackage } from '../../../offline/outbox-store.ts';

export interface AssignmentProgress {
  readonly target: number;
  /** Interviews taken: those the server has and those still on this tablet. */
  readonly taken: number;
  readonly heldByServer: number;
  /** Of this tablet, not yet held. */
  readonly waiting: number;
}

/**
 * How far an assignment is, from the package's figure and what happened on this tablet since.
 * @param packageStoredAt by this device's clock: what the server took later is not in its figure yet
 */
export function progressOf(
  assignment: Assignment,
  outbox: readonly OutboxRow[],
  packageStoredAt: string,
): AssignmentProgress {
  const own = outbox.filter(({ assignmentId }) => assignmentId === assignment.id);
  const waiting = own.filter(({ custody }) => custody.state !== 'held').length;
  const sincePackage = own.filter((row) => isBeyondPackage(row, packageStoredAt)).length - waiting;
  const heldByServer = assignment.interviewsReceived + sincePackage;
  return {
    target: assignment.targetInterviews,
    taken: heldByServer + waiting,
    heldByServer,
    waiting,
  };
}
