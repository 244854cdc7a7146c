import type { Model } from 'survey-core';
import type { Locale } from '@akimetr/api/contracts/common';
import type { QuestionnaireVersion } from '@akimetr/api/contracts/questionnaires';
import { askingSurvey, speak } from '../../../lib/interview/asking.ts';
import type { DraftContent, DraftRow } from '../../../offline/database.ts';

/** The SurveyJS object of one interview, as the draft left it. */
export function interviewSurvey(version: QuestionnaireVersion, draft: DraftRow): Model {
  const { answers, pageNo, uiState, language } = draft.content;
  const survey = askingSurvey(version.questionnaire, draft.randomSeed);
  speak(survey, draft.place, language);
  survey.data = structuredClone(answers);
  // Focus would turn back to the page of the question touched last.
  survey.uiState = { ...(uiState as object), activeElementName: undefined };
  survey.currentPageNo = pageNo;
  return survey;
}

/** All that is needed to go on exactly here. */
export function contentOf(survey: Model, language: Locale): DraftContent {
  return {
    answers: structuredClone(survey.data as Record<string, unknown>),
    pageNo: survey.currentPageNo,
    uiState: structuredClone(survey.uiState),
    language,
  };
}

/** How many of the questions asked of this respondent have an answer. */
export function answeredOf(survey: Model): { answered: number; asked: number } {
  const asked = survey.getAllQuestions(true).filter((question) => question.hasInput);
  return { answered: asked.filter((question) => !question.isEmpty()).length, asked: asked.length };
}
