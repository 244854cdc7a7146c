import type { Akim } from '../../api/src/contracts/akims.ts';
import type { Assignment } from '../../api/src/contracts/assignments.ts';
import type { Changes } from '../../api/src/contracts/changes.ts';
import type { Ranking } from '../../api/src/contracts/rankings.ts';
import type { Wave } from '../../api/src/contracts/waves.ts';
import { type InProcessApi, startApi } from '../support/api-in-process.ts';
import {
  closeAndPublish,
  handIn,
  makeSmallWorld,
  pointsOf,
  someInterviews,
  type SmallWorld,
} from '../support/small-world.ts';

describe('GET /waves/:waveId/changes', () => {
  let api: InProcessApi;
  let world: SmallWorld;
  /** The later wave: akims 0 and 1 stay in office, akim 2 has a successor, akim 3 is not asked about. */
  let later: SmallWorld;
  let successor: Akim;

  const collect = async ({ assignments, interviewer, version }: SmallWorld, quality: number[]) => {
    const akims = [...new Set(assignments.map(({ akimId }) => akimId))];
    for (const one of assignments) {
      const interviews = someInterviews(12, one, version, quality[akims.indexOf(one.akimId)]);
      await handIn(
        interviewer,
        // The same points and people as before give the same ids.
        interviews.map((interview) => ({ ...interview, id: crypto.randomUUID() })),
      );
    }
  };
  const changes = async (wave: Wave, more = '') =>
    (await api.signIn('official')).get<Changes>(`/waves/${wave.id}/changes?level=district${more}`);

  beforeAll(async () => {
    api = await startApi();
    world = await makeSmallWorld(api, 2);
    await collect(world, [-0.5, 0, 0, 0]);
    await closeAndPublish(world);
    const { sociologist, akims, wave } = world;
    const admin = await api.signIn('admin');
    const { territory, from } = akims[2];
    const columns =
      'territory,name_kk,name_ru,name_en,from,to,took_office,nominated_by,civil_service_before,birth_year,term';
    const tenure = (name: string, first: string, to: string) =>
      `${territory},${name},${name},${name},${first},${to},appointed,,yes,1970,1`;
    const csv = [columns, tenure('Old', from, '2026-11-10'), tenure('New', '2026-11-11', '')];
    await admin.postCsv('/akims/import', csv.join('\n'));
    successor = (await admin.get<{ akims: Akim[] }>(`/akims?territory=${territory}`)).akims.find(
      (akim) => akim.from === '2026-11-11',
    )!;
    const { id } = await sociologist.post<Wave>('/waves', {
      code: 'second-wave',
      name: { kk: 'Екінші', ru: 'Вторая', en: 'Second' },
      questionnaires: wave.questionnaires,
      methodology: wave.methodology,
      opensOn: '2027-01-01',
      closesOn: '2027-02-01',
    });
    await sociologist.post(`/waves/${id}/lock`);
    const second = await sociologist.post<Wave>(`/waves/${id}/open`);
    const asked = [akims[0], akims[1], successor];
    const { assignments } = await sociologist.post<{ assignments: Assignment[] }>('/assignments', {
      waveId: id,
      assignments: asked.flatMap(pointsOf),
    });
    later = { ...world, wave: second, assignments };
  });
  afterAll(() => api.stop());

  it('has nothing to compare the first wave with', async () => {
    expect(await changes(world.wave)).toMatchObject({
      against: null,
      comparable: false,
      offices: [],
    });
  });

  it('keeps a wave that is not published from officials', async () => {
    await collect(later, [0.6, 0, 0]);
    const cookie = await api.cookieOf('official');
    const path = `/waves/${later.wave.id}/changes?level=district`;
    expect((await api.send('GET', path, { cookie })).status).toBe(404);
    await closeAndPublish(later);
  });

  it('compares the same akim in the same office, and begins a new series after a hand-over', async () => {
    const found = await changes(later.wave);
    expect(found).toMatchObject({
      against: { waveId: world.wave.id, waveName: { en: 'Wave of tests' } },
      comparable: true,
      adjustment: 'holm',
      confidenceLevel: 0.95,
    });
    const of = (akim: Akim) => found.offices.find(({ akimId }) => akimId === akim.id);
    expect(found.offices).toHaveLength(3);
    expect(of(world.akims[0])).toMatchObject({ kind: 'change', verdict: 'rise' });
    expect(of(successor)).toEqual({
      kind: 'hand_over',
      akimId: successor.id,
      territory: successor.territory,
      beforeName: { kk: 'Old', ru: 'Old', en: 'Old' },
      from: '2026-11-11',
    });
    // Nobody says that the one who was not asked about has changed.
    expect(of(world.akims[3])).toBeUndefined();
    const official = await api.signIn('official');
    const score = async (wave: Wave) => {
      const path = `/waves/${wave.id}/ranking?level=district`;
      const { ranked } = await official.get<Ranking>(path);
      return ranked.find(({ akimId }) => akimId === world.akims[0].id)!;
    };
    const [before, after] = [await score(world.wave), await score(later.wave)];
    const standardError = Math.hypot(before.standardError, after.standardError);
    expect(of(world.akims[0])).toMatchObject({
      difference: expect.closeTo(after.score - before.score, 9),
      standardError: expect.closeTo(standardError, 9),
      interval: [
        expect.closeTo(after.score - before.score - 1.959964 * standardError, 4),
        expect.closeTo(after.score - before.score + 1.959964 * standardError, 4),
      ],
    });
  });

  it('adjusts over the akims of a region where only those are asked for', async () => {
    const { region } = world.akims[0];
    const { offices } = await changes(later.wave, `&region=${region}`);
    const inRegion = [world.akims[0], world.akims[1], successor].filter(
      (akim) => akim.region === region,
    );
    expect(offices.map(({ akimId }) => akimId).sort()).toEqual(inRegion.map(({ id }) => id).sort());
  });
});
