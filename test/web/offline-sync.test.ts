/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import { deviceReport } from '../../api/src/contracts/devices.ts';
import { ApiProblem, NetworkProblem } from '../../web/src/lib/api-client.ts';
import { rememberAccount } from '../../web/src/offline/accounts.ts';
import { recordContact } from '../../web/src/offline/contacts.ts';
import { thisDevice } from '../../web/src/offline/database.ts';
import type { FieldDatabase } from '../../web/src/offline/database.ts';
import { startDraft } from '../../web/src/offline/drafts.ts';
import { currentPackage } from '../../web/src/offline/field-package.ts';
import { sealDraft } from '../../web/src/offline/sealing.ts';
import { createSync } from '../../web/src/offline/sync.ts';
import { lockVault, openVault } from '../../web/src/offline/vault.ts';
import type { Sync, SyncSurroundings } from '../../web/src/offline/sync.ts';
import {
  ScriptedServer,
  aTablet,
  aDatabase,
  aQuestionnaire,
  anAssignment,
  anOpenVault,
  interviewer,
  pin,
} from './field-surroundings.ts';
import fc from '../support/fast-check.ts';

const problem = (
  status: number,
  code: 'not_signed_in' | 'internal' | 'too_large' | 'store_unavailable',
) => new ApiProblem({ type: 'about:blank', title: code, requestId: 'r', status, code });
const noNetwork = () => {
  throw new NetworkProblem('the server was not reached');
};

let db: FieldDatabase;
let server: ScriptedServer;
let clockMs: number;
let planned: { ms: number; work: () => void }[];

/** A tablet switched on: a new one forgets all but its database. */
const switchOn = (over: Partial<SyncSurroundings> = {}): Sync =>
  createSync({
    db,
    api: server,
    monotonicNow: () => clockMs,
    now: () => new Date('2026-11-22T09:59:58Z'),
    chance01: () => 0.5,
    withLock: (_, work) => work(),
    describeTablet: () => Promise.resolve(aTablet),
    appVersion: '0.1.0',
    later: (ms, work) => {
      planned.push({ ms, work });
      return () => {};
    },
    ...over,
  });

beforeEach(async () => {
  db = aDatabase();
  server = new ScriptedServer();
  clockMs = 0;
  planned = [];
  await thisDevice(db);
  await rememberAccount(db, interviewer);
  await anOpenVault(db);
});
afterEach(() => db.delete());

const seal = async (answers: Record<string, unknown> = { satisfied: 'yes' }) => {
  const started = new Date('2026-11-22T09:00:00Z');
  const { id } = await startDraft(db, anAssignment(), aQuestionnaire(), 'kk', started);
  const language = 'kk' as const;
  const completedAt = new Date('2026-11-22T09:20:00Z');
  return sealDraft(db, id, { answers, language, completedAt, durationMs: 1, appVersion: '0' });
};
const states = async () =>
  (await db.outbox.orderBy('id').toArray())
    .sort((a, b) => a.deviceSequence - b.deviceSequence)
    .map(({ custody }) => custody.state);

