import { createHash } from 'node:crypto';
import { canonicalJson } from '../contracts/canonical-json.ts';
import { locales, type Level, type LocalText, level as levelSchema } from '../contracts/common.ts';
import type {
  QuestionnaireFault,
  QuestionnaireJson,
  QuestionnaireSummary,
  QuestionnaireVersion,
} from '../contracts/questionnaires.ts';
import type { SessionUser } from '../contracts/session.ts';
import { compileScoring } from '../domain/scoring.ts';
import { isDuplicateKey } from '../models/database.ts';
import {
  questionnaireId,
  questionnaireOf,
  questionnaireStore,
  type StoredQuestionnaire,
} from '../models/questionnaires.ts';
import { Problem } from '../problem.ts';
import { audit } from './audit.ts';
import type { Deps } from './deps.ts';
import { countQuestions, structureFaults } from './questionnaire-structure.ts';

export const hashOf = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex');

type Summarised = Omit<StoredQuestionnaire, 'json'>;

function asSummary({ _id: _, publishedAt, ...rest }: Summarised): QuestionnaireSummary {
  return { ...rest, publishedAt: publishedAt.toISOString() };
}

export function asVersion(stored: StoredQuestionnaire): QuestionnaireVersion {
  const { json: _, ...summary } = stored;
  return { ...asSummary(summary), questionnaire: questionnaireOf(stored) };
}

export async function listQuestionnaires() {
  return { questionnaires: (await questionnaireStore.list()).map(asSummary) };
}

export async function getQuestionnaire(
  code: string,
  version: number,
): Promise<QuestionnaireVersion> {
  const stored = await questionnaireStore.get(code, version);
  if (stored === null) throw new Problem('not_found');
  return asVersion(stored);
}

/** The title in three languages; null when a language is missing. */
function titleOf(questionnaire: QuestionnaireJson): LocalText | null {
  const { title } = questionnaire;
  if (typeof title !== 'object' || title === null) return null;
  const texts = title as Record<string, unknown>;
  const complete = locales.every((locale) => typeof texts[locale] === 'string' && texts[locale]);
  return complete
    ? { kk: texts.kk as string, ru: texts.ru as string, en: texts.en as string }
    : null;
}

function levelsOf(questionnaire: QuestionnaireJson): Level[] {
  const parsed = levelSchema.array().min(1).safeParse(questionnaire.levels);
  return parsed.success ? parsed.data : [];
}

/** Everything wrong with a questionnaire: what survey-core finds, our structure, scoring. */
export function checkQuestionnaire(questionnaire: QuestionnaireJson): QuestionnaireFault[] {
  const faults: QuestionnaireFault[] = [];
  const error = (message: string) => faults.push({ question: null, message, severity: 'error' });
  if (titleOf(questionnaire) === null) error('title: give it in kk, ru and en');
  if (levelsOf(questionnaire).length === 0) {
    error('levels: name at least one of region, district, rural');
  }
  faults.push(...structureFaults(questionnaire));
  faults.push(
    ...compileScoring(questionnaire).faults.map((fault) => ({
      question: fault.question === '' ? null : fault.question,
      message: fault.reason,
      severity: 'error' as const,
    })),
  );
  return faults;
}

/** Publishes the next version of a questionnaire; it can never be changed. */
export async function publishQuestionnaire(
  deps: Deps,
  actor: SessionUser,
  code: string,
  questionnaire: QuestionnaireJson,
): Promise<QuestionnaireSummary> {
  const faults = checkQuestionnaire(questionnaire).filter((fault) => fault.severity === 'error');
  if (faults.length > 0) {
    throw new Problem('questionnaire_faults', {
      fields: faults.map(({ question, message }) => ({ path: question ?? '', message })),
    });
  }
  const version = (await questionnaireStore.newestVersion(code)) + 1;
  const published = { ...questionnaire, code, version };
  const stored: StoredQuestionnaire = {
    _id: questionnaireId(code, version),
    code,
    version,
    hash: hashOf(published),
    title: titleOf(questionnaire)!,
    levels: levelsOf(questionnaire),
    questions: countQuestions(questionnaire),
    publishedAt: deps.now(),
    publishedBy: actor.name,
    json: JSON.stringify(published),
  };
  try {
    await questionnaireStore.create(stored);
  } catch (error) {
    if (isDuplicateKey(error)) {
      throw new Problem('conflict', { detail: 'Somebody published this version just now.' });
    }
    throw error;
  }
  await audit(deps, actor.id, 'questionnaire.published', stored._id, { hash: stored.hash });
  const { json: _, ...summary } = stored;
  return asSummary(summary);
}
