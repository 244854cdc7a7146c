import { Router } from 'express';
import { listMethodologies, publishMethodology } from '../contracts/methodologies.ts';
import {
  checkQuestionnaire,
  getQuestionnaire,
  listQuestionnaires,
  publishQuestionnaire,
} from '../contracts/questionnaires.ts';
import { closeWave, createWave, listWaves, lockWave, openWave } from '../contracts/waves.ts';
import { mount } from '../http/endpoint.ts';
import type { Deps } from '../services/deps.ts';
import * as methodologies from '../services/methodologies.ts';
import * as questionnaires from '../services/questionnaires.ts';
import * as waves from '../services/waves.ts';

/** Questionnaires, methodologies, waves. */
export function designRoutes(deps: Deps): Router {
  const router = Router();
  mount(router, listQuestionnaires, () => questionnaires.listQuestionnaires());
  mount(router, getQuestionnaire, ({ params }) =>
    questionnaires.getQuestionnaire(params.code, params.version),
  );
  mount(router, checkQuestionnaire, ({ body }) => ({
    faults: questionnaires.checkQuestionnaire(body.questionnaire),
  }));
  mount(router, publishQuestionnaire, ({ actor, params, body }) =>
    questionnaires.publishQuestionnaire(deps, actor, params.code, body.questionnaire),
  );
  mount(router, listMethodologies, () => methodologies.listMethodologies());
  mount(router, publishMethodology, ({ actor, body }) =>
    methodologies.publishMethodology(deps, actor, body.methodology),
  );
  mount(router, listWaves, ({ actor }) => waves.listWaves(actor));
  mount(router, createWave, ({ actor, body }) => waves.createWave(deps, actor, body));
  mount(router, lockWave, ({ actor, params }) =>
    waves.stepWave(deps, actor, params.waveId, 'draft', 'locked'),
  );
  mount(router, openWave, ({ actor, params }) =>
    waves.stepWave(deps, actor, params.waveId, 'locked', 'open'),
  );
  mount(router, closeWave, ({ actor, params }) =>
    waves.stepWave(deps, actor, params.waveId, 'open', 'closed'),
  );
  return router;
}
