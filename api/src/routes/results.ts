import { Router } from 'express';
import { getChanges } from '../contracts/changes.ts';
import {
  approvePublication,
  listPublications,
  proposePublication,
} from '../contracts/publications.ts';
import { getIndicatorFigures, getProfile, getRanking } from '../contracts/rankings.ts';
import { mount } from '../http/endpoint.ts';
import type { Deps } from '../services/deps.ts';
import { getChanges as changesSince } from '../services/changes.ts';
import * as publications from '../services/publications.ts';
import * as rankings from '../services/rankings.ts';
import * as whatIf from '../services/what-if.ts';

/** Rankings, profiles, publications. */
export function resultRoutes(deps: Deps): Router {
  const router = Router();
  mount(
    router,
    getRanking,
    ({ actor, params, query }) =>
      rankings.getRanking(deps, actor, params.waveId, query.level, query.region),
    { sharedReply: true },
  );
  mount(router, getIndicatorFigures, ({ actor, params, query }) =>
    whatIf.getIndicatorFigures(actor, params.waveId, query.level, query.region),
  );
  mount(router, getChanges, ({ actor, params, query }) =>
    changesSince(actor, params.waveId, query.level, query.region),
  );
  mount(router, getProfile, ({ actor, params, query }) =>
    rankings.getProfile(deps, actor, params.akimId, query.wave),
  );
  mount(router, listPublications, ({ actor }) => publications.listPublications(actor));
  mount(router, proposePublication, ({ actor, body }) =>
    publications.proposePublication(deps, actor, body.waveId),
  );
  mount(router, approvePublication, ({ actor, params }) =>
    publications.approvePublication(deps, actor, params.publicationId),
  );
  return router;
}
