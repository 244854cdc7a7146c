import type { Request, Response } from 'express';
import type { SessionUser } from '../contracts/session.ts';

/** What the middleware before an endpoint has found out about a request. */
export interface RequestContext {
  requestId: string;
  /** Raw body after decompression; empty when there was none. */
  raw: Buffer;
  actor: SessionUser | null;
}

export function contextOf(response: Response): RequestContext {
  return response.locals.context as RequestContext;
}

export function clientAddress(request: Request): string {
  return request.ip ?? 'unknown';
}
