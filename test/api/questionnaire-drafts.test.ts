import mongoose from 'mongoose';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type InProcessApi, startApi } from '../support/api-in-process.ts';
import { makeSmallWorld, type SmallWorld } from '../support/small-world.ts';

const shipped = () =>
  JSON.parse(readFileSync(resolve(__dirname, '../../surveys/akim-district.json'), 'utf8'));

describe('drafts of questionnaires', () => {
  let api: InProcessApi;
  let world: SmallWorld;
  let cookie: string;
  let other: string;
  beforeAll(async () => {
    api = await startApi();
    world = await makeSmallWorld(api, 1);
    cookie = await api.cookieOf('sociologist');
    other = await api.cookieOf('sociologist2');
  });
  afterAll(() => api.stop());
  const send = (method: string, path: string, body?: unknown, as = cookie) =>
    api.send(method, path, { cookie: as, ...(body === undefined ? {} : { body }) });
  const draft = '/questionnaire-drafts/akim-district';
  const save = (revision: number, questionnaire: unknown, as = cookie, scenarios: unknown[] = []) =>
    send('PUT', draft, { revision, questionnaire, scenarios }, as);

  it('begin empty, from a version or from JSON, once for each code', async () => {
    const empty = await send('POST', '/questionnaire-drafts/new-one', { from: 'nothing' });
    expect([empty.status, empty.body.revision, empty.body.questions]).toEqual([201, 1, 0]);
    expect(empty.body.questionnaire).toMatchObject({ code: 'new-one', pages: [] });
    const twice = await send('POST', '/questionnaire-drafts/new-one', { from: 'nothing' });
    expect([twice.status, twice.body.code]).toEqual([409, 'conflict']);
    const json = await send('POST', '/questionnaire-drafts/from-json', {
      from: 'json',
      questionnaire: { ...shipped(), version: 7 },
    });
    expect(json.body).toMatchObject({
      code: 'from-json',
      basedOn: null,
      questions: world.version.questions,
    });
    expect(json.body.questionnaire).toMatchObject({ code: 'from-json' });
    expect(json.body.questionnaire).not.toHaveProperty('version');
    const none = await send('POST', draft, { from: 'version', version: 9 });
    expect([none.status, none.body.fields[0].path]).toEqual([422, 'body.version']);
    const version = await send('POST', draft, { from: 'version', version: 1 });
    expect(version.body).toMatchObject({ basedOn: 1, createdBy: 'Sociologist' });
    const { body } = await send('GET', '/questionnaire-drafts');
    expect(body.drafts.map(({ code }: any) => code).sort()).toEqual([
      'akim-district',
      'from-json',
      'new-one',
    ]);
    expect(body.drafts[0]).not.toHaveProperty('questionnaire');
  });

  it('are never saved over a newer revision, and say whose it is', async () => {
    const { questionnaire } = (await send('GET', draft)).body;
    const theirs = { ...questionnaire, title: { ...questionnaire.title, en: 'Theirs' } };
    const first = await save(1, theirs, other);
    expect(first.body).toMatchObject({ revision: 2, changedBy: 'Second sociologist' });
    expect(first.body.title.en).toBe('Theirs');
    const stale = await save(1, questionnaire);
    expect([stale.status, stale.body.code]).toEqual([409, 'draft_conflict']);
    expect(stale.body.newer).toMatchObject({ revision: 2, by: 'Second sociologist' });
    expect((await send('GET', draft)).body.questionnaire).toEqual(theirs);
  });

  it('let one of many saves of the same revision win', async () => {
    const { questionnaire, revision } = (await send('GET', draft)).body;
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, place) => save(revision, { ...questionnaire, place })),
    );
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 7 }, () => 409)]);
    const { body } = await send('GET', draft);
    expect(body.revision).toBe(revision + 1);
    expect(replies[body.questionnaire.place]?.status).toBe(200);
    await save(body.revision, questionnaire);
  });

  it('refuse what is no questionnaire or too deep to be one', async () => {
    const { revision } = (await send('GET', draft)).body;
    expect((await save(revision, 'text')).status).toBe(422);
    expect((await save(0, {})).status).toBe(422);
    const deep = `${'{"elements":[{"a":'.repeat(5000)}1${'}]}'.repeat(5000)}`;
    const put = `{"revision":${revision},"scenarios":[],"questionnaire":${deep}}`;
    const refused = await send('PUT', draft, put);
    expect([refused.status, refused.body.fields[0].path]).toEqual([422, 'body.questionnaire']);
    const checked = await send('POST', '/questionnaires/check', `{"questionnaire":${deep}}`);
    expect(checked.status).toBe(422);
    const scenario = { name: '', language: 'de', answers: 1, expected: null };
    expect((await save(revision, {}, cookie, [scenario])).body.fields).toHaveLength(3);
  });

  it('are published when their check finds no error; scenarios go along', async () => {
    const { questionnaire, revision } = (await send('GET', draft)).body;
    const scenarios = [
      {
        name: 'A woman of 65 in town',
        language: 'kk',
        answers: { sex: 'female', age: 65 },
        expected: { asked: ['sex', 'age'], scores: { trust: null } },
      },
    ];
    const broken = structuredClone(questionnaire);
    delete broken.pages[1].elements[0].title.kk;
    await save(revision, broken, cookie, scenarios);
    const refused = await send('POST', `${draft}/publish`, { revision: revision + 1 });
    expect([refused.status, refused.body.code]).toEqual([422, 'questionnaire_faults']);
    await save(revision + 1, questionnaire, cookie, scenarios);
    const stale = await send('POST', `${draft}/publish`, { revision });
    expect(stale.body.code).toBe('draft_conflict');
    const published = await send('POST', `${draft}/publish`, { revision: revision + 2 });
    expect(published.body).toMatchObject({ code: 'akim-district', version: 2, retired: null });
    expect((await send('GET', draft)).status).toBe(404);
    const again = await send('POST', draft, { from: 'version', version: 2 });
    expect(again.body).toMatchObject({ scenarios, basedOn: 2, revision: 1 });
    // Recorded before it was kept where a respondent ends.
    await mongoose.connection
      .collection('questionnaireDrafts')
      .updateOne(
        { _id: 'akim-district' as never },
        { $set: { scenarios: JSON.stringify(scenarios) } },
      );
    const [{ expected }] = (await send('GET', draft)).body.scenarios;
    expect(expected).toEqual({ ...scenarios[0].expected, stuck: [] });
  });

  it('are compared with a published version, and versions with each other', async () => {
    const { questionnaire, revision } = (await send('GET', draft)).body;
    questionnaire.pages[1].elements[0].title.kk = 'Басқа мәтін';
    await save(revision, questionnaire);
    const diff = (query: string) => send('GET', `/questionnaires/akim-district/diff?${query}`);
    const { body } = await diff('from=2&to=draft');
    expect(body.changes).toMatchObject([{ kind: 'reworded', languages: ['kk'] }]);
    const published = (await diff('from=1&to=2')).body.changes;
    expect(published).toMatchObject([{ kind: 'reworded', property: 'title', languages: ['en'] }]);
    expect((await diff('from=1&to=9')).status).toBe(404);
    expect((await diff('from=x&to=1')).status).toBe(422);
  });

  it('are deleted at the revision that was seen', async () => {
    expect((await send('DELETE', draft)).status).toBe(422);
    expect((await send('DELETE', `${draft}?revision=5`)).body.code).toBe('draft_conflict');
    expect((await send('DELETE', `${draft}?revision=2`)).body).toEqual({ deleted: true });
    expect((await send('DELETE', `${draft}?revision=2`)).status).toBe(404);
    expect((await save(1, {})).status).toBe(404);
  });

  describe('a retired version', () => {
    const retire = (version: number, reason: unknown = 'a slip in question 3') =>
      send('POST', `/questionnaires/akim-district/versions/${version}/retire`, { reason });

    it('says who retired it and why, once', async () => {
      expect((await retire(1, ' ')).status).toBe(422);
      expect((await retire(9)).status).toBe(404);
      const { body } = await retire(1);
      expect(body.retired).toMatchObject({ by: 'Sociologist', reason: 'a slip in question 3' });
      expect((await retire(1)).body.code).toBe('conflict');
      const { questionnaires } = (await send('GET', '/questionnaires')).body;
      const retired = questionnaires.map((one: any) => [one.version, one.retired !== null]);
      expect(retired).toEqual(
        expect.arrayContaining([
          [2, false],
          [1, true],
        ]),
      );
    });

    it('is chosen by no new wave, and the wave that has it goes on', async () => {
      const reply = await send('POST', '/waves', {
        code: 'after-retirement',
        name: { kk: 'а', ru: 'б', en: 'c' },
        questionnaires: [{ level: 'district', code: 'akim-district', version: 1 }],
        methodology: world.wave.methodology,
        opensOn: '2026-12-01',
        closesOn: '2026-12-31',
      });
      expect(reply.body.fields).toEqual([
        { path: 'body.questionnaires.0', message: 'akim-district@1 is retired' },
      ]);
      const tablet = await api.cookieOf('interviewer');
      const { body } = await api.send('GET', '/field/package', { cookie: tablet });
      expect(body.waves.map(({ id }: any) => id)).toContain(world.wave.id);
      expect(body.questionnaires).toHaveLength(1);
    });
  });

  describe('POST /questionnaires/check', () => {
    const check = async (change: (questionnaire: any) => void, more = {}) => {
      const questionnaire = shipped();
      change(questionnaire);
      const { body } = await send('POST', '/questionnaires/check', { questionnaire, ...more });
      return body;
    };

    it('names code, page, path and parameters, and how long reading takes', async () => {
      const { faults, readingMinutes } = await check((q) => {
        q.pages[2].elements[1].visibleIf = "{no_such} = 'x'";
      });
      expect(faults.find(({ code }: any) => code === 'reference_unknown')).toMatchObject({
        severity: 'error',
        page: 'overall',
        path: 'pages.2.elements.1.visibleIf',
        params: { property: 'visibleIf', name: 'no_such' },
      });
      for (const minutes of Object.values(readingMinutes)) {
        expect(minutes).toBeGreaterThan(2);
        expect(minutes).toBeLessThan(15);
      }
    });

    it('compares with the indicators of a methodology and with earlier versions', async () => {
      const { methodology } = world.wave;
      const ok = await check(() => undefined, { methodology });
      expect(ok.faults.filter(({ severity }: any) => severity === 'error')).toEqual([]);
      const { faults } = await check(
        (q) => {
          const trust = q.pages
            .flatMap((page: any) => page.elements)
            .find((one: any) => one.indicator === 'trust');
          trust.indicator = 'made_up';
          q.pages[1].elements[0].title = {
            kk: 'Мүлде бөлек',
            ru: 'Совсем другое',
            en: 'Quite another thing',
          };
        },
        { methodology },
      );
      const codes = faults.map(({ code }: any) => code);
      expect(codes).toEqual(expect.arrayContaining(['indicator_unknown', 'name_reused']));
      const none = { methodology: { code: 'no-such', version: 1 } };
      expect((await check(() => undefined, none)).fields[0].path).toBe('body.methodology');
    });
  });
});
