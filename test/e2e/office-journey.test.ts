import type { Page } from 'playwright-core';
import type { Locale } from '../../api/src/contracts/common.ts';
import type { RankedAkim, Ranking } from '../../api/src/contracts/rankings.ts';
import { expectOpenToAll, seriousFaults } from '../support/accessibility.ts';
import {
  type Browser,
  describeInChromium,
  journey,
  openBrowser,
  text,
} from '../support/browser.ts';
import { password, type RunningApp, startApp } from '../support/running-app.ts';
import {
  closeAndPublish,
  handIn,
  makeSmallWorld,
  regions,
  type SmallWorld,
  someInterviews,
  until,
} from '../support/small-world.ts';

/** Twelve interviews at each of four points: enough for every akim to be rated, of differing quality. */
async function handInEnough({ interviewer, assignments, version, akims }: SmallWorld) {
  for (const assignment of assignments) {
    const place = akims.findIndex(({ id }) => id === assignment.akimId);
    const quality = (2 * place) / (akims.length - 1) - 1;
    const receipts = await handIn(interviewer, someInterviews(12, assignment, version, quality));
    expect(receipts.filter(({ status }) => status !== 'stored')).toEqual([]);
  }
}

describeInChromium('the office in real Chromium', () => {
  let app: RunningApp;
  let world: SmallWorld;
  let browser: Browser;
  let ranking: Ranking;
  const step = journey(() => browser.page());

  beforeAll(async () => {
    app = await startApp({ synthetic: true });
    world = await makeSmallWorld(app, 3);
    await handInEnough(world);
    await closeAndPublish(world);
    const official = await app.signIn('official');
    ranking = await official.get(`/waves/${world.wave.id}/ranking?level=district`);
    browser = await openBrowser({ viewport: { width: 1280, height: 800 } });
  });

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const heading = (page: Page, name: string) =>
    page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

  const fillIn = async (page: Page, secret: string) => {
    await page.getByLabel(text('kk', 'office.signIn.login'), { exact: true }).fill('official');
    await page.getByLabel(text('kk', 'office.signIn.password'), { exact: true }).fill(secret);
    const name = text('kk', 'common.actions.signIn');
    await page.getByRole('button', { name, exact: true }).click();
  };

  /** Rank with its interval, as the table shows it. */
  const rankOf = ({ rank, rankInterval: [best, worst] }: RankedAkim) =>
    `${rank} (${best}–${worst})`;

  const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('link') });

  async function expectRows(page: Page, akims: readonly RankedAkim[], locale: Locale) {
    const first = akims[0].akimName[locale];
    await rows(page).first().getByRole('link', { name: first, exact: true }).waitFor();
    await rows(page).nth(akims.length).waitFor({ state: 'detached' });
    const shown = await rows(page).allInnerTexts();
    expect(shown).toEqual(akims.map((akim) => expect.stringContaining(akim.akimName[locale])));
    expect(shown).toEqual(akims.map((akim) => expect.stringContaining(rankOf(akim))));
  }

  step('asks everyone to sign in, and says when the password is wrong', async () => {
    const page = browser.page();
    await page.goto(`${app.url}/rankings`);
    await expectOpenToAll(page, (locale) => heading(page, text(locale, 'office.signIn.title')));
    await fillIn(page, 'not the password');
    await page.getByText(text('kk', 'common.problems.wrong_credentials')).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  step(
    'leads the official to the published ranking: ranks never without their interval',
    async () => {
      const page = browser.page();
      await fillIn(page, password);
      await heading(page, text('kk', 'office.rankings.title'));
      expect(ranking.ranked).toHaveLength(6);
      await expectRows(page, ranking.ranked, 'kk');
      await page.getByText(text('kk', 'common.synthetic.short')).first().waitFor();
      await expectOpenToAll(page, (locale) => expectRows(page, ranking.ranked, locale));
    },
  );

  step('shows one region alone, ranked among themselves', async () => {
    const page = browser.page();
    await page
      .getByLabel(text('kk', 'office.filters.region'), { exact: true })
      .selectOption(regions[1]);
    const official = await app.signIn('official');
    const ofRegion = await official.get<Ranking>(
      `/waves/${world.wave.id}/ranking?level=district&region=${regions[1]}`,
    );
    expect(ofRegion.ranked).toHaveLength(3);
    await expectRows(page, ofRegion.ranked, 'kk');
  });

  step('opens the profile of an akim, and leads back to the same filters', async () => {
    const page = browser.page();
    const akim = ranking.ranked.find(({ region }) => region === regions[1])!;
    await page.getByRole('link', { name: akim.akimName.kk, exact: true }).click();
    const place = (locale: Locale) =>
      page.getByRole('region', { name: text(locale, 'office.profile.place') });
    await expectOpenToAll(page, async (locale) => {
      await heading(page, akim.akimName[locale]);
      const [best, worst] = akim.rankInterval;
      await place(locale).getByText(`(${best}–${worst})`, { exact: true }).waitFor();
    });
    await page.getByRole('link', { name: text('kk', 'office.profile.back') }).click();
    await heading(page, text('kk', 'office.rankings.title'));
    const region = page.getByLabel(text('kk', 'office.filters.region'), { exact: true });
    await until(async () => ((await region.inputValue()) === regions[1] ? true : null));
  });

  step('tells the official which pages are not his', async () => {
    const page = browser.page();
    await page.goto(`${app.url}/users`);
    await heading(page, text('kk', 'office.forbidden.title'));
    await expect(
      page.getByRole('link', { name: text('kk', 'office.nav.users') }).count(),
    ).resolves.toBe(0);
    expect(browser.faults).toEqual([]);
  });
});
