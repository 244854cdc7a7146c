import { createHash, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { canonicalJson } from '../../api/src/contracts/canonical-json.ts';
import type { InterviewCircumstances } from '../../api/src/contracts/interview-circumstances.ts';
import type { InterviewInput, Receipt } from '../../api/src/contracts/interviews.ts';
import { scoreAnswers, compileScoring } from '../../api/src/domain/scoring.ts';
import type { Assignment } from '../../api/src/contracts/assignments.ts';
import type { MethodologyVersion } from '../../api/src/contracts/methodologies.ts';
import { scoringIndicators } from '../../api/src/services/estimate-akim.ts';
import { estimateStore } from '../../api/src/models/estimates.ts';
import { interviewStore } from '../../api/src/models/interviews.ts';
import mongoose from 'mongoose';
import { type InProcessApi, startApi } from '../support/api-in-process.ts';
import { password } from '../support/running-app.ts';
import {
  interviewsOf,
  makeSmallWorld,
  someInterviews,
  type SmallWorld,
} from '../support/small-world.ts';

const hashOf = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex');

describe('POST /interviews', () => {
  let api: InProcessApi;
  let world: SmallWorld;
  let cookie: string;
  let line: Generator<InterviewInput, never>;

  beforeAll(async () => {
    api = await startApi();
    world = await makeSmallWorld(api, 1);
    cookie = await api.cookieOf('interviewer');
    line = interviewsOf(world.assignments[0], world.version);
  });
  afterAll(() => api.stop());

  const next = (over: Partial<InterviewInput> = {}) => ({ ...line.next().value, ...over });
  const post = async (interviews: unknown[], as = cookie) => {
    const { status, body } = await api.send('POST', '/interviews', {
      cookie: as,
      body: { interviews },
    });
    return { status, receipts: body.receipts as Receipt[], body };
  };
  const stored = () => mongoose.connection.collection('interviews').countDocuments();
  const codes = ({ reasons = [] }: Receipt) => reasons.map(({ code }) => code).sort();

  it('stores an interview once and proves it with the hash of what was sent', async () => {
    const interview = next();
    const { status, receipts } = await post([interview]);
    expect(status).toBe(200);
    expect(receipts).toEqual([
      {
        id: interview.id,
        status: 'stored',
        hash: hashOf(interview),
        receivedAt: expect.any(String),
      },
    ]);
    const before = await stored();
    const again = await post([interview]);
    expect(again.receipts[0]).toMatchObject({ status: 'duplicate', hash: hashOf(interview) });
    expect(await stored()).toBe(before);
  });

  it('asks for the estimate again when a duplicate shows that asking had failed', async () => {
    const interview = next();
    const estimate = () => estimateStore.get(interview.waveId, interview.akimId);
    await api.estimator.settled();
    const seen = (await estimate())!.result!.interviews;
    const failing = jest
      .spyOn(estimateStore, 'markStale')
      .mockRejectedValueOnce(new Error('the database has gone'));
    expect((await post([interview])).status).toBe(500);
    failing.mockRestore();
    expect((await estimate())!.stale).toBe(false);
    expect((await post([interview])).receipts[0].status).toBe('duplicate');
    await api.estimator.settled();
    const requested = (await estimate())!.requested;
    expect((await estimate())!.result!.interviews).toBe(seen + 1);
    // A duplicate that the estimate has seen asks for nothing.
    await post([interview]);
    expect((await estimate())!.requested).toBe(requested);
  });

  it('keeps of how many clusters the point was drawn, where the assignment says so', async () => {
    const { akimId, samplingPoint } = world.assignments[0];
    const wanted = {
      ...{ akimId, interviewer: 'interviewer', baseWeight: 1, targetInterviews: 9 },
      samplingPoint: { ...samplingPoint, code: 'of-twelve', clustersInPopulation: 12 },
    };
    const { assignments } = await world.sociologist.post<{ assignments: Assignment[] }>(
      '/assignments',
      { waveId: world.wave.id, assignments: [wanted] },
    );
    const interviews = someInterviews(1, assignments[0], world.version);
    expect((await post(interviews)).receipts[0].status).toBe('stored');
    const [row] = (await interviewStore.estimationRows(world.wave.id, [akimId], [])).filter(
      ({ cluster }) => cluster === 'of-twelve',
    );
    expect(row.clustersInPopulation).toBe(12);
  });

  it('scores it as the domain does', async () => {
    const interview = next();
    await post([interview]);
    const document = await mongoose.connection
      .collection<{ _id: string; scores: Record<string, number> }>('interviews')
      .findOne({ _id: interview.id });
    const { methodologies } = await world.sociologist.get<{ methodologies: MethodologyVersion[] }>(
      '/methodologies',
    );
    const { plan } = compileScoring(world.version.questionnaire, {
      indicators: scoringIndicators(methodologies[0].methodology),
    });
    const scores = Object.entries(scoreAnswers(plan, interview.answers));
    expect(document?.scores).toEqual(
      Object.fromEntries(scores.filter(([indicator, score]) => score !== null || indicator === '')),
    );
  });

  it('takes the same interview twice in one batch as one', async () => {
    const interview = next();
    const { receipts } = await post([interview, interview]);
    expect(receipts.map(({ status }) => status)).toEqual(['stored', 'duplicate']);
  });

  it('keeps other content under a known id aside, and the first as it was', async () => {
    const interview = next();
    await post([interview]);
    const other = { ...interview, language: 'ru' };
    const { receipts } = await post([other]);
    expect(receipts[0]).toMatchObject({ status: 'quarantined', hash: hashOf(other) });
    expect(codes(receipts[0])).toEqual(['conflict']);
    expect((await post([interview])).receipts[0].status).toBe('duplicate');
  });

  it.each<[string, (one: InterviewInput) => Partial<InterviewInput>, string[]]>([
    [
      'an unknown wave',
      () => ({ waveId: randomUUID() }),
      ['unknown_assignment', 'unknown_questionnaire', 'unknown_wave'],
    ],
    ['an unknown assignment', () => ({ assignmentId: randomUUID() }), ['unknown_assignment']],
    ['an akim of another assignment', () => ({ akimId: randomUUID() }), ['unknown_akim']],
    [
      'an unknown version',
      ({ questionnaire }) => ({ questionnaire: { ...questionnaire, version: 9 } }),
      ['unknown_questionnaire'],
    ],
    [
      'another text of the version',
      ({ questionnaire }) => ({ questionnaire: { ...questionnaire, hash: '0'.repeat(64) } }),
      ['questionnaire_changed'],
    ],
    [
      'invalid answers',
      ({ answers }) => ({ answers: { ...answers, age: 12 } }),
      ['invalid_answers'],
    ],
    [
      'an unknown question',
      ({ answers }) => ({ answers: { ...answers, shoe_size: 43 } }),
      ['invalid_answers'],
    ],
    [
      'several faults at once',
      ({ answers }) => ({ akimId: randomUUID(), answers: { ...answers, sex: 'x' } }),
      ['invalid_answers', 'unknown_akim'],
    ],
  ])('quarantines %s and says every reason', async (_what, change, expected) => {
    const interview = next();
    const before = await stored();
    const { status, receipts } = await post([{ ...interview, ...change(interview) }]);
    expect(status).toBe(200);
    expect(receipts[0].status).toBe('quarantined');
    expect(codes(receipts[0])).toEqual(expected);
    expect(await stored()).toBe(before);
  });

  it('names every wrong answer, not only the first', async () => {
    const interview = next();
    const answers = { ...interview.answers, sex: 'x', age: 'old' };
    const { receipts } = await post([{ ...interview, answers }]);
    const paths = receipts[0].reasons![0].fields.map(({ path }) => path).sort();
    expect(paths).toEqual(['answers.age', 'answers.sex']);
  });

  it('lets one bad interview block none of its batch', async () => {
    const good = someInterviews(198, world.assignments[1], world.version);
    const { status, receipts } = await post([
      { id: 'no uuid' },
      ...good.slice(0, 99),
      next({ assignmentId: randomUUID() }),
      ...good.slice(99),
    ]);
    expect(status).toBe(200);
    expect(receipts).toHaveLength(200);
    expect(receipts.filter((one) => one.status === 'stored')).toHaveLength(198);
    expect(receipts[0].status).toBe('refused');
    expect(receipts[100].status).toBe('quarantined');
  });

  it('refuses a batch of 201, and a batch in which nothing can be read, with the receipts', async () => {
    const many = await post(Array.from({ length: 201 }, () => next()));
    expect(many.status).toBe(422);
    const nothing = await post([{ nonsense: true }]);
    expect(nothing.status).toBe(422);
    expect(nothing.body).toMatchObject({ code: 'invalid_input' });
    expect(nothing.receipts[0]).toMatchObject({ status: 'refused', id: null });
  });

  it('takes a compressed body', async () => {
    const interview = next();
    const { status, body } = await api.send('POST', '/interviews', {
      cookie,
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify({ interviews: [interview] })),
    });
    expect([status, body.receipts[0].status]).toEqual([200, 'stored']);
  });

  it('stores how it came about, and takes what an older app never told', async () => {
    const circumstances: InterviewCircumstances = {
      household: 7,
      selection: { method: 'kish', adults: 3, position: 2, seed: 'point/7', table: 'D' },
      location: {
        status: 'measured',
        latitude: 50.28123,
        longitude: 57.16712,
        accuracyM: 12.5,
        measuredAt: '2026-11-03T05:00:10.000Z',
      },
      pageTimes: [{ page: 'introduction', elapsedMs: 40_000 }],
      notes: { sex: 'a neighbour came in' },
      clockOffsetMs: -90_000,
    };
    const [told, untold] = [next(circumstances), next()];
    const { receipts } = await post([told, untold]);
    expect(receipts.map(({ status }) => status)).toEqual(['stored', 'stored']);
    expect(receipts[0].hash).toBe(hashOf(told));
    const of = (id: string) =>
      mongoose.connection.collection<{ _id: string }>('interviews').findOne({ _id: id });
    expect(await of(told.id)).toMatchObject(circumstances);
    const before = Object.keys((await of(untold.id))!);
    expect(before.filter((name) => name in circumstances)).toEqual([]);
  });

  it.each([
    ['a household number of 0', { household: 0 }],
    ['a place on no globe', { location: { status: 'measured', latitude: 91, longitude: 0 } }],
    ['a note of a thousand letters', { notes: { sex: 'a'.repeat(1000) } }],
    ['a field nobody knows', { phone: '+7 700 000 00 00' }],
  ])('refuses %s and says where', async (_what, over) => {
    const { receipts } = await post([next(), { ...next(), ...over }]);
    expect(receipts.map(({ status }) => status)).toEqual(['stored', 'refused']);
    expect(codes(receipts[1])).toEqual(['unreadable']);
  });

  it('takes an interview from a tablet whose clock is years off', async () => {
    const { receipts } = await post([
      next({ startedAt: '2011-01-01T00:00:00.000Z', completedAt: '2011-01-01T00:20:00.000Z' }),
    ]);
    expect(receipts[0].status).toBe('stored');
  });

  it('quarantines what somebody hands in for a region that is not theirs', async () => {
    const admin = await api.cookieOf('admin');
    await api.send('POST', '/users', {
      cookie: admin,
      body: { login: 'far', name: 'F', role: 'interviewer', regions: ['620000000'], password },
    });
    const { receipts } = await post([next()], await api.cookieOf('far'));
    expect(codes(receipts[0])).toEqual(['other_region']);
  });

  it('keeps what it does not store as it came, for those who may see it', async () => {
    const bad = next({ assignmentId: randomUUID() });
    await post([bad]);
    const supervisor = await api.cookieOf('supervisor');
    const list = await api.send('GET', '/quarantine', { cookie: supervisor });
    const kept = list.body.quarantine.find((one: any) => one.interviewId === bad.id);
    expect(kept).toMatchObject({ status: 'quarantined', hash: hashOf(bad) });
    const { body } = await api.send('GET', `/quarantine/${kept.id}`, { cookie: supervisor });
    expect(JSON.parse(body.raw)).toEqual(bad);
    const before = list.body.total;
    await post([bad]);
    expect((await api.send('GET', '/quarantine', { cookie: supervisor })).body.total).toBe(before);
    const broken = '{"interviews": [';
    await api.send('POST', '/interviews', { cookie, body: broken });
    const after = await api.send('GET', '/quarantine', { cookie: supervisor });
    const newest = await api.send('GET', `/quarantine/${after.body.quarantine[0].id}`, {
      cookie: supervisor,
    });
    expect(newest.body.raw).toBe(broken);
  });

  it('quarantines after the wave has closed, but still knows what it holds', async () => {
    const [held, late] = [next(), next()];
    await post([held]);
    const sociologist = await api.cookieOf('sociologist');
    await api.send('POST', `/waves/${world.wave.id}/close`, { cookie: sociologist, body: {} });
    const { receipts } = await post([held, late]);
    expect(receipts.map(({ status }) => status)).toEqual(['duplicate', 'quarantined']);
    expect(codes(receipts[1])).toEqual(['wave_not_open']);
  });
});
