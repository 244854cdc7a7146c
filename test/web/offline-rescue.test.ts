/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import {
  fromBase64Url,
  importDataKey,
  newBoxKeys,
  openBox,
  openBytes,
  purposes,
  toBase64Url,
} from '@akimetr/api/contracts/encryption';
import type { Key } from '@akimetr/api/contracts/encryption';
import { rescueFile } from '@akimetr/api/contracts/rescue';
import type { RescueFile } from '@akimetr/api/contracts/rescue';
import { rememberAccount } from '../../web/src/offline/accounts.ts';
import type { FieldDatabase } from '../../web/src/offline/database.ts';
import { thisDevice } from '../../web/src/offline/database.ts';
import { recordContact } from '../../web/src/offline/contacts.ts';
import { saveDraft, startDraft } from '../../web/src/offline/drafts.ts';
import { storePackage } from '../../web/src/offline/field-package.ts';
import { sha256Hex } from '../../web/src/offline/hash.ts';
import { applyToOutbox, noWaiting } from '../../web/src/offline/outbox-store.ts';
import { NoRescueKey, countUnsent, rescueFileOf } from '../../web/src/offline/rescue-file.ts';
import { sealDraft } from '../../web/src/offline/sealing.ts';
import { createVault, lockVault } from '../../web/src/offline/vault.ts';
import {
  aDatabase,
  aPackage,
  aQuestionnaire,
  anAssignment,
  interviewer,
  pin,
} from './field-surroundings.ts';

const { id: owner } = interviewer;
const now = new Date('2026-11-22T09:00:00Z');

let db: FieldDatabase;
let server: Awaited<ReturnType<typeof newBoxKeys>>;
const key = () => ({ id: 'fedcba9876543210', publicKey: toBase64Url(server.publicKey) });

beforeAll(async () => {
  server = await newBoxKeys();
});
beforeEach(async () => {
  db = aDatabase();
  await thisDevice(db);
  await rememberAccount(db, interviewer);
});
afterEach(() => db.delete());

const aSealed = async () => {
  const { id } = await startDraft(db, anAssignment(), aQuestionnaire(), 'kk', now);
  const answers = { why: 'құпия' };
  return sealDraft(db, id, {
    answers,
    language: 'kk',
    completedAt: now,
    durationMs: 1,
    appVersion: '0',
  });
};
const rescue = () => rescueFileOf(db, owner, '0.1.0', now);
const parsed = (json: string) => rescueFile.parse(JSON.parse(json));

async function keyAtServer({ key: box }: RescueFile): Promise<Key> {
  const raw = await openBox(server.privateKey, purposes.dataKey(owner), fromBase64Url(box));
  return importDataKey(raw);
}

async function opened(
  dataKey: Key,
  purpose: (id: string) => string,
  { id, content }: { id: string; content: string },
): Promise<string> {
  return new TextDecoder().decode(await openBytes(dataKey, purpose(id), fromBase64Url(content)));
}

/** As the server reads it. */
async function readByServer(file: RescueFile): Promise<string[]> {
  const dataKey = await keyAtServer(file);
  return Promise.all(file.interviews.map((one) => opened(dataKey, purposes.interview, one)));
}

describe('a rescue file', () => {
  it('holds every unsent interview for the server alone, with its hash, also from a locked tablet', async () => {
    await createVault(db, owner, pin, key(), 10);
    const rows = [await aSealed(), await aSealed()];
    lockVault(db);
    const saved = await rescue();
    const file = parsed(saved.json);
    expect([saved.interviews, file.keyId]).toEqual([2, key().id]);
    expect(saved.json).not.toContain('құпия');
    const texts = await readByServer(file);
    expect(await Promise.all(texts.map(sha256Hex))).toEqual(rows.map(({ hash }) => hash));
    expect(file.interviews.map(({ hash }) => hash)).toEqual(rows.map(({ hash }) => hash));
  });

  it('holds drafts and contact attempts too, for the server alone, from a locked tablet', async () => {
    await createVault(db, owner, pin, key(), 10);
    const draft = await startDraft(db, anAssignment(), aQuestionnaire(), 'kk', now, 4);
    const content = { ...draft.content, answers: { why: 'құпия' } };
    await saveDraft(db, draft, content, 5, now);
    const { waveId, id: assignmentId } = anAssignment();
    const attempt = { waveId, assignmentId, household: 3, appVersion: '0' };
    const told = { disposition: 'no_answer', nextStep: 'come_back', note: 'құпия' } as const;
    await recordContact(db, owner, { ...attempt, ...told }, now);
    lockVault(db);
    expect(await countUnsent(db, owner)).toEqual({ interviews: 0, drafts: 1, contacts: 1 });
    const saved = await rescue();
    expect(saved).toMatchObject({ interviews: 0, drafts: 1, contacts: 1 });
    expect(saved.json).not.toContain('құпия');
    const file = parsed(saved.json);
    const dataKey = await keyAtServer(file);
    expect(JSON.parse(await opened(dataKey, purposes.draft, file.drafts[0]))).toEqual(content);
    const text = await opened(dataKey, purposes.contact, file.contacts[0]);
    expect([JSON.parse(text), await sha256Hex(text)]).toEqual([
      expect.objectContaining(told),
      file.contacts[0].hash,
    ]);
    await db.contacts.toCollection().modify({ state: 'held' });
    expect(parsed((await rescue()).json).contacts).toEqual([]);
  });

  it('holds the answers on the screen that a full device did not take', async () => {
    await createVault(db, owner, pin, key(), 10);
    const { id, content } = await startDraft(db, anAssignment(), aQuestionnaire(), 'kk', now);
    const onScreen = { draftId: id, content: { ...content, answers: { why: 'unwritten' } } };
    const file = parsed((await rescueFileOf(db, owner, '0.1.0', now, onScreen)).json);
    const text = await opened(await keyAtServer(file), purposes.draft, file.drafts[0]);
    expect(JSON.parse(text)).toEqual(onScreen.content);
  });

  it('leaves out what the server has proved to hold', async () => {
    await createVault(db, owner, pin, key(), 10);
    const [held, unsent] = [await aSealed(), await aSealed()];
    const receivedAt = now.toISOString();
    const receipts = [{ id: held.id, hash: held.hash, status: 'stored' as const, receivedAt }];
    const event = { type: 'receiptsArrived' as const, sentIds: [held.id], receipts };
    await applyToOutbox(db, owner, noWaiting, event, now);
    expect(parsed((await rescue()).json).interviews.map(({ id }) => id)).toEqual([unsent.id]);
  });

  it('is saved while nothing can be written any more', async () => {
    await createVault(db, owner, pin, key(), 10);
    await aSealed();
    const full = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    for (const table of db.tables) {
      table.hook('creating', full);
      table.hook('updating', full);
    }
    expect((await rescue()).interviews).toBe(1);
  });

  it('is made with the server’s key from the package when the PIN was set before that had come', async () => {
    await createVault(db, owner, pin, null, 10);
    await aSealed();
    await expect(rescue()).rejects.toThrow(NoRescueKey);
    await storePackage(db, aPackage({ rescueKey: key() }), '"1"', now);
    expect(await readByServer(parsed((await rescue()).json))).toHaveLength(1);
    lockVault(db);
    await expect(rescue()).rejects.toThrow(NoRescueKey);
  });
});
