import type { Request, Response } from 'express';
import type { RequestHandler } from 'express';
import type { SessionUser } from '../contracts/session.ts';
import { contextOf } from './context.ts';

const name = 'akimetr_session';

/** The session token that a request carries; null when there is none. */
export function tokenOf(request: Request): string | null {
  const found = /(?:^|;\s*)akimetr_session=([A-Za-z0-9_-]{20,100})(?:;|$)/.exec(
    request.headers.cookie ?? '',
  );
  return found?.[1] ?? null;
}

/** Scripts cannot read it, other sites cannot send it; over https it is sent over https only. */
function options(request: Request) {
  return { httpOnly: true, sameSite: 'strict', secure: request.secure, path: '/' } as const;
}

export function setSessionCookie(
  request: Request,
  response: Response,
  token: string,
  expiresAt: string,
): void {
  response.cookie(name, token, { ...options(request), expires: new Date(expiresAt) });
}

export function clearSessionCookie(request: Request, response: Response): void {
  response.clearCookie(name, options(request));
}

/** Finds out who is asking. */
export function identify(resolve: (token: string) => Promise<SessionUser | null>): RequestHandler {
  return async (request, response, next) => {
    const token = tokenOf(request);
    if (token !== null) contextOf(response).actor = await resolve(token);
    next();
  };
}
