import { randomUUID } from 'node:crypto';
import { auditStore } from '../models/audit.ts';
import type { Deps } from './deps.ts';

/** Writes one line of the audit log. */
export async function audit(
  deps: Deps,
  actorId: string | null,
  action: string,
  subject: string,
  details: Record<string, unknown> = {},
): Promise<void> {
  await auditStore.append({
    _id: randomUUID(),
    at: deps.now(),
    actorId,
    action,
    subject,
    details,
  });
}
