import { locales } from '@akimetr/api/contracts/locales';
import type { LocalText } from '@akimetr/api/contracts/common';
import type { FieldPackage } from '@akimetr/api/contracts/interviews';
import { currentAccount } from './accounts.ts';
import { readBackShell } from './app-shell.ts';
import type { ShellState } from './app-shell.ts';
import type { FieldDatabase } from './database.ts';
import { currentPackage, isIntact, questionnaireFor } from './field-package.ts';
import { hashOf } from './hash.ts';
import { enoughFreeBytes } from './storage-health.ts';
import { describeTablet } from './this-tablet.ts';
import type { TabletFacts } from './this-tablet.ts';

export type CheckName =
  | 'app'
  | 'fonts'
  | 'package'
  | 'assignments'
  | 'questionnaires'
  | 'territories'
  | 'persistence'
  | 'space'
  | 'clock'
  | 'battery'
  | 'sync';
/** `bad` means: do not leave for the field. */
export type CheckResult = 'good' | 'warning' | 'bad';

export interface Check {
  readonly name: CheckName;
  readonly result: CheckResult;
}

export interface Facts {
  readonly shell: ShellState;
  /** The package read back from the disk has the hash it was stored with; null when there is none. */
  readonly packageIntact: boolean | null;
  readonly assignments: number;
  /** Assignments whose questionnaire is not in the package, is damaged, or lacks one of the languages. */
  readonly withoutQuestionnaire: number;
  /** Assignments whose territory or office lacks its name in one of the languages. */
  readonly withoutNames: number;
  readonly tablet: Omit<TabletFacts, 'userAgentFamily'>;
  /** Server's clock minus the device's; null when not known. */
  readonly clockOffsetMs: number | null;
  /** Since the last sync, by this device's clock; null when there was none. */
  readonly sinceSyncMs: number | null;
}

const clockToleranceMs = 5 * 60_000;
const dayMs = 86_400_000;
const enoughBattery01 = 0.3;

/** Whether the interviewer may leave for days without network, and what is wanting if not. */
export function readinessOf(facts: Facts): { ready: boolean; checks: readonly Check[] } {
  const { persisted, freeBytes, battery } = facts.tablet;
  const offset = facts.clockOffsetMs;
  const check = (name: CheckName, good: boolean, otherwise: CheckResult): Check => ({
    name,
    result: good ? 'good' : otherwise,
  });
  const intact = facts.packageIntact === true;
  const charged = battery === null || battery.charging || battery.level01 >= enoughBattery01;
  const checks = [
    check('app', facts.shell.app, 'bad'),
    check('fonts', facts.shell.fonts, 'bad'),
    check('package', intact, 'bad'),
    check('assignments', facts.assignments > 0, 'bad'),
    check('questionnaires', intact && facts.withoutQuestionnaire === 0, 'bad'),
    check('territories', intact && facts.withoutNames === 0, 'bad'),
    check('persistence', persisted === true, 'warning'),
    check('space', freeBytes === null || freeBytes >= enoughFreeBytes, 'bad'),
    check('clock', offset !== null && Math.abs(offset) <= clockToleranceMs, 'warning'),
    check('battery', charged, 'warning'),
    check('sync', facts.sinceSyncMs !== null && facts.sinceSyncMs <= dayMs, 'warning'),
  ];
  return { ready: checks.every(({ result }) => result !== 'bad'), checks };
}

/** Reads everything back from the device rather than believing that it was written. */
export async function gatherFacts(db: FieldDatabase, now: Date): Promise<Facts> {
  const account = await currentAccount(db);
  const current = account && (await currentPackage(db, account.interviewerId));
  const [shell, tablet] = await Promise.all([readBackShell(), describeTablet()]);
  const content = current?.content;
  return {
    shell,
    packageIntact: current ? await isIntact(db, current.id) : null,
    assignments: content?.assignments.length ?? 0,
    withoutQuestionnaire: content ? await countWithoutQuestionnaire(content) : 0,
    withoutNames: content?.assignments.filter(lacksNames).length ?? 0,
    tablet,
    clockOffsetMs: account?.clockOffsetMs ?? null,
    sinceSyncMs: account?.lastSyncAt ? now.getTime() - Date.parse(account.lastSyncAt) : null,
  };
}

async function countWithoutQuestionnaire(content: FieldPackage): Promise<number> {
  const whole = new Set<string>();
  for (const { hash, questionnaire } of content.questionnaires) {
    const unharmed = (await hashOf(questionnaire)) === hash;
    if (unharmed && isInEveryLanguage(questionnaire)) whole.add(hash);
  }
  return content.assignments.filter(
    (assignment) => !whole.has(questionnaireFor(content, assignment)?.hash ?? ''),
  ).length;
}

/** Whether every text that is there in one language is there in all of them. */
export function isInEveryLanguage(part: unknown): boolean {
  if (Array.isArray(part)) return part.every(isInEveryLanguage);
  if (typeof part !== 'object' || part === null) return true;
  const texts = part as Record<string, unknown>;
  const translated = locales.filter((locale) => typeof texts[locale] === 'string');
  const whole = translated.length === 0 || translated.length === locales.length;
  return whole && Object.values(texts).every(isInEveryLanguage);
}

const lacksNames = ({ territoryName, office }: { territoryName: LocalText; office: LocalText }) =>
  [territoryName, office].some((name) => locales.some((locale) => !name[locale]));
