import { createHash, randomBytes } from 'node:crypto';
import type { Session, SessionUser } from '../contracts/session.ts';
import type { Role } from '../contracts/roles.ts';
import { sessionStore } from '../models/sessions.ts';
import { userStore, type StoredUser } from '../models/users.ts';
import { Problem } from '../problem.ts';
import { BriefCache } from './brief-cache.ts';
import type { Deps } from './deps.ts';
import { audit } from './audit.ts';
import { hashPassword, passwordMatches } from './passwords.ts';

const dayMs = 86_400_000;
/** An interviewer may be in the field for weeks; a desk is left alone sooner. */
const lifetimeMs = (role: Role): number =>
  role === 'interviewer' || role === 'supervisor' ? 30 * dayMs : dayMs / 2;

const attemptsBeforeLock = 5;

/** Wrong passwords → how long the account is locked: 1 minute, then twice as long each time, at most an hour. */
function lockMs(attempts: number): number {
  return attempts < attemptsBeforeLock
    ? 0
    : Math.min(60_000 * 2 ** (attempts - attemptsBeforeLock), 3_600_000);
}

interface Known {
  user: SessionUser;
  expiresAt: Date;
}
const known = new BriefCache<Known>(5000);

export interface FoundSession {
  session: Session;
  /** It has just been made to live longer: the browser's cookie must follow. */
  prolonged: boolean;
}

const idOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export function asSessionUser(user: StoredUser): SessionUser {
  const { _id, login, name, role, regions, locale } = user;
  return { id: _id, login, name, role, regions, locale };
}

/** The session behind a token; null when it ended, or the account was disabled. */
export async function findSession(deps: Deps, token: string): Promise<FoundSession | null> {
  const now = deps.now();
  const id = idOf(token);
  const cached = known.get(id, now);
  const found =
    cached === undefined ? await loadSession(deps, id) : { ...cached, prolonged: false };
  if (found === null || found.expiresAt <= now) return null;
  const { user, expiresAt, prolonged } = found;
  return { session: { user, expiresAt: expiresAt.toISOString() }, prolonged };
}

async function loadSession(
  deps: Deps,
  id: string,
): Promise<(Known & { prolonged: boolean }) | null> {
  const now = deps.now();
  const stored = await sessionStore.get(id);
  if (stored === null || stored.expiresAt <= now) return null;
  const user = await userStore.get(stored.userId);
  if (user === null || user.disabled) return null;
  const whole = lifetimeMs(user.role);
  // Used sessions live on; written at most ten times in a lifetime.
  const prolonged = stored.expiresAt.getTime() - now.getTime() < whole * 0.9;
  if (prolonged) {
    stored.expiresAt = new Date(now.getTime() + whole);
    await sessionStore.extend(id, stored.expiresAt);
  }
  const found = { user: asSessionUser(user), expiresAt: stored.expiresAt };
  known.set(id, found, now);
  return { ...found, prolonged };
}

/**
 * Signs in.
 * @param device the tablet it happens on, when it showed its credential; a withdrawn one signs nobody in
 * @returns the session, and the token for the cookie, which is kept nowhere else
 */
export async function signIn(
  deps: Deps,
  login: string,
  password: string,
  device: { id: string; revoked: boolean } | null = null,
): Promise<{ session: Session; token: string }> {
  const now = deps.now();
  const user = await userStore.getByLogin(login.trim().toLowerCase());
  if (user?.lockedUntil && user.lockedUntil > now) {
    throw new Problem('locked_out', {
      retryAfterS: Math.ceil((user.lockedUntil.getTime() - now.getTime()) / 1000),
    });
  }
  const right = await passwordMatches(user?.passwordHash ?? null, password);
  if (user === null || user.disabled || !right) {
    if (user !== null && !right) await countFailure(deps, user);
    throw new Problem('wrong_credentials');
  }
  if (user.failedAttempts > 0) {
    await userStore.change(user._id, { failedAttempts: 0, lockedUntil: null });
  }
  if (device?.revoked) throw new Problem('device_revoked');
  const opened = await openSession(deps, user, device?.id ?? null);
  await audit(deps, user._id, 'session.signed-in', user._id);
  return opened;
}

/** A new session of an account whose holder has proved it, or was given a code. */
export async function openSession(
  deps: Deps,
  user: StoredUser,
  deviceId: string | null,
): Promise<{ session: Session; token: string }> {
  const now = deps.now();
  await sessionStore.removeExpired(now);
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + lifetimeMs(user.role));
  const stored = { _id: idOf(token), userId: user._id, createdAt: now, expiresAt, deviceId };
  await sessionStore.create(stored);
  return { session: { user: asSessionUser(user), expiresAt: expiresAt.toISOString() }, token };
}

async function countFailure(deps: Deps, user: StoredUser): Promise<void> {
  const attempts = await userStore.countFailure(user._id);
  const locked = lockMs(attempts);
  if (locked === 0) return;
  await userStore.change(user._id, { lockedUntil: new Date(deps.now().getTime() + locked) });
  await audit(deps, null, 'session.locked-out', user._id, { attempts });
}

export async function signOut(deps: Deps, actor: SessionUser, token: string): Promise<void> {
  await sessionStore.remove(idOf(token));
  known.clear();
  await audit(deps, actor.id, 'session.signed-out', actor.id);
}

export async function changePassword(
  deps: Deps,
  actor: SessionUser,
  token: string,
  passwords: { currentPassword: string; newPassword: string },
): Promise<void> {
  const user = await userStore.get(actor.id);
  if (!(await passwordMatches(user?.passwordHash ?? null, passwords.currentPassword))) {
    throw new Problem('wrong_credentials');
  }
  await userStore.change(actor.id, { passwordHash: await hashPassword(passwords.newPassword) });
  await endSessionsOf(actor.id, idOf(token));
  await audit(deps, actor.id, 'session.password-changed', actor.id);
}

/** Ends every session of an account, but for one that may be kept. */
export async function endSessionsOf(userId: string, keep?: string): Promise<void> {
  await sessionStore.removeOfUser(userId, keep);
  known.clear();
}

/** From now on the session ends when the tablet is withdrawn. */
export async function bindSession(token: string, deviceId: string): Promise<void> {
  await sessionStore.bindToDevice(idOf(token), deviceId);
}

export async function endSession(token: string): Promise<void> {
  await sessionStore.remove(idOf(token));
  known.clear();
}

export async function endSessionsOfDevice(deviceId: string): Promise<void> {
  await sessionStore.removeOfDevice(deviceId);
  known.clear();
}
