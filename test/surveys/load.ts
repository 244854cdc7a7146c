import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SurveyModel } from 'survey-core';
import { methodology, type Methodology } from '@akimetr/api/contracts/methodologies';
import { questionsOf, type Plain } from '@akimetr/api/domain/questionnaire-json';
import { registerOurProperties } from '../../api/src/services/survey-properties.ts';

const readSurveys = (file: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, '../../surveys', file), 'utf8'));

/** One of the questionnaires in surveys/, as the tests look at it. */
export interface Content {
  readonly json: Record<string, unknown>;
  /** The JSON of every question, in the order of asking. */
  readonly questions: readonly Plain[];
  readonly named: (name: string) => Plain;
  readonly newModel: () => SurveyModel;
}

function contentOf(file: string): Content {
  const json = readSurveys(file) as Record<string, unknown>;
  const questions = questionsOf(json).map(({ question }) => question);
  return {
    json,
    questions,
    named: (name) => {
      const found = questions.find((question) => question.name === name);
      if (found === undefined) throw new Error(`no question ${name} in ${file}`);
      return found;
    },
    newModel: () => {
      registerOurProperties();
      return new SurveyModel(json);
    },
  };
}

export const region = contentOf('akim-region.json');
export const district = contentOf('akim-district.json');
export const rural = contentOf('akim-rural.json');
export const short = contentOf('akim-short.json');

/** The three questionnaires of a whole wave, and the short form, by their codes. */
export const full = [
  ['akim-region', region],
  ['akim-district', district],
  ['akim-rural', rural],
] as const;
export const all = [...full, ['akim-short', short]] as const;

const methodologyOf = (file: string): Methodology => methodology.parse(readSurveys(file));
export const methodologyJson = methodologyOf('methodology-2026.json');
export const regionMethodology = methodologyOf('methodology-region-2026.json');
export const ruralMethodology = methodologyOf('methodology-rural-2026.json');
export const shortMethodology = methodologyOf('methodology-short-2026.json');

/** The indicators of a methodology in the form that scoring wants. */
export const indicatorsOf = ({ blocks }: Methodology) =>
  blocks.flatMap(({ indicators }) =>
    indicators.map(({ code, minimumItems }) => ({ name: code, minimumItems })),
  );

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
