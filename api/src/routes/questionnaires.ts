import { Router } from 'express';
import * as drafts from '../contracts/questionnaire-drafts.ts';
import * as published from '../contracts/questionnaires.ts';
import { mount } from '../http/endpoint.ts';
import type { Deps } from '../services/deps.ts';
import * as draftService from '../services/questionnaire-drafts.ts';
import * as files from '../services/questionnaire-files.ts';
import * as questionnaires from '../services/questionnaires.ts';
import { readTranslations } from '../services/translations.ts';
import { importXlsForm } from '../services/xlsform.ts';

/** Questionnaires: published versions, and the drafts they come from. */
export function questionnaireRoutes(deps: Deps): Router {
  const router = Router();
  mount(router, published.listQuestionnaires, () => questionnaires.listQuestionnaires());
  mount(router, published.getQuestionnaire, ({ params }) =>
    questionnaires.getQuestionnaire(params.code, params.version),
  );
  mount(router, published.checkQuestionnaire, ({ body }) =>
    questionnaires.checkQuestionnaire(body.questionnaire, body.methodology),
  );
  mount(router, published.publishQuestionnaire, ({ actor, params, body }) =>
    questionnaires.publishQuestionnaire(deps, actor, params.code, body.questionnaire),
  );
  mount(router, published.retireQuestionnaire, ({ actor, params, body }) =>
    questionnaires.retireQuestionnaire(deps, actor, params.code, params.version, body.reason),
  );
  mount(router, drafts.listDrafts, () => draftService.listDrafts());
  mount(router, drafts.createDraft, ({ actor, params, body }) =>
    draftService.createDraft(deps, actor, params.code, body),
  );
  mount(router, drafts.getDraft, ({ params }) => draftService.getDraft(params.code));
  mount(router, drafts.saveDraft, ({ actor, params, body }) =>
    draftService.saveDraft(deps, actor, params.code, body),
  );
  mount(router, drafts.deleteDraft, ({ actor, params, query }) =>
    draftService.deleteDraft(deps, actor, params.code, query.revision),
  );
  mount(router, drafts.publishDraft, ({ actor, params, body }) =>
    draftService.publishDraft(deps, actor, params.code, body.revision),
  );
  mount(router, published.getQuestionnaireFile, ({ params }) =>
    files.versionFile(deps, params.code, params.version, params.file),
  );
  mount(router, published.importQuestionnaire, ({ body }) => importXlsForm(body.file));
  mount(router, published.readTranslations, ({ body }) => readTranslations(body.file));
  mount(router, drafts.getDraftFile, ({ params }) =>
    files.draftFile(deps, params.code, params.file),
  );
  mount(router, drafts.getDiff, ({ params, query }) =>
    draftService.compareTexts(params.code, query),
  );
  return router;
}
