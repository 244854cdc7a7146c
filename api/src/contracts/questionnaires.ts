import { z } from 'zod';
import { code, instant, level, localText, sha256, versionRef } from './common.ts';
import { operation } from './operation.ts';

/** A SurveyJS JSON object; survey-core is what checks its inside. */
export const questionnaireJson = z.record(z.string(), z.unknown());
export type QuestionnaireJson = z.infer<typeof questionnaireJson>;

export const questionnaireSummary = versionRef.extend({
  hash: sha256,
  title: localText,
  levels: z.array(level),
  questions: z.number().int(),
  publishedAt: instant,
  publishedBy: z.string(),
});
export type QuestionnaireSummary = z.infer<typeof questionnaireSummary>;

export const questionnaireVersion = questionnaireSummary.extend({
  questionnaire: questionnaireJson,
});
export type QuestionnaireVersion = z.infer<typeof questionnaireVersion>;

/** One thing wrong with a questionnaire: where and why. */
export const questionnaireFault = z.object({
  question: z.string().nullable(),
  message: z.string(),
  severity: z.enum(['error', 'warning']),
});
export type QuestionnaireFault = z.infer<typeof questionnaireFault>;

export const listQuestionnaires = operation({
  method: 'get',
  path: '/questionnaires',
  summary: 'Published versions, newest first',
  access: 'questionnaires.read',
  reply: z.object({ questionnaires: z.array(questionnaireSummary) }),
});

export const getQuestionnaire = operation({
  method: 'get',
  path: '/questionnaires/:code/versions/:version',
  summary: 'One published version',
  access: 'questionnaires.read',
  params: z.object({ code, version: z.coerce.number().int().min(1) }),
  reply: questionnaireVersion,
});

export const checkQuestionnaire = operation({
  method: 'post',
  path: '/questionnaires/check',
  summary: 'Everything wrong with a questionnaire, before it is published',
  access: 'questionnaires.publish',
  body: z.object({ questionnaire: questionnaireJson }),
  reply: z.object({ faults: z.array(questionnaireFault) }),
});

export const publishQuestionnaire = operation({
  method: 'post',
  path: '/questionnaires/:code/versions',
  summary: 'Publish the next version; it can never be changed',
  access: 'questionnaires.publish',
  params: z.object({ code }),
  body: z.object({ questionnaire: questionnaireJson }),
  reply: questionnaireSummary,
  status: 201,
});
