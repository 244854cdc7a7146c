import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import mongoose from 'mongoose';
import { territoryStore } from '../../api/src/models/territories.ts';
import { loadShippedTerritories } from '../../api/src/services/territories.ts';
import { type InProcessApi, startApi } from '../support/api-in-process.ts';
import { password } from '../support/running-app.ts';

const shipped = readFileSync(resolve(__dirname, '../../api/data/territories.csv'), 'utf8');
const header =
  'territory,name_kk,name_ru,name_en,from,to,took_office,nominated_by,civil_service_before,birth_year,term';
const akimLine = (over: Record<string, string> = {}) => {
  const row: Record<string, string> = {
    territory: '151000000',
    name_kk: 'Қ',
    name_ru: 'К',
    name_en: 'K',
    from: '2024-01-01',
    to: '',
    took_office: 'appointed',
    nominated_by: '',
    civil_service_before: 'yes',
    birth_year: '1975',
    term: '1',
    ...over,
  };
  return header
    .split(',')
    .map((column) => row[column])
    .join(',');
};

describe('registers', () => {
  let api: InProcessApi;
  let cookie: string;
  beforeAll(async () => {
    api = await startApi();
    cookie = await api.cookieOf('admin');
  });
  afterAll(() => api.stop());

  const get = async (path: string) => (await api.send('GET', path, { cookie })).body;
  const importCsv = async (path: string, csv: string | Buffer) =>
    (await api.send('POST', path, { cookie, body: csv, headers: { 'content-type': 'text/csv' } }))
      .body;

  describe('territories', () => {
    it('are the 2,589 that ship with the product', async () => {
      const { total } = await get('/territories?limit=1');
      expect(total).toBe(2589);
      for (const [level, count] of [
        ['region', 20],
        ['district', 234],
        ['rural', 2335],
      ]) {
        expect((await get(`/territories?level=${level}&limit=1`)).total).toBe(count);
      }
    });

    it('are made whole at a start after one that died, by two servers at once, and nothing else changes', async () => {
      const all = await territoryStore.all();
      const stored = mongoose.connection.collection('territories');
      await stored.deleteMany({ level: 'rural' });
      await stored.updateOne({ _id: '631000000' as never }, { $set: { population: 7 } });
      await Promise.all([loadShippedTerritories(shipped), loadShippedTerritories(shipped)]);
      const { population } = all.find(({ _id }) => _id === '631000000')!;
      expect((await territoryStore.get('631000000'))!.population).toBe(7);
      await stored.updateOne({ _id: '631000000' as never }, { $set: { population } });
      expect(await territoryStore.all()).toEqual(all);
    });

    it.each([
      ['in Kazakh', 'өскемен', '631000000'],
      ['in Kazakh with the letters of a Russian keyboard', 'оскемен', '631000000'],
      ['in Russian', 'Усть-Каменогорск', '631000000'],
      ['in English', 'ust-kamenogorsk', '631000000'],
      ['by KATO', '631000000', '631000000'],
    ])('are found %s', async (_how, search, kato) => {
      const { territories } = await get(`/territories?search=${encodeURIComponent(search)}`);
      expect(territories.map((one: any) => one.kato)).toContain(kato);
    });

    it('take what is typed literally', async () => {
      expect((await get(`/territories?search=${encodeURIComponent('.*')}`)).total).toBe(0);
    });

    it('imported again change nothing', async () => {
      expect(await importCsv('/territories/import', shipped)).toMatchObject({
        rows: 2589,
        created: 0,
        changed: 0,
        unchanged: 2589,
        applied: true,
        faults: [],
      });
    });

    it('are imported all or none, every fault with its row and column', async () => {
      const [columns = '', first = '', ...rest] = shipped.split('\n');
      const broken = [
        columns,
        first.replace('oblast', 'county'),
        rest[0].replace('110000000', 'abc'),
        first,
      ].join('\n');
      const report = await importCsv('/territories/import', broken);
      expect(report.applied).toBe(false);
      expect(report.faults).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ row: 3, column: 'kato', value: 'abc' }),
          expect.objectContaining({ row: 4, column: 'kato' }),
        ]),
      );
      const { territories } = await get('/territories?search=100000000');
      expect(territories[0].kind).toBe('oblast');
    });

    it('are not read from a file in an old encoding, whose letters would be lost', async () => {
      const csv = Buffer.concat([Buffer.from(shipped), Buffer.from([0xcd, 0xf3, 0xf0])]);
      const problem = await importCsv('/territories/import', csv);
      expect(problem).toMatchObject({ code: 'not_utf8', status: 400 });
      expect(problem.detail).toContain('CSV UTF-8');
    });

    it('name the columns that a file lacks', async () => {
      const problem = await importCsv('/territories/import', 'kato,name_kk\n1,2');
      expect(problem.fields.map((one: any) => one.path)).toContain('csv.1.level');
    });
  });

  describe('akims', () => {
    it('are checked first without being applied, then applied, then found', async () => {
      const csv = [header, akimLine()].join('\n');
      expect(await importCsv('/akims/import?check=true', csv)).toMatchObject({
        created: 1,
        applied: false,
      });
      expect((await get('/akims')).total).toBe(0);
      expect(await importCsv('/akims/import', csv)).toMatchObject({ created: 1, applied: true });
      expect(await importCsv('/akims/import', csv)).toMatchObject({ created: 0, unchanged: 1 });
      const { akims } = await get('/akims?territory=151000000&on=2024-06-01');
      expect(akims[0]).toMatchObject({
        name: { kk: 'Қ', ru: 'К', en: 'K' },
        level: 'district',
        tookOffice: 'appointed',
        term: 1,
      });
      expect((await get('/akims?territory=151000000&on=2023-06-01')).total).toBe(0);
    });

    it.each([
      ['an unknown territory', { territory: '999999999' }, 'territory'],
      ['a tenure that ends before it begins', { territory: '154000000', to: '2023-01-01' }, 'to'],
      [
        'a nomination without an election',
        { territory: '154000000', nominated_by: 'party' },
        'nominated_by',
      ],
      ['a tenure that overlaps another in the office', { from: '2024-06-01' }, 'from'],
      ['a day that is none', { from: '2024-02-30' }, 'from'],
      ['a term of zero', { term: '0' }, 'term'],
    ])('are refused with %s, by row and column', async (_what, over, column) => {
      const report = await importCsv('/akims/import', [header, akimLine(over)].join('\n'));
      expect(report).toMatchObject({
        applied: false,
        faults: [expect.objectContaining({ row: 2, column })],
      });
    });

    it('of a hand-over are two tenures of one office', async () => {
      const handOver = [
        header,
        akimLine({ to: '2025-03-31' }),
        akimLine({ from: '2025-04-01', name_kk: 'Ж' }),
      ].join('\n');
      expect(await importCsv('/akims/import', handOver)).toMatchObject({
        created: 1,
        changed: 1,
        applied: true,
      });
      expect((await get('/akims?territory=151000000&on=2025-03-31')).akims[0].name.kk).toBe('Қ');
      expect((await get('/akims?territory=151000000&on=2025-04-01')).akims[0].name.kk).toBe('Ж');
    });
  });

  describe('accounts', () => {
    const make = (over: object) =>
      api.send('POST', '/users', {
        cookie,
        body: { login: 'x1', name: 'X', role: 'official', regions: [], password, ...over },
      });

    it('need a region for fieldwork, a free login, and never show a hash', async () => {
      expect((await make({ role: 'interviewer' })).body.fields[0].path).toBe('body.regions');
      expect((await make({ role: 'interviewer', regions: ['151000000'] })).status).toBe(422);
      const made = await make({});
      expect(made.status).toBe(201);
      expect(JSON.stringify(made.body)).not.toMatch(/argon|hash/i);
      expect((await make({})).body).toMatchObject({ code: 'conflict' });
      expect((await make({ login: 'Capital' })).status).toBe(422);
    });

    it('cannot be disabled by their own holder', async () => {
      const { users } = await get('/users');
      const { id } = users.find((one: any) => one.login === 'admin');
      const reply = await api.send('PATCH', `/users/${id}`, { cookie, body: { disabled: true } });
      expect(reply.status).toBe(409);
    });
  });
});
