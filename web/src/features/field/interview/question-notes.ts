import i18next from 'i18next';
import type { Model, PageModel, Question } from 'survey-core';

import { isPrivate } from './private-block.ts';

/** A small button beside each question's title, for the interviewer's remark. None where the respondent is alone. */
export function offerNotes(
  survey: Model,
  hasNote: (question: string) => boolean,
  open: (question: string) => void,
): void {
  survey.onGetQuestionTitleActions.add((_, { question, actions }) => {
    if (isPrivate(question.page as PageModel) || !question.hasInput) return;
    actions.push({
      id: 'note',
      ...looks(hasNote(question.name)),
      action: () => open(question.name),
    });
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
