import type { Model, PageModel } from 'survey-core';

/**
 * Pages that the respondent answers alone: while the block is open the interviewer cannot leave it, and once the
 * respondent has ended it nobody can open it on this tablet again.
 */
export type PrivateBlock = 'open' | 'ended';

export const isPrivate = (page: PageModel | null | undefined): boolean =>
  (page as { privateBlock?: boolean } | null | undefined)?.privateBlock === true;

export const privatePages = (survey: Model): PageModel[] => survey.visiblePages.filter(isPrivate);

/** The nearest page in a direction that the interviewer may see; null when there is none. */
export function openPage(survey: Model, from: PageModel, step: 1 | -1): PageModel | null {
  const pages = survey.visiblePages;
  for (let place = pages.indexOf(from) + step; pages[place]; place += step) {
    if (!isPrivate(pages[place])) return pages[place]!;
  }
  return null;
}

const questionsOf = (page: PageModel) =>
  page.questions.filter((question) => question.isVisible && question.hasInput);

/** Where an interrupted block goes on: the first private page with a question not answered yet. */
export const firstUnanswered = (survey: Model): PageModel | null =>
  privatePages(survey).find((page) => questionsOf(page).some((one) => one.isEmpty())) ?? null;

/** Questions answered before the interruption: they are not shown again, to whoever holds the tablet now. */
export const answeredAlone = (survey: Model): ReadonlySet<string> =>
  new Set(
    privatePages(survey)
      .flatMap(questionsOf)
      .filter((question) => !question.isEmpty())
      .map(({ name }) => name),
  );
