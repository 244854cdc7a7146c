import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import type { QuestionnaireVersion } from '../../api/src/contracts/questionnaires.ts';
import { seriousFaults } from '../support/accessibility.ts';
import {
  type Browser,
  describeInChromium,
  journey,
  openBrowser,
  text as textIn,
} from '../support/browser.ts';
import { password, type RunningApp, startApp } from '../support/running-app.ts';

jest.setTimeout(180_000);

const text = (key: string, values: Record<string, string> = {}) => textIn('en', key, values);
const designer = (key: string, values?: Record<string, string>) => text(`designer.${key}`, values);

describeInChromium('the designer in real Chromium', () => {
  let app: RunningApp;
  let browser: Browser;
  const step = journey(() => browser.page());
  const page = (): Page => browser.page();

  beforeAll(async () => {
    app = await startApp();
    const admin = await app.signIn('admin');
    const account = { login: 'sociologist', name: 'Sociologist', role: 'sociologist' };
    await admin.post('/users', { ...account, regions: [], locale: 'en', password });
    const sociologist = await app.signIn('sociologist');
    const file = resolve(__dirname, '../../surveys/methodology-2026.json');
    const methodology = JSON.parse(readFileSync(file, 'utf8')) as object;
    await sociologist.post('/methodologies', { methodology });
    browser = await openBrowser({ viewport: { width: 1280, height: 800 } });
  });

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const open = (tab: string) =>
    page()
      .getByRole('tab', { name: new RegExp(`^${designer(`tabs.${tab}`)}`) })
      .click();
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
  const saved = () =>
    page().getByRole('status').getByText(designer('keeping.saved'), { exact: true }).waitFor();

  step('begins a questionnaire from nothing', async () => {
    await page().goto(`${app.url}/sign-in`);
    await page().getByRole('banner').getByRole('button', { name: 'English' }).click();
    await page().getByLabel(text('office.signIn.login'), { exact: true }).fill('sociologist');
    await page().getByLabel(text('office.signIn.password'), { exact: true }).fill(password);
    await page()
      .getByRole('button', { name: text('common.actions.signIn'), exact: true })
      .click();
    await page()
      .getByRole('link', { name: text('office.nav.questionnaires'), exact: true })
      .click();
    await page()
      .getByRole('button', { name: text('office.questionnaires.new') })
      .click();
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
    const names = () => page().getByRole('treeitem').allInnerTexts();
    await page()
      .getByText(designer('structure.movedInto', { name: 'page_1', number: '1' }))
      .waitFor();
    expect((await names()).findIndex((one) => one.includes('Why'))).toBe(2);
    await page().keyboard.press('Control+z');
    await page().getByRole('treeitem').nth(3).getByText(/Why/).waitFor();
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
    expect(await seriousFaults(page())).toEqual([]);
  });

  step('shows the same as JSON', async () => {
    await open('json');
    await page().locator('.cm-content').getByText('"solves_problems"').first().waitFor();
    expect(await seriousFaults(page())).toEqual([]);
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
    expect(browser.faults).toEqual([]);
  });
});
