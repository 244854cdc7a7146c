import { z } from 'zod';
import { kato, locale, uuid } from './common.ts';
import { operation } from './operation.ts';
import { role } from './roles.ts';
import { login, newPassword, sessionUser } from './session.ts';

export const user = sessionUser.extend({
  disabled: z.boolean(),
  lockedUntil: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type User = z.infer<typeof user>;

export const listUsers = operation({
  method: 'get',
  path: '/users',
  summary: 'All accounts',
  access: 'users.manage',
  reply: z.object({ users: z.array(user) }),
});

export const createUser = operation({
  method: 'post',
  path: '/users',
  summary: 'Make an account; supervisors and interviewers need at least one region',
  access: 'users.manage',
  body: z
    .object({
      login,
      name: z.string().min(1).max(200),
      role,
      regions: z.array(kato).max(20).default([]),
      locale: locale.default('kk'),
      password: newPassword,
    })
    .refine((u) => !['supervisor', 'interviewer'].includes(u.role) || u.regions.length > 0, {
      path: ['regions'],
      message: 'name at least one region for a supervisor or interviewer',
    }),
  reply: user,
  status: 201,
});

export const updateUser = operation({
  method: 'patch',
  path: '/users/:userId',
  summary: 'Change an account; disabling it or a new password ends its sessions',
  access: 'users.manage',
  params: z.object({ userId: uuid }),
  body: z.strictObject({
    name: z.string().min(1).max(200).optional(),
    regions: z.array(kato).max(20).optional(),
    disabled: z.boolean().optional(),
    password: newPassword.optional(),
  }),
  reply: user,
});
