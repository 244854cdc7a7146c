import type { Page } from 'playwright-core';
import type { Akim } from '../../api/src/contracts/akims.ts';
import type { QuestionnaireVersion } from '../../api/src/contracts/questionnaires.ts';
import { seriousFaults } from '../support/accessibility.ts';
import {
  allowKeeping,
  type Browser,
  describeInChromium,
  journey,
  openBrowser,
  text as textIn,
} from '../support/browser.ts';
import { chooseOnlyAdult } from '../support/interview-on-screen.ts';
import { choosePin } from '../support/pin-on-screen.ts';
import { password, type RunningApp, startApp } from '../support/running-app.ts';
import { importAkims, regions, until } from '../support/small-world.ts';

const named = (kk: string, ru: string, en: string) => ({ kk, ru, en });
/** The least methodology: one indicator, and two interviews are enough. */
const methodology = {
  code: 'one-indicator',
  version: 1,
  name: named('Бір көрсеткіш', 'Один показатель', 'One indicator'),
  blocks: [
    {
      code: 'work',
      name: named('Жұмысы', 'Работа', 'Work'),
      indicators: [
        {
          code: 'problem_solving',
          name: named('Мәселелерді шешу', 'Решение проблем', 'Solving problems'),
          importance: 1,
        },
      ],
    },
  ],
  rules: { minimumRespondents: 2, minimumEffectiveN: 2, maximumStandardError: 100 },
};

const text = (key: string, values: Record<string, string> = {}) => textIn('en', key, values);
const designer = (key: string, values?: Record<string, string>) => text(`designer.${key}`, values);

