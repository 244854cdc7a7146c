import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type InProcessApi, startApi } from '../support/api-in-process.ts';
import { makeSmallWorld, type SmallWorld } from '../support/small-world.ts';

const content = (name: string) =>
  JSON.parse(readFileSync(resolve(__dirname, '../../surveys', name), 'utf8'));
const text = (value: string) => ({ kk: value, ru: value, en: value });

describe('the design of a wave', () => {
  let api: InProcessApi;
  let world: SmallWorld;
  let cookie: string;
  beforeAll(async () => {
    api = await startApi();
    world = await makeSmallWorld(api, 1);
    cookie = await api.cookieOf('sociologist');
  });
  afterAll(() => api.stop());
  const post = (path: string, body: unknown, as = cookie) =>
    api.send('POST', path, { cookie: as, body });

  describe('POST /questionnaires/check', () => {
    const check = async (change: (questionnaire: any) => void) => {
      const questionnaire = content('akim-district.json');
      change(questionnaire);
      return (await post('/questionnaires/check', { questionnaire })).body.faults;
    };

    it('finds nothing wrong in the questionnaire that ships', async () => {
      const faults = await check(() => undefined);
      expect(faults.filter((fault: any) => fault.severity !== 'note')).toEqual([]);
    });

    it('keeps what somebody wrote off the console', async () => {
      const warned = jest.spyOn(console, 'warn').mockImplementation();
      const faults = await check((q) => (q.pages[1].elements[0].visibleIf = '{consent} + + = ('));
      expect(faults).toContainEqual(expect.objectContaining({ severity: 'error' }));
      expect(warned).not.toHaveBeenCalled();
      warned.mockRestore();
    });

    it.each<[string, (questionnaire: any) => void, RegExp]>([
      [
        'a language that is missing',
        (q) => delete q.pages[1].elements[0].title.ru,
        /missing in ru/,
      ],
      [
        'a name that stands twice',
        (q) => (q.pages[1].elements[1].name = 'settlement'),
        /same name/,
      ],
      [
        'a name that is no name',
        (q) => (q.pages[1].elements[0].name = 'Some Question'),
        /lower_snake_case/,
      ],
      [
        'a question of an unknown type',
        (q) => (q.pages[1].elements[0].type = 'crystal_ball'),
        /crystal_ball/,
      ],
      [
        'a scoring rule that does not fit',
        (q) => (q.pages[2].elements[1].scoring = { kind: 'position' }),
        /position/,
      ],
      ['a title without a language', (q) => (q.title = 'One language'), /title/],
      ['no level', (q) => (q.levels = []), /levels/],
    ])('names %s', async (_what, change, expected) => {
      const faults = (await check(change)).filter((fault: any) => fault.severity === 'error');
      expect(faults.map((fault: any) => `${fault.question}: ${fault.message}`).join('\n')).toMatch(
        expected,
      );
    });
  });

  it('publishes the next version with its own hash, and refuses one with faults', async () => {
    const questionnaire = content('akim-district.json');
    const second = await post('/questionnaires/akim-district/versions', { questionnaire });
    expect(second.body).toMatchObject({ version: 2, questions: 41 });
    expect(second.body.hash).not.toBe(world.version.hash);
    delete questionnaire.pages[1].elements[0].title.kk;
    const faulty = await post('/questionnaires/akim-district/versions', { questionnaire });
    expect([faulty.status, faulty.body.code]).toEqual([422, 'questionnaire_faults']);
  });

  it('never changes a published methodology, and wants importances that sum to 1', async () => {
    const methodology = content('methodology-2026.json');
    expect((await post('/methodologies', { methodology })).body.code).toBe('conflict');
    methodology.version += 1;
    methodology.blocks[0].indicators[0].importance += 0.1;
    expect((await post('/methodologies', { methodology })).body.fields[0].message).toMatch(
      /sum to/,
    );
  });

  describe('waves', () => {
    const wanted = (over = {}) => ({
      code: 'another',
      name: text('Another'),
      questionnaires: [{ level: 'district', code: 'akim-district', version: 1 }],
      methodology: { code: 'methodology-2026', version: 2 },
      opensOn: '2026-12-01',
      closesOn: '2026-12-31',
      ...over,
    });

    it('name every part that does not exist or fit', async () => {
      const reply = await post(
        '/waves',
        wanted({
          questionnaires: [{ level: 'district', code: 'no-such', version: 1 }],
          methodology: { code: 'no-such', version: 1 },
        }),
      );
      expect(reply.body.fields.map((one: any) => one.path).sort()).toEqual([
        'body.methodology',
        'body.questionnaires.0',
      ]);
      expect((await post('/waves', wanted({ closesOn: '2026-11-01' }))).status).toBe(422);
    });

    it('go from draft to locked to open to closed, each step once and never back', async () => {
      const { body: wave } = await post('/waves', wanted());
      const step = async (verb: string) => (await post(`/waves/${wave.id}/${verb}`, {})).body;
      expect((await step('open')).code).toBe('wave_state');
      expect(await step('lock')).toMatchObject({
        status: 'locked',
        lockHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect((await step('lock')).code).toBe('wave_state');
      expect(await step('open')).toMatchObject({ status: 'open' });
      expect(await step('close')).toMatchObject({ status: 'closed' });
      expect((await step('open')).code).toBe('wave_state');
      expect((await post('/waves', wanted())).body.code).toBe('conflict');
    });
  });

  describe('assignments', () => {
    const one = (over = {}) => ({
      akimId: world.akims[0].id,
      interviewer: 'interviewer',
      samplingPoint: { code: 'p-new', name: 'P', stratum: 's', settlement: 'rural' },
      baseWeight: 5,
      targetInterviews: 3,
      ...over,
    });

    it('are handed out all or none', async () => {
      const before = (await api.send('GET', `/assignments?wave=${world.wave.id}`, { cookie })).body
        .total;
      const reply = await post('/assignments', {
        waveId: world.wave.id,
        assignments: [one(), one(), one({ interviewer: 'official' })],
      });
      expect(reply.body.fields.map((fault: any) => fault.path)).toEqual([
        'body.assignments.1.samplingPoint.code',
        'body.assignments.2.interviewer',
      ]);
      expect(
        (await api.send('GET', `/assignments?wave=${world.wave.id}`, { cookie })).body.total,
      ).toBe(before);
    });

    it('reach the tablet of their interviewer with all it needs, once', async () => {
      const made = await post('/assignments', { waveId: world.wave.id, assignments: [one()] });
      expect(made.status).toBe(201);
      const tablet = await api.cookieOf('interviewer');
      const first = await api.send('GET', '/field/package', { cookie: tablet });
      expect(first.body.assignments.map(({ id }: any) => id)).toContain(
        made.body.assignments[0].id,
      );
      expect(first.body.questionnaires).toHaveLength(1);
      expect(first.body.waves.map(({ status }: any) => status)).toEqual(['open']);
      const etag = first.headers.get('etag')!;
      const again = await api.send('GET', '/field/package', {
        cookie: tablet,
        headers: { 'if-none-match': etag },
      });
      expect(again.status).toBe(304);
      const other = await api.send('GET', '/field/package', {
        cookie: await api.cookieOf('supervisor'),
      });
      expect(other.body.assignments).toEqual([]);
    });
  });

  it('describes every operation in OpenAPI', async () => {
    const { body } = await api.send('GET', '/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/interviews', '/waves/{waveId}/ranking']),
    );
  });
});
