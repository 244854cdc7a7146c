import { Router } from 'express';
import { createPinReset, importRescue, redeemPinReset } from '../contracts/rescue.ts';
import { mount } from '../http/endpoint.ts';
import { perMinute } from '../http/rate-limit.ts';
import type { Deps } from '../services/deps.ts';
import * as pinResets from '../services/pin-resets.ts';
import { importRescue as importFile } from '../services/rescue.ts';

/** A minute from one address: a guesser has five tries for each code anyway. */
const pinResetsPerMinute = 30;
const rescuesPerMinute = 30;

/** What helps when a tablet cannot help itself: rescue files, forgotten PINs. */
export function rescueRoutes(deps: Deps): Router {
  const router = Router();
  router.post([createPinReset.path, redeemPinReset.path], perMinute(pinResetsPerMinute));
  router.post(importRescue.path, perMinute(rescuesPerMinute));
  mount(router, importRescue, ({ actor, body }) => importFile(deps, actor, body));
  mount(router, createPinReset, ({ actor, body }) =>
    pinResets.createPinReset(deps, actor, body.interviewerId),
  );
  mount(router, redeemPinReset, ({ actor, body }) => pinResets.redeemPinReset(deps, actor, body));
  return router;
}
