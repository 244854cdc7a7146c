import { randomUUID } from 'node:crypto';
import express, { type RequestHandler } from 'express';
import helmet from 'helmet';
import { Problem } from '../problem.ts';
import { contextOf, type RequestContext } from './context.ts';

/** Gives each request its id, which every problem and log line carries. */
export const requestContext: RequestHandler = (_request, response, next) => {
  const context: RequestContext = {
    requestId: randomUUID(),
    raw: Buffer.alloc(0),
    actor: null,
    device: null,
  };
  response.locals.context = context;
  response.setHeader('X-Request-Id', context.requestId);
  next();
};

/** Everything comes from this origin; styles may be inline because SurveyJS and Mantine set them. */
export const securityHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      workerSrc: ["'self'"],
      manifestSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'same-origin' },
  // Plain http on one office's network must keep working; a proxy that ends TLS sets this itself.
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
});

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses writes that another site makes a signed-in browser send. */
export const refuseCrossSite: RequestHandler = (request, _response, next) => {
  if (reading.has(request.method)) return next();
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new Problem('cross_site');
  }
  const { origin } = request.headers;
  // The host that the browser asked for: behind trusted proxies it is the one they name.
  if (origin !== undefined && !sameHost(origin, request.host)) throw new Problem('cross_site');
  next();
};

function sameHost(origin: string, host: string | undefined): boolean {
  try {
    const { protocol, host: wanted } = new URL(origin);
    // An origin leaves out the port that its protocol has by default; a host may name it.
    return wanted === new URL(`${protocol}//${host}`).host;
  } catch {
    return false;
  }
}

/** Reads the body as bytes, decompressed; `limit` counts decompressed bytes. */
export function rawBody(limit: string): RequestHandler {
  const read = express.raw({ type: () => true, limit, inflate: true });
  return (request, response, next) => {
    read(request, response, (error?: unknown) => {
      if (error !== undefined && error !== null) {
        // Read on and throw away, or the client never gets to see the answer.
        request.unpipe();
        request.resume();
        return next(error);
      }
      if (Buffer.isBuffer(request.body)) contextOf(response).raw = request.body;
      next();
    });
  };
}
