import type { FieldDatabase } from './database.ts';
import { currentAccount } from './accounts.ts';
import { currentPackage, isIntact, questionnaireFor } from './field-package.ts';
import { askStorageHealth, enoughFreeBytes } from './storage-health.ts';
import type { StorageHealth } from './storage-health.ts';

export type CheckName =
  'app' | 'package' | 'assignments' | 'questionnaires' | 'persistence' | 'space' | 'clock';
/** `bad` means: do not leave for the field. */
export type CheckResult = 'good' | 'warning' | 'bad';

export interface Check {
  readonly name: CheckName;
  readonly result: CheckResult;
}

export interface Facts {
  /** The app itself can be opened without network. */
  readonly appOnDevice: boolean;
  /** The package read back from the disk has the hash it was stored with; null when there is none. */
  readonly packageIntact: boolean | null;
  readonly assignments: number;
  /** Assignments whose questionnaire is not in the package. */
  readonly withoutQuestionnaire: number;
  readonly storage: StorageHealth;
  /** Server's clock minus the device's; null when not known. */
  readonly clockOffsetMs: number | null;
}

const clockToleranceMs = 5 * 60_000;

/** Whether the interviewer may leave for days without network, and what is wanting if not. */
export function readinessOf(facts: Facts): { ready: boolean; checks: readonly Check[] } {
  const { persisted, freeBytes } = facts.storage;
  const offset = facts.clockOffsetMs;
  const check = (name: CheckName, good: boolean, otherwise: CheckResult): Check => ({
    name,
    result: good ? 'good' : otherwise,
  });
  const checks = [
    check('app', facts.appOnDevice, 'bad'),
    check('package', facts.packageIntact === true, 'bad'),
    check('assignments', facts.assignments > 0, 'bad'),
    check(
      'questionnaires',
      facts.packageIntact === true && facts.withoutQuestionnaire === 0,
      'bad',
    ),
    check('persistence', persisted === true, 'warning'),
    check('space', freeBytes === null || freeBytes >= enoughFreeBytes, 'bad'),
    check('clock', offset !== null && Math.abs(offset) <= clockToleranceMs, 'warning'),
  ];
  return { ready: checks.every(({ result }) => result !== 'bad'), checks };
}

/** Reads everything back from the device rather than believing that it was written. */
export async function gatherFacts(db: FieldDatabase): Promise<Facts> {
  const account = await currentAccount(db);
  const current = account && (await currentPackage(db, account.interviewerId));
  const content = current?.content;
  const lacking = content?.assignments.filter((one) => questionnaireFor(content, one) === null);
  return {
    appOnDevice: await isAppOnDevice(),
    packageIntact: current ? await isIntact(db, current.id) : null,
    assignments: content?.assignments.length ?? 0,
    withoutQuestionnaire: lacking?.length ?? 0,
    storage: await askStorageHealth(),
    clockOffsetMs: account?.clockOffsetMs ?? null,
  };
}

/** An active service worker has everything it was built with; that its page is really there is looked up. */
async function isAppOnDevice(): Promise<boolean> {
  const workers = (navigator as Partial<Navigator>).serviceWorker;
  const registration = await workers?.getRegistration('/field/');
  if (!registration?.active) return false;
  return (await caches.match('/field/index.html', { ignoreSearch: true })) !== undefined;
}
