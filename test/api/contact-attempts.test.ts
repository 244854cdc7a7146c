import { createHash, randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { canonicalJson } from '../../api/src/contracts/canonical-json.ts';
import {
  contactAttempt,
  contactDispositions,
  type ContactAttempt,
  type ContactReceipt,
  type OutcomeRatesReply,
} from '../../api/src/contracts/contact-attempts.ts';
import type { FieldPackage } from '../../api/src/contracts/interviews.ts';
import { contactCodes } from '../../api/src/domain/contact-dispositions.ts';
import { type InProcessApi, startApi } from '../support/api-in-process.ts';
import { password } from '../support/running-app.ts';
import {
  handIn,
  makeSmallWorld,
  regions,
  someInterviews,
  type SmallWorld,
} from '../support/small-world.ts';

const hashOf = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex');

describe('contact attempts', () => {
  let api: InProcessApi;
  let world: SmallWorld;
  let cookie: string;

  beforeAll(async () => {
    api = await startApi();
    world = await makeSmallWorld(api, 1);
    cookie = await api.cookieOf('interviewer');
  });
  afterAll(() => api.stop());

  const attempt = (over: Partial<ContactAttempt> = {}): ContactAttempt => ({
    id: randomUUID(),
    waveId: world.wave.id,
    assignmentId: world.assignments[0].id,
    household: 1,
    attemptedAt: '2026-11-03T05:00:00.000Z',
    clockOffsetMs: -1500,
    disposition: 'no_answer',
    nextStep: 'come_back',
    deviceId: '00000000-0000-4000-8000-000000000001',
    appVersion: 'tests',
    ...over,
  });
  const post = async (attempts: unknown[], as = cookie) => {
    const { status, body } = await api.send('POST', '/field/contact-attempts', {
      cookie: as,
      body: { attempts },
    });
    return { status, receipts: body.receipts as ContactReceipt[], body };
  };
  const collection = () =>
    mongoose.connection.collection<{ _id: string; keptAside: string[] | null }>('contact_attempts');

  it('stores an attempt once, with both clocks, and proves it by its hash', async () => {
    const one = attempt({
      disposition: 'appointment',
      appointmentAt: '2026-11-04T12:00:00.000Z',
      note: 'the blue gate',
    });
    expect((await post([one])).receipts).toEqual([
      { id: one.id, status: 'stored', hash: hashOf(one) },
    ]);
    const { id, ...rest } = one;
    expect(await collection().findOne({ _id: id })).toMatchObject({
      ...rest,
      attemptedAt: new Date(one.attemptedAt),
      appointmentAt: new Date(one.appointmentAt!),
      region: world.assignments[0].region,
      keptAside: null,
    });
    const before = await collection().countDocuments();
    expect((await post([one, one])).receipts.map(({ status }) => status)).toEqual([
      'duplicate',
      'duplicate',
    ]);
    expect(await collection().countDocuments()).toBe(before);
  });

  it('holds other content under a known id aside, once, and the first as it was', async () => {
    const one = attempt();
    const other = { ...one, household: 99 };
    await post([one]);
    for (let time = 0; time < 2; time += 1) {
      const [receipt] = (await post([other])).receipts;
      expect(receipt).toMatchObject({
        status: 'quarantined',
        reasons: ['conflict'],
        hash: hashOf(other),
      });
    }
    expect(await collection().findOne({ _id: one.id })).toMatchObject({
      household: 1,
      keptAside: null,
    });
    expect(await collection().countDocuments({ keptAside: 'conflict', household: 99 })).toBe(1);
  });

  it.each<[string, () => unknown]>([
    ['a refusal without its reason', () => attempt({ disposition: 'refusal' })],
    ['a reason where nobody refused', () => attempt({ reason: 'no_time' })],
    ['an appointment without a time', () => attempt({ disposition: 'appointment' })],
    ['a household number of 0', () => attempt({ household: 0 })],
    ['a note as long as a letter', () => attempt({ note: 'a'.repeat(201) })],
    ['a field for a phone', () => ({ ...attempt(), phone: '+7 700' })],
    ['text', () => 'attempt'],
    ['null', () => null],
    ['a number', () => 5],
    ['an operator in the id', () => ({ ...attempt(), id: { $gt: '' } })],
    ['a prototype', () => JSON.parse('{"__proto__": {"admin": true}}') as unknown],
  ])('refuses %s without blocking the others', async (_what, bad) => {
    const { status, receipts } = await post([bad(), attempt()]);
    expect(status).toBe(200);
    expect(receipts.map((one) => one.status)).toEqual(['refused', 'stored']);
  });

  it('refuses a batch of none and of 201', async () => {
    expect((await post([])).status).toBe(422);
    expect((await post(Array.from({ length: 201 }, () => attempt()))).status).toBe(422);
  });

  it('holds what belongs to no assignment, or to a foreign region, without counting it', async () => {
    const admin = await api.cookieOf('admin');
    await api.send('POST', '/users', {
      cookie: admin,
      body: { login: 'far', name: 'F', role: 'interviewer', regions: ['620000000'], password },
    });
    const lost = attempt({ assignmentId: randomUUID() });
    expect((await post([lost])).receipts[0]).toMatchObject({
      status: 'quarantined',
      reasons: ['unknown_assignment'],
    });
    expect((await post([lost])).receipts[0].status).toBe('quarantined');
    expect(await collection().countDocuments({ keptAside: 'unknown_assignment' })).toBe(1);
    const [foreign] = (await post([attempt()], await api.cookieOf('far'))).receipts;
    expect(foreign).toMatchObject({ status: 'quarantined', reasons: ['other_region'] });
  });

  describe('handed in by the tablet’s own credential', () => {
    const report = (deviceId: string) => ({
      deviceId,
      appVersion: 'tests',
      userAgentFamily: 'Chrome · Android',
      deviceTime: api.deps.now().toISOString(),
      lastSequence: 0,
      unsent: 0,
      unsentSequences: [],
      drafts: 0,
      freeBytes: null,
      quotaBytes: null,
      persisted: null,
      battery01: null,
      waiting: [],
    });
    /** A tablet made known by a sign-in on it, and the cookie by which it goes on when the session has ended. */
    const aTablet = async () => {
      const deviceId = randomUUID();
      const { headers } = await api.send('POST', '/field/devices/report', {
        cookie: await api.cookieOf('interviewer'),
        body: report(deviceId),
      });
      const [device = ''] = headers.getSetCookie().map((each) => each.split(';')[0]);
      return { deviceId, device };
    };
    const countOf = (hash: string) => collection().countDocuments({ hash, keptAside: null });
    const asideOf = async (reason: string) => {
      const path = `/waves/${world.wave.id}/outcome-rates`;
      const { body } = await api.send('GET', path, { cookie: await api.cookieOf('sociologist') });
      const { keptAside } = body as OutcomeRatesReply;
      return keptAside.find((one) => one.reason === reason)?.count ?? 0;
    };

    it('are kept when the session has ended, and counted once somebody signs in again', async () => {
      const { deviceId, device } = await aTablet();
      const one = attempt({ deviceId });
      for (let time = 0; time < 2; time += 1) {
        expect(await post([one], device)).toMatchObject({
          status: 200,
          receipts: [{ id: one.id, hash: hashOf(one), status: 'quarantined' }],
        });
      }
      expect((await post([one], device)).receipts[0].reasons).toEqual(['session_expired']);
      expect([await countOf(hashOf(one)), await asideOf('session_expired')]).toEqual([0, 1]);
      expect((await post([one])).receipts[0].status).toBe('stored');
      expect((await post([one], device)).receipts[0].status).toBe('duplicate');
      expect([await countOf(hashOf(one)), await asideOf('session_expired')]).toEqual([1, 0]);
    });

    it('are never lost with a withdrawn tablet, whoever hands them in', async () => {
      const { deviceId, device } = await aTablet();
      const revoked = await api.send('POST', `/devices/${deviceId}/revoke`, {
        cookie: await api.cookieOf('supervisor'),
        body: { reason: 'lost in Aktobe' },
      });
      expect(revoked.status).toBe(200);
      const [one, other] = [attempt({ deviceId }), attempt({ deviceId })];
      const session = await api.cookieOf('interviewer');
      const receipts = [
        (await post([one], device)).receipts[0],
        (await post([other], session)).receipts[0],
      ];
      expect(receipts.map(({ status, reasons }) => [status, reasons])).toEqual([
        ['quarantined', ['device_revoked']],
        ['quarantined', ['device_revoked']],
      ]);
      expect(await asideOf('device_revoked')).toBe(2);
      expect(await collection().countDocuments({ hash: hashOf(one) })).toBe(1);

      const release = async (login: string, keptFor = 'device_revoked') => {
        const path = `/waves/${world.wave.id}/contact-attempts/release`;
        const sent = { keptFor, reason: 'the tablet was found again' };
        return api.send('POST', path, { cookie: await api.cookieOf(login), body: sent });
      };
      // Who runs the fieldwork does not decide what counts, and what is wrong in itself is nobody's to waive.
      expect((await release('supervisor')).status).toBe(403);
      expect((await release('sociologist', 'conflict')).status).toBe(422);
      expect((await release('sociologist')).body).toEqual({ released: 2 });
      expect((await release('sociologist')).body).toEqual({ released: 0 });
      expect([await countOf(hashOf(one)), await countOf(hashOf(other))]).toEqual([1, 1]);
      expect(await asideOf('device_revoked')).toBe(0);
      expect((await post([one], device)).receipts[0].status).toBe('duplicate');
    });

    it('may be its own only', async () => {
      const { device } = await aTablet();
      const [receipt] = (await post([attempt()], device)).receipts;
      expect(receipt.reasons).toEqual(['session_expired', 'other_device']);
      expect((await post([attempt()], '')).status).toBe(401);
    });
  });

  it('lets the tablet go on with the next household number', async () => {
    await post([attempt({ household: 41 }), attempt({ household: 12 })]);
    const { body } = await api.send('GET', '/field/package', { cookie });
    const { lastHouseholds } = body as FieldPackage;
    expect(lastHouseholds?.[world.assignments[0].id]).toBe(99);
    expect(lastHouseholds?.[world.assignments[1].id]).toBeUndefined();
  });

  describe('as outcome rates', () => {
    const rates = async (as: string, query = '') => {
      const { status, body } = await api.send(
        'GET',
        `/waves/${world.wave.id}/outcome-rates${query}`,
        {
          cookie: as,
        },
      );
      return { status, body: body as OutcomeRatesReply };
    };

    it('are AAPOR’s, by household: the worked example', async () => {
      await collection().deleteMany({});
      const at = (household: number, over: Partial<ContactAttempt>) =>
        attempt({ household, ...over });
      await post([
        // 1: nobody opened, then refused; 2: refused, then interviewed; 3: not at home; 4: a shop; 5: nobody opened.
        at(1, {}),
        at(1, { disposition: 'refusal', reason: 'distrust' }),
        at(2, { disposition: 'refusal', reason: 'no_time' }),
        at(3, { disposition: 'not_at_home' }),
        at(4, { disposition: 'not_a_dwelling' }),
        at(5, {}),
        attempt({ assignmentId: randomUUID(), household: 6 }),
      ]);
      const [taken, unnumbered] = someInterviews(2, world.assignments[0], world.version);
      await handIn(world.interviewer, [{ ...taken, household: 2 }, unnumbered]);
      const { body } = await rates(await api.cookieOf('sociologist'));
      expect(body).toMatchObject({ cases: 5, attempts: 6, interviewsOutside: 1 });
      expect(body.counts).toMatchObject({
        complete: 1,
        refusal: 1,
        non_contact: 1,
        not_eligible: 1,
        unknown_other: 1,
      });
      // I 1, R 1, NC 1, UO 1: RR1 = 1/4; e = 3/4, so RR3 = 1 / (3 + 3/4).
      expect(body.rates.RR1).toBe(0.25);
      expect(body.rates.RR3).toBeCloseTo(1 / 3.75, 12);
      expect(body.rates.COOP1).toBe(0.5);
      expect(body.refusals.filter(({ count }) => count > 0)).toEqual([
        { reason: 'no_time', count: 1 },
        { reason: 'distrust', count: 1 },
      ]);
    });

    it('show a supervisor the own regions only, and others nothing', async () => {
      const admin = await api.cookieOf('admin');
      await api.send('POST', '/users', {
        cookie: admin,
        body: { login: 'west', name: 'W', role: 'supervisor', regions: [regions[1]], password },
      });
      const west = await api.cookieOf('west');
      const own = world.assignments.find(({ region }) => region === regions[1])!;
      const other = world.assignments.find(({ region }) => region === regions[0])!;
      await collection().deleteMany({});
      await post([attempt({ assignmentId: own.id }), attempt({ assignmentId: other.id })]);
      expect((await rates(west)).body).toMatchObject({ cases: 1, attempts: 1 });
      expect((await rates(west, `?region=${regions[0]}`)).status).toBe(404);
      expect((await rates(await api.cookieOf('sociologist'))).body.attempts).toBe(2);
      for (const login of ['interviewer', 'official', 'admin']) {
        expect((await rates(await api.cookieOf(login))).status).toBe(403);
      }
      const unknown = await api.send('GET', `/waves/${randomUUID()}/outcome-rates`, {
        cookie: west,
      });
      expect(unknown.status).toBe(404);
    });

    it('never count an interview twice or less than once while others come in', async () => {
      await mongoose.connection.collection('interviews').deleteMany({});
      const taken = someInterviews(40, world.assignments[0], world.version);
      const sociologist = await api.cookieOf('sociologist');
      const outside = await Promise.all(
        taken.map(async (one, place) => {
          const [, { body }] = await Promise.all([
            handIn(world.interviewer, [{ ...one, household: place + 1 }]),
            rates(sociologist),
          ]);
          return body.interviewsOutside;
        }),
      );
      expect(new Set(outside)).toEqual(new Set([0]));
    });

    it('have no share where nobody was tried', async () => {
      await collection().deleteMany({});
      await mongoose.connection.collection('interviews').deleteMany({});
      const { body } = await rates(await api.cookieOf('sociologist'));
      expect(body).toMatchObject({ cases: 0, attempts: 0 });
      expect(new Set(Object.values(body.rates))).toEqual(new Set([null]));
    });
  });
});

describe('dispositions', () => {
  it('each have an AAPOR code of the group they are counted in', () => {
    const firstDigit = { '1': ['complete', 'partial'], '2': ['refusal', 'non_contact', 'other'] };
    for (const name of contactDispositions) {
      const { code, group } = contactCodes[name];
      const groups =
        firstDigit[code[0] as '1'] ??
        (code.startsWith('3') ? ['unknown_household', 'unknown_other'] : ['not_eligible']);
      expect(groups).toContain(group);
    }
    expect(new Set(Object.values(contactCodes).map(({ code }) => code)).size).toBe(
      contactDispositions.length,
    );
  });

  it('a complete interview needs no reason and no time', () => {
    const plain = { nextStep: 'none', household: 1, clockOffsetMs: null };
    const ids = { id: randomUUID(), waveId: randomUUID(), assignmentId: randomUUID() };
    const rest = { deviceId: randomUUID(), appVersion: '1', attemptedAt: '2026-11-03T05:00:00Z' };
    expect(
      contactAttempt.safeParse({ ...plain, ...ids, ...rest, disposition: 'complete' }).success,
    ).toBe(true);
  });
});
