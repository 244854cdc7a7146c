import { Router } from 'express';
import { importAkims, listAkims } from '../contracts/akims.ts';
import { importTerritories, listTerritories } from '../contracts/territories.ts';
import { createUser, listUsers, updateUser } from '../contracts/users.ts';
import { mount } from '../http/endpoint.ts';
import * as akims from '../services/akims.ts';
import type { Deps } from '../services/deps.ts';
import * as territories from '../services/territories.ts';
import * as users from '../services/users.ts';

/** Accounts, territories, akims. */
export function registerRoutes(deps: Deps): Router {
  const router = Router();
  mount(router, listUsers, () => users.listUsers());
  mount(router, createUser, ({ actor, body }) => users.createUser(deps, actor, body));
  mount(router, updateUser, ({ actor, params, body }) =>
    users.changeUser(deps, actor, params.userId, body),
  );
  mount(router, listTerritories, ({ query }) => territories.listTerritories(query));
  mount(router, importTerritories, ({ actor, body, query }) =>
    territories.importTerritories(deps, actor, body.csv, query.check === 'true'),
  );
  mount(router, listAkims, ({ query }) => akims.listAkims(deps, query));
  mount(router, importAkims, ({ actor, body, query }) =>
    akims.importAkims(deps, actor, body.csv, query.check === 'true'),
  );
  return router;
}
