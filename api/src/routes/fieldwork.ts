import { Router } from 'express';
import { createAssignments, listAssignments, listInterviewers } from '../contracts/assignments.ts';
import {
  getOutcomeRates,
  releaseContactAttempts as releaseOperation,
  submitContactAttempts,
} from '../contracts/contact-attempts.ts';
import {
  getFieldPackage,
  getQuarantined,
  listQuarantine,
  rejectQuarantined,
  releaseQuarantined,
  submitInterviews,
  type Receipt,
} from '../contracts/interviews.ts';
import { contextOf } from '../http/context.ts';
import { mount } from '../http/endpoint.ts';
import * as assignments from '../services/assignments.ts';
import {
  acceptContactAttempts,
  outcomeRatesOf,
  releaseContactAttempts,
} from '../services/contact-attempts.ts';
import type { Deps } from '../services/deps.ts';
import { handInOf } from '../services/devices.ts';
import { fieldPackage } from '../services/field.ts';
import { acceptInterviews, keepUnreadableBody } from '../services/interviews.ts';
import * as quarantine from '../services/quarantine.ts';

/** Assignments, the tablet's package, interviews, quarantine. */
export function fieldworkRoutes(
  deps: Deps,
  countReceipts: (receipts: readonly Receipt[]) => void,
): Router {
  const router = Router();
  mount(router, listAssignments, ({ actor, query }) => assignments.listAssignments(actor, query));
  mount(router, createAssignments, ({ actor, body }) =>
    assignments.createAssignments(deps, actor, body),
  );
  mount(router, listInterviewers, ({ actor }) => assignments.listInterviewers(actor));
  mount(router, getFieldPackage, ({ actor }) => fieldPackage(deps, actor), { sharedReply: true });
  mount(
    router,
    submitInterviews,
    async ({ actor, device, body, response }) => {
      const { raw } = contextOf(response);
      const handIn = handInOf(actor, device);
      const receipts = await acceptInterviews(deps, handIn, body.interviews, raw);
      countReceipts(receipts);
      return { receipts };
    },
    {
      onUnreadableBody: ({ actor, device, raw }, fields) =>
        keepUnreadableBody(deps, handInOf(actor, device).actor, raw, fields),
    },
  );
  mount(router, submitContactAttempts, async ({ actor, device, body }) => ({
    receipts: await acceptContactAttempts(deps, handInOf(actor, device), body.attempts),
  }));
  mount(router, getOutcomeRates, ({ actor, params, query }) =>
    outcomeRatesOf(actor, params.waveId, query.region),
  );
  mount(router, releaseOperation, async ({ actor, params, body: { keptFor, reason } }) => ({
    released: await releaseContactAttempts(deps, actor, params.waveId, keptFor, reason),
  }));
  mount(router, listQuarantine, ({ actor, query }) => quarantine.listQuarantine(actor, query));
  mount(router, getQuarantined, ({ actor, params }) =>
    quarantine.getQuarantined(actor, params.quarantineId),
  );
  mount(router, releaseQuarantined, ({ actor, params, body }) =>
    quarantine.release(deps, actor, params.quarantineId, body.reason),
  );
  mount(router, rejectQuarantined, ({ actor, params, body }) =>
    quarantine.reject(deps, actor, params.quarantineId, body.reason),
  );
  return router;
}
