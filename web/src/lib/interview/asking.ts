import { Model } from 'survey-core';
import type { Locale, LocalText } from '@akimetr/api/contracts/common';
import type { QuestionnaireJson } from '@akimetr/api/contracts/questionnaires';
import { quietQuestions } from './quiet-questions.ts';
import './survey-texts.ts';
import { surveyTheme } from './survey-theme.ts';

/** Whose work is asked about, in the words of each language. */
export interface AskedAbout {
  readonly office: LocalText;
  readonly territoryName: LocalText;
}

/**
 * The SurveyJS object of an interview as the tablet asks it: one set-up for the interview and for its preview.
 * @param randomSeed settles every random order, so that an interview that is opened again asks in the same one
 */
export function askingSurvey(questionnaire: QuestionnaireJson, randomSeed: number): Model {
  const survey = new Model(questionnaire);
  survey.randomSeed = randomSeed;
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
  quietQuestions(survey, questionnaire);
  return survey;
}

/** Sets the interview's language; the texts that name the office follow it. */
export function speak(survey: Model, about: AskedAbout, language: Locale): void {
  survey.locale = language;
  survey.setVariable('office', about.office[language]);
  survey.setVariable('territory', about.territoryName[language]);
}
