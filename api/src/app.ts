import { join } from 'node:path';
import compression from 'compression';
import express, { Router, type Express } from 'express';
import { identifyDevice } from './http/device-cookie.ts';
import { rawBody, refuseCrossSite, requestContext, securityHeaders } from './http/edge.ts';
import { makeMetrics, type Metrics } from './http/metrics.ts';
import { nothingHere, problemWriter } from './http/problem-writer.ts';
import { identify } from './http/session-cookie.ts';
import { singlePageApp } from './http/single-page-app.ts';
import { designRoutes } from './routes/design.ts';
import { deviceRoutes } from './routes/devices.ts';
import { documentationRoutes } from './routes/documentation.ts';
import { fieldworkRoutes } from './routes/fieldwork.ts';
import { openApiRoutes } from './routes/openapi.ts';
import { questionnaireRoutes } from './routes/questionnaires.ts';
import { registerRoutes } from './routes/registers.ts';
import { rescueRoutes } from './routes/rescue.ts';
import { resultRoutes } from './routes/results.ts';
import { sessionRoutes } from './routes/sessions.ts';
import type { Deps } from './services/deps.ts';
import { findDevice } from './services/devices.ts';
import { findSession } from './services/sessions.ts';

export interface AppOptions {
  /** Where the built web app is; null when only the API is served. */
  webDir: string | null;
  trustedProxies: number;
  /** Who sends it may read /metrics; without one only this machine itself may. */
  metricsToken?: string | undefined;
  /** Throws when the database does not answer. */
  ping: () => Promise<void>;
}

/** Where a tablet's own credential counts. */
const tabletPaths = ['/interviews', '/field', '/session'];

function apiRoutes(deps: Deps, metrics: Metrics): Router {
  const router = Router();
  router.use(refuseCrossSite);
  router.use(identify((token) => findSession(deps, token)));
  router.use(
    tabletPaths,
    identifyDevice((token) => findDevice(deps, token)),
  );
  router.use('/interviews', rawBody('16mb'));
  router.use(['/akims/import', '/territories/import'], rawBody('20mb'));
  router.use('/rescue', rawBody('32mb'));
  router.use(rawBody('4mb'));
  // Shared replies are compressed once and kept; this compresses the others.
  router.use(compression({ threshold: 2048 }));
  router.use(openApiRoutes(deps.version));
  router.use(sessionRoutes(deps));
  router.use(registerRoutes(deps));
  router.use(questionnaireRoutes(deps));
  router.use(designRoutes(deps));
  router.use(rescueRoutes(deps));
  router.use(deviceRoutes(deps));
  router.use(fieldworkRoutes(deps, metrics.countReceipts));
  router.use(resultRoutes(deps));
  router.use(nothingHere);
  return router;
}

function healthRoutes(ping: () => Promise<void>): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  router.get('/readyz', async (_request, response) => {
    try {
      await ping();
      response.json({ status: 'ready' });
    } catch {
      response.status(503).json({ status: 'the database does not answer' });
    }
  });
  return router;
}

/** The whole HTTP side: API under /api/v1, health, the office app and the field app. */
export function buildApp(deps: Deps, options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustedProxies);
  app.set('query parser', 'simple');
  const metrics = makeMetrics(options.metricsToken);
  app.use(metrics.measure, requestContext, securityHeaders);
  app.use(healthRoutes(options.ping));
  app.get('/metrics', metrics.show);
  app.use('/docs', documentationRoutes(deps.version));
  app.use('/api/v1', apiRoutes(deps, metrics));
  if (options.webDir !== null) {
    app.use(compression());
    app.use('/field', singlePageApp(join(options.webDir, 'field')));
    app.use('/', singlePageApp(join(options.webDir, 'office')));
  }
  app.use(nothingHere);
  app.use(problemWriter(deps.log));
  return app;
}
