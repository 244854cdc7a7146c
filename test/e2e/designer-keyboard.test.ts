import type { Page } from 'playwright-core';
import type { QuestionnaireVersion } from '../../api/src/contracts/questionnaires.ts';
import {
  type Browser,
  describeInChromium,
  journey,
  openBrowser,
  text as textIn,
} from '../support/browser.ts';
import { chooseByKeys, focused, goBy, writeByKeys } from '../support/keyboard.ts';
import { password, type RunningApp, startApp } from '../support/running-app.ts';

const said = (en: string) => ({ kk: en, ru: en, en });
const methodology = {
  code: 'one-indicator',
  version: 1,
  name: said('One indicator'),
  blocks: [
    {
      code: 'work',
      name: said('Work'),
      indicators: [{ code: 'problem_solving', name: said('Solving problems'), importance: 1 }],
    },
  ],
  rules: {},
};

const text = (key: string, values: Record<string, string> = {}) => textIn('en', key, values);
const designer = (key: string, values?: Record<string, string>) => text(`designer.${key}`, values);

describeInChromium('the designer by the keyboard alone, every focus to be seen', () => {
  let app: RunningApp;
  let browser: Browser;
  const page = (): Page => browser.page();
  const step = journey(page);
  const press = (key: string) => page().keyboard.press(key);

  beforeAll(async () => {
    app = await startApp();
    const account = { login: 'sociologist', name: 'S', role: 'sociologist', regions: [] };
    await (await app.signIn('admin')).post('/users', { ...account, locale: 'en', password });
    await (await app.signIn('sociologist')).post('/methodologies', { methodology });
    browser = await openBrowser({ viewport: { width: 1280, height: 800 } });
  });

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const button = (name: string | RegExp) =>
    page().getByRole('button', { name, exact: typeof name === 'string' });
  const push = async (name: string | RegExp) => {
    await goBy(page(), button(name));
    await press('Enter');
  };
  const field = (name: string) => page().getByLabel(name, { exact: true });
  const add = async (item: string) => {
    await push(designer('structure.add'));
    await goBy(page(), page().getByRole('menuitem', { name: item, exact: true }), 'ArrowDown');
    await press('Enter');
    await page().getByRole('menu').waitFor({ state: 'detached' });
  };
  const name = async (called: string) => {
    await goBy(page(), page().getByRole('treeitem', { selected: true }));
    await press('Enter');
    await focused(field(designer('names.name')));
    await press('Control+a');
    await page().keyboard.insertText(called);
    await press('Enter');
    await page()
      .getByRole('treeitem', { name: new RegExp(called) })
      .waitFor();
  };
  const say = async (kk: string, ru: string, en: string) => {
    const label = designer('names.title');
    await writeByKeys(page(), field(`${label}, Қазақша`), kk);
    await writeByKeys(page(), field(`${label}, Русский`), ru);
    await writeByKeys(page(), field(`${label}, English`), en);
  };
  const openTab = async (tab: string) => {
    await goBy(page(), page().getByRole('tab', { selected: true }));
    const name = new RegExp(`^${designer(`tabs.${tab}`)}`);
    await goBy(page(), page().getByRole('tab', { name }), 'ArrowRight');
    await page().getByRole('tabpanel', { name }).waitFor();
  };

  step('signs in and begins a questionnaire', async () => {
    await page().goto(`${app.url}/sign-in`);
    await page().getByRole('textbox').first().waitFor();
    await goBy(page(), page().getByRole('banner').getByRole('button', { name: 'English' }));
    await press('Enter');
    await writeByKeys(page(), field(text('office.signIn.login')), 'sociologist');
    await writeByKeys(page(), field(text('office.signIn.password')), password);
    await press('Enter');
    const nav = page().getByRole('link', { name: text('office.nav.questionnaires'), exact: true });
    await goBy(page(), nav);
    await press('Enter');
    await push(text('office.questionnaires.new'));
    await writeByKeys(page(), field(text('office.questionnaires.code')), 'by-keys');
    await press('Enter');
    await page().getByRole('tree').waitFor();
    await say('Ауыл әкімі', 'Сельский аким', 'The rural akim');
  });

  step('is there again at its address, everything asked for once', async () => {
    await page().getByText(designer('keeping.saved'), { exact: true }).first().waitFor();
    await page().reload();
    await page().getByRole('treeitem').first().waitFor();
    const asked = await page().evaluate<string[]>(
      `performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)`,
    );
    const counts = ['session', 'meta', 'questionnaire-drafts/by-keys'].map(
      (name) => asked.filter((path) => path === `/api/v1/${name}`).length,
    );
    // What the page asks for ahead is what the app takes: it does not ask again.
    expect(counts).toEqual([1, 1, 1]);
  });

  step(
    'adds a page and a question, with its name, its words, its answers and a property',
    async () => {
      await add(designer('structure.addPage'));
      await add(designer('types.radiogroup'));
      await name('solves_problems');
      await say('Шеше ме?', 'Решает ли?', 'Does the akim solve problems?');
      await goBy(page(), field(designer('names.isRequired')));
      await press('Space');
      const choice = (place: number, of: string) =>
        field(`${designer('names.choices')} ${place}: ${of}`);
      for (const [place, value, words] of [
        [1, 'yes', 'Yes'],
        [2, 'no', 'No'],
        [3, 'dk', 'Do not know'],
      ] as const) {
        if (place === 3) {
          const choices = page().getByRole('group', {
            name: designer('names.choices'),
            exact: true,
          });
          await goBy(page(), choices.getByRole('button', { name: designer('values.add') }));
          await press('Enter');
        }
        await writeByKeys(page(), choice(place, designer('values.value')), value);
        await writeByKeys(page(), choice(place, 'English'), words);
      }
    },
  );

  step('asks another only of those who said no', async () => {
    await add(designer('types.comment'));
    await name('why_not');
    await say('Неге?', 'Почему?', 'Why do you think so?');
    await push(new RegExp(designer('groups.logic')));
    const condition = page()
      .getByRole('group', { name: designer('names.visibleIf') })
      .first();
    await goBy(page(), condition.getByRole('button', { name: designer('logic.addRule') }));
    await press('Enter');
    const operator = condition.getByLabel(designer('logic.operator'));
    // "is", which others begin with too, is the first of them.
    await goBy(page(), operator);
    await press('Home');
    await chooseByKeys(page(), condition.getByLabel(designer('logic.value')), 'No');
  });

  step('scores it', async () => {
    await openTab('scoring');
    await push(/Does the akim solve problems/);
    const indicator = page().getByRole('combobox', {
      name: designer('scoring.indicator'),
      exact: true,
    });
    await chooseByKeys(page(), indicator, 'Solving');
    const missing = page().getByLabel(designer('scoring.missingOf', { name: 'Do not know' }));
    await chooseByKeys(page(), missing, designer('missing.dontKnow'));
    await push(designer('scoring.evenly'));
  });

  step('translates its answers', async () => {
    await openTab('languages');
    const answer = (value: string, language: string) =>
      page().getByRole('textbox', {
        name: new RegExp(`^solves_problems,.*\\b${value}\\b.*, ${language}$`),
      });
    for (const [value, kk, ru] of [
      ['yes', 'Иә', 'Да'],
      ['no', 'Жоқ', 'Нет'],
      ['dk', 'Білмеймін', 'Не знаю'],
    ] as const) {
      await writeByKeys(page(), answer(value, 'Қазақша'), kk);
      await writeByKeys(page(), answer(value, 'Русский'), ru);
    }
  });

  step('checks and publishes it: it is what was built', async () => {
    await openTab('check');
    await page()
      .getByRole('tabpanel')
      .getByText(/Errors: 0/)
      .waitFor();
    await push(designer('publish.open'));
    await push(text('office.versions.publishNext', { code: 'by-keys' }));
    await page().waitForURL(/\/questionnaires\/by-keys\/1$/);
    const sociologist = await app.signIn('sociologist');
    const { questionnaire } = await sociologist.get<QuestionnaireVersion>(
      '/questionnaires/by-keys/versions/1',
    );
    expect(questionnaire.pages).toMatchObject([
      { name: 'page_1' },
      {
        elements: [
          {
            type: 'radiogroup',
            name: 'solves_problems',
            isRequired: true,
            choices: [
              { value: 'yes', text: { kk: 'Иә', ru: 'Да', en: 'Yes' } },
              { value: 'no', text: { kk: 'Жоқ', ru: 'Нет', en: 'No' } },
              { value: 'dk', text: { kk: 'Білмеймін', ru: 'Не знаю', en: 'Do not know' } },
            ],
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
