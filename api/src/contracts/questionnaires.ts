import { z } from 'zod';
import { code, instant, level, localText, sha256, versionRef } from './common.ts';
import { fileReply, operation, spreadsheetBody, spreadsheetType } from './operation.ts';
import { questionnaireFault } from './questionnaire-findings.ts';
import { unsupportedPart } from './xlsform.ts';

export { questionnaireFault, type QuestionnaireFault } from './questionnaire-findings.ts';

/** A SurveyJS JSON object; survey-core is what checks its inside. */
export const questionnaireJson = z.record(z.string(), z.unknown());
export type QuestionnaireJson = z.infer<typeof questionnaireJson>;

/** Who took a version out of use, when and why: no new wave may choose it; what runs on it goes on. */
export const retirement = z.object({ at: instant, by: z.string(), reason: z.string() });
export type Retirement = z.infer<typeof retirement>;

export const questionnaireSummary = versionRef.extend({
  hash: sha256,
  title: localText,
  levels: z.array(level),
  questions: z.number().int(),
  publishedAt: instant,
  publishedBy: z.string(),
  /** Null while new waves may choose it. */
  retired: retirement.nullable(),
});
export type QuestionnaireSummary = z.infer<typeof questionnaireSummary>;

export const questionnaireVersion = questionnaireSummary.extend({
  questionnaire: questionnaireJson,
});
export type QuestionnaireVersion = z.infer<typeof questionnaireVersion>;

const versionParams = z.object({ code, version: z.coerce.number().int().min(1) });

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
  params: versionParams,
  reply: questionnaireVersion,
});

export const checkQuestionnaire = operation({
  method: 'post',
  path: '/questionnaires/check',
  summary: 'Everything wrong with a questionnaire, before it is published',
  access: 'questionnaires.publish',
  body: z.object({
    /** Its `code` tells which published versions its names are compared with. */
    questionnaire: questionnaireJson,
    /** When given, its indicators must each have an item, and no item another indicator. */
    methodology: versionRef.optional(),
  }),
  reply: z.object({
    faults: z.array(questionnaireFault),
    /** Minutes it takes to read every question and choice aloud, by language. */
    readingMinutes: z.object({ kk: z.number(), ru: z.number(), en: z.number() }),
  }),
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

export const retireQuestionnaire = operation({
  method: 'post',
  path: '/questionnaires/:code/versions/:version/retire',
  summary: 'Take a published version out of use: no new wave may choose it',
  access: 'questionnaires.publish',
  params: versionParams,
  body: z.object({ reason: z.string().trim().min(1).max(500) }),
  reply: questionnaireSummary,
});

/** Files made of a questionnaire: `form-kk.pdf` is the printed form in Kazakh. */
export const questionnaireFile = z.enum([
  'questionnaire.json',
  'strings.xlsx',
  'codebook.xlsx',
  'xlsform.xlsx',
  'form-kk.pdf',
  'form-ru.pdf',
  'form-en.pdf',
]);
export type QuestionnaireFile = z.infer<typeof questionnaireFile>;

export const getQuestionnaireFile = operation({
  method: 'get',
  path: '/questionnaires/:code/versions/:version/files/:file',
  summary:
    'A file made of a published version: JSON, texts for translators, codebook, XLSForm, printed form',
  access: 'questionnaires.read',
  params: versionParams.extend({ file: questionnaireFile }),
  reply: fileReply,
  replyType: 'file',
});

export const importQuestionnaire = operation({
  method: 'post',
  path: '/questionnaires/import',
  summary: 'Read an XLSForm workbook (ODK, Kobo) as a questionnaire; nothing is stored',
  access: 'questionnaires.draft',
  body: spreadsheetBody,
  bodyType: spreadsheetType,
  reply: z.object({ questionnaire: questionnaireJson, unsupported: z.array(unsupportedPart) }),
});

/** One row of a translators' workbook; a language that was left empty is not there. */
export const translatedRow = z.object({
  /** Key of the text, as the workbook was made with. */
  key: z.string(),
  row: z.number().int(),
  texts: z.object({ kk: z.string(), ru: z.string(), en: z.string() }).partial(),
});
export type TranslatedRow = z.infer<typeof translatedRow>;

export const readTranslations = operation({
  method: 'post',
  path: '/questionnaires/translations/read',
  summary: "Read a translators' workbook (strings.xlsx); the client applies its rows to the draft",
  access: 'questionnaires.draft',
  body: spreadsheetBody,
  bodyType: spreadsheetType,
  reply: z.object({ rows: z.array(translatedRow) }),
});
