import type { Request, Response } from 'express';
import type { SessionUser } from '../contracts/session.ts';

/** A tablet that showed its credential. */
export interface DeviceIdentity {
  readonly id: string;
  readonly revoked: boolean;
  /** In whose name it hands in when nobody is signed in: who worked on it last. */
  readonly interviewer: SessionUser;
}

/** What the middleware before an endpoint has found out about a request. */
export interface RequestContext {
  requestId: string;
  /** Raw body after decompression; empty when there was none. */
  raw: Buffer;
  actor: SessionUser | null;
  /** Looked up only where a tablet asks. */
  device: DeviceIdentity | null;
}

export function contextOf(response: Response): RequestContext {
  return response.locals.context as RequestContext;
}

export function clientAddress(request: Request): string {
  return request.ip ?? 'unknown';
}
