import type { Model, PageModel } from 'survey-core';
import {
  answeredAlone,
  firstUnanswered,
  isPrivate,
  openPage,
  privatePages,
} from './private-block.ts';
import type { PrivateBlock } from './private-block.ts';

/**
 * The tablet changes hands: `handing-over` to the respondent; `ending`, the respondent is asked whether that was all;
 * `returning`, back to the interviewer.
 */
export type Handing = 'handing-over' | 'ending' | 'returning';

interface Surroundings {
  readonly block: () => PrivateBlock | undefined;
  readonly setBlock: (block: PrivateBlock) => void;
  /** The last answer is only on the screen. */
  readonly isUnsaved: () => boolean;
  readonly turnTo: (stage: Handing | 'asking') => void;
}

export interface PageGuard {
  /** Where a sitting begins: an open private block does not show itself to whoever opens the draft. */
  readonly firstStage: () => Handing | 'asking';
  readonly handOn: (stage: string) => void;
  /** Checks all that the interviewer may see. @returns whether nothing is left to ask */
  readonly mayFinish: () => boolean;
}

/** Which page may follow which: answers saved, warnings seen, the private block the respondent's alone. */
export function guardPages(survey: Model, around: Surroundings): PageGuard {
  let passing = false;
  /** Warnings the interviewer has seen, with the answer each was about. */
  const seen = new Set<string>();
  let covered: ReadonlySet<string> =
    around.block() === 'open' ? answeredAlone(survey) : new Set<string>();
  survey.onUpdateQuestionCssClasses.add((_, { question, cssClasses }) => {
    if (covered.has(question.name)) {
      (cssClasses as { mainRoot: string }).mainRoot += ' answered-alone';
    }
  });

  const go = (page: PageModel) => {
    passing = true;
    survey.currentPage = page;
    passing = false;
    showWayBack();
  };
  /** Within the block there is no way out but its end; what was answered before an interruption stays closed. */
  const showWayBack = () => {
    const page = survey.currentPage as PageModel;
    const previous = survey.visiblePages[survey.visiblePages.indexOf(page) - 1];
    survey.showPrevButton = !isPrivate(page) || (isPrivate(previous) && covered.size === 0);
  };

  const unseenWarning = (page: PageModel): boolean => {
    const unseen = page.questions
      .filter((question) => question.isVisible && question.errors.some((error) => error.isWarning))
      .map((question) => `${question.name} ${JSON.stringify(question.value)}`)
      .filter((key) => !seen.has(key));
    for (const key of unseen) seen.add(key);
    return unseen.length > 0;
  };

  /** @returns whether the page may be turned */
  const mayTurn = (from: PageModel, to: PageModel, forward: boolean): boolean => {
    if (isPrivate(from) && !isPrivate(to)) {
      if (forward) around.turnTo('ending');
      return false;
    }
    if (!isPrivate(from) && isPrivate(to)) {
      if (around.block() !== 'ended' && forward) around.turnTo('handing-over');
      const beyond =
        around.block() === 'ended' || !forward ? openPage(survey, from, forward ? 1 : -1) : null;
      if (beyond) go(beyond);
      return false;
    }
    return true;
  };

  survey.onCurrentPageChanging.add((_, options) => {
    if (passing) return;
    const [from, to] = [options.oldCurrentPage, options.newCurrentPage];
    if (around.isUnsaved()) options.allow = false;
    else if (options.isGoingForward && from && unseenWarning(from)) options.allow = false;
    else if (from && to && !mayTurn(from, to, options.isGoingForward)) options.allow = false;
  });
  survey.onCurrentPageChanged.add(showWayBack);
  showWayBack();

  /** The block is closed for good; the interviewer goes on behind it, or before it when nothing follows. */
  const end = () => {
    const wanting = privatePages(survey).find((page) => !survey.validatePage(page));
    if (wanting) {
      go(wanting);
      return around.turnTo('asking');
    }
    around.setBlock('ended');
    covered = new Set();
    const last = privatePages(survey).at(-1) as PageModel;
    go(openPage(survey, last, 1) ?? openPage(survey, last, -1) ?? last);
    around.turnTo('returning');
  };

  const begin = () => {
    const page = around.block() === 'open' ? firstUnanswered(survey) : privatePages(survey)[0];
    around.setBlock('open');
    if (!page) return around.turnTo('ending');
    go(page);
    around.turnTo('asking');
  };

  return {
    firstStage: () => {
      if (around.block() === 'open') return 'handing-over';
      const page = survey.currentPage as PageModel;
      if (around.block() === 'ended' && isPrivate(page)) {
        go(openPage(survey, page, 1) ?? openPage(survey, page, -1) ?? page);
      }
      return 'asking';
    },
    handOn: (stage) => {
      if (stage === 'handing-over') begin();
      else if (stage === 'ending') end();
      else if (stage === 'returning') around.turnTo('asking');
    },
    mayFinish: () => {
      const page = survey.currentPage as PageModel;
      if (isPrivate(page)) {
        around.turnTo('ending');
        return false;
      }
      if (unseenWarning(page)) return false;
      // A closed block was checked when it ended, and must not be opened by a fault found in it now.
      const wanting = survey.visiblePages.find(
        (one) => !isPrivate(one) && !survey.validatePage(one),
      );
      if (wanting && wanting !== page) go(wanting);
      const ahead = privatePages(survey).length > 0 && around.block() !== 'ended';
      if (!wanting && ahead) around.turnTo('handing-over');
      return !wanting && !ahead;
    },
  };
}
