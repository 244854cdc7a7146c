import { Router } from 'express';
import {
  changePassword,
  getMeta,
  getSession,
  setUpFirstAdministrator,
  signIn,
  signOut,
} from '../contracts/session.ts';
import { mount } from '../http/endpoint.ts';
import { perMinute } from '../http/rate-limit.ts';
import { clearSessionCookie, setSessionCookie, tokenOf } from '../http/session-cookie.ts';
import type { Deps } from '../services/deps.ts';
import * as sessions from '../services/sessions.ts';
import { setUpAdministrator, setupNeeded } from '../services/users.ts';

/** Sign-ins a minute from one address: an office behind one address signs in together in the morning. */
const signInsPerMinute = 120;

export function sessionRoutes(deps: Deps): Router {
  const router = Router();
  router.post([signIn.path, setUpFirstAdministrator.path], perMinute(signInsPerMinute));

  mount(router, getMeta, async () => ({
    version: deps.version,
    synthetic: deps.synthetic,
    setupNeeded: await setupNeeded(),
    serverTime: deps.now().toISOString(),
  }));
  mount(router, setUpFirstAdministrator, ({ body }) => setUpAdministrator(deps, body));
  mount(router, signIn, async ({ body, device, request, response }) => {
    const { session, token } = await sessions.signIn(deps, body.login, body.password, device);
    setSessionCookie(request, response, token, session.expiresAt);
    return session;
  });
  mount(router, getSession, async ({ request }) => {
    const token = tokenOf(request);
    const found = token === null ? null : await sessions.findSession(deps, token);
    return { session: found?.session ?? null };
  });
  mount(router, signOut, async ({ actor, request, response }) => {
    await sessions.signOut(deps, actor, tokenOf(request)!);
    clearSessionCookie(request, response);
    return { signedOut: true as const };
  });
  mount(router, changePassword, async ({ actor, body, request }) => {
    await sessions.changePassword(deps, actor, tokenOf(request)!, body);
    return { changed: true as const };
  });
  return router;
}
