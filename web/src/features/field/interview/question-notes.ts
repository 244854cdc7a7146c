import i18next from 'i18next';
import type { Model, PageModel, Question } from 'survey-core';

import { isPrivate } from './private-block.ts';

/** A small button beside each question's title, for the interviewer's remark. None where the respondent is alone. */
export function offerNotes(
  survey: Model,
  hasNote: (question: string) => boolean,
  open: (question: string) => void,
): void {
  survey.getAllQuestions().forEach(nameByTitleAlone);
  survey.onGetQuestionTitleActions.add((_, { question, actions }) => {
    if (isPrivate(question.page as PageModel) || !question.hasInput) return;
    actions.push({
      id: 'note',
      // On a narrow screen it would go into a menu of its own, behind three dots.
      disableHide: true,
      ...looks(hasNote(question.name)),
      action: () => open(question.name),
    });
  });
}

/** The button stands within the title, which would name the question: it is called by its own words instead. */
function nameByTitleAlone(question: Question): void {
  if (!question.hasInput) return;
  const ownWords = () => question.processedTitle;
  const nothing = () => null;
  Object.defineProperties(question, {
    // Questions of the older kind are named on their frame, those of the newer on the group of their inputs.
    ariaLabelledBy: { get: nothing },
    ariaLabel: { get: question.isNewA11yStructure ? nothing : ownWords },
    titleAriaLabel: { get: nothing },
    a11y_input_ariaLabelledBy: { get: nothing },
    a11y_input_ariaLabel: { get: ownWords },
  });
}

/** Shows on a question's button whether it has a note now. */
export function showNote(question: Question, has: boolean): void {
  const action = question.getTitleToolbar().getActionById('note');
  if (action) Object.assign(action, looks(has));
}

function looks(has: boolean) {
  const title = i18next.t(has ? 'interviewTools.noteChange' : 'interviewTools.noteAdd', {
    ns: 'field',
  });
  return { title, tooltip: title, innerCss: has ? 'note-button note-button-kept' : 'note-button' };
}
