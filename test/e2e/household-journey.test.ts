import type { Page } from 'playwright-core';
import type { Locale } from '../../api/src/contracts/common.ts';
import type { OutcomeRatesReply } from '../../api/src/contracts/contact-attempts.ts';
import { expectOpenToAll, seriousFaults } from '../support/accessibility.ts';
import { describeInChromium, journey, text } from '../support/browser.ts';
import { answerPage, chooseOnlyAdult, turnPage } from '../support/interview-on-screen.ts';
import { enterPin } from '../support/pin-on-screen.ts';
import { until } from '../support/small-world.ts';
import { kk, press, shown, t, Tablet, tabletUpright } from '../support/tablet.ts';

describeInChromium('two households in real Chromium', () => {
  let tablet: Tablet;

  const step = journey(() => tablet.page);

  beforeAll(async () => {
    tablet = await Tablet.start('household');
    const context = tablet.browser.context();
    await context.grantPermissions(['geolocation'], { origin: tablet.app.url });
    await context.setGeolocation({ latitude: 50.28, longitude: 57.17, accuracy: 9 });
  });

  afterAll(() => tablet?.stop());

  const choose = (page: Page, name: string) => page.getByRole('radio', { name }).check();
  const nextText = () => tablet.questionnaireText('pageNextText');
  const finishText = () => tablet.questionnaireText('completeText');

  /** Every button and every row to touch is large enough for a thumb. */
  const tooSmall = (page: Page) =>
    page.getByRole('main').evaluate((main) =>
      [...main.querySelectorAll('button, .options label, .sd-selectbase__label')]
        .filter((one) => one.getClientRects().length > 0)
        .filter((one) => one.getBoundingClientRect().height < 48)
        .map((one) => `${one.textContent} ${one.getBoundingClientRect().height}`),
    );

  step('writes down who was tried without an interview, in any language', async () => {
    const { page } = tablet;
    await tablet.enter();
    await tablet.assignmentCard().click();
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
    const { page } = tablet;
    await page.getByRole('main').getByRole('button', { name: 'Қазақша', exact: true }).click();
    await shown(page, t('selection.title', { number: '1' }));
    expect(await seriousFaults(page)).toEqual([]);
    expect(await tooSmall(page)).toEqual([]);
    await chooseOnlyAdult(page, kk);
    const consent = tablet.world.version.questionnaire.pages as {
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
    const { page, pages, answers } = tablet;
    await page.setViewportSize(tabletUpright);
    await tablet.beginInterview();
    const privateAt = pages.findIndex(({ privateBlock }) => privateBlock);
    expect(privateAt).toBeGreaterThan(0);
    for (let place = 0; place < privateAt; place += 1) {
      await page.getByText(pages[place].title[kk], { exact: true }).waitFor();
      await answerPage(page, pages[place], answers, kk);
      if (place === 1) {
        await press(page, 'Рус');
        await page.getByText(pages[place].title.ru, { exact: true }).waitFor();
        expect(await tablet.missingOn(place + 1, 'ru')).toEqual([]);
        await press(page, 'Қаз');
        await page.getByText(pages[place].title.kk, { exact: true }).waitFor();
        expect(await tablet.missingOn(place + 1)).toEqual([]);
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
    const { page, pages, answers } = tablet;
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
    await page.getByRole('status').getByText(t('keeping.saved')).waitFor();
    await page.reload();
    await enterPin(page, kk);
    if (after) {
      await page.getByText(after.title[kk], { exact: true }).waitFor();
      await page
        .getByRole('button', {
          name: tablet.questionnaireText('pagePrevText'),
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
    const { world, browser } = tablet;
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
