import { createHash } from 'node:crypto';
import { canonicalJson } from '../contracts/canonical-json.ts';
import {
  locales,
  type Level,
  type LocalText,
  level as levelSchema,
  type VersionRef,
} from '../contracts/common.ts';
import { faultMessage } from '../contracts/fault-messages.ts';
import type { ReplyOf } from '../contracts/operation.ts';
import type { Scenario } from '../contracts/questionnaire-drafts.ts';
import type {
  checkQuestionnaire as checkOperation,
  QuestionnaireJson,
  QuestionnaireSummary,
  QuestionnaireVersion,
} from '../contracts/questionnaires.ts';
import type { SessionUser } from '../contracts/session.ts';
import { type CheckContext, findingsOf, readingMinutes } from '../domain/questionnaire-check.ts';
import { textsOf } from '../domain/questionnaire-texts.ts';
import { isDuplicateKey } from '../models/database.ts';
import { methodologyStore } from '../models/methodologies.ts';
import {
  questionnaireId,
  questionnaireOf,
  questionnaireStore,
  type StoredQuestionnaire,
} from '../models/questionnaires.ts';
import { Problem } from '../problem.ts';
import { audit } from './audit.ts';
import type { Deps } from './deps.ts';
import { scoringIndicators } from './estimate-akim.ts';
import { countQuestions, structureFaults } from './questionnaire-structure.ts';

export const hashOf = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex');

type Summarised = Omit<StoredQuestionnaire, 'json' | 'scenarios'>;

function asSummary(stored: Summarised): QuestionnaireSummary {
  const { code, version, hash, title, levels, questions, publishedAt, publishedBy, retired } =
    stored;
  return {
    ...{ code, version, hash, title, levels, questions, publishedBy },
    publishedAt: publishedAt.toISOString(),
    // Versions that were published before there was retirement do not have the field.
    retired: retired ? { ...retired, at: retired.at.toISOString() } : null,
  };
}

export function asVersion(stored: StoredQuestionnaire): QuestionnaireVersion {
  return { ...asSummary(stored), questionnaire: questionnaireOf(stored) };
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

/** What a questionnaire is checked against besides itself. */
async function contextOf(code: unknown, methodology?: VersionRef): Promise<CheckContext> {
  const earlier = typeof code === 'string' ? await questionnaireStore.versionsOf(code) : [];
  const context = {
    earlier: earlier.map((stored) => ({
      version: stored.version,
      questionnaire: questionnaireOf(stored),
    })),
  };
  if (methodology === undefined) return context;
  const found = await methodologyStore.get(methodology.code, methodology.version);
  if (found === null) {
    const message = faultMessage('not_published', {
      version: `${methodology.code}@${methodology.version}`,
    });
    throw new Problem('invalid_input', { fields: [{ path: 'body.methodology', message }] });
  }
  return { ...context, indicators: scoringIndicators(found.methodology) };
}

/** Everything found in a questionnaire: by survey-core, and by our own check of structure, texts, logic and scoring. */
export async function checkQuestionnaire(
  questionnaire: QuestionnaireJson,
  methodology?: VersionRef,
): Promise<ReplyOf<typeof checkOperation>> {
  refuseTooDeep(questionnaire);
  const faults = [
    ...structureFaults(questionnaire),
    ...findingsOf(questionnaire, await contextOf(questionnaire.code, methodology)),
  ];
  return { faults, readingMinutes: readingMinutes(textsOf(questionnaire)) };
}

/** No person nests panels this deep; walking them would end the process's stack. */
export function refuseTooDeep(questionnaire: QuestionnaireJson): void {
  if (depthOf(questionnaire, mostLevels) <= mostLevels) return;
  const message = faultMessage('objects_too_deep', { levels: mostLevels });
  throw new Problem('invalid_input', { fields: [{ path: 'body.questionnaire', message }] });
}
const mostLevels = 100;

/** Levels of nesting, not counted further than one past `most`. */
function depthOf(value: unknown, most: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (most === 0) return 1;
  let deepest = 0;
  for (const inside of Object.values(value)) deepest = Math.max(deepest, depthOf(inside, most - 1));
  return deepest + 1;
}

/** Publishes the next version of a questionnaire; it can never be changed. */
export async function publishQuestionnaire(
  deps: Deps,
  actor: SessionUser,
  code: string,
  questionnaire: QuestionnaireJson,
  scenarios: readonly Scenario[] = [],
): Promise<QuestionnaireSummary> {
  const checked = await checkQuestionnaire({ ...questionnaire, code });
  const faults = checked.faults.filter((fault) => fault.severity === 'error');
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
    retired: null,
    json: JSON.stringify(published),
    scenarios: JSON.stringify(scenarios),
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
  return asSummary(stored);
}

/** Takes a version out of use: no new wave may choose it; waves that have it, and their interviews, go on. */
export async function retireQuestionnaire(
  deps: Deps,
  actor: SessionUser,
  code: string,
  version: number,
  reason: string,
): Promise<QuestionnaireSummary> {
  const retired = { at: deps.now(), by: actor.name, reason };
  const stored = await questionnaireStore.retire(code, version, retired);
  if (stored === null) {
    if ((await questionnaireStore.get(code, version)) === null) throw new Problem('not_found');
    throw new Problem('conflict', { detail: 'This version is retired already.' });
  }
  await audit(deps, actor.id, 'questionnaire.retired', stored._id, { reason });
  return asSummary(stored);
}
