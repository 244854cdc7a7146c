/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import Dexie from 'dexie';
import {
  CannotOpen,
  fromBase64Url,
  newBoxKeys,
  newDataKey,
  openBox,
  openBytes,
  purposes,
  sealBox,
  sealBytes,
  toBase64Url,
} from '@akimetr/api/contracts/encryption';
import { rememberAccount } from '../../web/src/offline/accounts.ts';
import type { FieldDatabase } from '../../web/src/offline/database.ts';
import { openFieldDatabase, thisDevice } from '../../web/src/offline/database.ts';
import { openDraft, saveDraft, startDraft } from '../../web/src/offline/drafts.ts';
import { sha256Hex } from '../../web/src/offline/hash.ts';
import { VaultLocked } from '../../web/src/offline/open-vault.ts';
import { sealedTexts } from '../../web/src/offline/outbox-store.ts';
import { createPinTries, waitAfterMs } from '../../web/src/offline/pin-tries.ts';
import { sealDraft } from '../../web/src/offline/sealing.ts';
import {
  changePin,
  createVault,
  keepRecovery,
  lockVault,
  openVault,
  resetPin,
} from '../../web/src/offline/vault.ts';
import {
  aDatabase,
  aQuestionnaire,
  anAssignment,
  anOpenVault,
  interviewer,
  pin,
  rescueKey,
} from './field-surroundings.ts';
import fc from '../support/fast-check.ts';

const { id: owner } = interviewer;
const startedAt = new Date('2026-11-22T09:00:00Z');
const secret = 'кілем мен домбыра';
const content = { answers: { why: secret }, pageNo: 0, uiState: null, language: 'kk' as const };
const bytes = fc.uint8Array({ maxLength: 300 }).map((one) => Uint8Array.from(one));

let db: FieldDatabase;
beforeEach(async () => {
  db = aDatabase();
  await thisDevice(db);
  await rememberAccount(db, interviewer);
});
afterEach(() => db.delete());

const aDraft = async () => {
  const draft = await startDraft(db, anAssignment(), aQuestionnaire(), 'kk', startedAt);
  await saveDraft(db, draft, content, 1, startedAt);
  return draft;
};
const aSealed = async () =>
  sealDraft(db, (await aDraft()).id, {
    answers: content.answers,
    language: 'kk',
    completedAt: startedAt,
    durationMs: 1,
    appVersion: '0',
  });

/** Everything on the disk, as one text. */
async function dump(): Promise<string> {
  const tables = await Promise.all(db.tables.map((table) => table.toArray()));
  return JSON.stringify(tables, (_, value: unknown) =>
    ArrayBuffer.isView(value) ? Buffer.from(value as Uint8Array).toString('utf8') : value,
  );
}

