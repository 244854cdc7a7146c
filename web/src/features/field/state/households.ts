import type { FieldPackage } from '@akimetr/api/contracts/interviews';
import type { Contact } from '../../../offline/contacts.ts';

interface Numbered {
  readonly assignmentId: string;
  readonly household?: number;
}

/**
 * Number of the next household on the route of an assignment: one more than the highest that this tablet or the server
 * knows, so that a number never stands for two households.
 */
export function nextHousehold(
  assignmentId: string,
  { lastHouseholds }: Pick<FieldPackage, 'lastHouseholds'>,
  onTablet: readonly Numbered[],
): number {
  const used = onTablet.flatMap((one) =>
    one.assignmentId === assignmentId ? (one.household ?? []) : [],
  );
  return 1 + Math.max(lastHouseholds?.[assignmentId] ?? 0, ...used, 0);
}

/** The latest attempt at each household; those to come back to first, the earliest appointment on top. */
export function latestAttempts(
  assignmentId: string,
  contacts: readonly Contact[],
  interviewed: ReadonlySet<number>,
): Contact[] {
  const latest = new Map<number, Contact>();
  // They come latest first.
  for (const contact of contacts) {
    const { household } = contact.attempt;
    if (contact.attempt.assignmentId !== assignmentId || interviewed.has(household)) continue;
    if (!latest.has(household)) latest.set(household, contact);
  }
  const urgency = ({ attempt }: Contact) =>
    attempt.nextStep !== 'come_back'
      ? '2'
      : `${attempt.appointmentAt ? 0 : 1}${attempt.appointmentAt ?? ''}`;
  return [...latest.values()].sort((a, b) => (urgency(a) < urgency(b) ? -1 : 1));
}
