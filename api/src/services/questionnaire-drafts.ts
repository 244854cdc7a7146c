import { faultMessage } from '../contracts/fault-messages.ts';
import type { BodyOf, QueryOf } from '../contracts/operation.ts';
import { scenarios as storedScenarios } from '../contracts/questionnaire-drafts.ts';
import type {
  createDraft as createOperation,
  DraftSummary,
  getDiff as diffOperation,
  QuestionnaireDraft,
  saveDraft as saveOperation,
  Scenario,
} from '../contracts/questionnaire-drafts.ts';
import type { QuestionnaireDiff } from '../contracts/questionnaire-diff.ts';
import { locales } from '../contracts/common.ts';
import type { QuestionnaireJson, QuestionnaireSummary } from '../contracts/questionnaires.ts';
import type { SessionUser } from '../contracts/session.ts';
import { diffQuestionnaires } from '../domain/questionnaire-diff.ts';
import { isDuplicateKey } from '../models/database.ts';
import { draftStore, type StoredDraft } from '../models/questionnaire-drafts.ts';
import { questionnaireOf, questionnaireStore } from '../models/questionnaires.ts';
import { Problem } from '../problem.ts';
import { audit } from './audit.ts';
import type { Deps } from './deps.ts';
import { countQuestions } from './questionnaire-structure.ts';
import { getQuestionnaire, publishQuestionnaire, refuseTooDeep } from './questionnaires.ts';

type Listed = Omit<StoredDraft, 'json' | 'scenarios'>;

function asSummary(stored: Listed): DraftSummary {
  const { _id, revision, basedOn, questions, createdBy, changedBy } = stored;
  return {
    ...{ code: _id, revision, basedOn, questions, createdBy, changedBy },
    title: JSON.parse(stored.title) as DraftSummary['title'],
    createdAt: stored.createdAt.toISOString(),
    changedAt: stored.changedAt.toISOString(),
  };
}

const asDraft = (stored: StoredDraft): QuestionnaireDraft => ({
  ...asSummary(stored),
  questionnaire: JSON.parse(stored.json) as QuestionnaireJson,
  scenarios: scenariosOf(stored.scenarios),
});

/** Scenarios as they are stored; those recorded before there was all of `expected` get the rest of it. */
const scenariosOf = (json: string): Scenario[] => storedScenarios.parse(JSON.parse(json));

/** The languages in which the title is written. */
function titleOf({ title }: QuestionnaireJson): DraftSummary['title'] {
  if (typeof title !== 'object' || title === null) return {};
  const texts = title as Record<string, unknown>;
  return Object.fromEntries(
    locales.flatMap((locale) => {
      const text = texts[locale];
      return typeof text === 'string' && text !== '' ? [[locale, text.slice(0, 500)]] : [];
    }),
  );
}

function contentOf(
  deps: Deps,
  actor: SessionUser,
  questionnaire: QuestionnaireJson,
  scenarios: readonly Scenario[],
) {
  refuseTooDeep(questionnaire);
  return {
    title: JSON.stringify(titleOf(questionnaire)),
    questions: countQuestions(questionnaire),
    json: JSON.stringify(questionnaire),
    scenarios: JSON.stringify(scenarios),
    changedAt: deps.now(),
    changedBy: actor.name,
  };
}

export async function listDrafts(): Promise<{ drafts: DraftSummary[] }> {
  return { drafts: (await draftStore.list()).map(asSummary) };
}

export async function getDraft(code: string): Promise<QuestionnaireDraft> {
  const stored = await draftStore.get(code);
  if (stored === null) throw new Problem('not_found');
  return asDraft(stored);
}

