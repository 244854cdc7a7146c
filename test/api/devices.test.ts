import { createHash, randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { canonicalJson } from '../../api/src/contracts/canonical-json.ts';
import type { Device, DeviceReport } from '../../api/src/contracts/devices.ts';
import type { InterviewInput, Quarantined, Receipt } from '../../api/src/contracts/interviews.ts';
import { type InProcessApi, type Reply, startApi } from '../support/api-in-process.ts';
import { password } from '../support/running-app.ts';
import { interviewsOf, makeSmallWorld, type SmallWorld } from '../support/small-world.ts';

const hashOf = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex');
const dayMs = 86_400_000;
const cookiesOf = ({ headers }: Reply): string[] =>
  headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
const deviceCookieOf = (reply: Reply): string =>
  cookiesOf(reply).find((cookie) => cookie.startsWith('akimetr_device=')) ?? '';

describe('devices', () => {
  let api: InProcessApi;
  let world: SmallWorld;
  let line: Generator<InterviewInput, never>;
  let supervisor: string;
  let sociologist: string;
  let elsewhere: string;
  let interviewerId: string;

  beforeAll(async () => {
    api = await startApi();
    world = await makeSmallWorld(api, 1);
    line = interviewsOf(world.assignments[0], world.version);
    supervisor = await api.cookieOf('supervisor');
    sociologist = await api.cookieOf('sociologist');
    interviewerId = world.assignments[0].interviewerId;
    const account = { name: 'E', role: 'supervisor', regions: ['620000000'], password };
    await api.send('POST', '/users', {
      cookie: await api.cookieOf('admin'),
      body: { ...account, login: 'elsewhere' },
    });
    elsewhere = await api.cookieOf('elsewhere');
  });
  afterAll(() => api.stop());

  const reportOf = (deviceId: string, over: Partial<DeviceReport> = {}): DeviceReport => ({
    deviceId,
    appVersion: '0.1.0',
    userAgentFamily: 'Chrome · Android',
    deviceTime: api.deps.now().toISOString(),
    lastSequence: 0,
    unsent: 0,
    unsentSequences: [],
    drafts: 0,
    freeBytes: 5e9,
    quotaBytes: 6e9,
    persisted: true,
    battery01: 0.8,
    waiting: [],
    ...over,
  });
  const report = (cookie: string, body: DeviceReport) =>
    api.send('POST', '/field/devices/report', { cookie, body });
  const makeCode = async (as = supervisor, wanted: object = { interviewerId }) =>
    api.send('POST', '/devices/enrolments', { cookie: as, body: wanted });
  const enrol = (code: string, deviceId: string) =>
    api.send('POST', '/field/enrol', {
      body: { code, deviceId, userAgentFamily: 'Chrome · Android' },
    });
  const listed = async (as = supervisor): Promise<Device[]> =>
    (await api.send('GET', '/devices?limit=200', { cookie: as })).body.devices;
  const deviceOf = async (id: string, as = supervisor) =>
    (await listed(as)).find((device) => device.id === id);
  /** An enrolled tablet: its id, the cookie of its session, the cookie of the device. */
  const aTablet = async () => {
    const deviceId = randomUUID();
    const reply = await enrol((await makeCode()).body.code, deviceId);
    const session = cookiesOf(reply).find((cookie) => cookie.startsWith('akimetr_session='))!;
    return { deviceId, session, device: deviceCookieOf(reply) };
  };
  const next = (over: Partial<InterviewInput> = {}) => ({ ...line.next().value, ...over });
  const handIn = async (cookie: string, ...interviews: unknown[]) => {
    const { status, body } = await api.send('POST', '/interviews', {
      cookie,
      body: { interviews },
    });
    return { status, receipts: (body.receipts ?? []) as Receipt[] };
  };
  const codes = ({ reasons = [] }: Receipt) => reasons.map(({ code }) => code).sort();
  const keptOf = async (interview: { id: string }): Promise<Quarantined> => {
    const { body } = await api.send('GET', '/quarantine?limit=500', { cookie: sociologist });
    return body.quarantine.find(({ interviewId }: Quarantined) => interviewId === interview.id);
  };
  const release = (id: string, as = sociologist, reason = 'seen with the supervisor') =>
    api.send('POST', `/quarantine/${id}/release`, { cookie: as, body: { reason } });
  const storedTimes = ({ id }: { id: string }) =>
    mongoose.connection.collection<{ _id: string }>('interviews').countDocuments({ _id: id });
  const audited = (action: string, subject: string) =>
    mongoose.connection.collection('audit').countDocuments({ action, subject });

  describe('the first sign-in on a tablet', () => {
    it('makes it known with its first report and gives it a credential of its own, once', async () => {
      const deviceId = randomUUID();
      const cookie = await api.cookieOf('interviewer');
      const first = await report(cookie, reportOf(deviceId, { lastSequence: 3, drafts: 2 }));
      expect(first.body).toEqual({ revoked: false, receipts: [] });
      const [header] = first.headers.getSetCookie();
      expect(header).toMatch(
        /^akimetr_device=.{40,}; .*Path=\/api\/v1;.*HttpOnly; SameSite=Strict$/,
      );
      const again = await report(`${cookie}; ${deviceCookieOf(first)}`, reportOf(deviceId));
      expect(again.headers.getSetCookie()).toEqual([]);
      expect(await deviceOf(deviceId)).toMatchObject({
        label: deviceId.slice(0, 8),
        interviewers: [{ id: interviewerId, name: 'Interviewer' }],
        enrolledBy: null,
        report: { appVersion: '0.1.0', persisted: true, battery01: 0.8, freeBytes: 5e9 },
      });
    });

    it('keeps no credential that a reader of the database could use', async () => {
      const { deviceId, device } = await aTablet();
      const kept = await mongoose.connection
        .collection<{ _id: string }>('devices')
        .findOne({ _id: deviceId });
      expect(JSON.stringify(kept)).not.toContain(device.split('=')[1]);
    });

    it('tells by how much the clock of the tablet is off', async () => {
      const deviceId = randomUUID();
      const deviceTime = new Date(api.deps.now().getTime() + dayMs).toISOString();
      await report(await api.cookieOf('interviewer'), reportOf(deviceId, { deviceTime }));
      const { report: told } = (await deviceOf(deviceId))!;
      expect(Math.abs(told!.clockOffsetMs - dayMs)).toBeLessThan(60_000);
    });

    it('refuses a report that is not one, and says where', async () => {
      const reply = await report(
        await api.cookieOf('interviewer'),
        reportOf('no-device', { battery01: 7 }),
      );
      expect(reply.status).toBe(422);
      expect(reply.body.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
        'body.battery01',
        'body.deviceId',
      ]);
    });
  });

  describe('enrolment', () => {
    it('signs the interviewer in on the tablet, once', async () => {
      const made = await makeCode(supervisor, { interviewerId, label: 'Tablet 7' });
      expect(made.status).toBe(201);
      expect(made.body.code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/);
      const deviceId = randomUUID();
      const typed = made.body.code.toLowerCase().replace('-', ' ');
      const reply = await enrol(typed, deviceId);
      expect(reply.body.user).toMatchObject({ id: interviewerId, login: 'interviewer' });
      const cookie = cookiesOf(reply).join('; ');
      expect((await api.send('GET', '/field/package', { cookie })).status).toBe(200);
      expect(await deviceOf(deviceId)).toMatchObject({
        label: 'Tablet 7',
        enrolledBy: 'Supervisor',
        report: null,
      });
      const second = await enrol(typed, randomUUID());
      expect([second.status, second.body.code]).toEqual([403, 'code_not_valid']);
      expect(await audited('device.enrolled', deviceId)).toBe(1);
    });

    it('works for one of many tablets that try the code at once', async () => {
      const { code } = (await makeCode()).body;
      const replies = await Promise.all(Array.from({ length: 8 }, () => enrol(code, randomUUID())));
      expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    });

    it('ends after a quarter of an hour', async () => {
      const { code } = (await makeCode()).body;
      api.passTime(15 * 60_000 + 1);
      expect((await enrol(code, randomUUID())).body.code).toBe('code_not_valid');
    });

    it('is for interviewers of the own regions, and for nobody else', async () => {
      const fault = { status: 422, path: 'body.interviewerId' };
      const outcome = ({ status, body }: Reply) => ({ status, path: body.fields?.[0].path });
      expect(outcome(await makeCode(elsewhere))).toEqual(fault);
      const { user } = (await api.send('GET', '/session', { cookie: supervisor })).body.session;
      expect(outcome(await makeCode(supervisor, { interviewerId: user.id }))).toEqual(fault);
      expect((await makeCode(await api.cookieOf('interviewer'))).status).toBe(403);
    });
  });

  describe('a session that ended', () => {
    it('leaves what the tablet hands in with a person, whole', async () => {
      const { deviceId, device } = await aTablet();
      const interview = next({ deviceId });
      const { status, receipts } = await handIn(device, interview);
      expect(status).toBe(200);
      expect(receipts[0]).toMatchObject({ status: 'quarantined', hash: hashOf(interview) });
      expect(codes(receipts[0])).toEqual(['session_expired']);
      expect(await storedTimes(interview)).toBe(0);
      const kept = await keptOf(interview);
      expect(kept).toMatchObject({ kind: 'waits', stored: false, decision: null });
      const { body } = await api.send('GET', `/quarantine/${kept.id}`, { cookie: sociologist });
      expect(body.raw).toBe(canonicalJson(interview));
    });

    it('is mended by signing in again: the same interview is stored then', async () => {
      const { deviceId, device, session } = await aTablet();
      const interview = next({ deviceId });
      await handIn(device, interview);
      const { receipts } = await handIn(`${session}; ${device}`, interview);
      expect(receipts[0].status).toBe('stored');
      expect(await keptOf(interview)).toMatchObject({ stored: true });
    });

    it('lets the credential hand in and report for its own tablet, and nothing else', async () => {
      const { deviceId, device } = await aTablet();
      const [receipt] = (await handIn(device, next({ deviceId: randomUUID() }))).receipts;
      expect(codes(receipt)).toEqual(['other_device', 'session_expired']);
      expect((await report(device, reportOf(deviceId))).status).toBe(200);
      expect((await report(device, reportOf(randomUUID()))).body.code).toBe('forbidden');
      for (const path of ['/field/package', '/devices', '/quarantine', '/territories', '/users']) {
        expect([path, (await api.send('GET', path, { cookie: device })).status]).toEqual([
          path,
          401,
        ]);
      }
    });

    it('keeps a body that cannot be read, too', async () => {
      const { device } = await aTablet();
      const reply = await api.send('POST', '/interviews', { cookie: device, body: '{"broken' });
      expect(reply.body.code).toBe('invalid_json');
      const { body } = await api.send('GET', '/quarantine?limit=500', { cookie: sociologist });
      expect(
        body.quarantine.some(({ sizeBytes }: Quarantined) => sizeBytes === '{"broken'.length),
      ).toBe(true);
    });
  });

  describe('a tablet that was withdrawn', () => {
    const revoke = (id: string, as = supervisor) =>
      api.send('POST', `/devices/${id}/revoke`, { cookie: as, body: { reason: 'lost in Aktobe' } });

    it('has no session any more and signs nobody in', async () => {
      const { deviceId, device, session } = await aTablet();
      expect((await revoke(deviceId)).status).toBe(200);
      const cookie = `${session}; ${device}`;
      expect((await api.send('GET', '/field/package', { cookie })).status).toBe(401);
      const reply = await api.send('POST', '/session', {
        cookie: device,
        body: { login: 'interviewer', password },
      });
      expect([reply.status, reply.body.code]).toEqual([403, 'device_revoked']);
      expect(await deviceOf(deviceId)).toMatchObject({
        revokedBy: 'Supervisor',
        revokedReason: 'lost in Aktobe',
      });
      expect(await audited('device.revoked', deviceId)).toBe(1);
    });

    it('ends a session too that began before the tablet was known', async () => {
      const deviceId = randomUUID();
      const cookie = await api.cookieOf('interviewer');
      await report(cookie, reportOf(deviceId));
      await revoke(deviceId);
      expect((await api.send('GET', '/field/package', { cookie })).status).toBe(401);
    });

    it('hands in what it has, which waits for a person and then counts, once', async () => {
      const { deviceId, device } = await aTablet();
      await revoke(deviceId);
      const interview = next({ deviceId });
      const { receipts } = await handIn(device, interview);
      expect(codes(receipts[0])).toEqual(['device_revoked']);
      const told = { waiting: [{ id: interview.id, hash: hashOf(interview) }] };
      const before = await report(device, reportOf(deviceId, told));
      expect(before.body).toEqual({ revoked: true, receipts: [] });
      const kept = await keptOf(interview);
      const released = await Promise.all([release(kept.id), release(kept.id)]);
      expect(released.map(({ status }) => status)).toEqual([200, 200]);
      expect((await release(kept.id)).body.status).toBe('duplicate');
      expect(await storedTimes(interview)).toBe(1);
      expect(await audited('quarantine.released', kept.id)).toBe(1);
      const after = await report(device, reportOf(deviceId, told));
      expect(after.body.receipts).toEqual([
        expect.objectContaining({ id: interview.id, status: 'duplicate', hash: hashOf(interview) }),
      ]);
      expect((await handIn(device, interview)).receipts[0].status).toBe('duplicate');
    });

    it('keeps its interviews aside also when somebody else hands them in', async () => {
      const { deviceId } = await aTablet();
      await revoke(deviceId);
      const { receipts } = await handIn(await api.cookieOf('interviewer'), next({ deviceId }));
      expect(codes(receipts[0])).toEqual(['device_revoked']);
    });

    it('is withdrawn by the supervisor of its region only, and works again when enrolled', async () => {
      const { deviceId } = await aTablet();
      expect((await revoke(deviceId, elsewhere)).status).toBe(404);
      expect(await deviceOf(deviceId, elsewhere)).toBeUndefined();
      await revoke(deviceId);
      const reply = await enrol((await makeCode()).body.code, deviceId);
      const cookie = cookiesOf(reply).join('; ');
      expect((await handIn(cookie, next({ deviceId }))).receipts[0].status).toBe('stored');
      expect(await deviceOf(deviceId)).toMatchObject({ revokedAt: null });
    });
  });

  describe('a decision about what was kept aside', () => {
    const keptAside = async (
      over: (own: InterviewInput) => Partial<InterviewInput> = () => ({}),
    ) => {
      const { deviceId, device } = await aTablet();
      const whole = next({ deviceId });
      const interview = { ...whole, ...over(whole) };
      await handIn(device, interview);
      return { interview, kept: await keptOf(interview) };
    };

    it('is a sociologist’s: who runs the fieldwork does not decide what counts', async () => {
      const { kept } = await keptAside();
      for (const as of [supervisor, await api.cookieOf('admin')]) {
        expect((await release(kept.id, as)).body.code).toBe('forbidden');
      }
      expect((await release(kept.id, sociologist, ' ')).body.fields[0].path).toBe('body.reason');
    });

    it('tells an interview with faults from one in conflict', async () => {
      const faulty = await keptAside(({ answers }) => ({ answers: { ...answers, age: 12 } }));
      expect(faulty.kept.kind).toBe('faulty');
      const invalid = await release(faulty.kept.id);
      expect([invalid.status, invalid.body.code]).toEqual([422, 'interview_invalid']);
      expect(invalid.body.fields[0].path).toMatch(/age/);
      const { interview, kept } = await keptAside();
      const other = { ...interview, language: 'ru' };
      const { deviceId, device } = await aTablet();
      await handIn(await api.cookieOf('interviewer'), { ...other, deviceId });
      await handIn(device, other);
      expect((await keptOf(interview)).kind).toBe('conflict');
      const conflict = await release(kept.id);
      expect([conflict.status, conflict.body.code]).toEqual([409, 'interview_conflict']);
      expect(await storedTimes(interview)).toBe(1);
    });

    it('keeps what was rejected, with the reason, and may still be reconsidered', async () => {
      const { interview, kept } = await keptAside();
      const reject = () =>
        api.send('POST', `/quarantine/${kept.id}/reject`, {
          cookie: sociologist,
          body: { reason: 'taken in the training room' },
        });
      expect((await reject()).status).toBe(200);
      const decided = await keptOf(interview);
      expect(decided.decision).toMatchObject({
        outcome: 'rejected',
        by: 'Sociologist',
        reason: 'taken in the training room',
      });
      expect((await release(kept.id)).body.status).toBe('stored');
      expect((await reject()).body.code).toBe('quarantine_decided');
    });
  });

  describe('custody', () => {
    it('counts what was stored and what was kept aside, and names what is missing', async () => {
      const { deviceId, session, device } = await aTablet();
      const numbered = Array.from({ length: 6 }, (_, place) =>
        next({ deviceId, deviceSequence: place + 1 }),
      );
      await handIn(`${session}; ${device}`, numbered[0], numbered[3]);
      await handIn(device, numbered[1]);
      const unsent = { lastSequence: 6, unsent: 1, unsentSequences: [6] };
      await report(device, reportOf(deviceId, unsent));
      expect((await deviceOf(deviceId))?.custody).toEqual({
        taken: 6,
        received: 3,
        onDevice: [6],
        missing: [3, 5],
        missingCount: 2,
      });
    });

    it('begins with the tablet that has been silent longest', async () => {
      const { deviceId } = await aTablet();
      api.passTime(3 * dayMs);
      const later = await aTablet();
      const ids = (await listed()).map(({ id }) => id);
      expect(ids.indexOf(deviceId)).toBeLessThan(ids.indexOf(later.deviceId));
    });
  });
});
