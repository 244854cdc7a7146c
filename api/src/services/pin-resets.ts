import { randomInt } from 'node:crypto';
import { toBase64Url } from '../contracts/encryption.ts';
import type { BodyOf } from '../contracts/operation.ts';
import type { redeemPinReset as redeemOperation } from '../contracts/rescue.ts';
import type { SessionUser } from '../contracts/session.ts';
import { may, mayIn } from '../domain/permissions.ts';
import { pinResetStore } from '../models/pin-resets.ts';
import { userStore } from '../models/users.ts';
import { Problem } from '../problem.ts';
import { audit } from './audit.ts';
import type { Deps } from './deps.ts';
import { hashPassword, passwordMatches } from './passwords.ts';
import { openDataKey } from './rescue-key.ts';

/** Long enough for a telephone call. */
const lifetimeMs = 15 * 60_000;
/** Of 100 million codes. */
const triesPerCode = 5;

/**
 * A code for an interviewer who has forgotten the PIN, to be told by telephone. It gives nothing without the
 * interviewer's own session and tablet.
 */
export async function createPinReset(deps: Deps, actor: SessionUser, interviewerId: string) {
  const user = await userStore.get(interviewerId);
  const ours = user?.regions.some((region) => mayIn(actor, 'pin-resets.create', region)) ?? false;
  if (user === null || user.disabled || !ours || !may(user, 'field.work')) {
    throw new Problem('not_found');
  }
  if (user._id === actor.id) throw new Problem('second_person_needed');
  const code = String(randomInt(100_000_000)).padStart(8, '0');
  const expiresAt = new Date(deps.now().getTime() + lifetimeMs);
  await pinResetStore.put({
    _id: user._id,
    codeHash: await hashPassword(code),
    createdBy: actor.id,
    expiresAt,
    tries: 0,
  });
  await audit(deps, actor.id, 'pin-reset.created', user._id);
  return { code, expiresAt: expiresAt.toISOString() };
}

/** @returns the data key of the interviewer's tablet; neither it nor the code is written down anywhere */
export async function redeemPinReset(
  deps: Deps,
  actor: SessionUser,
  { code, keyId, box }: BodyOf<typeof redeemOperation>,
): Promise<{ dataKey: string }> {
  const reset = await pinResetStore.countTry(actor.id);
  const valid = reset !== null && reset.tries <= triesPerCode && reset.expiresAt > deps.now();
  if (!(await passwordMatches(valid ? reset.codeHash : null, code)) || reset === null) {
    await audit(deps, actor.id, 'pin-reset.refused', actor.id);
    throw new Problem('wrong_reset_code');
  }
  // A tablet that hands in something else has not used up the code.
  const dataKey = await openDataKey(keyId, box, actor.id);
  if (!(await pinResetStore.use(reset))) throw new Problem('wrong_reset_code');
  await audit(deps, actor.id, 'pin-reset.used', actor.id, { createdBy: reset.createdBy });
  return { dataKey: toBase64Url(dataKey) };
}
