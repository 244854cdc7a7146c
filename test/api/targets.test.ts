import mongoose from 'mongoose';
import type { FieldPackage, InterviewInput } from '../../api/src/contracts/interviews.ts';
import type { Methodology } from '../../api/src/contracts/methodologies.ts';
import type { WaveTargets } from '../../api/src/contracts/targets.ts';
import type { Profile, Ranking } from '../../api/src/contracts/rankings.ts';
import type { HttpClient } from '../../scripts/http-client.ts';
import { type InProcessApi, startApi } from '../support/api-in-process.ts';
import {
  closeAndPublish,
  freshRanking,
  handIn,
  makeSmallWorld,
  someInterviews,
  type SmallWorld,
} from '../support/small-world.ts';

const bands = ['18-29', '30-45', '46-60', '61+'];
const csv = (...lines: string[]) => lines.join('\n');
const header = 'territory,level,settlement,sex,age_band,persons,basis';

describe('targets and the wave that is calibrated to them', () => {
  let api: InProcessApi;
  let world: SmallWorld;
  let sociologist: HttpClient;
  let drafts = 0;
  beforeAll(async () => {
    api = await startApi();
    world = await makeSmallWorld(api, 2, true);
    ({ sociologist } = world);
  });
  afterAll(() => api.stop());

  async function draft(methodology: { code: string; version: number } = world.wave.methodology) {
    drafts += 1;
    const [{ level, code, version }] = world.wave.questionnaires;
    const { id } = await sociologist.post<{ id: string }>('/waves', {
      code: `draft-${drafts}`,
      name: { kk: 'Т', ru: 'Ч', en: 'D' },
      questionnaires: [{ level, code, version }],
      methodology: { code: methodology.code, version: methodology.version },
      opensOn: '2026-11-01',
      closesOn: '2026-12-31',
    });
    return id;
  }
  const put = async (waveId: string, text: string, query = '') =>
    api.send('POST', `/waves/${waveId}/targets/import${query}`, {
      cookie: await api.cookieOf('sociologist'),
      headers: { 'content-type': 'text/csv' },
      body: text,
    });
  const targetsOf = (waveId: string) => sociologist.get<WaveTargets>(`/waves/${waveId}/targets`);

  it('are imported all or none, and a fault has its row and column', async () => {
    const waveId = await draft();
    const faulty = await put(
      waveId,
      csv(
        header,
        '150000000,,urban,male,18-29,10,official',
        '150000000,,urban,male,18-29,11,official',
        '999999999,,urban,male,18-29,10,official',
        '230000000,,town,male,18-29,-4,guess',
        '150000000,,,male,18-29,11,official',
      ),
    );
    expect(faulty.body).toMatchObject({ applied: false, rows: 5 });
    expect(faulty.body.faults.map(({ row, column }: any) => [row, column])).toEqual([
      [3, 'territory'],
      [4, 'territory'],
      [5, 'settlement'],
      [5, 'persons'],
      [5, 'basis'],
      [6, 'territory'],
    ]);
    expect((await targetsOf(waveId)).targets).toBeNull();
    const missing = await put(waveId, 'territory,persons\n150000000,4');
    expect([missing.status, missing.body.fields[0].path]).toEqual([422, 'csv.1.basis']);
  });

  it('share the interviews of each point out over sex and age, and the tablet learns how many came', async () => {
    const [point] = world.assignments;
    const { cells, ageQuestion } = point.quota!;
    expect(cells.map(({ sex, age }) => `${sex} ${age}`)).toEqual(
      ['female', 'male'].flatMap((sex) => bands.map((age) => `${sex} ${age}`)),
    );
    expect(cells.reduce((sum, { target }) => sum + target, 0)).toBe(point.targetInterviews);
    const received = async () => {
      const { quotaReceived } = await world.interviewer.get<FieldPackage>('/field/package');
      return quotaReceived![point.id];
    };
    expect(await received()).toEqual(cells.map(() => 0));
    const [first, second, third] = someInterviews(3, point, world.version);
    const answered = (one: InterviewInput, sex: string, age: number) => ({
      ...one,
      answers: { ...one.answers, sex, [ageQuestion]: age },
    });
    await handIn(world.interviewer, [
      answered(first, 'female', 18),
      answered(second, 'female', 29),
      answered(third, 'male', 61),
    ]);
    const counts = await received();
    expect(
      cells.flatMap(({ sex, age }, at) => (counts[at] ? [`${sex} ${age} ${counts[at]}`] : [])),
    ).toEqual(['female 18-29 2', 'male 61+ 1']);
  });

  it('are summed by category, and say what the methodology still lacks', async () => {
    const waveId = await draft();
    const good = csv(
      'region,settlement,sex,adults,basis',
      '150000000,urban,male,10,official',
      '150000000,rural,female,30,estimate',
    );
    expect((await put(waveId, good, '?check=true')).body.applied).toBe(false);
    expect((await targetsOf(waveId)).targets).toBeNull();
    expect((await put(waveId, good)).body).toMatchObject({ applied: true, created: 2, faults: [] });
    const { targets, gaps, wanted } = await targetsOf(waveId);
    expect(wanted).toEqual(['sex', 'age', 'settlement']);
    expect(targets).toMatchObject({ source: 'file', importedBy: 'Sociologist' });
    expect(targets!.territories).toMatchObject([
      {
        ...{ territory: '150000000', level: null, basis: 'estimate', persons: 40 },
        margins: { sex: { male: 10, female: 30 }, settlement: { urban: 10, rural: 30 } },
      },
    ]);
    expect(gaps.map(({ variable, regions }) => [variable, regions.length])).toEqual([
      ['sex', 19],
      ['age', 20],
      ['settlement', 19],
    ]);
  });

  it('may be the shipped estimate, which fits the shipped methodology', async () => {
    const waveId = await draft();
    await sociologist.post(`/waves/${waveId}/targets/shipped`);
    const { targets, gaps, mayChange } = await targetsOf(waveId);
    expect([targets!.source, mayChange, gaps]).toEqual(['shipped', true, []]);
    const almaty = targets!.territories.find(({ territory }) => territory === '750000000')!;
    expect(almaty.basis).toBe('estimate');
    expect(Object.keys(almaty.margins.settlement!)).toEqual(['urban']);
    const sum = (totals: Record<string, number>) =>
      Object.values(totals).reduce((total, one) => total + one, 0);
    expect(sum(almaty.margins.age!)).toBe(almaty.persons);
  });

  it('are frozen by the lock, and are part of what is locked', async () => {
    const { waveTargets, lockHash } = await (async () => {
      const waveId = await draft();
      await sociologist.post(`/waves/${waveId}/targets/shipped`);
      const locked = await sociologist.post<{ lockHash: string }>(`/waves/${waveId}/lock`);
      return { waveTargets: waveId, lockHash: locked.lockHash };
    })();
    expect((await put(waveTargets, header)).body.code).toBe('wave_state');
    expect((await targetsOf(waveTargets)).mayChange).toBe(false);
    const bare = await draft();
    const other = await sociologist.post<{ lockHash: string }>(`/waves/${bare}/lock`);
    expect(other.lockHash).not.toBe(lockHash);
  });

  it('must be there before a wave is locked whose methodology rates nobody without them', async () => {
    const { methodologies } = await sociologist.get<any>('/methodologies');
    const methodology = structuredClone(methodologies[0].methodology) as Methodology;
    methodology.code = 'strict';
    Object.assign(methodology.rules.calibration, { onFailure: 'not_rated' });
    await sociologist.post('/methodologies', { methodology });
    const waveId = await draft(methodology);
    const cookie = await api.cookieOf('sociologist');
    const locked = await api.send('POST', `/waves/${waveId}/lock`, { cookie, body: {} });
    expect([locked.status, locked.body.code]).toEqual([409, 'wave_state']);
  });

  it('refuse rules that cannot be: a margin twice, bands that fall, an unasked question', async () => {
    const cookie = await api.cookieOf('sociologist');
    const { methodologies } = await sociologist.get<any>('/methodologies');
    const publish = (code: string, calibration: object) => {
      const methodology = structuredClone(methodologies[0].methodology) as Methodology;
      Object.assign(methodology, { code });
      Object.assign(methodology.rules, { calibration });
      return api.send('POST', '/methodologies', { cookie, body: { methodology } });
    };
    const sex = { variable: 'sex', question: 'sex' };
    const twice = await publish('twice', { method: 'rake', margins: [sex, sex] });
    expect([twice.status, twice.body.fields[0].path]).toEqual([
      422,
      'body.methodology.rules.calibration.margins.1',
    ]);
    const falling = { variable: 'age', question: 'age', bands: [30, 18] };
    expect((await publish('falling', { method: 'rake', margins: [falling] })).status).toBe(422);
    const bounds = { method: 'logit', margins: [sex], bounds: [1.2, 3] };
    expect((await publish('bounds', bounds)).status).toBe(422);
    const unasked = { method: 'rake', margins: [{ variable: 'sex', question: 'gender' }] };
    expect((await publish('unasked', unasked)).status).toBe(201);
    await expect(draft({ code: 'unasked', version: 1 })).rejects.toMatchObject({ status: 422 });
  });

  it('calibrate a region whole, and say so to those who may know', async () => {
    for (const one of world.assignments) {
      await handIn(world.interviewer, someInterviews(14, one, world.version));
    }
    await freshRanking(sociologist, world.wave.id);
    const profile = await sociologist.get<Profile>(
      `/akims/${world.akims[0].id}/profile?wave=${world.wave.id}`,
    );
    expect(profile.calibration).toBe('calibrated');
    expect(profile.weighting).toMatchObject({
      outcome: 'calibrated',
      basis: 'estimate',
      faults: [],
      group: { territory: world.akims[0].region, akims: 2, interviews: 112 },
    });
    for (const { target, after } of profile.weighting!.margins) {
      expect(after / target).toBeCloseTo(1, 8);
    }
    const place = profile.place as { effectiveN: number; designEffect: number; n: number };
    expect(place.effectiveN * place.designEffect).toBeCloseTo(place.n, 6);
  });

  it('are met anew by one group alone when one interview of it changes', async () => {
    const look = async () => {
      const all = await mongoose.connection
        .collection('estimates')
        .find({ waveId: world.wave.id })
        .toArray();
      return new Map(all.map((one) => [one.akimId as string, one]));
    };
    const [first] = world.akims;
    const before = await look();
    const interview = someInterviews(15, world.assignments[0], world.version).at(-1)!;
    await handIn(world.interviewer, [interview]);
    await api.estimator.settled();
    const after = await look();
    for (const { id, region } of world.akims) {
      const [was, is] = [before.get(id)!, after.get(id)!];
      expect(is.stale).toBe(false);
      if (region === first.region) {
        // The akim who got no interview has other weights all the same.
        expect(is.revision).toBe(was.revision + 1);
        expect(is.result.weighting.margins).not.toEqual(was.result.weighting.margins);
        expect(is.result.n).toBe(was.result.n + (id === first.id ? 1 : 0));
      } else {
        expect(is).toEqual(was);
      }
    }
  });

  it('leave an estimate that has seen more than the one that comes late', async () => {
    const { estimateStore } = await import('../../api/src/models/estimates.ts');
    const [first] = world.akims;
    const stored = (await estimateStore.get(world.wave.id, first.id))!;
    const late = { ...stored, requested: stored.revision - 1 };
    await estimateStore.writeResults(
      [{ estimate: late, result: { ...stored.result!, n: 1 } }],
      new Date(),
    );
    expect(await estimateStore.get(world.wave.id, first.id)).toEqual(stored);
  });

  it('name why a region has base weights, and officials are told without the details', async () => {
    const [first] = world.akims;
    // As if an interview without a sex had come in by an older questionnaire.
    await mongoose.connection
      .collection('interviews')
      .updateOne({ akimId: first.id }, { $unset: { 'answers.sex': 1 } });
    await handIn(world.interviewer, [
      someInterviews(16, world.assignments[0], world.version).at(-1)!,
    ]);
    await freshRanking(sociologist, world.wave.id);
    const path = `/akims/${first.id}/profile?wave=${world.wave.id}`;
    const { weighting, calibration } = await sociologist.get<Profile>(path);
    expect(calibration).toBe('base_weights');
    expect(weighting!.faults).toEqual([
      { code: 'missing_category', place: 'sex', mergeWith: null, interviews: 1 },
    ]);
    await closeAndPublish(world);
    const official = await api.signIn('official');
    expect(await official.get<Profile>(path)).toMatchObject({
      calibration: 'base_weights',
      weighting: null,
    });
    const ranking = await official.get<Ranking>(`/waves/${world.wave.id}/ranking?level=district`);
    expect(ranking.uncalibratedAkims).toBe(2);
  });
});
