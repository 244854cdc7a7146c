import type { Request, RequestHandler, Response } from 'express';
import { contextOf, type DeviceIdentity } from './context.ts';

const name = 'akimetr_device';
/** The longest that browsers keep a cookie; each new credential begins it anew. */
const lifetimeMs = 400 * 86_400_000;

/** The device's credential that a request carries; null when there is none. */
export function deviceTokenOf(request: Request): string | null {
  const found = /(?:^|;\s*)akimetr_device=([A-Za-z0-9_-]{20,100})(?:;|$)/.exec(
    request.headers.cookie ?? '',
  );
  return found?.[1] ?? null;
}

/** Scripts cannot read it, other sites cannot send it, and only the API is sent it. */
export function setDeviceCookie(request: Request, response: Response, token: string): void {
  response.cookie(name, token, {
    httpOnly: true,
    sameSite: 'strict',
    secure: request.secure,
    path: '/api/v1',
    maxAge: lifetimeMs,
  });
}

/** Finds out which tablet is asking. */
export function identifyDevice(
  resolve: (token: string) => Promise<DeviceIdentity | null>,
): RequestHandler {
  return async (request, response, next) => {
    const token = deviceTokenOf(request);
    if (token !== null) contextOf(response).device = await resolve(token);
    next();
  };
}