/** The text and scenarios that a new draft begins with. */
async function beginning(code: string, wanted: BodyOf<typeof createOperation>) {
  if (wanted.from === 'version') {
    const version = await questionnaireStore.get(code, wanted.version);
    if (version === null) {
      const message = faultMessage('not_published', { version: `${code}@${wanted.version}` });
      throw new Problem('invalid_input', { fields: [{ path: 'body.version', message }] });
    }
    const { version: _, ...questionnaire } = questionnaireOf(version);
    const scenarios = scenariosOf(version.scenarios ?? '[]');
    return { questionnaire, scenarios, basedOn: wanted.version };
  }
  const given = wanted.from === 'json' ? wanted.questionnaire : { locale: 'kk', pages: [] };
  const { version: _, ...questionnaire } = given;
  return { questionnaire, scenarios: [], basedOn: null };
}

/** Begins the draft of a code; there is one for each. */
export async function createDraft(
  deps: Deps,
  actor: SessionUser,
  code: string,
  wanted: BodyOf<typeof createOperation>,
): Promise<QuestionnaireDraft> {
  const { questionnaire, scenarios, basedOn } = await beginning(code, wanted);
  const content = contentOf(deps, actor, { ...questionnaire, code }, scenarios);
  const { changedAt, changedBy } = content;
  const made = { createdAt: changedAt, createdBy: changedBy };
  const stored: StoredDraft = { _id: code, revision: 1, basedOn, ...made, ...content };
  try {
    await draftStore.create(stored);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw new Problem('conflict', { detail: `There is a draft of ${code} already.` });
  }
  await audit(deps, actor.id, 'questionnaire-draft.created', code, { from: wanted.from, basedOn });
  return asDraft(stored);
}

/** The text of a version or of the draft. */
async function textOf(code: string, side: number | 'draft'): Promise<QuestionnaireJson> {
  return side === 'draft'
    ? (await getDraft(code)).questionnaire
    : (await getQuestionnaire(code, side)).questionnaire;
}

/** What changed between two texts of one code, and what that does to comparability. */
export async function compareTexts(
  code: string,
  { from, to }: QueryOf<typeof diffOperation>,
): Promise<QuestionnaireDiff> {
  return diffQuestionnaires(await textOf(code, from), await textOf(code, to));
}

/** Why a revision could not be changed: the draft is gone, or somebody saved a newer one. */
async function conflictOf(code: string): Promise<Problem> {
  const present = await draftStore.get(code);
  if (present === null) return new Problem('not_found');
  const { revision, changedBy, changedAt } = present;
  return new Problem('draft_conflict', {
    newer: { revision, by: changedBy, at: changedAt.toISOString() },
  });
}

/** Saves a draft over the revision it was made from, and never over another. */
export async function saveDraft(
  deps: Deps,
  actor: SessionUser,
  code: string,
  { revision, questionnaire, scenarios }: BodyOf<typeof saveOperation>,
): Promise<DraftSummary> {
  const content = contentOf(deps, actor, { ...questionnaire, code }, scenarios);
  const stored = await draftStore.save(code, revision, content);
  if (stored === null) throw await conflictOf(code);
  return asSummary(stored);
}

export async function deleteDraft(
  deps: Deps,
  actor: SessionUser,
  code: string,
  revision: number,
): Promise<{ deleted: true }> {
  if (!(await draftStore.remove(code, revision))) throw await conflictOf(code);
  await audit(deps, actor.id, 'questionnaire-draft.deleted', code, { revision });
  return { deleted: true };
}

/** Publishes the draft as it was read. It ends with that, unless somebody saved it meanwhile: nothing of theirs is lost. */
export async function publishDraft(
  deps: Deps,
  actor: SessionUser,
  code: string,
  revision: number,
): Promise<QuestionnaireSummary> {
  const draft = await draftStore.get(code);
  if (draft === null || draft.revision !== revision) throw await conflictOf(code);
  const { questionnaire, scenarios } = asDraft(draft);
  const published = await publishQuestionnaire(deps, actor, code, questionnaire, scenarios);
  await draftStore.remove(code, revision);
  return published;
}
