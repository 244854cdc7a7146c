import type { Model } from 'survey-core';
import type { Locale } from '@akimetr/api/contracts/common';
import { compileScoring, scoreInterview, type ScoringPlan } from '@akimetr/api/domain/scoring';
import { askingSurvey, speak, type AskedAbout } from '../../../lib/interview/asking.ts';
import type { Scenario } from '@akimetr/api/contracts/questionnaire-drafts';
import type { Doc } from '../model/document.ts';

/** Words that stand for an office in a preview; on a tablet it is the one of the assignment. */
export const someOffice: AskedAbout = {
  office: { kk: 'Аудан әкімі', ru: 'Аким района', en: 'Akim of the district' },
  territoryName: { kk: 'Аудан', ru: 'Район', en: 'District' },
};

/** The same order of random choices in every preview: what is looked at twice looks the same. */
const previewSeed = 1;

/**
 * The draft as the tablet would ask it, with these answers already given.
 * @param page name of the page to begin at; the first where there is none of that name, or it is not shown
 */
export function previewSurvey(
  doc: Doc,
  language: Locale,
  answers: Readonly<Record<string, unknown>> = {},
  page = '',
): Model {
  const survey = askingSurvey(structuredClone(doc), previewSeed);
  speak(survey, someOffice, language);
  survey.data = structuredClone(answers);
  const begin = survey.visiblePages.find(({ name }) => name === page);
  if (begin) survey.currentPage = begin;
  // A preview is never handed in: its answers stay to be looked at.
  survey.onCompleting.add((_, options) => {
    options.allow = false;
  });
  return survey;
}

export const planOf = (doc: Doc): ScoringPlan => compileScoring(doc).plan;

/** What came of answers: which questions were asked, which were not answered as they must be, and the scores. */
export interface Course {
  readonly asked: readonly string[];
  /** Names of questions that keep the interview from its end; empty when the end is reached. */
  readonly stuck: readonly string[];
  /** Indicator → 0–100, null where it is missing. */
  readonly scores: Readonly<Record<string, number | null>>;
}

export function courseOf(survey: Model, plan: ScoringPlan): Course {
  const questions = survey.getAllQuestions(true).filter((question) => question.hasInput);
  return {
    asked: questions.map(({ name }) => name),
    stuck: questions.filter((question) => !question.validate(false)).map(({ name }) => name),
    scores: scoreInterview(plan, survey.data as Record<string, unknown>).indicators,
  };
}

/** What is otherwise than when the scenario was recorded; all empty when it still holds. */
export interface ScenarioResult {
  readonly added: readonly string[];
  readonly gone: readonly string[];
  /** Questions that newly keep it from the end, and those that no longer do. */
  readonly stuck: readonly string[];
  readonly freed: readonly string[];
  readonly rescored: readonly { indicator: string; before: number | null; now: number | null }[];
}

const same = (one: number | null, other: number | null) =>
  one === other || (one !== null && other !== null && Math.abs(one - other) < 1e-9);

/** Gives the recorded answers to the draft as it now is. Without an expectation only the end must be reached. */
export function replay(doc: Doc, plan: ScoringPlan, scenario: Scenario): ScenarioResult {
  const course = courseOf(previewSurvey(doc, scenario.language, scenario.answers), plan);
  const { expected } = scenario;
  if (expected === null) {
    return { added: [], gone: [], stuck: course.stuck, freed: [], rescored: [] };
  }
  const indicators = new Set([...Object.keys(expected.scores), ...Object.keys(course.scores)]);
  return {
    added: course.asked.filter((name) => !expected.asked.includes(name)),
    gone: expected.asked.filter((name) => !course.asked.includes(name)),
    stuck: course.stuck.filter((name) => !expected.stuck.includes(name)),
    freed: expected.stuck.filter((name) => !course.stuck.includes(name)),
    rescored: [...indicators].flatMap((indicator) => {
      const before = expected.scores[indicator] ?? null;
      const now = course.scores[indicator] ?? null;
      return same(before, now) ? [] : [{ indicator, before, now }];
    }),
  };
}

export const holds = ({ added, gone, stuck, freed, rescored }: ScenarioResult): boolean =>
  added.length + gone.length + stuck.length + freed.length + rescored.length === 0;
