import { Router } from 'express';
import {
  createEnrolment,
  enrolDevice,
  listDevices,
  reportDevice,
  revokeDevice,
} from '../contracts/devices.ts';
import { setDeviceCookie } from '../http/device-cookie.ts';
import { mount } from '../http/endpoint.ts';
import { perMinute } from '../http/rate-limit.ts';
import { setSessionCookie, tokenOf } from '../http/session-cookie.ts';
import { listDevices as devicesInCustody } from '../services/custody.ts';
import type { Deps } from '../services/deps.ts';
import * as devices from '../services/devices.ts';

/** Enrolments a minute from one address: a training room enrols together; a guesser gets nowhere. */
const enrolmentsPerMinute = 30;

/** Tablets: enrolment, reports, custody, withdrawal. */
export function deviceRoutes(deps: Deps): Router {
  const router = Router();
  router.post(enrolDevice.path, perMinute(enrolmentsPerMinute));

  mount(router, enrolDevice, async ({ body, request, response }) => {
    const { session, sessionToken, credential } = await devices.enrolDevice(deps, body);
    setSessionCookie(request, response, sessionToken, session.expiresAt);
    setDeviceCookie(request, response, credential);
    return session;
  });
  mount(router, reportDevice, async ({ actor, device, body, request, response }) => {
    const sessionToken = actor === null ? null : tokenOf(request);
    const reporting = { actor, device, sessionToken };
    const { credential, ...reply } = await devices.reportDevice(deps, reporting, body);
    if (credential !== null) setDeviceCookie(request, response, credential);
    return reply;
  });
  mount(router, listDevices, ({ actor, query }) => devicesInCustody(actor, query));
  mount(router, createEnrolment, ({ actor, body }) => devices.createEnrolment(deps, actor, body));
  mount(router, revokeDevice, ({ actor, params, body }) =>
    devices.revokeDevice(deps, actor, params.deviceId, body.reason),
  );
  return router;
}
