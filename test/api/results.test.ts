import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import mongoose from 'mongoose';
import { methodology as schema, type Methodology } from '../../api/src/contracts/methodologies.ts';
import type { IndicatorFigures, Ranking } from '../../api/src/contracts/rankings.ts';
import { indexScore, scoreInterval } from '../../api/src/domain/estimation.ts';
import { prepareWhatIf } from '../../api/src/domain/what-if.ts';
import { estimateCalibrationGroup } from '../../api/src/services/estimate-group.ts';
import { reconcileEstimates } from '../../api/src/services/reconcile-estimates.ts';
import { type InProcessApi, startApi } from '../support/api-in-process.ts';
import {
  closeAndPublish,
  freshRanking,
  handIn,
  makeSmallWorld,
  someInterviews,
  type SmallWorld,
} from '../support/small-world.ts';

const methodology = schema.parse(
  JSON.parse(readFileSync(resolve(__dirname, '../../surveys/methodology-2026.json'), 'utf8')),
);
/** One akim for itself, with the rules of a methodology but no targets. */
function estimateAkim(rows: readonly { scores: object }[], { rules, ...rest }: Methodology) {
  const plainRules = { ...rules, calibration: { method: 'none' as const } };
  const group = { territory: '150000000', akims: ['a'], cells: [] };
  const own = rows.map((one) => ({ ...one, akimId: 'a', answers: {} })) as never;
  return estimateCalibrationGroup({ ...group, rows: own }, { ...rest, rules: plainRules }).get(
    'a',
  )!;
}
const row = (cluster: string, overall: number) => ({
  akimId: 'a',
  stratum: 's',
  cluster,
  baseWeight: 1,
  scores: { overall },
});
/** One indicator, so that it can be followed by hand. */
const plain: Methodology = {
  ...methodology,
  blocks: [
    {
      ...methodology.blocks[0],
      indicators: [{ code: 'overall', name: methodology.name, importance: 1 }],
    },
  ],
  rules: { ...methodology.rules, minimumRespondents: 2, minimumEffectiveN: 2 },
};

describe('estimateAkim', () => {
  it('is the mean with the variance between clusters, as worked by hand', () => {
    // Two clusters with totals of influence (40−50)/2·… : V = 2/(2−1) · Σ(u_c − 0)², u = ∓5 → 100; √100 = 10.
    const result = estimateAkim([row('c1', 40), row('c2', 60)], plain);
    expect(result).toMatchObject({
      interviews: 2,
      n: 2,
      effectiveN: 2,
      degreesOfFreedom: 1,
      score: 50,
    });
    expect(result.standardError).toBeCloseTo(10, 12);
    expect(result.notRated).toBeNull();
  });

  it('leaves interviews without any score out of n, but has seen them', () => {
    const result = estimateAkim(
      [row('c1', 40), row('c2', 60), { ...row('c3', 0), scores: {} }],
      plain,
    );
    expect(result).toMatchObject({ interviews: 3, n: 2, score: 50 });
  });

  it('says why an akim is not rated', () => {
    expect(estimateAkim([], plain).notRated).toBe('too_few_respondents');
    expect(estimateAkim([row('c1', 40), row('c1', 60)], plain).notRated).toBe(
      'no_degrees_of_freedom',
    );
    expect(estimateAkim([row('c1', 40), row('c2', 60)], methodology).notRated).toBe(
      'too_few_respondents',
    );
    const wide = { ...plain, rules: { ...plain.rules, maximumStandardError: 9.9 } };
    expect(estimateAkim([row('c1', 40), row('c2', 60)], wide).notRated).toBe('margin_too_wide');
  });
});

