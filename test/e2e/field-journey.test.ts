import type { Page } from 'playwright-core';
import type { Assignment } from '../../api/src/contracts/assignments.ts';
import type { Locale } from '../../api/src/contracts/common.ts';
import { randomStream } from '../../api/src/domain/random.ts';
import { syntheticAnswers } from '../../scripts/synthetic-answers.ts';
import { expectOpenToAll, seriousFaults } from '../support/accessibility.ts';
import {
  allowKeeping,
  type Browser,
  describeInChromium,
  journey,
  openBrowser,
  text,
} from '../support/browser.ts';
import {
  answerPage,
  chooseOnlyAdult,
  missingAnswers,
  type QuestionnairePage,
  turnPage,
} from '../support/interview-on-screen.ts';
import { choosePin, enterPin, pin } from '../support/pin-on-screen.ts';
import { password, type RunningApp, startApp } from '../support/running-app.ts';
import {
  freshRanking,
  handIn,
  makeSmallWorld,
  type SmallWorld,
  someInterviews,
  until,
} from '../support/small-world.ts';

jest.setTimeout(150_000);

const kk: Locale = 'kk';
const t = (key: string, values?: Record<string, string>) => text(kk, `field.${key}`, values);

describeInChromium('the tablet in real Chromium', () => {
  let app: RunningApp;
  let world: SmallWorld;
  let browser: Browser;
  let assignment: Assignment;
  let pages: readonly QuestionnairePage[];
  let answers: Record<string, unknown>;

  const step = journey(() => browser.page());

  beforeAll(async () => {
    app = await startApp();
    world = await makeSmallWorld(app, 1);
    assignment = world.assignments[0]!;
    // Two interviews are there already, so that the akim is in the ranking from the beginning.
    await handIn(world.interviewer, someInterviews(2, assignment, world.version));
    const { questionnaire } = world.version;
    pages = questionnaire.pages as QuestionnairePage[];
    answers = syntheticAnswers(questionnaire, randomStream('tablet').uniform, 0.4, {
      sex: 'female',
      age: 44,
      settlement: 'urban',
    });
    browser = await openBrowser({ viewport: { width: 800, height: 1280 } });
  });

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const nOfAkim = async () =>
    (await freshRanking(world.sociologist, world.wave.id)).get(assignment.akimId)?.n;

  const shown = (page: Page, words: string) => page.getByText(words, { exact: true }).waitFor();
  const press = (page: Page, name: string) =>
    page.getByRole('button', { name, exact: true }).click();

  /** The page is on the screen, and what was answered on it is on the disk. */
  const savedOn = (page: Page, place: number) =>
    shown(
      page,
      `${t('interview.page', { page: String(place), pages: String(pages.length) })} · ${t('keeping.saved')}`,
    );

  const turnTo = (page: Page, place: number) =>
    turnPage(page, questionnaireText('pageNextText'), pages[place - 2], pages[place - 1], kk);

  async function takePages(page: Page, from: number, to: number): Promise<void> {
    for (let place = from; place <= to; place += 1) {
      await savedOn(page, place);
      await answerPage(page, pages[place - 1], answers, kk);
      await savedOn(page, place);
      if (place < to) await turnTo(page, place + 1);
    }
  }

  /** Every row of the tablet's database as one text; bytes as the letters they would be. */
  const databaseAsText = (page: Page) =>
    page.evaluate(async () => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(new Error('unreadable'));
        });
      const db = await done(indexedDB.open('akimetr-field'));
      const names = [...db.objectStoreNames];
      const stores = names.map((name) => db.transaction(name).objectStore(name).getAll());
      const rows = await Promise.all(stores.map(done));
      db.close();
      return JSON.stringify(rows, (_, value: unknown) =>
        ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value,
      );
    });

  const questionnaireText = (key: string) =>
    (world.version.questionnaire[key] as Record<Locale, string>)[kk];

  const missingOn = (page: Page, place: number) =>
    missingAnswers(page, pages[place - 1], answers, kk);

  step('is ready for the field after one sign-in', async () => {
    const page = browser.page();
    await allowKeeping(browser, app.url);
    await page.goto(`${app.url}/field/`);
    await expectOpenToAll(page, (locale) => shown(page, text(locale, 'field.signIn.title')));
    await page.getByLabel(t('signIn.login')).fill('interviewer');
    await page.getByLabel(t('signIn.password')).fill(password);
    await press(page, text(kk, 'common.actions.signIn'));
    await expectOpenToAll(page, (locale) => shown(page, text(locale, 'field.lock.new.title')));
    await choosePin(page, kk);
    await expectOpenToAll(page, (locale) => shown(page, text(locale, 'field.ready.yes')));
    await page.reload();
    await expectOpenToAll(page, (locale) => shown(page, text(locale, 'field.lock.title')));
  });

  step(
    'opens cold without network the next morning, and begins an interview in Kazakh',
    async () => {
      await browser.restartOffline('closed');
      const page = browser.page();
      await allowKeeping(browser, app.url);
      await page.goto(`${app.url}/field/`);
      await enterPin(page, kk);
      await shown(page, t('ready.yes'));
      await shown(page, t('connection.offline'));
      await page.getByRole('button', { name: assignment.samplingPoint.name }).click();
      await page.getByRole('main').getByRole('button', { name: 'Қазақша', exact: true }).click();
      await chooseOnlyAdult(page, kk);
      await takePages(page, 1, 3);
    },
  );

  step('is locked after a reload in the middle, and a wrong PIN opens nothing', async () => {
    const page = browser.page();
    await page.reload();
    await shown(page, t('lock.title'));
    await enterPin(page, kk, '5071');
    await shown(page, t('lock.wrong'));
    expect(await page.getByText(pages[2].title[kk]).count()).toBe(0);
  });

  step('has the page and every answer when the right PIN is entered', async () => {
    const page = browser.page();
    await enterPin(page, kk);
    await savedOn(page, 3);
    expect(await missingOn(page, 3)).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
    await turnTo(page, 4);
    await takePages(page, 4, 5);
  });

  step('has them after the browser was killed, and goes on from the first screen', async () => {
    await browser.restartOffline('killed');
    const page = browser.page();
    await page.goto(`${app.url}/field/`);
    await enterPin(page, kk);
    await press(page, t('draft.resume'));
    await savedOn(page, 5);
    expect(await missingOn(page, 5)).toEqual([]);
    await turnTo(page, 6);
    await takePages(page, 6, pages.length);
  });

  step('seals the interview, which waits for a network', async () => {
    const page = browser.page();
    await press(page, questionnaireText('completeText'));
    const count = String(Object.keys(answers).length);
    await shown(page, t('seal.answered', { answered: count, asked: count }));
    expect(await seriousFaults(page)).toEqual([]);
    await press(page, t('seal.action'));
    await page.getByRole('heading', { name: t('sealed.title') }).waitFor();
    await shown(page, t('custody.queued'));
    expect(await nOfAkim()).toBe(2);
    const disk = await databaseAsText(page);
    // It was read, and what it holds of the interview is where and when, but not what was said.
    expect(disk).toContain(assignment.samplingPoint.name);
    expect(disk).toContain('"deviceSequence":1');
    expect(disk).not.toContain('"answers"');
    expect(disk).not.toContain(pin);
  });

  step('sends it by itself when there is a network, and shows the receipt', async () => {
    const page = browser.page();
    await browser.context().setOffline(false);
    await shown(page, t('custody.held'));
    await shown(page, t('sealed.held'));
    await press(page, t('sealed.home'));
    await page.getByRole('button', { name: t('strip.nothingWaits') }).click();
    await shown(page, t('outbox.held', { count: '1' }));
    await expect(page.getByText(t('outbox.receipt')).textContent()).resolves.toMatch(/\S{4}/);
    await until(async () => ((await nOfAkim()) === 3 ? true : null));
    expect(browser.faults).toEqual([]);
  });
});