describeInChromium('the designer in real Chromium', () => {
  let app: RunningApp;
  let browser: Browser;
  let tablet: Browser;
  let akim: Akim;
  const step = journey(() => browser.page());
  const taking = journey(() => tablet.page());
  const page = (): Page => browser.page();

  beforeAll(async () => {
    app = await startApp();
    const admin = await app.signIn('admin');
    for (const role of ['sociologist', 'interviewer']) {
      const isInField = role === 'interviewer';
      const [locale, ofRegions] = isInField ? ['kk', regions] : ['en', []];
      const account = { login: role, name: `The ${role}`, role, password };
      await admin.post('/users', { ...account, locale, regions: ofRegions });
    }
    [akim] = await importAkims(admin, 1);
    browser = await openBrowser({ viewport: { width: 1280, height: 800 } });
    tablet = await openBrowser({ viewport: { width: 800, height: 1280 } });
  });

  afterAll(async () => {
    await browser?.close();
    await tablet?.close();
    await app?.stop();
  });

  /** A tab is chosen at once, while its part is on its way and the one before it stays. */
  const open = async (tab: string) => {
    const name = new RegExp(`^${designer(`tabs.${tab}`)}`);
    await page().getByRole('tab', { name }).click();
    await page().getByRole('tabpanel', { name }).waitFor();
  };
  const add = async (type: string) => {
    await page()
      .getByRole('button', { name: designer('structure.add'), exact: true })
      .click();
    await page()
      .getByRole('menuitem', { name: designer(type), exact: true })
      .click();
  };
  const name = async (called: string) => {
    const field = page().getByLabel(designer('names.name'), { exact: true });
    await field.fill(called);
    await field.press('Enter');
    await page()
      .getByRole('treeitem', { name: new RegExp(called) })
      .waitFor();
  };
  const say = async (kk: string, ru: string, en: string) => {
    const label = designer('names.title');
    await page().getByLabel(`${label}, Қазақша`, { exact: true }).fill(kk);
    await page().getByLabel(`${label}, Русский`, { exact: true }).fill(ru);
    await page().getByLabel(`${label}, English`, { exact: true }).fill(en);
  };
  const goTo = (place: string) =>
    page()
      .getByRole('link', { name: text(`office.nav.${place}`), exact: true })
      .click();
  const press = (name: string) => page().getByRole('button', { name, exact: true }).click();
  const saved = () =>
    page().getByRole('status').getByText(designer('keeping.saved'), { exact: true }).waitFor();

  step('publishes what will be measured', async () => {
    await page().goto(`${app.url}/sign-in`);
    await page().getByRole('banner').getByRole('button', { name: 'English' }).click();
    await page().getByLabel(text('office.signIn.login'), { exact: true }).fill('sociologist');
    await page().getByLabel(text('office.signIn.password'), { exact: true }).fill(password);
    await page()
      .getByRole('button', { name: text('common.actions.signIn'), exact: true })
      .click();
    await goTo('methodologies');
    await press(text('office.methodologies.publish'));
    await page()
      .locator('input[type=file]')
      .setInputFiles({
        name: 'methodology.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(methodology)),
      });
    const { code, version } = methodology;
    await press(text('office.versions.publishThis', { code, version: String(version) }));
    await page()
      .getByRole('status')
      .getByText(/one-indicator/)
      .waitFor();
    await press(text('common.actions.close'));
  });

  step('begins a questionnaire from nothing', async () => {
    await goTo('questionnaires');
    await press(text('office.questionnaires.new'));
    await page().getByLabel(text('office.questionnaires.code')).fill('from-nothing');
    await page()
      .getByRole('button', { name: text('office.questionnaires.begin'), exact: true })
      .click();
    await page().getByRole('tree').waitFor();
    await say('Ауыл әкімі', 'Сельский аким', 'The rural akim');
    await page().getByRole('heading', { level: 1, name: 'The rural akim' }).waitFor();
    expect(await seriousFaults(page())).toEqual([]);
  });

  step('asks a question in three languages, with answers pasted from a spreadsheet', async () => {
    await add('types.radiogroup');
    await name('solves_problems');
    await say(
      'Әкім мәселелерді шеше ме?',
      'Решает ли аким проблемы?',
      'Does the akim solve problems?',
    );
    await page()
      .getByRole('button', { name: designer('values.table'), exact: true })
      .click();
    const dialog = page().getByRole('dialog');
    await dialog
      .getByLabel(designer('values.paste'))
      .fill('yes\tИә\tДа\tYes\nno\tЖоқ\tНет\tNo\ndk\tБілмеймін\tНе знаю\tDo not know');
    await dialog.getByRole('button', { name: designer('values.takePasted') }).click();
    await dialog.getByRole('row').nth(3).waitFor();
    await dialog.getByRole('button', { name: text('common.actions.close'), exact: true }).click();
  });

  step('asks another one only of those who said no', async () => {
    await add('types.comment');
    await name('why_not');
    await say('Неге олай ойлайсыз?', 'Почему Вы так думаете?', 'Why do you think so?');
    await page()
      .getByRole('button', { name: new RegExp(designer('groups.logic')) })
      .click();
    const condition = page().getByRole('group', { name: designer('names.visibleIf') });
    await condition.getByRole('button', { name: designer('logic.addRule') }).click();
    await condition.getByLabel(designer('logic.operator')).selectOption('equal');
    await condition.getByLabel(designer('logic.value')).selectOption('no');
    await saved();
    expect(await seriousFaults(page())).toEqual([]);
  });

  step('moves it up and takes that back with the keyboard', async () => {
    const second = page().getByRole('treeitem', { name: /Why do you think so/ });
    await second.click();
    await second.press('Alt+ArrowUp');
    await page()
      .getByText(designer('structure.movedInto', { name: 'page_1', number: '1' }))
      .waitFor();
    await page().getByRole('treeitem').nth(2).getByText(/Why/).waitFor();
    await page().keyboard.press('Control+z');
    await page().getByRole('treeitem').nth(3).getByText(/Why/).waitFor();
  });

  step('moves it up with the mouse, and takes that back', async () => {
    const rows = page().getByRole('treeitem');
    const [first, second] = [rows.filter({ hasText: /Does the akim/ }), rows.nth(3)];
    const { height } = (await first.boundingBox())!;
    await second.dragTo(first, { targetPosition: { x: 40, y: height * 0.1 } });
    await rows.nth(2).getByText(/Why/).waitFor();
    await page()
      .getByRole('button', { name: new RegExp(designer('steps.undo')) })
      .click();
    await rows.nth(3).getByText(/Why/).waitFor();
  });

  step('scores it, and says what is missing', async () => {
    await open('scoring');
    await page()
      .getByRole('button', { name: /Does the akim solve problems/ })
      .click();
    await page()
      .getByRole('combobox', { name: designer('scoring.indicator'), exact: true })
      .selectOption('problem_solving');
    await page()
      .getByLabel(designer('scoring.missingOf', { name: 'Do not know' }))
      .selectOption('dontKnow');
    await page()
      .getByRole('button', { name: designer('scoring.evenly') })
      .click();
    await page()
      .getByRole('button', { name: designer('scoring.testStart') })
      .click();
    const test = page().getByRole('region', { name: designer('scoring.test') });
    await test.getByText('No', { exact: true }).click();
    await test.getByRole('row', { name: /^solves_problems 0\.0$/ }).waitFor();
    await saved();
    expect(await seriousFaults(page())).toEqual([]);
  });

  step('records a respondent, and tells when a change asks him otherwise', async () => {
    await open('preview');
    const frame = page().getByRole('region', { name: designer('preview.frame') });
    await frame.getByText('No', { exact: true }).click();
    await frame.getByText('Why do you think so?').waitFor();
    await page().getByLabel(designer('scenarios.name')).fill('A dissatisfied respondent');
    await page()
      .getByRole('button', { name: designer('scenarios.record') })
      .click();
    await page().getByText(designer('scenarios.holds')).waitFor();
  });

  step('keeps nobody out on any tab, in Kazakh and in Russian', async () => {
    for (const tab of [
      'structure',
      'scoring',
      'languages',
      'preview',
      'versions',
      'files',
      'check',
      'json',
    ]) {
      await open(tab);
      await page().getByRole('tabpanel').locator(':scope > *').first().waitFor();
      for (const [locale, language] of [
        ['kk', 'Қазақша'],
        ['ru', 'Русский'],
      ] as const) {
        await page().getByRole('banner').getByRole('button', { name: language }).click();
        const name = textIn(locale, `designer.tabs.${tab}`);
        await page().getByRole('tabpanel', { name }).waitFor();
        expect([tab, locale, await seriousFaults(page())]).toEqual([tab, locale, []]);
      }
      await page().getByRole('banner').getByRole('button', { name: 'English' }).click();
    }
  });

  step('shows the same as JSON', async () => {
    await open('json');
    await page().locator('.cm-content').getByText('"solves_problems"').first().waitFor();
  });

  step('publishes it, and it is what was built', async () => {
    await page()
      .getByRole('button', { name: designer('publish.open') })
      .click();
    const publish = text('office.versions.publishNext', { code: 'from-nothing' });
    await page().getByRole('button', { name: publish }).click();
    await page().waitForURL(/\/questionnaires\/from-nothing\/1$/);
    await page().getByRole('heading', { level: 1, name: 'The rural akim' }).waitFor();
    const sociologist = await app.signIn('sociologist');
    const { questionnaire } = await sociologist.get<QuestionnaireVersion>(
      '/questionnaires/from-nothing/versions/1',
    );
    expect(questionnaire.pages).toMatchObject([
      {
        elements: [
          {
            type: 'radiogroup',
            name: 'solves_problems',
            indicator: 'problem_solving',
            scoring: { kind: 'map', scores: { yes: 100, no: 0 } },
            missingValues: { dontKnow: ['dk'] },
          },
          { type: 'comment', name: 'why_not', visibleIf: "{solves_problems} = 'no'" },
        ],
      },
    ]);
  });

  step('is chosen for a wave, which is locked and opened', async () => {
    await goTo('waves');
    await press(text('office.waves.create'));
    const dialog = page().getByRole('dialog');
    for (const language of ['Қазақша', 'Русский', 'English']) {
      await dialog.getByLabel(text('office.waves.nameIn', { language })).fill('Autumn');
    }
    await dialog.getByLabel(text('office.waves.code'), { exact: true }).fill('autumn');
    await dialog.getByLabel(text('office.waves.opensOn')).fill('2026-01-01');
    await dialog.getByLabel(text('office.waves.closesOn')).fill('2099-12-31');
    await dialog
      .getByLabel(text('office.waves.methodology'))
      .selectOption({ label: 'One indicator (1)' });
    const level = text('common.levelsShort.district');
    await dialog
      .getByLabel(text('office.waves.questionnaireOf', { level }))
      .selectOption({ label: 'The rural akim (1)' });
    await dialog.getByRole('button', { name: text('office.waves.create') }).click();
    for (const taken of ['lock', 'open']) {
      const name = text(`office.waves.steps.${taken}.do`);
      await press(name);
      await page().getByRole('dialog').getByRole('button', { name, exact: true }).click();
      await page().getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page().getByText(text('common.waveStatuses.open'), { exact: true }).waitFor();
  });

  step('is handed out at two sampling points', async () => {
    await goTo('assignments');
    await page()
      .getByRole('link', { name: text('office.assignments.create') })
      .click();
    const form = page().getByRole('main');
    const field = (key: string) =>
      form.getByLabel(text(`office.assignments.${key}`), { exact: true });
    await form
      .getByRole('combobox', { name: text('office.assignments.akim'), exact: true })
      .fill(akim.name.en);
    await page()
      .getByRole('option', { name: new RegExp(akim.name.en) })
      .click();
    await field('interviewer').selectOption('interviewer');
    await field('stratum').fill('all');
    await field('target').fill('5');
    for (const place of ['1', '2']) {
      await field('pointName').fill(`Point ${place}`);
      await field('pointCode').fill(`point-${place}`);
      await field('baseWeight').fill('10');
      await press(text('office.assignments.create'));
      // The page empties the code for the next point once this one is handed out.
      await until(async () => ((await field('pointCode').inputValue()) === '' ? true : null));
    }
  });

  const onTablet = (key: string) => textIn('kk', `field.${key}`);
  const tap = (name: string) =>
    tablet.page().getByRole('button', { name, exact: true }).first().click();
  const see = (words: string) => tablet.page().getByText(words, { exact: true }).first().waitFor();

  taking('is on the tablet of the interviewer', async () => {
    await allowKeeping(tablet, app.url);
    await tablet.page().goto(`${app.url}/field/`);
    await tablet.page().getByLabel(onTablet('signIn.login')).fill('interviewer');
    await tablet.page().getByLabel(onTablet('signIn.password')).fill(password);
    await tap(textIn('kk', 'common.actions.signIn'));
    await choosePin(tablet.page(), 'kk');
    await see(onTablet('ready.yes'));
  });

  const take = (point: string, answer: (main: ReturnType<Page['getByRole']>) => Promise<void>) =>
    taking(`is asked at ${point}, sealed, and sent`, async () => {
      const main = tablet.page().getByRole('main');
      await tablet.page().getByRole('button', { name: point }).click();
      await main.getByRole('button', { name: 'Қазақша', exact: true }).click();
      await chooseOnlyAdult(tablet.page(), 'kk');
      await see('Әкім мәселелерді шеше ме?');
      await answer(main);
      await tap('Аяқтау');
      await tap(onTablet('seal.action'));
      await tablet
        .page()
        .getByRole('heading', { name: onTablet('sealed.title') })
        .waitFor();
      await see(onTablet('custody.held'));
      await tap(onTablet('sealed.home'));
    });

  take('Point 1', async (main) => {
    await main.getByText('Иә', { exact: true }).click();
    expect(await main.getByText('Неге олай ойлайсыз?').count()).toBe(0);
  });

  take('Point 2', async (main) => {
    await main.getByText('Жоқ', { exact: true }).click();
    await main.getByText('Неге олай ойлайсыз?').waitFor();
    await main.getByRole('textbox').last().fill('Жол жоқ');
  });

  step('ranks the akim by what was answered', async () => {
    await goTo('rankings');
    const row = page()
      .getByRole('row')
      .filter({ has: page().getByRole('link', { name: akim.name.en, exact: true }) });
    await row.waitFor();
    // One said yes (100), one said no (0), both with the same base weight.
    await row.getByText('50.0', { exact: false }).first().waitFor();
    await row.getByText('1 (1–1)').first().waitFor();
    await page()
      .getByText(text('office.rankings.counts.interviews', { count: '2' }))
      .waitFor();
    expect([...browser.faults, ...tablet.faults]).toEqual([]);
  });
});
