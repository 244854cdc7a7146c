import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { faultMessage } from '../contracts/fault-messages.ts';
import type { BodyOf } from '../contracts/operation.ts';
import type { SessionUser, setUpFirstAdministrator } from '../contracts/session.ts';
import type { User, createUser as createUserOperation, updateUser } from '../contracts/users.ts';
import { isDuplicateKey } from '../models/database.ts';
import { invitationStore } from '../models/invitations.ts';
import { territoryStore } from '../models/territories.ts';
import { userStore, type StoredUser } from '../models/users.ts';
import { Problem } from '../problem.ts';
import { audit } from './audit.ts';
import type { Deps } from './deps.ts';
import { hashPassword } from './passwords.ts';
import { asSessionUser, endSessionsOf } from './sessions.ts';

function asUser(stored: StoredUser): User {
  return {
    ...asSessionUser(stored),
    disabled: stored.disabled,
    lockedUntil: stored.lockedUntil?.toISOString() ?? null,
    createdAt: stored.createdAt.toISOString(),
  };
}

export async function listUsers(): Promise<{ users: User[] }> {
  return { users: (await userStore.list()).map(asUser) };
}

async function checkRegions(regions: readonly string[]): Promise<void> {
  for (const [place, region] of regions.entries()) {
    const found = await territoryStore.get(region);
    if (found?.level !== 'region') {
      throw new Problem('invalid_input', {
        fields: [
          { path: `body.regions.${place}`, message: faultMessage('not_a_region', { region }) },
        ],
      });
    }
  }
}

type NewUser = Pick<StoredUser, 'login' | 'name' | 'role' | 'regions' | 'locale'> & {
  password: string;
};

async function insertUser(deps: Deps, wanted: NewUser): Promise<StoredUser> {
  const { password, ...rest } = wanted;
  const user: StoredUser = {
    _id: randomUUID(),
    ...rest,
    passwordHash: await hashPassword(password),
    disabled: false,
    failedAttempts: 0,
    lockedUntil: null,
    createdAt: deps.now(),
  };
  try {
    await userStore.create(user);
  } catch (error) {
    if (isDuplicateKey(error)) {
      throw new Problem('conflict', {
        fields: [
          { path: 'body.login', message: faultMessage('login_taken', { login: wanted.login }) },
        ],
      });
    }
    throw error;
  }
  return user;
}

export async function createUser(
  deps: Deps,
  actor: SessionUser,
  wanted: BodyOf<typeof createUserOperation>,
): Promise<User> {
  await checkRegions(wanted.regions);
  const user = await insertUser(deps, wanted);
  await audit(deps, actor.id, 'user.created', user._id, { role: user.role });
  return asUser(user);
}

export async function changeUser(
  deps: Deps,
  actor: SessionUser,
  userId: string,
  wanted: BodyOf<typeof updateUser>,
): Promise<User> {
  if (wanted.disabled === true && userId === actor.id) {
    throw new Problem('conflict', { detail: 'You cannot disable your own account.' });
  }
  const { password, ...changes } = wanted;
  if (changes.regions !== undefined) await checkRegions(changes.regions);
  const user = await userStore.change(userId, {
    ...changes,
    ...(password === undefined
      ? {}
      : { passwordHash: await hashPassword(password), failedAttempts: 0, lockedUntil: null }),
  });
  if (user === null) throw new Problem('not_found');
  if (password !== undefined || changes.disabled === true || changes.regions !== undefined) {
    await endSessionsOf(userId);
  }
  await audit(deps, actor.id, 'user.changed', userId, { changed: Object.keys(wanted) });
  return asUser(user);
}

const linkLifetimeMs = 86_400_000;
const idOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Whether nobody can administer this installation yet. */
export async function setupNeeded(): Promise<boolean> {
  return !(await userStore.hasRole('administrator'));
}

/** A new one-time token for the first administrator; earlier ones stop working. */
export async function inviteFirstAdministrator(deps: Deps): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  const expiresAt = new Date(deps.now().getTime() + linkLifetimeMs);
  await invitationStore.replaceAll(idOfToken(token), expiresAt);
  return token;
}

export async function setUpAdministrator(
  deps: Deps,
  wanted: BodyOf<typeof setUpFirstAdministrator>,
): Promise<{ login: string }> {
  if (!(await setupNeeded())) throw new Problem('setup_done');
  if (!(await invitationStore.use(idOfToken(wanted.token), deps.now()))) {
    throw new Problem('setup_done');
  }
  const { login, name, password } = wanted;
  const user = await insertUser(deps, {
    login,
    name,
    password,
    role: 'administrator',
    regions: [],
    locale: 'kk',
  });
  await audit(deps, null, 'user.first-administrator', user._id);
  return { login };
}
