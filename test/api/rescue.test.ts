import { randomUUID } from 'node:crypto';
import { canonicalJson } from '../../api/src/contracts/canonical-json.ts';
import {
  type Bytes,
  exportKey,
  fromBase64Url,
  newBoxKeys,
  newDataKey,
  purposes,
  sealBox,
  sealBytes,
  toBase64Url,
} from '../../api/src/contracts/encryption.ts';
import type { ContactAttempt } from '../../api/src/contracts/contact-attempts.ts';
import type {
  FieldPackage,
  InterviewInput,
  Quarantined,
} from '../../api/src/contracts/interviews.ts';
import type { RescueFile } from '../../api/src/contracts/rescue.ts';
import type { RescueKey } from '../../api/src/contracts/rescue-key.ts';
import { type InProcessApi, startApi } from '../support/api-in-process.ts';
import { password } from '../support/running-app.ts';
import { makeSmallWorld, type SmallWorld, someInterviews } from '../support/small-world.ts';

const minuteMs = 60_000;

describe('help for a tablet that cannot help itself', () => {
  let api: InProcessApi;
  let world: SmallWorld;
  let rescueKey: RescueKey;
  let interviewerId: string;
  const cookies: Record<string, string> = {};

  beforeAll(async () => {
    api = await startApi();
    world = await makeSmallWorld(api, 1);
    for (const login of ['admin', 'supervisor', 'interviewer', 'sociologist']) {
      cookies[login] = await api.cookieOf(login);
    }
    for (const [login, role, region] of [
      ['elsewhere', 'supervisor', '620000000'],
      ['other', 'interviewer', '150000000'],
    ]) {
      await api.send('POST', '/users', {
        cookie: cookies.admin,
        body: { login, name: login, role, regions: [region], password },
      });
      cookies[login] = await api.cookieOf(login);
    }
    const reply = await api.send('GET', '/field/package', { cookie: cookies.interviewer });
    const fieldPackage = reply.body as FieldPackage;
    rescueKey = fieldPackage.rescueKey;
    interviewerId = fieldPackage.interviewer.id;
  });
  afterAll(() => api.stop());

  const boxFor = async (raw: Bytes, owner = interviewerId) =>
    toBase64Url(await sealBox(fromBase64Url(rescueKey.publicKey), purposes.dataKey(owner), raw));

  /** As a tablet writes it; the hash is not looked at before the content is decrypted. */
  async function aRescueFile(
    interviews: readonly InterviewInput[],
    contacts: readonly ContactAttempt[] = [],
    drafts: readonly Record<string, unknown>[] = [],
  ): Promise<RescueFile> {
    const key = await newDataKey();
    const hash = 'a'.repeat(64);
    const closed = async (purpose: string, value: unknown) => {
      const plain = new TextEncoder().encode(canonicalJson(value));
      return toBase64Url(await sealBytes(key, purpose, plain));
    };
    const [point] = world.assignments;
    return {
      format: 'akimetr-rescue-2',
      keyId: rescueKey.id,
      key: await boxFor(await exportKey(key)),
      interviewerId,
      deviceId: randomUUID(),
      savedAt: '2026-11-22T10:00:00Z',
      appVersion: '0.1.0',
      interviews: await Promise.all(
        interviews.map(async (interview) => {
          const { id, deviceSequence } = interview;
          const content = await closed(purposes.interview(id), interview);
          return { id, deviceSequence, hash, content };
        }),
      ),
      contacts: await Promise.all(
        contacts.map(async (contact) => {
          const { id } = contact;
          return { id, hash, content: await closed(purposes.contact(id), contact) };
        }),
      ),
      drafts: await Promise.all(
        drafts.map(async (content) => {
          const id = randomUUID();
          return {
            id,
            assignmentId: point.id,
            household: 7,
            questionnaire: { code: 'akim-district', version: 1, hash },
            startedAt: '2026-11-22T09:00:00Z',
            savedAt: '2026-11-22T09:10:00Z',
            content: await closed(purposes.draft(id), content),
          };
        }),
      ),
    };
  }
  const aContact = (over: Partial<ContactAttempt> = {}): ContactAttempt => ({
    id: randomUUID(),
    waveId: world.wave.id,
    assignmentId: world.assignments[0].id,
    household: 1,
    attemptedAt: '2026-11-03T05:00:00.000Z',
    clockOffsetMs: null,
    disposition: 'no_answer',
    nextStep: 'come_back',
    deviceId: randomUUID(),
    appVersion: 'tests',
    ...over,
  });
  const importAs = (login: string, body: unknown) =>
    api.send('POST', '/rescue', { cookie: cookies[login], body });
  const outcomes = (body: { interviews: { receipt: { status: string } | null }[] }) =>
    body.interviews.map(({ receipt }) => receipt?.status ?? 'damaged');
  const taken = (count: number, point = 0) =>
    someInterviews(count, world.assignments[point], world.version);

  describe('the public key', () => {
    it('stays the same, and its private half is in no answer', async () => {
      const again = await api.send('GET', '/field/package', { cookie: cookies.supervisor });
      expect(again.body.rescueKey).toEqual(rescueKey);
      expect(Object.keys(again.body.rescueKey as object)).toEqual(['id', 'publicKey']);
    });
  });

  describe('a rescue file', () => {
    it('is imported once and again: stored, then duplicates, with the same receipts as by POST /interviews', async () => {
      const interviews = taken(3);
      const file = await aRescueFile(interviews);
      const first = await importAs('supervisor', file);
      expect([first.status, outcomes(first.body)]).toEqual([200, ['stored', 'stored', 'stored']]);
      const second = await importAs('supervisor', file);
      expect(outcomes(second.body)).toEqual(['duplicate', 'duplicate', 'duplicate']);
      const sent = await api.send('POST', '/interviews', {
        cookie: cookies.interviewer,
        body: { interviews },
      });
      expect(sent.body.receipts.map(({ status }: { status: string }) => status)).toEqual([
        'duplicate',
        'duplicate',
        'duplicate',
      ]);
      expect(sent.body.receipts[0].hash).toBe(first.body.interviews[0].receipt.hash);
    });

    it('is imported by an administrator too, who sees receipts and no answers', async () => {
      const reply = await importAs('admin', await aRescueFile(taken(1, 1)));
      expect(outcomes(reply.body)).toEqual(['stored']);
      expect(JSON.stringify(reply.body)).not.toContain('answers');
    });

    it('has its interviews of other regions kept aside, not stored and not lost', async () => {
      const reply = await importAs('elsewhere', await aRescueFile(taken(1, 2)));
      expect(outcomes(reply.body)).toEqual(['quarantined']);
      expect(reply.body.interviews[0].receipt.reasons[0].code).toBe('other_region');
    });

    it('keeps aside what the server cannot take, and stores the rest', async () => {
      const [good, bad] = taken(2, 3);
      const file = await aRescueFile([good, { ...bad, waveId: randomUUID() }]);
      expect(outcomes((await importAs('supervisor', file)).body)).toEqual([
        'stored',
        'quarantined',
      ]);
    });

    it('with one damaged interview loses only that one', async () => {
      const file = await aRescueFile(taken(2));
      const [first, second] = file.interviews;
      const exchanged = { ...file, interviews: [first, { ...second, content: first.content }] };
      const reply = await importAs('supervisor', exchanged);
      expect([reply.status, outcomes(reply.body)]).toEqual([200, ['duplicate', 'damaged']]);
    });

    it('of the first form, with interviews only, is imported as ever', async () => {
      const { drafts: _drafts, contacts: _contacts, ...file } = await aRescueFile(taken(1, 4));
      const reply = await importAs('supervisor', { ...file, format: 'akimetr-rescue-1' });
      expect(outcomes(reply.body)).toEqual(['stored']);
      expect(reply.body).toMatchObject({ contacts: [], drafts: [] });
    });

    it('has its contact attempts stored once, also when the tablet sends them later', async () => {
      const contacts = [aContact(), aContact()];
      const file = await aRescueFile([], contacts);
      const statuses = ({ body }: { body: { contacts: { receipt: { status: string } }[] } }) =>
        body.contacts.map(({ receipt }) => receipt.status);
      expect(statuses(await importAs('supervisor', file))).toEqual(['stored', 'stored']);
      expect(statuses(await importAs('admin', file))).toEqual(['duplicate', 'duplicate']);
      const sent = await api.send('POST', '/field/contact-attempts', {
        cookie: cookies.interviewer,
        body: { attempts: contacts },
      });
      expect(sent.body.receipts[0].status).toBe('duplicate');
      const damaged = { ...file.contacts[0], content: file.contacts[1].content };
      const reply = await importAs('supervisor', { ...file, contacts: [damaged] });
      expect(reply.body.contacts).toEqual([{ id: contacts[0].id, receipt: null }]);
    });

    it('has its drafts kept for a person, once, whoever imports it; none ever counts', async () => {
      const file = await aRescueFile([], [], [{ answers: { satisfied: 'no' }, pageNo: 1 }]);
      const [{ id }] = file.drafts;
      for (const login of ['supervisor', 'admin', 'supervisor']) {
        expect((await importAs(login, file)).body.drafts).toEqual([{ id, status: 'kept' }]);
      }
      const cookie = cookies.sociologist;
      const { body } = await api.send('GET', '/quarantine?limit=500', { cookie });
      const kept = (body.quarantine as Quarantined[]).filter((one) => one.interviewId === id);
      expect(kept).toMatchObject([
        {
          kind: 'unfinished',
          stored: false,
          submittedBy: 'Interviewer',
          deviceSequence: null,
          reasons: [{ code: 'unfinished_draft', fields: [] }],
        },
      ]);
      const path = `/quarantine/${kept[0].id}`;
      const { raw } = (await api.send('GET', path, { cookie })).body as { raw: string };
      expect(JSON.parse(raw)).toMatchObject({
        unfinishedDraft: { id, household: 7, content: { answers: { satisfied: 'no' } } },
      });
      const reason = { reason: 'it is nearly whole' };
      const release = await api.send('POST', `${path}/release`, { cookie, body: reason });
      expect([release.status, release.body.code]).toEqual([422, 'interview_invalid']);
      const reject = await api.send('POST', `${path}/reject`, { cookie, body: reason });
      expect(reject.status).toBe(200);
    });

    it('with a damaged or strange draft loses only that one, and is no fault of the server', async () => {
      const deep = JSON.parse(`${'{"a":'.repeat(60)}1${'}'.repeat(60)}`) as Record<string, unknown>;
      const file = await aRescueFile([], [], [deep, {}]);
      const [first, second] = file.drafts;
      const drafts = [first, { ...second, content: first.content }];
      const reply = await importAs('supervisor', { ...file, drafts });
      expect([reply.status, reply.body.drafts]).toEqual([
        200,
        [
          { id: first.id, status: 'kept' },
          { id: second.id, status: 'damaged' },
        ],
      ]);
    });

    it('made for another server is refused, and says so', async () => {
      const file = await aRescueFile(taken(1));
      const reply = await importAs('supervisor', { ...file, keyId: '0'.repeat(16) });
      expect([reply.status, reply.body.code]).toEqual([422, 'made_for_another_server']);
    });

    it('whose key is damaged, cut short, another interviewer’s or no key is refused', async () => {
      const file = await aRescueFile(taken(1));
      const { publicKey } = await newBoxKeys();
      const strange = await sealBox(publicKey, 'p', new Uint8Array(32));
      for (const change of [
        { key: `${file.key.slice(0, -2)}AA` },
        { key: file.key.slice(0, 40) },
        { key: 'A' },
        { key: toBase64Url(strange) },
        { key: await boxFor(new Uint8Array(5)) },
        { interviewerId: randomUUID() },
      ]) {
        const reply = await importAs('supervisor', { ...file, ...change });
        expect([reply.status, reply.body.code]).toEqual([422, 'damaged']);
      }
    });

    it('that is none, is cut off or far too large gets a 4xx that says what is wrong', async () => {
      const file = await aRescueFile(taken(1));
      const text = JSON.stringify(file);
      const cut = await importAs('supervisor', text.slice(0, -40));
      expect([cut.status, cut.body.code]).toEqual([400, 'invalid_json']);
      const none = await importAs('supervisor', { hello: 'world' });
      expect([none.status, none.body.code]).toEqual([422, 'invalid_input']);
      const later = await importAs('supervisor', { ...file, format: 'akimetr-rescue-9' });
      expect(later.body.fields).toEqual([
        { path: 'body.format', message: 'not a rescue file of this version' },
      ]);
      const empty = await importAs('supervisor', { ...file, interviews: [] });
      expect(empty.body.fields[0].message).toBe('the file holds nothing');
      const huge = await importAs('supervisor', 'x'.repeat(33 * 1024 * 1024));
      expect([huge.status, huge.body.code]).toEqual([413, 'too_large']);
    });
  });

  describe('a forgotten PIN', () => {
    const makeCode = (login = 'supervisor', id = interviewerId) =>
      api.send('POST', '/pin-resets', { cookie: cookies[login], body: { interviewerId: id } });
    const redeem = (code: string, box: string, login = 'interviewer') =>
      api.send('POST', '/pin-resets/redeem', {
        cookie: cookies[login],
        body: { code, keyId: rescueKey.id, box },
      });
    const raw = new Uint8Array(32).fill(7);
    const other = (code: string) => String((Number(code) + 1) % 100_000_000).padStart(8, '0');

    it('is set anew with a supervisor’s code, once', async () => {
      const made = await makeCode();
      expect(made.status).toBe(201);
      expect(made.body.code).toMatch(/^\d{8}$/);
      const box = await boxFor(raw);
      const reply = await redeem(made.body.code, box);
      expect(reply.body).toEqual({ dataKey: toBase64Url(raw) });
      expect((await redeem(made.body.code, box)).body.code).toBe('wrong_reset_code');
    });

    it('gets nothing with a wrong code, nor with the right one after five wrong ones', async () => {
      const { code } = (await makeCode()).body;
      const box = await boxFor(raw);
      for (let i = 0; i < 5; i += 1) {
        const reply = await redeem(other(code as string), box);
        expect([reply.status, reply.body.code]).toEqual([422, 'wrong_reset_code']);
      }
      expect((await redeem(code as string, box)).body.code).toBe('wrong_reset_code');
    });

    it('gets nothing with a code that is older than a quarter of an hour, or has been replaced', async () => {
      const first = (await makeCode()).body.code as string;
      const second = (await makeCode()).body.code as string;
      const box = await boxFor(raw);
      if (first !== second) expect((await redeem(first, box)).status).toBe(422);
      api.passTime(15 * minuteMs);
      expect((await redeem(second, box)).body.code).toBe('wrong_reset_code');
    });

    it('is another interviewer’s matter neither with the code nor with the box', async () => {
      const { code } = (await makeCode()).body;
      expect((await redeem(code as string, await boxFor(raw), 'other')).body.code).toBe(
        'wrong_reset_code',
      );
      const theirs = await boxFor(raw, randomUUID());
      const reply = await redeem(code as string, theirs);
      expect([reply.status, reply.body.code]).toEqual([422, 'damaged']);
      // The code is not used up by that.
      expect((await redeem(code as string, await boxFor(raw))).status).toBe(200);
    });

    it('of somebody in another region, of no interviewer, or of oneself gets no code', async () => {
      expect((await makeCode('elsewhere')).status).toBe(404);
      expect((await makeCode('supervisor', randomUUID())).status).toBe(404);
      const { body } = await api.send('GET', '/session', { cookie: cookies.supervisor });
      const self = await makeCode('supervisor', body.session.user.id as string);
      expect([self.status, self.body.code]).toEqual([403, 'second_person_needed']);
    });
  });
});
