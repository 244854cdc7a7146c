import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { Problem } from '../problem.ts';

/** Figures of this process for Prometheus. Labels are names of operations, never an address, an account or an answer. */
export interface Metrics {
  /** Times every request; put it before everything else. */
  measure: RequestHandler;
  /** Shows the figures to who may see them. */
  show: RequestHandler;
  /** Counts what became of interviews that were handed in. */
  countReceipts: (receipts: readonly { status: string }[]) => void;
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * With a token only whoever sends it; without one only this machine itself, and nobody through a proxy:
 * a proxy's requests come from this machine too.
 */
function maySee(request: Request, token: string | undefined): boolean {
  if (token !== undefined) {
    const sent = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    return timingSafeEqual(sha256(sent), sha256(token));
  }
  const { 'x-forwarded-for': forwardedFor, forwarded, via } = request.headers;
  const throughProxy = [forwardedFor, forwarded, via].some((header) => header !== undefined);
  return !throughProxy && /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '');
}

/** @param token what METRICS_TOKEN says; without one the figures are for this machine only */
export function makeMetrics(token: string | undefined): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'akimetr_http_request_seconds',
    help: 'Time from a request to the end of its answer, by operation of the API and status',
    labelNames: ['operation', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const interviews = new Counter({
    name: 'akimetr_interviews_total',
    help: 'Interviews handed in, by what became of them',
    labelNames: ['status'],
    registers: [registry],
  });
  return {
    measure: (_request, response, next) => {
      const end = requests.startTimer();
      response.once('close', () => {
        const { operation = 'other' } = response.locals as { operation?: string };
        end({ operation, status: response.statusCode });
      });
      next();
    },
    show: async (request, response) => {
      // Who may not see them need not know that they are there.
      if (!maySee(request, token)) throw new Problem('not_found');
      response.type(registry.contentType).send(await registry.metrics());
    },
    countReceipts: (receipts) => {
      for (const { status } of receipts) interviews.inc({ status });
    },
  };
}
