/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '@akimetr/api/contracts/canonical-json';
import { interviewInput } from '@akimetr/api/contracts/interviews';
import type { FieldDatabase } from '../../web/src/offline/database.ts';
import { thisDevice } from '../../web/src/offline/database.ts';
import { leaveDevice, rememberAccount, currentAccount } from '../../web/src/offline/accounts.ts';
import {
  DraftGone,
  dropDraft,
  dropIfEmpty,
  openDraft,
  saveDraft,
  startDraft,
} from '../../web/src/offline/drafts.ts';
import {
  PackageDamaged,
  currentPackage,
  questionnaireFor,
  storePackage,
} from '../../web/src/offline/field-package.ts';
import { hashOf, sha256Hex } from '../../web/src/offline/hash.ts';
import {
  applyToOutbox,
  noWaiting,
  readOutbox,
  sealedTexts,
} from '../../web/src/offline/outbox-store.ts';
import { graceMs } from '../../web/src/offline/outbox.ts';
import { sealDraft } from '../../web/src/offline/sealing.ts';
import { readOpening } from '../../web/src/offline/opening.ts';
import { isStorageFull } from '../../web/src/offline/storage-health.ts';
import {
  ScriptedServer,
  aDatabase,
  aPackage,
  aQuestionnaire,
  anAssignment,
  anOpenVault,
  interviewer,
} from './field-surroundings.ts';

const startedAt = new Date('2026-11-22T09:00:00Z');
const completion = {
  answers: { satisfied: 'yes', when: new Date('2026-01-02T00:00:00Z'), nothing: undefined },
  language: 'kk' as const,
  completedAt: new Date('2026-11-22T09:20:00Z'),
  durationMs: 1_200_000.4,
  appVersion: '0.1.0',
};
const content = {
  answers: { satisfied: 'no' },
  pageNo: 1,
  uiState: { randomSeed: 7 },
  language: 'ru' as const,
};

let db: FieldDatabase;
beforeEach(async () => {
  db = aDatabase();
  await thisDevice(db);
  await rememberAccount(db, interviewer);
  await anOpenVault(db);
});
afterEach(() => db.delete());

const aDraft = () => startDraft(db, anAssignment(), aQuestionnaire(), 'kk', startedAt);
const aSealed = async () => sealDraft(db, (await aDraft()).id, completion);

describe('readOpening', () => {
  it('is who works on the device and how their data are locked, as Dexie has them', async () => {
    const kept = {
      account: await currentAccount(db),
      vault: await db.vaults.get(interviewer.id),
    };
    expect(await readOpening(db.name)).toEqual({ ...kept, synthetic: undefined });
    await storePackage(db, aPackage(), null, startedAt);
    const account = await currentAccount(db);
    expect(await readOpening(db.name)).toEqual({ ...kept, account, synthetic: true });
  });

  it('is null when nobody is signed in, or has no PIN yet', async () => {
    const newcomer = { ...interviewer, id: '00000000-0000-4000-8000-000000000007' };
    await rememberAccount(db, newcomer);
    expect(await readOpening(db.name)).toBeNull();
    await leaveDevice(db, new ScriptedServer());
    expect(await readOpening(db.name)).toBeNull();
  });

  it('is null where there is no database, and leaves none behind', async () => {
    expect(await readOpening('never-made')).toBeNull();
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('never-made');
  });
});

describe('sha256Hex', () => {
  it('is SHA-256 of the UTF-8 bytes, also of Kazakh letters', async () => {
    const words = 'Ақкөл ауданының әкімі';
    expect(await sha256Hex(words)).toBe(createHash('sha256').update(words).digest('hex'));
  });

  it('does not depend on the order of the keys', async () => {
    expect(await hashOf({ a: 1, b: [2, { d: 3, c: 4 }] })).toBe(
      await hashOf({ b: [2, { c: 4, d: 3 }], a: 1 }),
    );
  });
});

