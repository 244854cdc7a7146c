import type { DeviceReport } from '@akimetr/api/contracts/devices';
import { thisDevice } from './database.ts';
import type { FieldDatabase } from './database.ts';
import { waitsForPerson } from './outbox.ts';
import type { TabletFacts } from './this-tablet.ts';

/** The contract's own limits. */
const mostSequences = 500;
const mostWaiting = 200;

/**
 * What the tablet tells the server at each sync: of itself, and of what it still has. Numbers are of the
 * device, whoever took the interviews; what waits for a decision is the interviewer's.
 */
export async function deviceReport(
  db: FieldDatabase,
  interviewerId: string,
  tablet: TabletFacts,
  appVersion: string,
  now: Date,
): Promise<DeviceReport> {
  const [device, outbox, drafts] = await Promise.all([
    thisDevice(db),
    db.outbox.toArray(),
    db.drafts.count(),
  ]);
  const unsent = outbox.filter(({ custody }) => custody.state !== 'held');
  const waiting = unsent.filter(
    (row) => row.interviewerId === interviewerId && waitsForPerson(row),
  );
  return {
    deviceId: device.deviceId,
    appVersion,
    userAgentFamily: tablet.userAgentFamily,
    deviceTime: now.toISOString(),
    lastSequence: device.lastSequence,
    unsent: unsent.length,
    unsentSequences: unsent.map(({ deviceSequence }) => deviceSequence).slice(0, mostSequences),
    drafts,
    freeBytes: tablet.freeBytes,
    quotaBytes: tablet.quotaBytes,
    persisted: tablet.persisted,
    battery01: tablet.battery?.level01 ?? null,
    waiting: waiting.map(({ id, hash }) => ({ id, hash })).slice(0, mostWaiting),
  };
}
