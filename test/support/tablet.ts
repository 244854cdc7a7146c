/** An interviewer's tablet in real Chromium: what the tests of the field app begin with, and do again and again. */
import type { Page } from 'playwright-core';
import type { Assignment } from '../../api/src/contracts/assignments.ts';
import type { Locale } from '../../api/src/contracts/common.ts';
import { randomStream } from '../../api/src/domain/random.ts';
import { syntheticAnswers } from '../../scripts/synthetic-answers.ts';
import { type Browser, openBrowser, text, touch } from './browser.ts';
import {
  answerPage,
  chooseOnlyAdult,
  missingAnswers,
  type QuestionnairePage,
  turnPage,
} from './interview-on-screen.ts';
import { choosePin, enterPin } from './pin-on-screen.ts';
import { password, type RunningApp, startApp } from './running-app.ts';
import { makeSmallWorld, shortForm, type SmallWorld } from './small-world.ts';

/** The language of the tablet in the tests. */
export const kk: Locale = 'kk';

/** A text of the field app. */
export const t = (key: string, values?: Record<string, string>): string =>
  text(kk, `field.${key}`, values);

/** The two sizes that the field app is made for. */
export const phone = { width: 390, height: 844 };
export const tabletUpright = { width: 800, height: 1280 };

export const shown = (page: Page, words: string): Promise<void> =>
  page.getByText(words, { exact: true }).first().waitFor();

export const press = (page: Page, name: string): Promise<void> =>
  touch(page.getByRole('button', { name, exact: true }));

type Answers = Readonly<Record<string, unknown>>;

/** A server with a small world, one browser, and the first assignment with the answers of its respondent. */
export class Tablet {
  readonly app: RunningApp;
  readonly world: SmallWorld;
  readonly browser: Browser;
  readonly assignment: Assignment;
  readonly pages: readonly QuestionnairePage[];
  readonly answers: Answers;

  private constructor(app: RunningApp, world: SmallWorld, browser: Browser, seed: string) {
    const { questionnaire } = world.version;
    this.app = app;
    this.world = world;
    this.browser = browser;
    this.assignment = world.assignments[0]!;
    this.pages = questionnaire.pages as QuestionnairePage[];
    this.answers = syntheticAnswers(questionnaire, randomStream(seed).uniform, 0.4, {
      sex: 'female',
      age: 44,
      settlement: 'urban',
    });
  }

  /** @param seed of the respondent's answers */
  static async start(
    seed: string,
    viewport = phone,
    { byFinger = false, questionnaire = shortForm(), synthetic = false } = {},
  ): Promise<Tablet> {
    const app = await startApp({ synthetic });
    const world = await makeSmallWorld(app, 1, false, questionnaire);
    return new Tablet(app, world, await openBrowser({ viewport, touch: byFinger }), seed);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.app.stop();
  }

  get page(): Page {
    return this.browser.page();
  }

  /** A text of the questionnaire's own, such as `pageNextText`. */
  questionnaireText(key: string): string {
    return (this.world.version.questionnaire[key] as Record<Locale, string>)[kk];
  }

  async goToField(origin = this.app.url, page = this.page): Promise<void> {
    await page.goto(`${origin}/field/`);
  }

  /** On the screen for it: login and password. */
  async signIn(): Promise<void> {
    const { page } = this;
    await page.getByLabel(t('signIn.login')).fill('interviewer');
    await page.getByLabel(t('signIn.password')).fill(password);
    await press(page, text(kk, 'common.actions.signIn'));
  }

  /** From nothing to the first screen with the assignments. */
  async enter(origin = this.app.url): Promise<void> {
    await this.goToField(origin);
    await this.signIn();
    await choosePin(this.page, kk);
    // While the app is still being put onto the device it is "no".
    await this.home(['yes', 'almost']);
  }

  /** The first screen, whole: with the verdict, which comes last and stands above what is touched. */
  async home(verdicts = ['yes', 'almost', 'no']): Promise<void> {
    await this.assignmentCard().waitFor();
    const words = verdicts.map((verdict) => t(`ready.${verdict}`)).join('|');
    await this.page.getByText(new RegExp(`^(${words})$`)).waitFor();
  }

  /** From the lock to the first screen. */
  async unlock(): Promise<void> {
    await enterPin(this.page, kk);
    await this.home();
  }

  /** From the lock, and from the first screen back into the interview that was begun. */
  async resume(): Promise<void> {
    await this.unlock();
    await press(this.page, t('draft.resume'));
  }

  assignmentCard(): ReturnType<Page['getByRole']> {
    return this.page.getByRole('button', { name: this.assignment.samplingPoint.name });
  }

  /** On an assignment: an interview in Kazakh with the only adult of the next household. */
  async beginInterview(): Promise<void> {
    const { page } = this;
    await touch(page.getByRole('main').getByRole('button', { name: 'Қазақша', exact: true }));
    await chooseOnlyAdult(page, kk);
  }

  /** The page is on the screen, and what was answered on it is on the disk. */
  saved(place: number): Promise<void> {
    const values = { page: String(place), pages: String(this.pages.length) };
    return shown(this.page, `${t('interview.page', values)} · ${t('keeping.saved')}`);
  }

  turnTo(place: number): Promise<void> {
    const next = this.questionnaireText('pageNextText');
    return turnPage(this.page, next, this.pages[place - 2], this.pages[place - 1], kk);
  }

  /** Answers pages, each saved before the next; the first of them stands on the screen. */
  async takePages(from: number, to: number): Promise<void> {
    for (let place = from; place <= to; place += 1) {
      await this.saved(place);
      await answerPage(this.page, this.pages[place - 1], this.answers, kk);
      await this.saved(place);
      if (place < to) await this.turnTo(place + 1);
    }
  }

  /** Every answer of a page that is not on the screen. */
  missingOn(place: number, locale = kk): Promise<string[]> {
    return missingAnswers(this.page, this.pages[place - 1], this.answers, locale);
  }

  /** From the last page, answered, to the sealed interview. */
  async seal(): Promise<void> {
    await press(this.page, this.questionnaireText('completeText'));
    await press(this.page, t('seal.action'));
    await this.page.getByRole('heading', { name: t('sealed.title') }).waitFor();
  }
}
