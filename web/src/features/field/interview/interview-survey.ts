import { Model } from 'survey-core';
import type { Locale } from '@akimetr/api/contracts/common';
import type { QuestionnaireVersion } from '@akimetr/api/contracts/questionnaires';
import type { DraftContent, DraftRow, Place } from '../../../offline/database.ts';
import './survey-texts.ts';
import { surveyTheme } from './survey-theme.ts';

/** The SurveyJS object of one interview, as the draft left it. */
export function interviewSurvey(version: QuestionnaireVersion, draft: DraftRow): Model {
  const { answers, pageNo, uiState, language } = draft.content;
  const survey = new Model(version.questionnaire);
  survey.randomSeed = draft.randomSeed;
  survey.applyTheme(surveyTheme);
  survey.fitToContainer = false;
  survey.showTitle = false;
  survey.showProgressBar = false;
  survey.showCompletePage = false;
  survey.showPreviewBeforeComplete = false;
  survey.showTOC = false;
  survey.showTimer = false;
  survey.autoAdvanceAllowComplete = false;
  survey.autoFocusFirstQuestion = false;
  // Each keystroke is an answer to be saved, not only the last one of a field.
  survey.textUpdateMode = 'onTyping';
  speak(survey, draft.place, language);
  survey.data = structuredClone(answers);
  // Focus would turn back to the page of the question touched last.
  survey.uiState = { ...(uiState as object), activeElementName: undefined };
  survey.currentPageNo = pageNo;
  return survey;
}

/** Sets the interview's language; the texts that name the office follow it. */
export function speak(survey: Model, place: Place, language: Locale): void {
  survey.locale = language;
  survey.setVariable('office', place.office[language]);
  survey.setVariable('territory', place.territoryName[language]);
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