describe('encryption', () => {
  it('gives back what was encrypted, and nothing to another key, another purpose or after a changed bit', async () => {
    const [key, other] = [await newDataKey(), await newDataKey()];
    await fc.assert(
      fc.asyncProperty(bytes, fc.string(), fc.nat(), fc.nat(7), async (plain, purpose, at, bit) => {
        const sealed = await sealBytes(key, purpose, plain);
        expect(await openBytes(key, purpose, sealed)).toEqual(plain);
        await expect(openBytes(other, purpose, sealed)).rejects.toThrow(CannotOpen);
        await expect(openBytes(key, `${purpose}.`, sealed)).rejects.toThrow(CannotOpen);
        sealed[at % sealed.length] ^= 1 << bit;
        await expect(openBytes(key, purpose, sealed)).rejects.toThrow(CannotOpen);
      }),
      { numRuns: 60 },
    );
  });

  it('opens a box only with the private key it was made for', async () => {
    const [own, foreign] = [await newBoxKeys(), await newBoxKeys()];
    await fc.assert(
      fc.asyncProperty(bytes, fc.nat(), async (plain, at) => {
        const box = await sealBox(own.publicKey, 'p', plain);
        expect(await openBox(own.privateKey, 'p', box)).toEqual(plain);
        await expect(openBox(foreign.privateKey, 'p', box)).rejects.toThrow(CannotOpen);
        await expect(openBox(own.privateKey, 'q', box)).rejects.toThrow(CannotOpen);
        box[at % box.length] ^= 1;
        await expect(openBox(own.privateKey, 'p', box)).rejects.toThrow(CannotOpen);
      }),
      { numRuns: 25 },
    );
  });

  it('never encrypts the same twice alike, and says in words what is wrong', async () => {
    const key = await newDataKey();
    const plain = Uint8Array.of(1, 2, 3);
    const [first, second] = [await sealBytes(key, 'p', plain), await sealBytes(key, 'p', plain)];
    expect(toBase64Url(first)).not.toBe(toBase64Url(second));
    await expect(openBytes(key, 'draft 7', first)).rejects.toThrow(
      'draft 7: damaged, or encrypted with another key',
    );
  });

  it('writes bytes as base64url and reads them again', () => {
    fc.assert(
      fc.property(bytes, (plain) => {
        expect(toBase64Url(plain)).toBe(Buffer.from(plain).toString('base64url'));
        expect(fromBase64Url(toBase64Url(plain))).toEqual(plain);
      }),
    );
    expect(() => fromBase64Url('§')).toThrow(CannotOpen);
  });
});

describe('the vault', () => {
  it('opens with its PIN and with no other', async () => {
    await anOpenVault(db);
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^\d{4,12}$/), async (tried) => {
        lockVault(db);
        expect(await openVault(db, owner, tried)).toBe(tried === pin);
      }),
      { numRuns: 40 },
    );
    expect(await openVault(db, owner, pin)).toBe(true);
  });

  it('leaves no answer on the disk that can be read, in drafts nor in the outbox', async () => {
    await anOpenVault(db);
    await aDraft();
    await aSealed();
    const disk = await dump();
    expect(disk).toContain('Akkol, school 1');
    expect(disk).not.toContain(secret);
    expect(disk).not.toContain('"answers"');
    expect(disk).not.toContain(pin);
  });

  it('gives nothing and takes nothing while it is locked', async () => {
    await anOpenVault(db);
    const draft = await aDraft();
    const { id } = draft;
    const row = await aSealed();
    lockVault(db);
    await expect(openDraft(db, id)).rejects.toThrow(VaultLocked);
    await expect(saveDraft(db, draft, content, 1, startedAt)).rejects.toThrow(VaultLocked);
    await expect(sealedTexts(db, [row.id])).rejects.toThrow(VaultLocked);
    await openVault(db, owner, pin);
    expect((await openDraft(db, id))?.draft.content).toEqual(content);
    expect(await sha256Hex((await sealedTexts(db, [row.id]))[0])).toBe(row.hash);
  });

  it('of one interviewer does not open the drafts of another on the same tablet', async () => {
    await anOpenVault(db);
    const { id } = await aDraft();
    await createVault(db, '00000000-0000-4000-8000-000000000002', '7391', null, 10);
    await expect(openDraft(db, id)).rejects.toThrow(VaultLocked);
    await openVault(db, owner, pin);
    expect((await openDraft(db, id))?.draft.content).toEqual(content);
  });

  it('takes a changed or exchanged piece for damaged, and one damaged interview stops no other', async () => {
    await anOpenVault(db);
    const [first, second] = [await aDraft(), await aDraft()];
    const { content: exchanged } = (await db.drafts.get(second.id))!;
    await db.drafts.update(first.id, { content: exchanged });
    await expect(openDraft(db, first.id)).rejects.toThrow(CannotOpen);
    const [bad, good] = [await aSealed(), await aSealed()];
    await db.sealed.update(bad.id, { content: Uint8Array.of(1, 2, 3) });
    const texts = await sealedTexts(db, [bad.id, good.id]);
    expect(texts.map((text) => (JSON.parse(text) as { id: string }).id)).toEqual([good.id]);
  });

  it('takes a new PIN from the one who knows the old one, and keeps what is in it', async () => {
    await anOpenVault(db);
    const { id } = await aDraft();
    expect(await changePin(db, owner, '0000', '7391')).toBe(false);
    expect(await changePin(db, owner, pin, '7391')).toBe(true);
    lockVault(db);
    expect([await openVault(db, owner, pin), await openVault(db, owner, '7391')]).toEqual([
      false,
      true,
    ]);
    expect((await openDraft(db, id))?.draft.content).toEqual(content);
  });

  it('takes a new PIN with the data key that the server got out of its box, and with no other', async () => {
    const server = await newBoxKeys();
    await createVault(db, owner, pin, null, 10);
    const { id } = await aDraft();
    const key = { id: 'fedcba9876543210', publicKey: toBase64Url(server.publicKey) };
    await keepRecovery(db, owner, key);
    lockVault(db);
    const { box, keyId } = (await db.vaults.get(owner))!.recovery!;
    const dataKey = await openBox(server.privateKey, purposes.dataKey(owner), box);
    await expect(resetPin(db, owner, toBase64Url(new Uint8Array(32)), '7391')).rejects.toThrow(
      CannotOpen,
    );
    await resetPin(db, owner, toBase64Url(dataKey), '7391');
    expect(keyId).toBe(key.id);
    expect((await openDraft(db, id))?.draft.content).toEqual(content);
    lockVault(db);
    expect(await openVault(db, owner, '7391')).toBe(true);
  });

  it('keeps the box it has while the server’s key stays the same, and makes a new one for another', async () => {
    await anOpenVault(db);
    const before = (await db.vaults.get(owner))!.recovery;
    await keepRecovery(db, owner, rescueKey);
    expect((await db.vaults.get(owner))!.recovery).toEqual(before);
    await keepRecovery(db, owner, { ...rescueKey, id: 'fedcba9876543210' });
    expect((await db.vaults.get(owner))!.recovery!.keyId).toBe('fedcba9876543210');
  });
});

