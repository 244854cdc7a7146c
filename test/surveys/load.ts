import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SurveyModel } from 'survey-core';
import { methodology, type Methodology } from '@akimetr/api/contracts/methodologies';
import { questionsOf, type Plain } from '@akimetr/api/domain/questionnaire-json';
import { registerOurProperties } from '../../api/src/services/survey-properties.ts';

const readSurveys = (file: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, '../../surveys', file), 'utf8'));

export const questionnaireJson = readSurveys('akim-district.json') as Record<string, unknown>;
export const methodologyJson: Methodology = methodology.parse(readSurveys('methodology-2026.json'));

/** The JSON of every question, in the order of asking. */
export const questions: Plain[] = questionsOf(questionnaireJson).map(({ question }) => question);

export const questionNamed = (name: string): Plain => {
  const found = questions.find((question) => question.name === name);
  if (found === undefined) throw new Error(`no question ${name}`);
  return found;
};

/** Values of choices, columns, rows or rate values. */
export const codesOf = (list: unknown): unknown[] =>
  ((list ?? []) as unknown[]).map((choice) =>
    typeof choice === 'object' && choice !== null ? (choice as Plain).value : choice,
  );

/** What the answers of a question are chosen from; null for consent and age. */
export const answerCodes = (question: Plain): unknown[] | null => {
  const list = question.choices ?? question.columns ?? question.rateValues;
  return list === undefined ? null : codesOf(list);
};

export function newModel(): SurveyModel {
  registerOurProperties();
  return new SurveyModel(questionnaireJson);
}
