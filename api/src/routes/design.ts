import { Router } from 'express';
import { listMethodologies, publishMethodology } from '../contracts/methodologies.ts';
import { getTargets, importTargets, useShippedTargets } from '../contracts/targets.ts';
import { closeWave, createWave, listWaves, lockWave, openWave } from '../contracts/waves.ts';
import { mount } from '../http/endpoint.ts';
import type { Deps } from '../services/deps.ts';
import * as methodologies from '../services/methodologies.ts';
import * as targets from '../services/targets.ts';
import * as waves from '../services/waves.ts';

/** Methodologies, waves and their targets. */
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
  mount(router, getTargets, ({ params }) => targets.getTargets(deps, params.waveId));
  mount(router, importTargets, ({ actor, params, query, body }) =>
    targets.importTargets(deps, actor, params.waveId, body.csv, query.check === 'true'),
  );
  mount(router, useShippedTargets, ({ actor, params }) =>
    targets.useShippedTargets(deps, actor, params.waveId),
  );
  return router;
}
