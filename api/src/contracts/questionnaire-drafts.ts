import { z } from 'zod';
import { code, instant, locale, locales } from './common.ts';
import { fileReply, operation } from './operation.ts';
import { questionnaireDiff } from './questionnaire-diff.ts';
import { questionnaireFile, questionnaireJson, questionnaireSummary } from './questionnaires.ts';

/**
 * A recorded respondent ("an urban woman of 65"): answers that are given again to every later text of the
 * questionnaire, and what came of them when they were recorded.
 */
export const scenario = z.object({
  name: z.string().trim().min(1).max(200),
  language: locale,
  answers: z.record(z.string(), z.unknown()),
  expected: z
    .object({
      /** Names of the questions that were asked. */
      asked: z.array(z.string()),
      /** Indicator → score 0–100, null where it was missing. */
      scores: z.record(z.string(), z.number().nullable()),
      /** Names of the questions that kept it from the end, as a refusal does; none when it got there. */
      stuck: z.array(z.string()).default([]),
    })
    .nullable(),
});
export type Scenario = z.infer<typeof scenario>;
export const scenarios = z.array(scenario).max(200);

export const draftSummary = z.object({
  code,
  /** Grows by one with every save; a save must name the revision it was made from. */
  revision: z.number().int().min(1),
  /** As far as it is written; a language may be missing. */
  title: z
    .object(
      Object.fromEntries(locales.map((one) => [one, z.string()])) as Record<
        (typeof locales)[number],
        z.ZodString
      >,
    )
    .partial(),
  /** Published version it was begun from; null when from nothing or a file. */
  basedOn: z.number().int().nullable(),
  questions: z.number().int(),
  createdAt: instant,
  createdBy: z.string(),
  changedAt: instant,
  changedBy: z.string(),
});
export type DraftSummary = z.infer<typeof draftSummary>;

/** The text being written of a questionnaire: one for each code. Not to be confused with a draft interview. */
export const questionnaireDraft = draftSummary.extend({
  questionnaire: questionnaireJson,
  scenarios,
});
export type QuestionnaireDraft = z.infer<typeof questionnaireDraft>;

const draftParams = z.object({ code });

export const listDrafts = operation({
  method: 'get',
  path: '/questionnaire-drafts',
  summary: 'Drafts of questionnaires, last changed first',
  access: 'questionnaires.draft',
  reply: z.object({ drafts: z.array(draftSummary) }),
});

export const createDraft = operation({
  method: 'post',
  path: '/questionnaire-drafts/:code',
  summary: 'Begin a draft: empty, from a published version with its scenarios, or from JSON',
  access: 'questionnaires.draft',
  params: draftParams,
  body: z.discriminatedUnion('from', [
    z.object({ from: z.literal('nothing') }),
    z.object({ from: z.literal('version'), version: z.number().int().min(1) }),
    z.object({ from: z.literal('json'), questionnaire: questionnaireJson }),
  ]),
  reply: questionnaireDraft,
  status: 201,
});

export const getDraft = operation({
  method: 'get',
  path: '/questionnaire-drafts/:code',
  summary: 'A draft with its text and scenarios',
  access: 'questionnaires.draft',
  params: draftParams,
  reply: questionnaireDraft,
});

export const saveDraft = operation({
  method: 'put',
  path: '/questionnaire-drafts/:code',
  summary: 'Save a draft made from `revision`; draft_conflict when somebody saved a newer one',
  access: 'questionnaires.draft',
  params: draftParams,
  body: z.object({
    revision: z.number().int().min(1),
    questionnaire: questionnaireJson,
    scenarios,
  }),
  reply: draftSummary,
});

export const deleteDraft = operation({
  method: 'delete',
  path: '/questionnaire-drafts/:code',
  summary: 'Delete a draft at `revision`; published versions stay',
  access: 'questionnaires.draft',
  params: draftParams,
  query: z.object({ revision: z.coerce.number().int().min(1) }),
  reply: z.object({ deleted: z.literal(true) }),
});

export const publishDraft = operation({
  method: 'post',
  path: '/questionnaire-drafts/:code/publish',
  summary:
    'Publish the draft at `revision` as the next version; the draft ends, its scenarios go along',
  access: 'questionnaires.publish',
  params: draftParams,
  body: z.object({ revision: z.number().int().min(1) }),
  reply: questionnaireSummary,
  status: 201,
});

export const getDraftFile = operation({
  method: 'get',
  path: '/questionnaire-drafts/:code/files/:file',
  summary: 'A file made of a draft as last saved',
  access: 'questionnaires.draft',
  params: draftParams.extend({ file: questionnaireFile }),
  reply: fileReply,
  replyType: 'file',
});

const side = z.union([z.literal('draft'), z.coerce.number().int().min(1)]);

export const getDiff = operation({
  method: 'get',
  path: '/questionnaires/:code/diff',
  summary: 'What changed between two versions or the draft, and what that does to comparability',
  access: 'questionnaires.draft',
  params: draftParams,
  query: z.object({ from: side, to: side }),
  reply: questionnaireDiff,
});
