/** Runs in the browser: weeks of fieldwork in a moment, by the app's own sealing. Bundled by fill-tablet.ts. */
import '../../web/src/app/zod-without-eval.ts';
import type { Receipt } from '../../api/src/contracts/interviews.ts';
import { currentAccount } from '../../web/src/offline/accounts.ts';
import { type OutboxRow, openFieldDatabase } from '../../web/src/offline/database.ts';
import { startDraft } from '../../web/src/offline/drafts.ts';
import { currentPackage, questionnaireFor } from '../../web/src/offline/field-package.ts';
import { applyToOutbox, noWaiting } from '../../web/src/offline/outbox-store.ts';
import { sealDraft } from '../../web/src/offline/sealing.ts';
import { openVault } from '../../web/src/offline/vault.ts';

export interface Filling {
  readonly pin: string;
  readonly assignmentId: string;
  /** Of each interview: question name → value. */
  readonly answers: readonly Readonly<Record<string, unknown>>[];
  /** So many of them were sent, and the server did not take them. */
  readonly refused: number;
}

const twentyMinutesMs = 1_200_000;

/** Seals one interview after another for the interviewer who works on the tablet. */
async function fill({ pin, assignmentId, answers, refused }: Filling): Promise<void> {
  const db = openFieldDatabase();
  const account = (await currentAccount(db))!;
  const { content } = (await currentPackage(db, account.interviewerId))!;
  const assignment = content.assignments.find(({ id }) => id === assignmentId)!;
  const version = questionnaireFor(content, assignment)!;
  if (!(await openVault(db, account.interviewerId, pin))) throw new Error('the PIN is wrong');
  const sealed: OutboxRow[] = [];
  for (const each of answers) {
    const begun = new Date(Date.now() - twentyMinutesMs);
    const draft = await startDraft(db, assignment, version, 'kk', begun);
    const row = await sealDraft(db, draft.id, {
      answers: each,
      language: 'kk',
      completedAt: new Date(),
      durationMs: twentyMinutesMs,
      appVersion: 'tests',
    });
    sealed.push(row);
  }
  const now = new Date();
  const receipts = sealed.slice(0, refused).map(({ id, hash }): Receipt => {
    const fields = [{ path: 'answers.age', message: 'not a number' }];
    const reasons = [{ code: 'invalid_answers' as const, fields }];
    return { id, hash, status: 'refused', receivedAt: now.toISOString(), reasons };
  });
  const sentIds = sealed.slice(0, refused).map(({ id }) => id);
  const answered = { type: 'receiptsArrived', sentIds, receipts } as const;
  await applyToOutbox(db, account.interviewerId, noWaiting, answered, now);
  db.close();
}

Object.assign(globalThis, { fillTablet: fill });