describe('from interviews to a published ranking', () => {
  let api: InProcessApi;
  let world: SmallWorld;
  beforeAll(async () => {
    api = await startApi();
    world = await makeSmallWorld(api, 2);
  });
  afterAll(() => api.stop());

  it('lists an akim under the minimum without score, with the reason', async () => {
    await handIn(world.interviewer, someInterviews(5, world.assignments[0], world.version));
    const rows = await freshRanking(world.sociologist, world.wave.id);
    const few = rows.get(world.akims[0].id);
    expect(few).toMatchObject({ n: 5, reason: 'too_few_respondents' });
    expect(few).not.toHaveProperty('score');
    const path = `/waves/${world.wave.id}/indicators?level=district`;
    const { akims } = await world.sociologist.get<IndicatorFigures>(path);
    expect(akims).toEqual([]);
  });

  it('ranks akims with joint intervals, and n grows with a new interview', async () => {
    for (const [place, one] of world.assignments.entries()) {
      const quality = world.akims.findIndex(({ id }) => id === one.akimId) === 1 ? 1 : -0.6;
      await handIn(
        world.interviewer,
        someInterviews(12 + (place % 2), one, world.version, quality),
      );
    }
    const before = await freshRanking(world.sociologist, world.wave.id);
    const best = before.get(world.akims[1].id)!;
    expect(best).toMatchObject({ rank: 1, rankInterval: [1, expect.any(Number)], tier: 1 });
    const interview = someInterviews(14, world.assignments[4], world.version, 1).at(-1)!;
    await handIn(world.interviewer, [interview]);
    const after = (await freshRanking(world.sociologist, world.wave.id)).get(world.akims[1].id)!;
    expect(after.n).toBe(best.n + 1);
  });

  it('gives each akim the figures that the domain gives for its interviews', async () => {
    const { id } = world.akims[1];
    const rows = await mongoose.connection.collection('interviews').find({ akimId: id }).toArray();
    const expected = estimateAkim(rows as never, methodology);
    const size = expected.indicators.length;
    const covariance = expected.indicators.map((_, k) =>
      expected.covariance!.slice(k * size, (k + 1) * size),
    );
    const index = indexScore(
      { means: expected.means, covariance },
      methodology.blocks.flatMap(({ indicators }) =>
        indicators.map(({ importance }) => importance),
      ),
    )!;
    const shown = (await freshRanking(world.sociologist, world.wave.id)).get(id)!;
    // Another store gives the interviews in another order, and sums differ in the last digit.
    const close = (value: number) => expect.closeTo(value, 9) as unknown;
    expect(shown).toMatchObject({
      score: close(index.score),
      standardError: close(index.standardError),
      interval: scoreInterval(index.score, index.standardError, expected.degreesOfFreedom)!.map(
        close,
      ),
    });
  });

  it('answers 304 to who has the newest figures', async () => {
    const cookie = await api.cookieOf('sociologist');
    const path = `/waves/${world.wave.id}/ranking?level=district`;
    const first = await api.send('GET', path, { cookie });
    const etag = first.headers.get('etag')!;
    const second = await api.send('GET', path, { cookie, headers: { 'if-none-match': etag } });
    expect(second.status).toBe(304);
  });

  it('finds an akim whose interviews are not in its estimate', async () => {
    expect(await reconcileEstimates()).toBe(0);
    await mongoose.connection.collection('interviews').deleteOne({ akimId: world.akims[0].id });
    expect(await reconcileEstimates()).toBe(1);
    await api.estimator.settled();
    expect(await reconcileEstimates()).toBe(0);
  });

  it('keeps what is not published from officials, other importances too', async () => {
    const cookie = await api.cookieOf('official');
    const path = `/waves/${world.wave.id}/indicators?level=district`;
    expect((await api.send('GET', path, { cookie })).status).toBe(404);
    const live = await world.sociologist.get<any>(path);
    expect(live.basis).toBe('unpublished');
  });

  it('needs two people, a closed wave, and shows officials the frozen figures only', async () => {
    const cookie = await api.cookieOf('sociologist');
    const body = { waveId: world.wave.id };
    const early = await api.send('POST', '/publications', { cookie, body });
    expect([early.status, early.body.code]).toEqual([409, 'wave_state']);
    await closeAndPublish(world);
    const own = await api.send('POST', '/publications', { cookie, body });
    expect(own.body.code).toBe('conflict');
    const { body: publications } = await api.send('GET', '/publications', { cookie });
    const alone = await api.send(
      'POST',
      `/publications/${publications.publications[0].id}/approve`,
      { cookie, body: {} },
    );
    expect(alone.body.code).toBe('second_person_needed');

    const official = await api.signIn('official');
    const ranking = await official.get<any>(`/waves/${world.wave.id}/ranking?level=district`);
    expect(ranking).toMatchObject({ basis: 'published', staleAkims: 0 });
    const frozen = ranking.ranked[0];
    await mongoose.connection
      .collection('estimates')
      .updateMany({}, { $set: { 'result.score': 1 } });
    const again = await official.get<any>(`/waves/${world.wave.id}/ranking?level=district`);
    expect(again.ranked[0]).toEqual(frozen);
    const { waves } = await official.get<any>('/waves');
    expect(waves).toHaveLength(1);
    expect(waves[0].interviews).toBeNull();
  });

  it('ranks a region among itself, and opens a profile with every indicator', async () => {
    const official = await api.signIn('official');
    const region = world.akims[1].region;
    const ranking = await official.get<any>(
      `/waves/${world.wave.id}/ranking?level=district&region=${region}`,
    );
    expect(ranking.ranked.every((one: any) => one.region === region)).toBe(true);
    expect(ranking.ranked.length + ranking.notRated.length).toBe(2);
    const profile = await official.get<any>(
      `/akims/${world.akims[1].id}/profile?wave=${world.wave.id}`,
    );
    expect(profile.place).toMatchObject({ rated: true, rank: 1 });
    expect(profile.stabilised).toEqual({
      score: expect.any(Number),
      interval: [expect.any(Number), expect.any(Number)],
      shareOfDirect: expect.any(Number),
    });
    expect(profile.indicators).toHaveLength(
      methodology.blocks.flatMap(({ indicators }) => indicators).length,
    );
    for (const { mean, interval } of profile.indicators) {
      expect(mean).toBeGreaterThanOrEqual(interval[0]);
      expect(mean).toBeLessThanOrEqual(interval[1]);
    }
  });

  it('gives what other importances need of the rated akims, as published', async () => {
    const official = await api.signIn('official');
    const ranking = await official.get<Ranking>(`/waves/${world.wave.id}/ranking?level=district`);
    const path = `/waves/${world.wave.id}/indicators?level=district`;
    const figures = await official.get<IndicatorFigures>(path);
    expect(figures.basis).toBe('published');
    const rated = ranking.ranked.map(({ akimId }) => akimId).sort();
    expect(figures.akims.map(({ akimId }) => akimId).sort()).toEqual(rated);
    const rank = prepareWhatIf(
      figures.akims.map((one) => ({ ...one, akim: one.akimId })),
      figures.rules,
    );
    const again = rank(figures.indicators.map(({ importance }) => importance));
    for (const place of again.ranked) {
      const published = ranking.ranked.find(({ akimId }) => akimId === place.akim)!;
      expect(place.score).toBeCloseTo(published.score, 3);
      expect(place.interval[0]).toBeCloseTo(published.interval[0], 3);
      expect(place).toMatchObject({
        rank: published.rank,
        rankInterval: published.rankInterval,
        tier: published.tier,
      });
    }
    const { region } = world.akims[1];
    const ofRegion = await official.get<IndicatorFigures>(`${path}&region=${region}`);
    expect(ofRegion.akims.length).toBeLessThan(figures.akims.length + 1);
    const inRegion = ranking.ranked.filter((one) => one.region === region);
    expect(ofRegion.akims).toHaveLength(inRegion.length);
  });
});
