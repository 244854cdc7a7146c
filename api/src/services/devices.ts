import { createHash, randomBytes } from 'node:crypto';
import type { DeviceReport, enrolDevice as enrolOperation } from '../contracts/devices.ts';
import { faultMessage } from '../contracts/fault-messages.ts';
import type { InterviewReason, Receipt } from '../contracts/interviews.ts';
import type { BodyOf } from '../contracts/operation.ts';
import type { Permission } from '../contracts/roles.ts';
import type { Session, SessionUser } from '../contracts/session.ts';
import { mayIn, regionLimit } from '../domain/permissions.ts';
import { deviceStore, type StoredDevice } from '../models/devices.ts';
import { enrolmentStore } from '../models/enrolments.ts';
import { interviewStore } from '../models/interviews.ts';
import { userStore, type StoredUser } from '../models/users.ts';
import { Problem } from '../problem.ts';
import { audit } from './audit.ts';
import { BriefCache } from './brief-cache.ts';
import type { Deps } from './deps.ts';
import { forgetDevices } from './interview-context.ts';
import {
  asSessionUser,
  bindSession,
  endSession,
  endSessionsOfDevice,
  openSession,
} from './sessions.ts';

/** A tablet that showed its credential. */
export interface KnownDevice {
  readonly id: string;
  readonly revoked: boolean;
  /** In whose name it hands in when nobody is signed in: who worked on it last. */
  readonly interviewer: SessionUser;
}

const known = new BriefCache<KnownDevice>(5000);

const idOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const newCredential = (): string => randomBytes(32).toString('base64url');

function forget(): void {
  known.clear();
  forgetDevices();
}

/** The tablet behind a credential; null when it is not, or no longer, any tablet's. */
export async function findDevice(deps: Deps, token: string): Promise<KnownDevice | null> {
  const credentialHash = idOf(token);
  const found = known.get(credentialHash, deps.now());
  if (found !== undefined) return found;
  const device = await deviceStore.getByCredential(credentialHash);
  const last = device?.interviewerIds[0];
  const user = last === undefined ? null : await userStore.get(last);
  if (device === null || user === null) return null;
  const made = {
    id: device._id,
    revoked: device.revokedAt !== null,
    interviewer: asSessionUser(user),
  };
  known.set(credentialHash, made, deps.now());
  return made;
}

/** Whoever hands in: a person, or with no session alive the tablet itself in the name of its last one. */
export interface HandIn {
  readonly actor: SessionUser;
  /** What the actor must be allowed in the region of an interview. */
  readonly permission: Permission;
  /** Why all of it is kept aside, and whose interviews it may be; null for a person. */
  readonly held: {
    readonly code: Extract<InterviewReason, 'device_revoked' | 'session_expired'>;
    readonly deviceId: string;
  } | null;
}

/** @throws Problem when there is neither */
export function handInOf(actor: SessionUser | null, device: KnownDevice | null): HandIn {
  const permission = 'field.work';
  if (actor !== null) return { actor, permission, held: null };
  if (device === null) throw new Problem('not_signed_in');
  const code = device.revoked ? 'device_revoked' : 'session_expired';
  return { actor: device.interviewer, permission, held: { code, deviceId: device.id } };
}

/** Those of the interviews a tablet waits for that are stored by now. */
async function receiptsFor(deps: Deps, waiting: DeviceReport['waiting']): Promise<Receipt[]> {
  if (waiting.length === 0) return [];
  const stored = await interviewStore.hashes(waiting.map(({ id }) => id));
  const receivedAt = deps.now().toISOString();
  return waiting
    .filter(({ id, hash }) => stored.get(id) === hash)
    .map(({ id, hash }) => ({ id, hash, status: 'duplicate', receivedAt }));
}

const mostInterviewers = 10;

function whoWorksOnIt(actor: SessionUser, before: StoredDevice | null) {
  const others = (before?.interviewerIds ?? []).filter((id) => id !== actor.id);
  return {
    interviewerIds: [actor.id, ...others].slice(0, mostInterviewers),
    regions: [...actor.regions],
  };
}

function asStoredReport(report: DeviceReport, at: Date): NonNullable<StoredDevice['report']> {
  const { deviceId: _id, deviceTime, waiting: _waiting, ...told } = report;
  return { ...told, at, clockOffsetMs: Date.parse(deviceTime) - at.getTime() };
}

interface Reporting {
  readonly actor: SessionUser | null;
  readonly device: KnownDevice | null;
  readonly sessionToken: string | null;
}

/**
 * Writes down what a tablet tells of itself. With a session it makes the tablet known, as the account's.
 * @returns `credential` is new when the tablet showed none of its own
 * @throws Problem `forbidden` when a credential speaks for another tablet
 */