describe('a database of version 1', () => {
  const names = ['a', 'b'].map((letter) => letter.repeat(8));
  const interview = JSON.stringify({ answers: { why: secret } });

  /** As the app left it before there were PINs. */
  async function oldDatabase(name: string): Promise<void> {
    const old = new Dexie(name);
    old.version(1).stores({
      device: 'key',
      accounts: 'interviewerId',
      packages: 'id, interviewerId',
      questionnaires: 'hash',
      drafts: 'id, interviewerId',
      outbox: 'id, interviewerId',
      sealed: 'id',
    });
    const version = aQuestionnaire();
    const questionnaire = { code: version.code, version: 1, hash: version.hash };
    await old.table('questionnaires').add(version);
    await old.table('drafts').add({
      id: names[0],
      interviewerId: owner,
      assignmentId: 'x',
      questionnaire,
      savedAt: startedAt.toISOString(),
      content,
    });
    await old.table('sealed').add({ id: names[1], interviewerId: owner, text: interview });
    old.close();
  }

  it('keeps its drafts and sealed interviews, and they are encrypted when the PIN is set', async () => {
    await db.delete();
    const name = 'field-test-of-version-1';
    await oldDatabase(name);
    db = openFieldDatabase(name);
    expect(await sealedTexts(db, [names[1]])).toEqual([interview]);
    expect((await openDraft(db, names[0]))?.draft).toMatchObject({ answered: 1, content });
    await anOpenVault(db);
    expect(await dump()).not.toContain(secret);
    expect(await sealedTexts(db, [names[1]])).toEqual([interview]);
    expect((await openDraft(db, names[0]))?.draft).toMatchObject({ answered: 1, content });
    lockVault(db);
    await expect(openDraft(db, names[0])).rejects.toThrow(VaultLocked);
  });

  it('is left as it was when the device is too full to encrypt it', async () => {
    await db.delete();
    const name = 'field-test-of-version-1-full';
    await oldDatabase(name);
    db = openFieldDatabase(name);
    const full = new DOMException('full', 'QuotaExceededError');
    const put = jest.spyOn(db.sealed, 'bulkPut').mockRejectedValueOnce(full);
    await expect(anOpenVault(db)).rejects.toThrow();
    put.mockRestore();
    expect(await db.vaults.count()).toBe(0);
    expect((await openDraft(db, names[0]))?.draft.content).toEqual(content);
    await anOpenVault(db);
    expect(await sealedTexts(db, [names[1]])).toEqual([interview]);
  });
});