describe('drafts', () => {
  it('come back with answers, page, state and language after the app was closed', async () => {
    const draft = await aDraft();
    const { id } = draft;
    await saveDraft(db, draft, content, 5_000, new Date('2026-11-22T09:05:00Z'));
    db.close();
    await db.open();
    const opened = await openDraft(db, id);
    expect(opened?.draft).toMatchObject({
      content,
      elapsedMs: 5_000,
      interviewerId: interviewer.id,
    });
    expect(opened?.version).toEqual(aQuestionnaire());
  });

  it('keep the questionnaire they began with when the package moves on', async () => {
    await storePackage(db, aPackage(), '"1"', startedAt);
    const { id } = await aDraft();
    const newer = aQuestionnaire({ version: 2, hash: 'b'.repeat(64) });
    await storePackage(db, aPackage({ questionnaires: [newer] }), '"2"', startedAt);
    expect((await openDraft(db, id))?.version.version).toBe(1);
  });

  it('let their questionnaire go with the last of them', async () => {
    const [first, second] = [await aDraft(), await aDraft()];
    await dropDraft(db, first.id);
    expect(await db.questionnaires.count()).toBe(1);
    await dropDraft(db, second.id);
    expect(await db.questionnaires.count()).toBe(0);
  });

  it('are dropped on leaving only when nothing was answered', async () => {
    const { id } = await aDraft();
    const answered = await aDraft();
    await saveDraft(db, answered, content, 1, startedAt);
    expect([await dropIfEmpty(db, id), await dropIfEmpty(db, answered.id)]).toEqual([true, false]);
    expect(await db.drafts.count()).toBe(1);
  });

  it('say so when they were sealed in another tab, instead of coming back to life', async () => {
    const draft = await aDraft();
    await sealDraft(db, draft.id, completion);
    await expect(saveDraft(db, draft, content, 1, startedAt)).rejects.toThrow(DraftGone);
    expect(await db.drafts.count()).toBe(0);
  });

  it('are written also when the browser has closed the database meanwhile', async () => {
    const draft = await aDraft();
    db.backendDB().close();
    await saveDraft(db, draft, content, 5_000, startedAt);
    expect((await openDraft(db, draft.id))?.draft.content).toEqual(content);
  });
});

describe('sealDraft', () => {
  it('makes a valid interview of which the row carries the hash', async () => {
    const row = await aSealed();
    const [text] = await sealedTexts(db, [row.id]);
    const interview = interviewInput.parse(JSON.parse(text));
    expect(row.hash).toBe(await sha256Hex(canonicalJson(interview)));
    expect(interview).toMatchObject({
      language: 'kk',
      durationMs: 1_200_000,
      deviceSequence: 1,
      deviceId: (await thisDevice(db)).deviceId,
      answers: { satisfied: 'yes', when: '2026-01-02T00:00:00.000Z' },
    });
  });

  it('moves the draft into the outbox in one step', async () => {
    const row = await aSealed();
    expect(await db.drafts.count()).toBe(0);
    expect(await db.questionnaires.count()).toBe(0);
    expect((await db.outbox.get(row.id))?.custody).toEqual({ state: 'queued' });
  });

  it('numbers the interviews of the device from 1 without a gap, also when many are sealed at once', async () => {
    const drafts = await Promise.all(Array.from({ length: 12 }, aDraft));
    const rows = await Promise.all(drafts.map(({ id }) => sealDraft(db, id, completion)));
    const numbers = rows.map(({ deviceSequence }) => deviceSequence).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect((await thisDevice(db)).lastSequence).toBe(12);
  });

  it('seals once when the button is pressed twice', async () => {
    const { id } = await aDraft();
    const [first, second] = await Promise.all([
      sealDraft(db, id, completion),
      sealDraft(db, id, completion),
    ]);
    expect(second).toEqual(first);
    expect(await db.sealed.count()).toBe(1);
  });

  it('leaves the draft and the number as they were when the device is full', async () => {
    const { id } = await aDraft();
    const full = new DOMException('full', 'QuotaExceededError');
    const add = jest.spyOn(db.outbox, 'add').mockRejectedValueOnce(full);
    const failure = await sealDraft(db, id, completion).catch((error: unknown) => error);
    add.mockRestore();
    expect(isStorageFull(failure)).toBe(true);
    expect([await db.drafts.count(), await db.sealed.count(), await db.outbox.count()]).toEqual([
      1, 0, 0,
    ]);
    expect((await sealDraft(db, id, completion)).deviceSequence).toBe(1);
  });
});

