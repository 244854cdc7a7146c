import type { Page } from 'playwright-core';
import { locales } from '../../api/src/contracts/common.ts';
import { expectOpenToAll, seriousFaults } from '../support/accessibility.ts';
import { allowKeeping, describeInChromium, journey, text } from '../support/browser.ts';
import { choosePin, enterPin, pin } from '../support/pin-on-screen.ts';
import {
  districtQuestionnaire,
  freshRanking,
  handIn,
  someInterviews,
  until,
} from '../support/small-world.ts';
import { kk, press, shown, t, Tablet, tabletUpright } from '../support/tablet.ts';

describeInChromium('the tablet in real Chromium', () => {
  let tablet: Tablet;

  const step = journey(() => tablet.page);

  beforeAll(async () => {
    tablet = await Tablet.start('tablet', tabletUpright, {
      questionnaire: districtQuestionnaire(),
      synthetic: true,
    });
    const { world, assignment } = tablet;
    // Two interviews are there already, so that the akim is in the ranking from the beginning.
    await handIn(world.interviewer, someInterviews(2, assignment, world.version));
  });

  afterAll(() => tablet?.stop());

  const nOfAkim = async () => {
    const { world, assignment } = tablet;
    return (await freshRanking(world.sociologist, world.wave.id)).get(assignment.akimId)?.n;
  };

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

  /** The lock as it stands before the app takes it over, which here it never does. */
  const earlyLockIsOpenToAll = async () => {
    const page = await tablet.browser.context().newPage();
    await page.addInitScript('requestAnimationFrame = () => 0');
    for (const locale of locales.toReversed()) {
      await page.addInitScript(`localStorage['akimetr.locale'] = '${locale}'`);
      await tablet.goToField(tablet.app.url, page);
      await shown(page, text(locale, 'field.lock.title'));
      await shown(page, text(locale, 'field.synthetic'));
      expect(await seriousFaults(page)).toEqual([]);
    }
    // There is no way to someone else's PIN yet: the app is not here.
    expect(await page.getByText(t('lock.someoneElse')).count()).toBe(0);
    await page.close();
  };

  step('is ready for the field after one sign-in', async () => {
    const { page } = tablet;
    await allowKeeping(tablet.browser, tablet.app.url);
    await tablet.goToField();
    const isOpenToAll = (words: string) =>
      expectOpenToAll(page, async (locale) => {
        await shown(page, text(locale, words));
        await shown(page, text(locale, 'field.synthetic'));
      });
    await isOpenToAll('field.signIn.title');
    await tablet.signIn();
    await isOpenToAll('field.lock.new.title');
    await choosePin(page, kk);
    await isOpenToAll('field.ready.yes');
    await page.reload();
    await isOpenToAll('field.lock.title');
    await earlyLockIsOpenToAll();
  });

  step(
    'opens cold without network the next morning, and begins an interview in Kazakh',
    async () => {
      await tablet.browser.restartOffline('closed');
      const { page } = tablet;
      await allowKeeping(tablet.browser, tablet.app.url);
      await tablet.goToField();
      await enterPin(page, kk);
      await shown(page, t('ready.yes'));
      await shown(page, t('connection.offline'));
      await tablet.assignmentCard().click();
      await tablet.beginInterview();
      await tablet.takePages(1, 3);
    },
  );

  step('is locked after a reload in the middle, and a wrong PIN opens nothing', async () => {
    const { page } = tablet;
    await page.reload();
    await shown(page, t('lock.title'));
    await enterPin(page, kk, '5071');
    await expectOpenToAll(page, (locale) => shown(page, text(locale, 'field.lock.wrong')));
    expect(await page.getByText(tablet.pages[2].title[kk]).count()).toBe(0);
  });

  step('has the page and every answer when the right PIN is entered', async () => {
    const { page } = tablet;
    await enterPin(page, kk);
    await tablet.saved(3);
    expect(await tablet.missingOn(3)).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
    await tablet.turnTo(4);
    await tablet.takePages(4, 5);
  });

  step('has them after the browser was killed, and goes on from the first screen', async () => {
    await tablet.browser.restartOffline('killed');
    await tablet.goToField();
    await tablet.resume();
    await tablet.saved(5);
    expect(await tablet.missingOn(5)).toEqual([]);
    await tablet.turnTo(6);
    await tablet.takePages(6, tablet.pages.length);
  });

  step('seals the interview, which waits for a network', async () => {
    const { page } = tablet;
    await press(page, tablet.questionnaireText('completeText'));
    const count = String(Object.keys(tablet.answers).length);
    await shown(page, t('seal.answered', { answered: count, asked: count }));
    expect(await seriousFaults(page)).toEqual([]);
    await press(page, t('seal.action'));
    await page.getByRole('heading', { name: t('sealed.title') }).waitFor();
    await shown(page, t('custody.queued'));
    expect(await nOfAkim()).toBe(2);
    const disk = await databaseAsText(page);
    // It was read, and what it holds of the interview is where and when, but not what was said.
    expect(disk).toContain(tablet.assignment.samplingPoint.name);
    expect(disk).toContain('"deviceSequence":1');
    expect(disk).not.toContain('"answers"');
    expect(disk).not.toContain(pin);
  });

  step('sends it by itself when there is a network, and shows the receipt', async () => {
    const { page } = tablet;
    await tablet.browser.context().setOffline(false);
    await shown(page, t('custody.held'));
    await shown(page, t('sealed.held'));
    await press(page, t('sealed.home'));
    await page.getByRole('button', { name: t('strip.nothingWaits') }).click();
    await shown(page, t('outbox.held', { count: '1' }));
    await expect(page.getByText(t('outbox.receipt')).textContent()).resolves.toMatch(/\S{4}/);
    await until(async () => ((await nOfAkim()) === 3 ? true : null));
    expect(tablet.browser.faults).toEqual([]);
  });
});
