import type { Request, Response } from 'express';
import type { RequestHandler } from 'express';
import type { Session } from '../contracts/session.ts';
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

interface FoundSession {
  session: Session;
  /** The cookie must live longer too, or the browser forgets a session that goes on. */
  prolonged: boolean;
}

/** Finds out who is asking. */
export function identify(find: (token: string) => Promise<FoundSession | null>): RequestHandler {
  return async (request, response, next) => {
    const token = tokenOf(request);
    const found = token === null ? null : await find(token);
    if (found !== null) {
      contextOf(response).actor = found.session.user;
      if (found.prolonged) setSessionCookie(request, response, token!, found.session.expiresAt);
    }
    next();
  };
}
