import type { FieldPackage } from '@akimetr/api/contracts/interviews';
import type { Assignment } from '@akimetr/api/contracts/assignments';
import type { QuestionnaireVersion } from '@akimetr/api/contracts/questionnaires';
import type { FieldDatabase, PackageRow } from './database.ts';
import { hashOf } from './hash.ts';

/** What was read back from the device is not what was written. */
export class PackageDamaged extends Error {
  constructor() {
    super('the package read back from the device differs from the one downloaded');
    this.name = 'PackageDamaged';
  }
}

/**
 * Replaces the interviewer's package: the new one is written, read back and hashed; only then it takes
 * the old one's place. Whatever goes wrong before leaves the old one in use.
 */
export async function storePackage(
  db: FieldDatabase,
  content: FieldPackage,
  etag: string | null,
  storedAt: Date,
): Promise<void> {
  const interviewerId = content.interviewer.id;
  const hash = await hashOf(content);
  const id = `${interviewerId}/${hash}`;
  const row: PackageRow = {
    id,
    interviewerId,
    etag,
    hash,
    storedAt: storedAt.toISOString(),
    content,
  };
  await db.packages.put(row);
  if (!(await isIntact(db, id))) {
    await dropOthers(db, interviewerId);
    throw new PackageDamaged();
  }
  await db.transaction('rw', db.accounts, db.packages, db.device, async () => {
    await db.accounts.update(interviewerId, { packageId: id });
    await db.device.update('device', { synthetic: content.synthetic });
    await dropOthers(db, interviewerId);
  });
}

/** Removes every package of the interviewer but the one in use. */
async function dropOthers(db: FieldDatabase, interviewerId: string): Promise<void> {
  const account = await db.accounts.get(interviewerId);
  const others = db.packages.where({ interviewerId }).filter(({ id }) => id !== account?.packageId);
  await others.delete();
}

/** Reads a package back from the disk and compares its hash. */
export async function isIntact(db: FieldDatabase, packageId: string): Promise<boolean> {
  const row = await db.packages.get(packageId);
  return row !== undefined && (await hashOf(row.content)) === row.hash;
}

/** The package in use; null before the first download. */
export async function currentPackage(
  db: FieldDatabase,
  interviewerId: string,
): Promise<PackageRow | null> {
  const account = await db.accounts.get(interviewerId);
  if (!account?.packageId) return null;
  return (await db.packages.get(account.packageId)) ?? null;
}

/** The questionnaire that an assignment is worked with now; null when the package does not have it. */
export function questionnaireFor(
  { waves, questionnaires }: FieldPackage,
  assignment: Assignment,
): QuestionnaireVersion | null {
  const wave = waves.find(({ id }) => id === assignment.waveId);
  const wanted = wave?.questionnaires.find(({ level }) => level === assignment.level);
  const found = questionnaires.find(
    ({ code, version }) => code === wanted?.code && version === wanted.version,
  );
  return found ?? null;
}
