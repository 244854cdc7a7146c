import type { Model, Question } from 'survey-core';
import type { QuestionnaireVersion } from '@akimetr/api/contracts/questionnaires';
import { askingSurvey, speak } from '../../../lib/interview/asking.ts';
import type { DraftRow } from '../../../offline/database.ts';
import './survey-properties.ts';

/** The SurveyJS object of one interview, as the draft left it. */
export function interviewSurvey(version: QuestionnaireVersion, draft: DraftRow): Model {
  const { answers, pageNo, uiState, language } = draft.content;
  const survey = askingSurvey(version.questionnaire, draft.randomSeed);
  survey.getAllQuestions().forEach(markMissing);
  speak(survey, draft.place, language);
  survey.data = structuredClone(answers);
  // Focus would turn back to the page of the question touched last.
  survey.uiState = { ...(uiState as object), activeElementName: undefined };
  survey.currentPageNo = pageNo;
  return survey;
}

/** "Don't know", "refused" and the like are marked, so that they look unlike an answer. */
function markMissing(question: Question): void {
  const kinds = (question as { missingValues?: Record<string, unknown[]> }).missingValues ?? {};
  const missing = new Set(Object.values(kinds).flat());
  const asked = question as Question & { getItemClass?: (...of: { value: unknown }[]) => string };
  if (missing.size === 0 || !asked.getItemClass) return;
  const plain = asked.getItemClass.bind(question);
  // A choice or rating is asked about by itself, a cell of a grid by its row and column.
  asked.getItemClass = (...of) =>
    missing.has(of.at(-1)?.value) ? `${plain(...of)} not-an-answer` : plain(...of);
}

/** How many of the questions asked of this respondent have an answer. */
export function answeredOf(survey: Model): { answered: number; asked: number } {
  const asked = survey.getAllQuestions(true).filter((question) => question.hasInput);
  return { answered: asked.filter((question) => !question.isEmpty()).length, asked: asked.length };
}
