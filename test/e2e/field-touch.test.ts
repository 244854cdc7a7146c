import { type Locale, locales } from '../../api/src/contracts/common.ts';
import { expectOpenToAll, seriousFaults } from '../support/accessibility.ts';
import { describeInChromium, journey, text, touch } from '../support/browser.ts';
import { fillTablet } from '../support/fill-tablet.ts';
import { answerPage, chooseOnlyAdult } from '../support/interview-on-screen.ts';
import { enterPin } from '../support/pin-on-screen.ts';
import { districtQuestionnaire } from '../support/small-world.ts';
import { kk, phone, press, shown, t, Tablet, tabletUpright } from '../support/tablet.ts';

/** As they stand in the bar. */
const shortNames: Record<Locale, string> = { kk: 'Қаз', ru: 'Рус', en: 'Eng' };

/** Every screen that is not an interview: address below /field/, and what stands on it. */
const screens = [
  ['outbox', 'outbox.title'],
  ['tablet', 'tablet.title'],
  ['ready', 'ready.title'],
  ['sign-in', 'signIn.title'],
  ['#/enrol', 'enrol.title'],
  ['', 'assignment.title'],
] as const;

const sizes = [phone, tabletUpright];

describe('the field app under a finger, on a phone and on a tablet upright', () => {
  describeInChromium('in real Chromium', () => {
    let tablet: Tablet;

    const step = journey(() => tablet.page);

    beforeAll(async () => {
      tablet = await Tablet.start('touch', phone, {
        byFinger: true,
        questionnaire: districtQuestionnaire(),
        synthetic: true,
      });
      await tablet.enter();
    });

    afterAll(() => tablet?.stop());

    /** At either size: what hangs out at the side, and what is too small for a thumb. */
    async function misfits(): Promise<string[]> {
      const { page } = tablet;
      const before = page.viewportSize()!;
      const found: string[] = [];
      for (const size of sizes) {
        await page.setViewportSize(size);
        await page.evaluate(drawn);
        found.push(...(await page.evaluate(misfitsHere)).map((one) => `${size.width}: ${one}`));
      }
      await page.setViewportSize(before);
      return found;
    }

    const expectOpen = (shownIn: (locale: Locale) => Promise<void>) =>
      expectOpenToAll(tablet.page, async (locale) => {
        await shownIn(locale);
        await shown(tablet.page, text(locale, 'field.synthetic'));
      });

    step('shows every screen to everybody, in three languages', async () => {
      for (const [address, heading] of screens) {
        await tablet.page.evaluate((to) => {
          window.history.pushState(null, '', `/field/${to}`);
          window.dispatchEvent(new PopStateEvent('popstate'));
        }, address);
        await expectOpen((locale) => shown(tablet.page, text(locale, `field.${heading}`)));
        expect(await misfits()).toEqual([]);
      }
    });

    step('changes a PIN, and asks before it signs out, in three languages', async () => {
      const { page } = tablet;
      await page.evaluate(() => localStorage.setItem('akimetr.field.seenVersion', '0.0.1'));
      await page.goto(`${tablet.app.url}/field/`);
      await enterPin(page, kk);
      await expectOpen((locale) => shown(page, text(locale, 'field.update.read')));
      expect(await misfits()).toEqual([]);
      await press(page, t('update.read'));
      await press(page, t('tablet.title'));
      await press(page, t('lock.change.action'));
      await page.getByLabel(t('lock.change.old')).fill('0000');
      await page.keyboard.press('Enter');
      await expectOpen((locale) => shown(page, text(locale, 'field.lock.wrong')));
      expect(await misfits()).toEqual([]);
      await press(page, text(kk, 'common.actions.signOut'));
      await expectOpen((locale) => shown(page, text(locale, 'field.signOut.question')));
      expect(await misfits()).toEqual([]);
      await press(page, t('signOut.stay'));
      await press(page, text(kk, 'common.actions.back'));
    });

    step('shows an assignment and the choice of the respondent to everybody', async () => {
      const { page } = tablet;
      await touch(tablet.assignmentCard());
      await expectOpen((locale) => shown(page, text(locale, 'field.assignment.chooseLanguage')));
      expect(await misfits()).toEqual([]);
      await touch(page.getByRole('main').getByRole('button', { name: 'Қазақша', exact: true }));
      await shown(page, t('selection.title', { number: '1' }));
      expect([await seriousFaults(page), await misfits()]).toEqual([[], []]);
      await chooseOnlyAdult(page, kk);
    });

    step('takes no answer from a finger that moves over one', async () => {
      const { page } = tablet;
      const answers = page.getByRole('main').getByRole('radio');
      const { x, y, width, height } = (await answers.first().locator('..').boundingBox())!;
      const session = await page.context().newCDPSession(page);
      const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...at: number[][]) =>
        session.send('Input.dispatchTouchEvent', {
          type,
          touchPoints: at.map(([right, down]) => ({
            x: x + width / 2 + right,
            y: y + height / 2 + down,
          })),
        });
      for (const [right, down] of [
        [0, -1],
        [1, 0],
      ]) {
        await finger('touchStart', [0, 0]);
        for (const far of [8, 20, 40]) await finger('touchMove', [far * right, far * down]);
        await finger('touchEnd');
      }
      expect(await answers.count()).toBeGreaterThan(1);
      for (const answer of await answers.all())
        await expect(answer.isChecked()).resolves.toBe(false);
    });

    step('asks in three languages, each kind of question, and keeps the answers', async () => {
      const { page, pages, answers } = tablet;
      const kinds = new Set<string>();
      for (const [at, { elements, title }] of pages.entries()) {
        const place = at + 1;
        await tablet.saved(place);
        await page.setViewportSize(sizes[at % sizes.length]);
        await answerPage(page, pages[at], answers, kk);
        expect(await misfits()).toEqual([]);
        // What differs from page to page beyond that are words.
        const hasNews = elements.some(({ type }) => !kinds.has(type));
        for (const { type } of elements) kinds.add(type);
        for (const locale of hasNews ? locales.toReversed() : []) {
          await press(page, shortNames[locale]);
          await shown(page, title[locale]);
          expect(await tablet.missingOn(place, locale)).toEqual([]);
          expect(await seriousFaults(page)).toEqual([]);
          expect(await misfits()).toEqual([]);
        }
        await tablet.saved(place);
        if (place < pages.length) await tablet.turnTo(place + 1);
      }
      expect(kinds.size).toBeGreaterThan(4);
    });

    step('seals by a touch, and the server has it', async () => {
      const { page } = tablet;
      await press(page, tablet.questionnaireText('completeText'));
      await shown(page, t('seal.title'));
      expect([await seriousFaults(page), await misfits()]).toEqual([[], []]);
      await press(page, t('seal.action'));
      await shown(page, t('custody.held'));
      const title = (locale: Locale) => text(locale, 'field.sealed.title');
      await expectOpen((locale) => page.getByRole('heading', { name: title(locale) }).waitFor());
      expect(await misfits()).toEqual([]);
    });

    step('shows what became of each interview, in three languages', async () => {
      const { page, browser, assignment, world } = tablet;
      await browser.context().setOffline(true);
      await fillTablet(page, assignment, world.version, 2, 1);
      await press(page, t('sealed.home'));
      await touch(page.getByRole('button', { name: t('strip.attention', { count: '1' }) }));
      await expectOpen(async (locale) => {
        for (const state of ['attention', 'waiting', 'held']) {
          await shown(page, text(locale, `field.outbox.${state}`, { count: '1' }));
        }
      });
      expect(await misfits()).toEqual([]);
      expect(browser.faults).toEqual([]);
    });
  });
});

/** Runs in the browser: what follows the window's size is drawn in one of the next two frames. */
const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

/** Runs in the browser. */
function misfitsHere(): string[] {
  const wide = document.scrollingElement!.scrollWidth - window.innerWidth;
  const small = [...document.querySelectorAll('main button, main label.sd-item')]
    .filter((one) => one.getClientRects().length > 0)
    .filter((one) => one.getBoundingClientRect().height < 43)
    .map((one) => `${one.className}: ${one.textContent}`);
  return wide > 0 ? [...small, `${wide} px too wide`] : small;
}
