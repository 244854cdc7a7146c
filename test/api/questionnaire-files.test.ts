import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { spreadsheetType } from '../../api/src/contracts/operation.ts';
import { questionnaireFile } from '../../api/src/contracts/questionnaires.ts';
import { applyTexts, textsOf } from '../../api/src/domain/questionnaire-texts.ts';
import { toXlsForm } from '../../api/src/domain/xlsform/export.ts';
import { fromXlsForm } from '../../api/src/domain/xlsform/import.ts';
import { readWorkbook, writeWorkbook } from '../../api/src/services/workbooks.ts';
import { type InProcessApi, startApi } from '../support/api-in-process.ts';
import { makeSmallWorld, type SmallWorld } from '../support/small-world.ts';

const shipped = JSON.parse(
  readFileSync(resolve(__dirname, '../../surveys/akim-district.json'), 'utf8'),
);

describe('files of a questionnaire', () => {
  let api: InProcessApi;
  let world: SmallWorld;
  let cookie: string;
  beforeAll(async () => {
    api = await startApi();
    world = await makeSmallWorld(api, 1);
    cookie = await api.cookieOf('sociologist');
    await api.send('POST', '/questionnaire-drafts/akim-district', {
      cookie,
      body: { from: 'version', version: 1 },
    });
  });
  afterAll(() => api.stop());

  const download = async (path: string) => {
    const response = await fetch(`${api.url}/api/v1${path}`, { headers: { cookie } });
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  };
  const upload = (body: Uint8Array, type = spreadsheetType) =>
    api.send('POST', '/questionnaires/translations/read', {
      cookie,
      headers: { 'content-type': type },
      body: Buffer.from(body),
    });
  const refused = async (body: Uint8Array) => {
    const reply = await upload(body);
    expect([reply.status, reply.body.code]).toEqual([422, 'invalid_input']);
    return reply.body.fields as { path: string; message: string }[];
  };
  const workbook = (rows: string[][]) => writeWorkbook([{ name: 's', rows, widths: [] }]);

  it.each(questionnaireFile.options)(
    '%s is downloaded of a version and of a draft',
    async (file) => {
      const places = [
        '/questionnaires/akim-district/versions/1',
        '/questionnaire-drafts/akim-district',
      ];
      for (const place of places) {
        const { response, bytes } = await download(`${place}/files/${file}`);
        expect(response.status).toBe(200);
        expect(response.headers.get('content-disposition')).toMatch(
          /^attachment; filename=akim-district-/,
        );
        const beginning = Buffer.from(bytes.slice(0, 5)).toString();
        expect(beginning).toMatch({ json: /^\{/, xlsx: /^PK/, pdf: /^%PDF-/ }[file.split('.')[1]]!);
        expect(bytes.length).toBeGreaterThan(4000);
      }
      expect(
        (await download(`/questionnaires/akim-district/versions/9/files/${file}`)).response.status,
      ).toBe(404);
    },
  );

  it('the codebook has every variable and value with its score and kind of missing', async () => {
    const { bytes } = await download(
      '/questionnaires/akim-district/versions/1/files/codebook.xlsx',
    );
    const [questions, values] = await readWorkbook(bytes);
    expect(questions.rows).toHaveLength(world.version.questions + 1);
    const trust = values.rows.filter(([variable]) => variable === 'trust');
    expect(
      trust
        .map((row) => row[5])
        .filter(Boolean)
        .sort(),
    ).toEqual(['0', '100', '33', '67']);
    expect(trust.map((row) => row[6]).filter(Boolean)).toEqual(['dontKnow', 'refused']);
  });

  it('the workbook for translators comes back with every edit, and nothing else', async () => {
    const { bytes } = await download('/questionnaire-drafts/akim-district/files/strings.xlsx');
    const same = (await upload(bytes)).body.rows;
    expect(same).toHaveLength(textsOf(shipped).length);
    expect(applyTexts(shipped, same).questionnaire).toEqual(shipped);
    const [sheet] = await readWorkbook(bytes);
    const row = sheet.rows.findIndex(([key]) => key === 'question:sex/title');
    sheet.rows[row][3] = 'Өзгерген мәтін ғқңөұүһі';
    const { rows } = (await upload(await workbook(sheet.rows))).body;
    const { questionnaire } = applyTexts(shipped, rows);
    expect(JSON.stringify(questionnaire)).toContain('Өзгерген мәтін ғқңөұүһі');
  });

  it('a text without a language is sent to translators in the main language', async () => {
    const path = '/questionnaire-drafts/plain-text';
    const questionnaire = { locale: 'ru', pages: [{ name: 'p', title: 'Страница' }] };
    await api.send('POST', path, { cookie, body: { from: 'json', questionnaire } });
    const [sheet] = await readWorkbook((await download(`${path}/files/strings.xlsx`)).bytes);
    const title = sheet.rows.find(([key]) => key === 'page:p/title');
    expect(title?.slice(3)).toEqual(['', 'Страница', '']);
  });

  it('an XLSForm becomes a questionnaire, with what it could not keep', async () => {
    const rows = [
      ['type', 'name', 'label'],
      ['text', 'a', 'A'],
      ['barcode', 'b', 'B'],
    ];
    const send = async (name: string) =>
      api.send('POST', '/questionnaires/import', {
        cookie,
        headers: { 'content-type': spreadsheetType },
        body: Buffer.from(await writeWorkbook([{ name, rows, widths: [] }])),
      });
    const { status, body } = await send('survey');
    expect(status).toBe(200);
    expect(body.questionnaire.pages[0].elements).toMatchObject([{ name: 'a' }, { name: 'b' }]);
    expect(body.unsupported).toMatchObject([{ sheet: 'survey', row: 3, name: 'b' }]);
    expect((await send('other')).body.fields[0].path).toBe('body.file');
  });

  it('an XLSForm whose label is a failed formula says so', async () => {
    const rows = [
      ['type', 'name', 'label'],
      ['text', 'a', 'spoilt'],
    ];
    const files = unzipSync(await writeWorkbook([{ name: 'survey', rows, widths: [] }]));
    const path = Object.keys(files).find((one) => one.endsWith('sheet1.xml'))!;
    const sheet = strFromU8(files[path]);
    const spoilt = sheet.replace(/<c r="C2"[^>]*>.*?<\/c>/, '<c r="C2" t="e"><v>#REF!</v></c>');
    expect(spoilt).not.toBe(sheet);
    const { body } = await api.send('POST', '/questionnaires/import', {
      cookie,
      headers: { 'content-type': spreadsheetType },
      body: Buffer.from(zipSync({ ...files, [path]: strToU8(spoilt) })),
    });
    expect(body.unsupported).toMatchObject([
      { code: 'formula_error', row: 2, column: 'label', name: 'a', params: { text: '#REF!' } },
    ]);
  });

  it('an XLSForm of a questionnaire is a workbook that becomes the questionnaire again', async () => {
    const { bytes } = await download('/questionnaire-drafts/akim-district/files/xlsform.xlsx');
    const names = (await readWorkbook(bytes)).map(({ name }) => name);
    expect(names).toEqual(['survey', 'choices', 'settings', 'unsupported']);
    const { body } = await api.send('POST', '/questionnaires/import', {
      cookie,
      headers: { 'content-type': spreadsheetType },
      body: Buffer.from(bytes),
    });
    expect(body.unsupported).toEqual([]);
    expect(body.questionnaire).toEqual(fromXlsForm(toXlsForm(shipped).sheets)?.questionnaire);
  });

  describe('a bad workbook', () => {
    it('is named by row and column', async () => {
      expect((await refused(await workbook([['key', 'kk']]))).map(({ path }) => path)).toEqual([
        'body.file.row 1.ru',
        'body.file.row 1.en',
      ]);
      const header = ['key', 'kk', 'ru', 'en'];
      const faults = await refused(
        await workbook([header, ['a', 'x', '', ''], ['', 'y', '', ''], ['a', 'z', '', '']]),
      );
      expect(faults.map(({ path }) => path)).toEqual([
        'body.file.row 3.key',
        'body.file.row 4.key',
      ]);
    });

    it.each<[string, () => Uint8Array]>([
      ['that is empty', () => new Uint8Array(1)],
      ['that is a text', () => strToU8('key,kk,ru,en\n')],
      ['that is a PNG', () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0])],
      ['that is a zip of something else', () => zipSync({ 'a.txt': strToU8('a') })],
      [
        'whose sheets are not XML',
        () =>
          zipSync({
            'xl/workbook.xml': strToU8('<workbook'),
            'xl/worksheets/sheet1.xml': strToU8('{"no":1}'),
          }),
      ],
      [
        'that would unpack to more than anybody writes',
        () => zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(60_000_000) }),
      ],
      [
        'of thousands of files',
        () =>
          zipSync(
            Object.fromEntries(
              Array.from({ length: 2000 }, (_, place) => [`f${place}`, new Uint8Array(0)]),
            ),
          ),
      ],
    ])('%s is refused', async (_what, make) => {
      expect((await refused(make()))[0].path).toMatch(/^body\.file/);
    });

    it('that lies about its size is refused', async () => {
      const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(60_000_000) });
      const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength);
      for (let at = 0; at + 4 <= bomb.length; at += 1) {
        const signature = view.getUint32(at, true);
        if (signature === 0x02014b50) view.setUint32(at + 24, 100, true);
        if (signature === 0x04034b50) view.setUint32(at + 22, 100, true);
      }
      await refused(bomb);
    });

    it('of another type, cut short or too large is refused', async () => {
      expect((await upload(new Uint8Array(9), 'application/json')).status).toBe(415);
      const whole = await workbook([['key', 'kk', 'ru', 'en']]);
      await refused(whole.slice(0, whole.length >> 1));
      expect((await upload(new Uint8Array(5_000_000))).status).toBe(413);
    });
  });
});