describe('applyToOutbox', () => {
  const tell = (event: Parameters<typeof applyToOutbox>[3]) =>
    applyToOutbox(db, interviewer.id, noWaiting, event, startedAt);

  it('deletes an interview and its content only when the grace after the receipt is over', async () => {
    const { id, hash } = await aSealed();
    const first = Date.parse('2026-11-22T10:00:00Z');
    await tell({ type: 'batchStarted' });
    await tell({
      type: 'receiptsArrived',
      sentIds: [id],
      receipts: [{ id, hash, status: 'stored', receivedAt: new Date(first).toISOString() }],
    });
    for (const ms of [0, graceMs - 1]) {
      await tell({ type: 'serverTimeLearned', serverNow: new Date(first + ms).toISOString() });
    }
    expect([await db.outbox.count(), await db.sealed.count()]).toEqual([1, 1]);
    await tell({ type: 'serverTimeLearned', serverNow: new Date(first + graceMs).toISOString() });
    expect([await db.outbox.count(), await db.sealed.count()]).toEqual([0, 0]);
  });

  it('does not touch what belongs to another interviewer of the same tablet', async () => {
    await aSealed();
    const others = await readOutbox(db, '00000000-0000-4000-8000-000000000002', noWaiting);
    expect(others.entries).toEqual([]);
  });
});

describe('storePackage', () => {
  it('replaces the old package and leaves nothing of it', async () => {
    await storePackage(db, aPackage(), '"1"', startedAt);
    await storePackage(db, aPackage({ assignments: [] }), '"2"', startedAt);
    expect(await currentPackage(db, interviewer.id)).toMatchObject({ etag: '"2"' });
    expect(await db.packages.count()).toBe(1);
  });

  it('keeps the old package in use when the new one does not read back as it was written', async () => {
    await storePackage(db, aPackage(), '"1"', startedAt);
    const damage = (row: { content: { assignments: unknown[] } }) =>
      void row.content.assignments.pop();
    db.packages.hook('reading', (row) => {
      if (row.etag === '"2"') damage(row);
      return row;
    });
    await expect(
      storePackage(db, aPackage({ synthetic: false }), '"2"', startedAt),
    ).rejects.toThrow(PackageDamaged);
    expect(await currentPackage(db, interviewer.id)).toMatchObject({ etag: '"1"' });
    expect(await db.packages.count()).toBe(1);
  });

  it('finds the version that the wave asks of the assignment’s level', () => {
    const newer = aQuestionnaire({ version: 2, hash: 'b'.repeat(64) });
    const content = aPackage({ questionnaires: [newer, aQuestionnaire()] });
    expect(questionnaireFor(content, anAssignment())?.version).toBe(1);
    expect(questionnaireFor(content, anAssignment({ level: 'rural' }))).toBeNull();
  });
});

describe('leaveDevice', () => {
  it('keeps drafts, sealed interviews and the package for the next sign-in', async () => {
    await storePackage(db, aPackage(), '"1"', startedAt);
    await aSealed();
    await aDraft();
    await leaveDevice(db, new ScriptedServer());
    expect(await currentAccount(db)).toBeNull();
    await rememberAccount(db, interviewer);
    expect((await currentAccount(db))?.packageId).not.toBeNull();
    expect([await db.drafts.count(), await db.sealed.count()]).toEqual([1, 1]);
  });
});