export async function reportDevice(
  deps: Deps,
  { actor, device, sessionToken }: Reporting,
  report: DeviceReport,
): Promise<{ revoked: boolean; receipts: Receipt[]; credential: string | null }> {
  const id = report.deviceId;
  if (actor === null && device?.id !== id) throw new Problem('forbidden');
  const now = deps.now();
  const before = await deviceStore.get(id);
  const revoked = before !== null && before.revokedAt !== null;
  const ownCredential = device?.id === id;
  const credential = actor === null || revoked || ownCredential ? null : newCredential();
  const works = actor === null || revoked ? null : whoWorksOnIt(actor, before);
  await deviceStore.upsert(
    id,
    { label: id.slice(0, 8), enrolledAt: now, interviewerIds: [], regions: [] },
    {
      ...works,
      report: asStoredReport(report, now),
      lastSeenAt: now,
      ...(credential !== null && { credentialHash: idOf(credential) }),
    },
  );
  if (works !== null && before?.interviewerIds[0] !== works.interviewerIds[0]) known.clear();
  if (sessionToken !== null) {
    await (revoked ? endSession(sessionToken) : bindSession(sessionToken, id));
  }
  if (before === null) await audit(deps, actor?.id ?? null, 'device.made-known', id);
  return { revoked, receipts: await receiptsFor(deps, report.waiting), credential };
}

/** Without letters that are taken for one another. */
const codeLetters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const codeLength = 8;
const codeLifetimeMs = 15 * 60_000;

/** Uniform: bytes that would favour the first letters are thrown away. */
function newCode(): string {
  const fair = 256 - (256 % codeLetters.length);
  let made = '';
  while (made.length < codeLength) {
    for (const byte of randomBytes(codeLength)) {
      if (byte < fair && made.length < codeLength) made += codeLetters[byte % codeLetters.length];
    }
  }
  return made;
}

/** A code for one tablet of an interviewer. It is kept nowhere but in the answer. */
export async function createEnrolment(
  deps: Deps,
  actor: SessionUser,
  { interviewerId, label }: { interviewerId: string; label: string },
) {
  const user = await userStore.get(interviewerId);
  const inReach = user?.regions.some((region) => mayIn(actor, 'devices.manage', region)) === true;
  if (user === null || user.disabled || user.role !== 'interviewer' || !inReach) {
    throw new Problem('invalid_input', {
      fields: [{ path: 'body.interviewerId', message: faultMessage('no_interviewer') }],
    });
  }
  const now = deps.now();
  const code = newCode();
  const expiresAt = new Date(now.getTime() + codeLifetimeMs);
  await enrolmentStore.removeExpired(now);
  await enrolmentStore.create({
    _id: idOf(code),
    interviewerId,
    label,
    createdBy: actor.id,
    expiresAt,
  });
  await audit(deps, actor.id, 'device.enrolment-made', interviewerId);
  return {
    code: `${code.slice(0, 4)}-${code.slice(4)}`,
    expiresAt: expiresAt.toISOString(),
    interviewerName: user.name,
  };
}

async function takeCode(
  deps: Deps,
  code: string,
): Promise<{ user: StoredUser; label: string; createdBy: string }> {
  const enrolment = await enrolmentStore.take(idOf(code));
  const valid = enrolment !== null && enrolment.expiresAt > deps.now();
  const user = valid ? await userStore.get(enrolment.interviewerId) : null;
  if (enrolment === null || user === null || user.disabled) throw new Problem('code_not_valid');
  return { user, label: enrolment.label, createdBy: enrolment.createdBy };
}

/**
 * Makes a tablet the interviewer's for whom the code was made; one that was withdrawn works again.
 * @throws Problem `code_not_valid`: wrong, used or expired, which are not told apart for a guesser
 */
export async function enrolDevice(
  deps: Deps,
  { code, deviceId, userAgentFamily }: BodyOf<typeof enrolOperation>,
): Promise<{ session: Session; sessionToken: string; credential: string }> {
  const { user, label, createdBy } = await takeCode(deps, code);
  const now = deps.now();
  const credential = newCredential();
  const before = await deviceStore.get(deviceId);
  await endSessionsOfDevice(deviceId);
  await deviceStore.upsert(
    deviceId,
    {},
    {
      ...whoWorksOnIt(asSessionUser(user), before),
      label: label || (before?.label ?? deviceId.slice(0, 8)),
      enrolledAt: now,
      enrolledBy: createdBy,
      credentialHash: idOf(credential),
      revokedAt: null,
      revokedBy: null,
      revokedReason: null,
      lastSeenAt: now,
    },
  );
  forget();
  const { session, token } = await openSession(deps, user, deviceId);
  await audit(deps, createdBy, 'device.enrolled', deviceId, {
    interviewerId: user._id,
    userAgentFamily,
    again: before !== null,
  });
  return { session, sessionToken: token, credential };
}

/** Withdraws a tablet. What it still has it may hand in: that is kept aside for a person. */
export async function revokeDevice(deps: Deps, actor: SessionUser, id: string, reason: string) {
  const device = await deviceStore.get(id);
  const limit = regionLimit(actor, 'devices.manage');
  const inReach = limit === null || device?.regions.some((region) => limit.includes(region));
  if (device === null || !inReach) throw new Problem('not_found');
  if (device.revokedAt !== null) return { id, revokedAt: device.revokedAt.toISOString() };
  const revokedAt = deps.now();
  await deviceStore.change(id, { revokedAt, revokedBy: actor.id, revokedReason: reason });
  await endSessionsOfDevice(id);
  forget();
  await audit(deps, actor.id, 'device.revoked', id, { reason });
  return { id, revokedAt: revokedAt.toISOString() };
}
