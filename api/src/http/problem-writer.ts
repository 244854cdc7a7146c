import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { ProblemBody } from '../contracts/problem.ts';
import { Problem } from '../problem.ts';
import { contextOf } from './context.ts';

/** Writes one problem as RFC 9457 problem+json. */
export function writeProblem(response: Response, found: Problem): void {
  const body: ProblemBody = {
    type: `urn:akimetr:problem:${found.code}`,
    code: found.code,
    title: found.title,
    status: found.status,
    requestId: contextOf(response).requestId,
    ...found.details,
  };
  if (found.details.retryAfterS !== undefined) {
    response.setHeader('Retry-After', Math.ceil(found.details.retryAfterS));
  }
  response.status(found.status).type('application/problem+json').send(JSON.stringify(body));
}

/** Turns what body parsers, the driver and express throw into problems; null for bugs. */
function asProblem(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  const { type, name, status } = error as { type?: string; name?: string; status?: number };
  if (type === 'entity.too.large') return new Problem('too_large');
  if (type === 'encoding.unsupported') return new Problem('unsupported_media_type');
  if (name === 'MongoServerSelectionError' || name === 'MongoNetworkError') {
    return new Problem('store_unavailable', { retryAfterS: 5 });
  }
  if (status !== undefined && status >= 400 && status < 500) {
    return new Problem('invalid_input', { detail: (error as Error).message });
  }
  return null;
}

/** The only writer of errors. What is not a Problem is a bug: logged whole, shown as `internal`. */
export function problemWriter(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const found = asProblem(error);
    if (found === null) {
      log.error({ err: error, path: request.path, requestId: contextOf(response).requestId });
    }
    writeProblem(response, found ?? new Problem('internal'));
  };
}

/** Answers paths that no route knows. */
export const nothingHere: RequestHandler = () => {
  throw new Problem('not_found');
};
