/** Runs in the browser: weeks of fieldwork in a moment, by the app's own sealing. Bundled by fill-tablet.ts. */
import '../../web/src/app/zod-without-eval.ts';
import { currentAccount } from '../../web/src/offline/accounts.ts';
import { openFieldDatabase } from '../../web/src/offline/database.ts';
import { startDraft } from '../../web/src/offline/drafts.ts';
import { currentPackage, questionnaireFor } from '../../web/src/offline/field-package.ts';
import { sealDraft } from '../../web/src/offline/sealing.ts';
import { openVault } from '../../web/src/offline/vault.ts';

export interface Filling {
  readonly pin: string;
  readonly assignmentId: string;
  /** Of each interview: question name → value. */
  readonly answers: readonly Readonly<Record<string, unknown>>[];
}

const twentyMinutesMs = 1_200_000;

/** Seals one interview after another for the interviewer who works on the tablet. */
async function fill({ pin, assignmentId, answers }: Filling): Promise<void> {
  const db = openFieldDatabase();
  const account = (await currentAccount(db))!;
  const { content } = (await currentPackage(db, account.interviewerId))!;
  const assignment = content.assignments.find(({ id }) => id === assignmentId)!;
  const version = questionnaireFor(content, assignment)!;
  if (!(await openVault(db, account.interviewerId, pin))) throw new Error('the PIN is wrong');
  for (const each of answers) {
    const begun = new Date(Date.now() - twentyMinutesMs);
    const draft = await startDraft(db, assignment, version, 'kk', begun);
    await sealDraft(db, draft.id, {
      answers: each,
      language: 'kk',
      completedAt: new Date(),
      durationMs: twentyMinutesMs,
      appVersion: 'tests',
    });
  }
  db.close();
}

Object.assign(globalThis, { fillTablet: fill });