describe('wrong PINs', () => {
  let now = 0;
  const appStarted = () => createPinTries(db, () => now);
  const wrong = '0000';
  beforeEach(async () => {
    now = 1_000_000;
    await anOpenVault(db);
    lockVault(db);
  });

  it('cost nothing three times, then a wait that doubles from 5 s to 10 min', () => {
    expect([0, 1, 2, 3, 4, 5, 9, 10, 11, 500].map(waitAfterMs)).toEqual([
      0, 0, 0, 5_000, 10_000, 20_000, 320_000, 600_000, 600_000, 600_000,
    ]);
  });

  it('are not even tried before the wait is over, and the right one then opens', async () => {
    const tries = appStarted();
    for (const _ of [1, 2, 3]) {
      expect(await tries.open(owner, wrong)).toEqual({ state: 'wrong' });
    }
    expect(await tries.open(owner, pin)).toEqual({ state: 'wait', waitMs: 5_000 });
    now += 4_999;
    expect(await tries.waitMs(owner)).toBe(1);
    expect(await tries.open(owner, pin)).toEqual({ state: 'wait', waitMs: 1 });
    now += 1;
    expect(await tries.open(owner, wrong)).toEqual({ state: 'wrong' });
    expect(await tries.waitMs(owner)).toBe(10_000);
    now += 10_000;
    expect(await tries.open(owner, pin)).toEqual({ state: 'open' });
    lockVault(db);
    expect(await tries.open(owner, wrong)).toEqual({ state: 'wrong' });
    expect(await tries.waitMs(owner)).toBe(0);
  });

  it('are remembered over a new start of the app, whose clock begins anew', async () => {
    const tries = appStarted();
    for (const _ of [1, 2, 3]) await tries.open(owner, wrong);
    now = 0;
    const later = appStarted();
    expect(await later.waitMs(owner)).toBe(5_000);
    now += 3_000;
    expect(await later.open(owner, pin)).toEqual({ state: 'wait', waitMs: 2_000 });
  });

  it('of one interviewer make nobody else wait', async () => {
    const tries = appStarted();
    for (const _ of [1, 2, 3, 4]) await tries.open(owner, wrong);
    expect(await tries.waitMs('00000000-0000-4000-8000-000000000002')).toBe(0);
  });

  it('wipe nothing, however many there are', async () => {
    await openVault(db, owner, pin);
    const { id } = await aDraft();
    lockVault(db);
    const tries = appStarted();
    for (let i = 0; i < 15; i += 1) {
      await tries.open(owner, wrong);
      now += 600_000;
    }
    expect(await tries.open(owner, pin)).toEqual({ state: 'open' });
    expect((await openDraft(db, id))?.draft.content).toEqual(content);
  });

  it('do not lock out the one who knows it when the device is full', async () => {
    const full = new DOMException('full', 'QuotaExceededError');
    const update = jest.spyOn(db.vaults, 'update').mockRejectedValue(full);
    expect(await appStarted().open(owner, pin)).toEqual({ state: 'open' });
    update.mockRestore();
  });
});
