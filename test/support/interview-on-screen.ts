import type { Locator, Page } from 'playwright-core';
import type { Locale, LocalText } from '../../api/src/contracts/common.ts';
import { text, touch } from './browser.ts';

interface Choice {
  readonly value: unknown;
  readonly text: LocalText;
}

/** A question of the questionnaire, as far as a person sees it. */
interface Question {
  readonly type: 'boolean' | 'radiogroup' | 'rating' | 'checkbox' | 'text' | 'matrix';
  readonly name: string;
  readonly title: LocalText;
  readonly labelTrue?: LocalText;
  readonly choices?: readonly Choice[];
  readonly rateValues?: readonly (number | Choice)[];
  readonly rows?: readonly Choice[];
  readonly columns?: readonly Choice[];
}

export interface QuestionnairePage {
  readonly privateBlock?: boolean;
  readonly title: LocalText;
  readonly elements: readonly Question[];
}

type Answers = Readonly<Record<string, unknown>>;

function labelOf(question: Question, value: unknown, locale: Locale): string {
  const options = question.choices ?? question.columns ?? question.rateValues ?? [];
  const found = options.find((one) => typeof one === 'object' && one.value === value);
  return typeof found === 'object' ? found.text[locale] : String(value);
}

/** Where one answer is given: what is touched, and what is marked then. */
interface Mark {
  readonly touch: Locator;
  readonly input: Locator;
}

const literal = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A question's title as it is read out, with the button for a note that stands beside it. */
const titled = ({ title }: Pick<Question, 'title'>, locale: Locale): RegExp =>
  new RegExp(`^${literal(title[locale])}( .*)?$`);

/** The marks of a question's answer on the screen; none for a text. */
function marksOf(page: Page, question: Question, answer: unknown, locale: Locale): Mark[] {
  const main = page.getByRole('main');
  const mark = (place: Locator, role: 'radio' | 'checkbox', name: string): Mark => ({
    touch: place.getByText(name, { exact: true }),
    input: place.getByRole(role, { name, exact: true }),
  });
  const group = (role: 'radiogroup' | 'group') =>
    main.getByRole(role, { name: titled(question, locale) });
  switch (question.type) {
    case 'boolean':
      return [mark(main, 'radio', question.labelTrue![locale])];
    case 'radiogroup':
    case 'rating':
      return [mark(group('radiogroup'), 'radio', labelOf(question, answer, locale))];
    case 'checkbox':
      return (answer as unknown[]).map((one) =>
        mark(group('group'), 'checkbox', labelOf(question, one, locale)),
      );
    case 'matrix':
      return Object.entries(answer as Answers).map(([row, column]) => {
        const rowName = question.rows!.find(({ value }) => value === row)!.text[locale];
        // As it is read out: "row …, column …".
        const name = new RegExp(
          `\\s${literal(rowName)}, \\S+ ${literal(labelOf(question, column, locale))}$`,
        );
        const input = group('radiogroup').getByRole('radio', { name });
        return { touch: input.locator('..'), input };
      });
    case 'text':
      return [];
  }
}

const numberField = (page: Page, { title }: Question, locale: Locale): Locator =>
  page.getByRole('spinbutton', { name: titled({ title }, locale) });

const asked = ({ elements }: QuestionnairePage, answers: Answers) =>
  elements.filter(({ name }) => answers[name] !== undefined);

/** Answers one page of the interview by touch and keyboard, as an interviewer does; what is marked already stays. */
export async function answerPage(
  page: Page,
  questions: QuestionnairePage,
  answers: Answers,
  locale: Locale,
): Promise<void> {
  for (const question of asked(questions, answers)) {
    const answer = answers[question.name];
    if (question.type === 'text') {
      await numberField(page, question, locale).fill(String(answer));
    }
    for (const { touch: place, input } of marksOf(page, question, answer, locale)) {
      if (!(await input.isChecked())) await touch(place);
    }
  }
}

/** Every answer of the page that is not on the screen: `question: label`. */
export async function missingAnswers(
  page: Page,
  questions: QuestionnairePage,
  answers: Answers,
  locale: Locale,
): Promise<string[]> {
  const missing: string[] = [];
  for (const question of asked(questions, answers)) {
    const answer = answers[question.name];
    if (question.type === 'text') {
      const shown = await numberField(page, question, locale).inputValue();
      if (shown !== String(answer)) missing.push(`${question.name}: ${shown}`);
    }
    for (const { input } of marksOf(page, question, answer, locale)) {
      if (!(await input.isChecked())) missing.push(`${question.name}: ${String(answer)}`);
    }
  }
  return missing;
}

/** Lists a household of one and begins: from the language to the first question. */
export async function chooseOnlyAdult(page: Page, locale: Locale): Promise<void> {
  await page.getByLabel(text(locale, 'field.selection.age')).fill('44');
  for (const key of ['addWoman', 'begin']) {
    await touch(page.getByRole('button', { name: text(locale, `field.selection.${key}`) }));
  }
}

/** From one page to the next; the tablet changes hands where the respondent's own part begins and ends. */
export async function turnPage(
  page: Page,
  next: string,
  from: QuestionnairePage,
  to: QuestionnairePage,
  locale: Locale,
): Promise<void> {
  await touch(page.getByRole('button', { name: next, exact: true }));
  const hand = (stage: string) =>
    touch(
      page.getByRole('button', {
        name: text(locale, `field.interviewTools.handing.${stage}.action`),
      }),
    );
  if (to.privateBlock && !from.privateBlock) await hand('handing-over');
  if (from.privateBlock && !to.privateBlock) {
    await hand('ending');
    await hand('returning');
  }
}