describe('sync', () => {
  it('sends what is sealed, keeps the receipts, and then fetches the package', async () => {
    await seal();
    await seal();
    const sync = switchOn();
    await sync.run();
    expect(sync.state()).toMatchObject({ outcome: 'done', answered: 2, total: 2, running: false });
    expect(await states()).toEqual(['held', 'held']);
    expect(server.stored.size).toBe(2);
    expect((await currentPackage(db, interviewer.id))?.content.assignments).toHaveLength(1);
    expect((await db.accounts.get(interviewer.id))?.clockOffsetMs).toBe(2_000);
  });

  it('asks for the package only once while it does not change', async () => {
    const sync = switchOn();
    await sync.run();
    const first = await currentPackage(db, interviewer.id);
    server.package = { ...server.package, assignments: [] };
    await sync.run();
    expect(await currentPackage(db, interviewer.id)).toEqual(first);
    server.etag = '"2"';
    await sync.run();
    expect((await currentPackage(db, interviewer.id))?.content.assignments).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['was sealed', () => seal()],
    ['was unlocked', () => openVault(db, interviewer.id, pin)],
  ])('sends what %s when a run was past sending', async (what, happens) => {
    await seal();
    if (what === 'was unlocked') lockVault(db);
    let once: () => Promise<unknown> = async () => {
      await happens();
      // As the screen does: it finds the run under way.
      void sync.run();
    };
    const sync = switchOn({
      describeTablet: async () => {
        const now = once;
        once = () => Promise.resolve();
        await now();
        return aTablet;
      },
    });
    await sync.run();
    expect(new Set(await states())).toEqual(new Set(['held']));
  });

  it('tries again at once when the network comes back under a run that has just missed it', async () => {
    await seal();
    let back = false;
    server.before = () => {
      if (back) return;
      back = true;
      // The browser says that there is a network again, and this call does not profit from it.
      queueMicrotask(() => void sync.runNow());
      noNetwork();
    };
    const sync = switchOn();
    await sync.run();
    expect(await states()).toEqual(['held']);
  });

  it('waits seconds, not minutes, when a network that is back stumbles after a long time without one', async () => {
    await seal();
    server.before = noNetwork;
    const sync = switchOn();
    for (let failures = 0; failures < 12; failures += 1) {
      clockMs += planned.at(-1)?.ms ?? 0;
      await sync.run();
    }
    expect(planned.at(-1)!.ms).toBeGreaterThan(60_000);
    await sync.runNow();
    expect(planned.at(-1)!.ms).toBeLessThan(5_000);
  });

  it('ends with one copy on the server when the answer was lost', async () => {
    await seal();
    server.after = (call) => call === 'submit' && noNetwork();
    const sync = switchOn();
    await sync.run();
    expect(sync.state().outcome).toBe('no-network');
    expect(await states()).toEqual(['queued']);
    server.after = () => {};
    await sync.runNow();
    expect(await states()).toEqual(['held']);
    expect(server.stored.size).toBe(1);
  });

  it('plans the next try by itself, and waits for it', async () => {
    await seal();
    server.before = noNetwork;
    const sync = switchOn();
    await sync.run();
    server.before = () => {};
    await sync.run();
    expect(await states()).toEqual(['queued']);
    clockMs = planned.at(-1)!.ms;
    await sync.run();
    expect(await states()).toEqual(['held']);
  });

  it('hands in by its own credential when the session has ended, and again once somebody signed in', async () => {
    const { id } = await seal();
    server.user = null;
    const sync = switchOn();
    await sync.run();
    expect(sync.state().outcome).toBe('sign-in-needed');
    expect(await states()).toEqual(['attention']);
    expect([...server.aside.keys()]).toEqual([id]);
    server.user = interviewer;
    await sync.run();
    expect(await states()).toEqual(['held']);
  });

  it('keeps everything and asks to sign in when the server does not know the tablet either', async () => {
    await seal();
    server.user = null;
    server.before = (call) => {
      if (call === 'submit') throw problem(401, 'not_signed_in');
    };
    const sync = switchOn();
    await sync.run();
    expect(sync.state().outcome).toBe('sign-in-needed');
    expect(await states()).toEqual(['queued']);
    server.before = () => {};
    server.user = interviewer;
    await sync.run();
    expect(await states()).toEqual(['held']);
  });

  it('hands in what a withdrawn tablet has, and holds it as soon as a person has released it', async () => {
    const { id, hash } = await seal();
    server.user = null;
    server.revoked = true;
    const sync = switchOn();
    await sync.run();
    expect(sync.state().outcome).toBe('device-revoked');
    expect(await states()).toEqual(['attention']);
    server.stored.set(id, hash);
    await sync.run();
    expect(server.reports[0].waiting).toEqual([{ id, hash }]);
    expect(await states()).toEqual(['held']);
  });

  it('tells at each sync how the tablet is and which numbers it still has', async () => {
    await seal();
    const bad = await seal({ satisfied: 'bad' });
    server.answer = (interview, receipt) =>
      interview.id === bad.id ? { ...receipt, status: 'refused', reasons: [] } : receipt;
    await switchOn().run();
    expect(server.reports).toHaveLength(1);
    expect(server.reports[0]).toMatchObject({
      deviceId: (await thisDevice(db)).deviceId,
      lastSequence: 2,
      unsent: 1,
      unsentSequences: [2],
      drafts: 0,
      battery01: 0.8,
      waiting: [],
      deviceTime: '2026-11-22T09:59:58.000Z',
    });
    expect(deviceReport.safeParse(server.reports[0]).success).toBe(true);
  });

  it('sends nothing in the name of somebody else who is signed in in the same browser', async () => {
    await seal();
    server.user = { ...interviewer, id: '00000000-0000-4000-8000-000000000099' };
    const sync = switchOn();
    await sync.run();
    expect([sync.state().outcome, server.batches]).toEqual(['sign-in-needed', []]);
  });

  it('keeps a refused interview with its reasons and lets the others through', async () => {
    const bad = await seal({ satisfied: 'bad' });
    await seal();
    server.answer = (interview, receipt) =>
      interview.id === bad.id
        ? { ...receipt, status: 'refused', reasons: [{ code: 'wave_not_open', fields: [] }] }
        : receipt;
    const sync = switchOn();
    await sync.run();
    expect(await states()).toEqual(['attention', 'held']);
    server.answer = (_, receipt) => receipt;
    await sync.sendAgain(bad.id);
    expect(await states()).toEqual(['held', 'held']);
  });

  it('finds the one interview for which the server turns whole messages down', async () => {
    for (let i = 0; i < 9; i += 1) await seal({ satisfied: i === 4 ? 'poison' : 'yes' });
    const submit = server.submit;
    server.submit = (texts) => {
      if (texts.some((each) => each.includes('poison')))
        return Promise.reject(problem(413, 'too_large'));
      return submit(texts);
    };
    const sync = switchOn();
    await sync.run();
    expect(sync.state().outcome).toBe('done');
    expect((await states()).filter((state) => state !== 'held')).toEqual(['attention']);
  });

  it('waits, and suspects no interview, while the server is busy', async () => {
    await seal();
    server.before = (call) => {
      if (call === 'submit') throw problem(503, 'store_unavailable');
    };
    const sync = switchOn();
    await sync.run();
    expect(sync.state().outcome).toBe('server-failed');
    expect((await db.outbox.toArray())[0]?.failures).toBe(0);
  });

  it('leaves the sending to the tab that has the lock', async () => {
    await seal();
    const sync = switchOn({ withLock: () => Promise.resolve(null) });
    await sync.run();
    expect(server.batches).toEqual([]);
  });

  it('says that the device failed when the receipts cannot be written, and sends again later', async () => {
    await seal();
    const put = jest.spyOn(db.outbox, 'bulkPut').mockRejectedValue(new Error('disk'));
    const sync = switchOn();
    await sync.run();
    expect(sync.state().outcome).toBe('device-failed');
    put.mockRestore();
    await switchOn().run();
    expect(await states()).toEqual(['held']);
    expect(server.stored.size).toBe(1);
  });

  describe('contact attempts', () => {
    const write = () =>
      recordContact(
        db,
        interviewer.id,
        {
          waveId: anAssignment().waveId,
          assignmentId: anAssignment().id,
          household: 1,
          disposition: 'no_answer',
          nextStep: 'come_back',
          appVersion: '0',
        },
        new Date('2026-11-22T09:00:00Z'),
      );
    const contactStates = async () => (await db.contacts.toArray()).map(({ state }) => state);
    const batches = () => {
      const sizes: number[] = [];
      const { submitContacts } = server;
      server.submitContacts = (attempts) => {
        sizes.push(attempts.length);
        return submitContacts(attempts);
      };
      return sizes;
    };

    it('go by the tablet’s own credential when the session has ended, once, and are counted after a sign-in', async () => {
      await write();
      server.user = null;
      const sent = batches();
      const sync = switchOn();
      await sync.runNow();
      await sync.runNow();
      expect([await contactStates(), sent, server.contacts.size]).toEqual([['kept'], [1], 0]);
      server.user = interviewer;
      await sync.runNow();
      await sync.runNow();
      expect([await contactStates(), sent, server.contacts.size]).toEqual([['held'], [1, 1], 1]);
    });

    it('stay on a withdrawn tablet, also when their assignment is over, until it is enrolled again', async () => {
      await write();
      server.revoked = true;
      const sync = switchOn();
      await sync.runNow();
      server.package = { ...server.package, assignments: [] };
      server.etag = '"2"';
      await sync.runNow();
      expect(await contactStates()).toEqual(['kept']);
      server.revoked = false;
      await sync.runNow();
      expect([await contactStates(), server.contacts.size]).toEqual([[], 1]);
    });

    it('wait for a tablet whose receipt has another hash', async () => {
      await write();
      const { submitContacts } = server;
      server.submitContacts = async (attempts) =>
        (await submitContacts(attempts)).map((one) => ({ ...one, hash: 'f'.repeat(64) }));
      await switchOn().runNow();
      expect(await contactStates()).toEqual(['attention']);
    });
  });

  it('loses nothing in 30 schedules of lost calls, lost answers and restarts on the real database', async () => {
    const trouble = fc.constantFrom('none', 'call', 'answer', '401', '500', '503', 'restart');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: 3 }), trouble), { maxLength: 4 }),
        async (days) => {
          await db.delete();
          db = aDatabase();
          server = new ScriptedServer();
          await rememberAccount(db, interviewer);
          await anOpenVault(db);
          const sealed: string[] = [];
          let sync = switchOn();
          const fail = (kind: string) => (call: string) => {
            if (call !== 'submit') return;
            if (kind === '401') throw problem(401, 'not_signed_in');
            if (kind === '500') throw problem(500, 'internal');
            if (kind === '503') throw problem(503, 'store_unavailable');
            noNetwork();
          };
          for (const [taken, kind] of days) {
            for (let i = 0; i < taken; i += 1) sealed.push((await seal()).id);
            server.before = ['call', '401', '500', '503'].includes(kind) ? fail(kind) : () => {};
            server.after = kind === 'answer' ? fail(kind) : () => {};
            const run = sync.runNow();
            if (kind === 'restart') sync = switchOn();
            await run;
          }
          server.before = server.after = () => {};
          for (let i = 0; i < 3; i += 1) await sync.runNow();
          expect([...server.stored.keys()].sort()).toEqual([...sealed].sort());
          expect(new Set(await states())).toEqual(new Set(sealed.length > 0 ? ['held'] : []));
        },
      ),
      { numRuns: 30 },
    );
  });
});
