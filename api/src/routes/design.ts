import { Router } from 'express';
import { listMethodologies, publishMethodology } from '../contracts/methodologies.ts';
import { closeWave, createWave, listWaves, lockWave, openWave } from '../contracts/waves.ts';
import { mount } from '../http/endpoint.ts';
import type { Deps } from '../services/deps.ts';
import * as methodologies from '../services/methodologies.ts';
import * as waves from '../services/waves.ts';

/** Methodologies and waves. */
export function designRoutes(deps: Deps): Router {
  const router = Router();
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
