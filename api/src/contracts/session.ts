import { z } from 'zod';
import { kato, locale, uuid } from './common.ts';
import { operation } from './operation.ts';
import { role } from './roles.ts';

export const login = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{1,31}$/, '2–32 lower-case letters, digits, dots, hyphens');
export const newPassword = z.string().min(8).max(200);

export const sessionUser = z.object({
  id: uuid,
  login,
  name: z.string(),
  role,
  /** KATO codes of the regions a supervisor or interviewer works in; empty for the others. */
  regions: z.array(kato),
  locale,
});
export type SessionUser = z.infer<typeof sessionUser>;

export const session = z.object({ user: sessionUser, expiresAt: z.iso.datetime() });
export type Session = z.infer<typeof session>;

export const signIn = operation({
  method: 'post',
  path: '/session',
  summary: 'Sign in; the session is an httpOnly cookie',
  access: 'anyone',
  body: z.object({ login: z.string().min(1).max(100), password: z.string().min(1).max(200) }),
  reply: session,
});

export const getSession = operation({
  method: 'get',
  path: '/session',
  summary: 'Who is signed in; null when nobody is',
  access: 'anyone',
  reply: z.object({ session: session.nullable() }),
});

export const signOut = operation({
  method: 'delete',
  path: '/session',
  summary: 'Sign out',
  access: 'signed-in',
  reply: z.object({ signedOut: z.literal(true) }),
});

export const changePassword = operation({
  method: 'post',
  path: '/session/password',
  summary: 'Change the own password; every other session of the account ends',
  access: 'signed-in',
  body: z.object({ currentPassword: z.string().min(1).max(200), newPassword }),
  reply: z.object({ changed: z.literal(true) }),
});

/** What any screen needs before anybody has signed in. */
export const getMeta = operation({
  method: 'get',
  path: '/meta',
  summary:
    'Version of the server, whether its data are synthetic, whether it awaits its first administrator',
  access: 'anyone',
  reply: z.object({
    version: z.string(),
    synthetic: z.boolean(),
    setupNeeded: z.boolean(),
    serverTime: z.iso.datetime(),
  }),
});

export const setUpFirstAdministrator = operation({
  method: 'post',
  path: '/setup',
  summary: 'Make the first administrator with the one-time link from the console',
  access: 'anyone',
  body: z.object({
    token: z.string().min(20).max(200),
    login,
    name: z.string().min(1).max(200),
    password: newPassword,
  }),
  reply: z.object({ login }),
  status: 201,
});
