import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { Assignment } from '../../api/src/contracts/assignments.ts';
import type { Locale } from '../../api/src/contracts/common.ts';
import type { Rescued } from '../../api/src/contracts/rescue.ts';
import { randomStream } from '../../api/src/domain/random.ts';
import type { HttpClient } from '../../scripts/http-client.ts';
import { syntheticAnswers } from '../../scripts/synthetic-answers.ts';
import { expectOpenToAll } from '../support/accessibility.ts';
import {
  type Browser,
  describeInChromium,
  journey,
  openBrowser,
  text,
} from '../support/browser.ts';
import {
  answerPage,
  chooseOnlyAdult,
  type QuestionnairePage,
  turnPage,
} from '../support/interview-on-screen.ts';
import { choosePin, enterPin, pin } from '../support/pin-on-screen.ts';
import { Program } from '../support/program.ts';
import { password, type RunningApp, startApp } from '../support/running-app.ts';
import { makeSmallWorld, type SmallWorld } from '../support/small-world.ts';

jest.setTimeout(150_000);

const kk: Locale = 'kk';
const t = (key: string, values?: Record<string, string>) => text(kk, `field.${key}`, values);

describeInChromium('a tablet in trouble, in real Chromium', () => {
  let app: RunningApp;
  let world: SmallWorld;
  let browser: Browser;
  let supervisor: HttpClient;
  let assignment: Assignment;
  let rescue: { readonly path: string; readonly content: unknown };

  const step = journey(() => browser.page());

  beforeAll(async () => {
    app = await startApp();
    world = await makeSmallWorld(app, 1);
    supervisor = await app.signIn('supervisor');
    assignment = world.assignments[0]!;
    browser = await openBrowser({ viewport: { width: 390, height: 844 } });
  });

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const shown = (page: Page, words: string) => page.getByText(words, { exact: true }).waitFor();
  const press = (page: Page, name: string) =>
    page.getByRole('button', { name, exact: true }).click();
  const ownText = (key: string) => (world.version.questionnaire[key] as Record<Locale, string>)[kk];
  const pages = () => world.version.questionnaire.pages as QuestionnairePage[];
  const onPage = (page: Page, place: number) =>
    shown(
      page,
      `${t('interview.page', { page: String(place), pages: String(pages().length) })} · ${t('keeping.saved')}`,
    );

  async function takeInterview(page: Page): Promise<void> {
    const answers = syntheticAnswers(
      world.version.questionnaire,
      randomStream('rescue').uniform,
      0.2,
      { sex: 'male', age: 51, settlement: 'urban' },
    );
    for (const [place, questions] of pages().entries()) {
      await onPage(page, place + 1);
      await answerPage(page, questions, answers, kk);
      await onPage(page, place + 1);
      const next = pages()[place + 1];
      if (next) await turnPage(page, ownText('pageNextText'), questions, next, kk);
    }
    await press(page, ownText('completeText'));
    await press(page, t('seal.action'));
    await page.getByRole('heading', { name: t('sealed.title') }).waitFor();
  }

  step('is signed in and has its PIN', async () => {
    const page = browser.page();
    await page.goto(`${app.url}/field/`);
    await page.getByLabel(t('signIn.login')).fill('interviewer');
    await page.getByLabel(t('signIn.password')).fill(password);
    await press(page, text(kk, 'common.actions.signIn'));
    await choosePin(page, kk);
    // Whether the browser promises to keep the data is another matter.
    await page
      .getByText(t('ready.yes'))
      .or(page.getByText(t('ready.almost')))
      .waitFor();
  });

  step('lets only one of two tabs write a draft, until the first is closed', async () => {
    const page = browser.page();
    await page.getByRole('button', { name: assignment.samplingPoint.name }).click();
    await page.getByRole('main').getByRole('button', { name: 'Қазақша', exact: true }).click();
    await chooseOnlyAdult(page, kk);
    await onPage(page, 1);
    const second = await browser.context().newPage();
    await second.goto(page.url());
    await enterPin(second, kk);
    await shown(second, t('interview.anotherTab'));
    await press(second, t('interview.openHere'));
    await shown(second, t('interview.anotherTab'));
    await page.close();
    await press(second, t('interview.openHere'));
    await onPage(second, 1);
  });

  step('seals an interview without network', async () => {
    const page = browser.page();
    await browser.context().setOffline(true);
    await takeInterview(page);
    await shown(page, t('custody.queued'));
  });

  step('saves a rescue file while it is locked, which only the server can read', async () => {
    const page = browser.page();
    await page.reload();
    await shown(page, t('lock.title'));
    await page.getByText(t('rescue.unsent', { count: '1' })).click();
    const download = page.waitForEvent('download');
    await press(page, t('rescue.save'));
    const path = await (await download).path();
    const file = readFileSync(path, 'utf8');
    await shown(page, t('rescue.saved', { count: '1' }));
    rescue = { path, content: JSON.parse(file) };
    expect(rescue.content).toMatchObject({ format: 'akimetr-rescue-1' });
    expect(file).not.toContain('answers');
    expect(file).not.toContain(pin);
  });

  step('has it imported by the supervisor, once and again', async () => {
    const { interviews } = await supervisor.post<{ interviews: Rescued[] }>(
      '/rescue',
      rescue.content,
    );
    expect(interviews.map(({ receipt }) => receipt?.status)).toEqual(['stored']);
    const script = new Program(
      'scripts/import-rescue.ts',
      { AKIMETR_PASSWORD: password },
      ...['--login', 'supervisor', '--url', app.url, rescue.path],
    );
    const { code, stdout } = await script.ended;
    const line = stdout.trim().split('\t').slice(1);
    expect([code, line]).toEqual([0, ['1', interviews[0].id, 'duplicate']]);
  });

  step('gets a new PIN with the supervisor’s code, and still has its interview', async () => {
    const page = browser.page();
    await browser.context().setOffline(false);
    const { id } = await world.interviewer
      .get<{ session: { user: { id: string } } }>('/session')
      .then(({ session }) => session.user);
    const { code } = await supervisor.post<{ code: string }>('/pin-resets', { interviewerId: id });
    await press(page, t('lock.forgotten.title'));
    await expectOpenToAll(page, (locale) => shown(page, text(locale, 'field.lock.forgotten.lead')));
    for (const label of ['new.first', 'new.again']) {
      await page.getByLabel(t(`lock.${label}`)).fill('7391');
      await page.keyboard.press('Enter');
    }
    await page.getByLabel(t('lock.forgotten.code')).fill(code);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: t('strip.nothingWaits') }).click();
    await shown(page, t('outbox.held', { count: '1' }));
    expect(browser.faults).toEqual([]);
  });
});
