import { readFileSync } from 'node:fs';
import type { Rescued } from '../../api/src/contracts/rescue.ts';
import { expectOpenToAll, seriousFaults } from '../support/accessibility.ts';
import { describeInChromium, fillDevice, journey, text } from '../support/browser.ts';
import { fillTablet } from '../support/fill-tablet.ts';
import { answerPage } from '../support/interview-on-screen.ts';
import { enterPin } from '../support/pin-on-screen.ts';
import { kk, press, shown, t, Tablet } from '../support/tablet.ts';

describeInChromium('a tablet without room, in real Chromium', () => {
  let tablet: Tablet;
  let makeRoom: () => Promise<void>;

  const step = journey(() => tablet.page);

  beforeAll(async () => {
    tablet = await Tablet.start('full');
    await tablet.enter();
  });

  afterAll(() => tablet?.stop());

  const lastPage = () => tablet.pages.length;

  step('has an interview begun and two sealed when its disk fills up', async () => {
    const { browser, assignment, world, app } = tablet;
    await tablet.assignmentCard().click();
    await tablet.beginInterview();
    await tablet.takePages(1, 2);
    await browser.context().setOffline(true);
    await fillTablet(tablet.page, assignment, world.version, 2);
    await browser.restartOffline('closed');
    makeRoom = await fillDevice(browser, app.url);
  });

  step('opens all the same, and tells before an answer is lost', async () => {
    await tablet.goToField();
    const { page } = tablet;
    await tablet.resume();
    await tablet.saved(2);
    expect(await tablet.missingOn(2)).toEqual([]);
    await tablet.turnTo(3);
    await answerPage(page, tablet.pages[2], tablet.answers, kk);
    await page.getByRole('alert').getByText(t('storageFull.title'), { exact: true }).waitFor();
    await page.getByText(t('keeping.failed')).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  step('does not turn the page, so that what is not saved stays in sight', async () => {
    const { page } = tablet;
    await press(page, tablet.questionnaireText('pageNextText'));
    expect(await tablet.missingOn(3)).toEqual([]);
    expect(await page.getByText(tablet.pages[3].title[kk], { exact: true }).count()).toBe(0);
  });

  step('saves a rescue file from another tab, which the server takes', async () => {
    const second = await tablet.browser.context().newPage();
    await second.goto(`${tablet.app.url}/field/outbox`);
    await enterPin(second, kk);
    await expectOpenToAll(second, (locale) =>
      shown(second, text(locale, 'field.outbox.waiting', { count: '2' })),
    );
    const download = second.waitForEvent('download');
    await press(second, t('rescue.save'));
    const file: unknown = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
    await second.close();
    const supervisor = await tablet.app.signIn('supervisor');
    const { interviews } = await supervisor.post<{ interviews: Rescued[] }>('/rescue', file);
    expect(interviews.map(({ receipt }) => receipt?.status)).toEqual(['stored', 'stored']);
  });

  step('goes on where it was as soon as there is room', async () => {
    const { page } = tablet;
    await makeRoom();
    await press(page, t('notSaved.again'));
    await tablet.saved(3);
    await tablet.turnTo(4);
    await tablet.takePages(4, lastPage());
  });

  step('keeps the interview when it is full at the very moment of sealing', async () => {
    const { browser, page, app } = tablet;
    await page.close();
    await browser.restartOffline('closed');
    makeRoom = await fillDevice(browser, app.url);
    await tablet.goToField();
    await tablet.resume();
    await tablet.saved(lastPage());
    await press(tablet.page, tablet.questionnaireText('completeText'));
    await press(tablet.page, t('seal.action'));
    await shown(tablet.page, t('storageFull.title'));
    await makeRoom();
    await press(tablet.page, t('seal.backToInterview'));
    await tablet.saved(lastPage());
    expect(await tablet.missingOn(lastPage())).toEqual([]);
    await tablet.seal();
  });

  step('sends everything once', async () => {
    const { browser, page } = tablet;
    await browser.context().setOffline(false);
    await shown(page, t('custody.held'));
    await press(page, t('sealed.home'));
    await page.getByRole('button', { name: t('strip.nothingWaits') }).click();
    await shown(page, t('outbox.held', { count: '3' }));
    expect(browser.faults).toEqual([]);
  });
});
