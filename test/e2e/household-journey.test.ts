import type { Page } from 'playwright-core';
import type { Assignment } from '../../api/src/contracts/assignments.ts';
import type { Locale } from '../../api/src/contracts/common.ts';
import type { OutcomeRatesReply } from '../../api/src/contracts/contact-attempts.ts';
import { randomStream } from '../../api/src/domain/random.ts';
import { syntheticAnswers } from '../../scripts/synthetic-answers.ts';
import { expectOpenToAll, seriousFaults } from '../support/accessibility.ts';
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
import { choosePin, enterPin } from '../support/pin-on-screen.ts';
import { password, type RunningApp, startApp } from '../support/running-app.ts';
import { makeSmallWorld, type SmallWorld, until } from '../support/small-world.ts';

jest.setTimeout(150_000);

const kk: Locale = 'kk';
const t = (key: string, values?: Record<string, string>) => text(kk, `field.${key}`, values);

describeInChromium('two households in real Chromium', () => {
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
    assignment = world.assignments[0];
    const { questionnaire } = world.version;
    pages = questionnaire.pages as QuestionnairePage[];
    answers = syntheticAnswers(questionnaire, randomStream('household').uniform, 0.4, {
      sex: 'female',
      age: 44,
      settlement: 'urban',
    });
    browser = await openBrowser({ viewport: { width: 390, height: 844 } });
    await browser.context().grantPermissions(['geolocation'], { origin: app.url });
    await browser.context().setGeolocation({ latitude: 50.28, longitude: 57.17, accuracy: 9 });
  });

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const shown = (page: Page, words: string) =>
    page.getByText(words, { exact: true }).first().waitFor();
  const press = (page: Page, name: string) =>
    page.getByRole('button', { name, exact: true }).click();
  const choose = (page: Page, name: string) => page.getByRole('radio', { name }).check();
  const nextText = () => (world.version.questionnaire.pageNextText as Record<Locale, string>)[kk];
  const finishText = () => (world.version.questionnaire.completeText as Record<Locale, string>)[kk];
  const beginIn = async (page: Page) => {
    await page.getByRole('main').getByRole('button', { name: 'Қазақша', exact: true }).click();
    await chooseOnlyAdult(page, kk);
  };

  /** Every button and every row to touch is large enough for a thumb. */
  const tooSmall = (page: Page) =>
    page.getByRole('main').evaluate((main) =>
      [...main.querySelectorAll('button, .options label, .sd-selectbase__label')]
        .filter((one) => one.getClientRects().length > 0)
        .filter((one) => one.getBoundingClientRect().height < 48)
        .map((one) => `${one.textContent} ${one.getBoundingClientRect().height}`),
    );

  step('writes down who was tried without an interview, in any language', async () => {
    const page = browser.page();
    await page.goto(`${app.url}/field/`);
    await page.getByLabel(t('signIn.login')).fill('interviewer');
    await page.getByLabel(t('signIn.password')).fill(password);
    await press(page, text(kk, 'common.actions.signIn'));
    await choosePin(page, kk);
    await page.getByRole('button', { name: assignment.samplingPoint.name }).click();
    await shown(page, t('contact.household', { number: '1' }));
    await press(page, t('contact.noInterview'));
    await choose(page, t('contact.dispositions.refusal'));
    await expectOpenToAll(page, (locale) => shown(page, text(locale, 'field.contact.why')));
    expect(await tooSmall(page)).toEqual([]);
    await page
      .getByRole('main')
      .getByRole('button', { name: t('contact.cancel'), exact: true })
      .click();
  });

  step('ends as a refusal with its reason when the respondent does not agree', async () => {
    const page = browser.page();
    await page.getByRole('main').getByRole('button', { name: 'Қазақша', exact: true }).click();
    await shown(page, t('selection.title', { number: '1' }));
    expect(await seriousFaults(page)).toEqual([]);
    expect(await tooSmall(page)).toEqual([]);
    await chooseOnlyAdult(page, kk);
    const consent = world.version.questionnaire.pages as {
      elements: { labelFalse: Record<Locale, string> }[];
    }[];
    await page.getByText(consent[0].elements[0].labelFalse[kk], { exact: true }).click();
    await shown(page, t('interviewTools.notTaken.refusing'));
    expect(await seriousFaults(page)).toEqual([]);
    await choose(page, t('contact.reasons.distrust'));
    await press(page, t('contact.save'));
    await page.getByRole('heading', { name: t('contact.household', { number: '2' }) }).waitFor();
  });

  step('takes an interview with a note and another language in the middle', async () => {
    const page = browser.page();
    await page.setViewportSize({ width: 800, height: 1280 });
    await beginIn(page);
    const privateAt = pages.findIndex(({ privateBlock }) => privateBlock);
    expect(privateAt).toBeGreaterThan(0);
    for (let place = 0; place < privateAt; place += 1) {
      await page.getByText(pages[place].title[kk], { exact: true }).waitFor();
      await answerPage(page, pages[place], answers, kk);
      if (place === 1) {
        await press(page, 'Рус');
        await page.getByText(pages[place].title.ru, { exact: true }).waitFor();
        await press(page, 'Қаз');
        await page
          .getByRole('button', { name: t('interviewTools.noteAdd') })
          .first()
          .click();
        await page.getByLabel(t('interviewTools.noteLabel')).fill('көршісі келді');
        expect(await seriousFaults(page)).toEqual([]);
        await press(page, t('interviewTools.noteKeep'));
        expect(await seriousFaults(page)).toEqual([]);
        expect(await tooSmall(page)).toEqual([]);
      }
      await press(page, nextText());
    }
    await shown(page, t('interviewTools.handing.handing-over.title'));
    expect(await seriousFaults(page)).toEqual([]);
  });

  step('shows nobody else what the respondent answered alone, also after a reload', async () => {
    const page = browser.page();
    const privateAt = pages.findIndex(({ privateBlock }) => privateBlock);
    const last = pages.findLastIndex(({ privateBlock }) => privateBlock);
    const [before, after] = [pages[privateAt - 1], pages[last + 1]];
    await press(page, t('interviewTools.handing.handing-over.action'));
    await shown(page, t('interviewTools.alone'));
    expect(await seriousFaults(page)).toEqual([]);
    for (let place = privateAt; place <= last; place += 1) {
      await answerPage(page, pages[place], answers, kk);
      await press(page, place === pages.length - 1 ? finishText() : nextText());
    }
    await shown(page, t('interviewTools.handing.ending.title'));
    expect(await page.getByRole('button', { name: t('interview.leave') }).count()).toBe(0);
    await press(page, t('interviewTools.handing.ending.action'));
    await press(page, t('interviewTools.handing.returning.action'));
    await page.reload();
    await enterPin(page, kk);
    if (after) {
      await page.getByText(after.title[kk], { exact: true }).waitFor();
      await page
        .getByRole('button', {
          name: (world.version.questionnaire.pagePrevText as Record<Locale, string>)[kk],
        })
        .click();
      await page.getByText(before.title[kk], { exact: true }).waitFor();
      await turnPage(page, nextText(), before, before, kk);
      for (let place = last + 1; place < pages.length; place += 1) {
        await page.getByText(pages[place].title[kk], { exact: true }).waitFor();
        await answerPage(page, pages[place], answers, kk);
        await press(page, place === pages.length - 1 ? finishText() : nextText());
      }
    }
    await press(page, t('seal.action'));
    await page.getByRole('heading', { name: t('sealed.title') }).waitFor();
  });

  step('leaves both households with the server: one refusal, one interview', async () => {
    const rates = await until(async () => {
      const found = await world.sociologist.get<OutcomeRatesReply>(
        `/waves/${world.wave.id}/outcome-rates`,
      );
      return found.cases === 2 ? found : null;
    });
    expect(rates.counts).toMatchObject({ complete: 1, refusal: 1 });
    expect(rates).toMatchObject({ attempts: 1, interviewsOutside: 0, rates: { RR1: 0.5 } });
    expect(browser.faults).toEqual([]);
  });
});
