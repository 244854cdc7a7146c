import type { Methodology } from '../contracts/methodologies.ts';
import { contactCodes } from '../domain/contact-dispositions.ts';
import { finalDisposition, type Disposition } from '../domain/outcome-rates.ts';
import type { Unanswered } from '../domain/response-classes.ts';
import { assignmentStore, type StoredAssignment } from '../models/assignments.ts';
import { contactAttemptStore } from '../models/contact-attempts.ts';
import { estimateStore } from '../models/estimates.ts';
import { interviewStore } from '../models/interviews.ts';
import { methodologyStore } from '../models/methodologies.ts';
import { waveStore } from '../models/waves.ts';
import type { Deps } from './deps.ts';
import { grouped } from './grouped.ts';

const adjusts = ({ rules }: Methodology): boolean => rules.nonResponse === 'stratum';

const caseOf = ({ assignmentId, household }: { assignmentId: string; household: number }) =>
  `${assignmentId} ${household}`;

/**
 * Households of some akims' samples that were tried and gave no interview, by stratum; those found not to be eligible are
 * left out, those of whom that is not known are not. Undefined where the methodology does not ask.
 */
export async function unansweredOf(
  waveId: string,
  akimIds: readonly string[],
  methodology: Methodology,
): Promise<Unanswered[] | undefined> {
  if (!adjusts(methodology)) return undefined;
  const assignments = await assignmentStore.listOfAkims(waveId, akimIds);
  const ids = assignments.map(({ _id }) => _id);
  const [attempts, interviewed] = await Promise.all([
    contactAttemptStore.outcomesOfAssignments(ids),
    interviewStore.householdsOfAssignments(ids),
  ]);
  const answered = new Set(interviewed.map(caseOf));
  const byId = new Map(assignments.map((assignment) => [assignment._id, assignment]));
  const open = [...grouped(attempts, caseOf)].filter(
    ([household, tried]) =>
      !answered.has(household) &&
      finalDisposition(tried.map(({ disposition }) => contactCodes[disposition].group)) !==
        ('not_eligible' satisfies Disposition),
  );
  const households = open.map(([, tried]) => byId.get(tried[0]!.assignmentId)!);
  return [...grouped(households, stratumOf)].map(([, inStratum]) => ({
    akim: inStratum[0]!.akimId,
    stratum: inStratum[0]!.samplingPoint.stratum,
    baseWeight: inStratum.reduce((sum, { baseWeight }) => sum + baseWeight, 0),
  }));
}

const stratumOf = ({ akimId, samplingPoint }: StoredAssignment) =>
  `${akimId} ${samplingPoint.stratum}`;

/** Attempts that came change the weights of the akims whose methodology adjusts for non-response: they are estimated anew. */
export async function estimateAfterAttempts(
  deps: Deps,
  assignments: readonly StoredAssignment[],
): Promise<void> {
  let changed = 0;
  for (const [waveId, inWave] of grouped(assignments, (one) => one.waveId)) {
    const wave = await waveStore.get(waveId);
    if (wave === null) continue;
    const { code, version } = wave.methodology;
    const found = await methodologyStore.get(code, version);
    if (found === null || !adjusts(found.methodology)) continue;
    const akims = new Map(inWave.map((one) => [one.akimId, one]));
    // Whoever has no interview yet is estimated with the first one.
    const known = await estimateStore.interviewsSeen(waveId, [...akims.keys()]);
    const stale = [...known.keys()].map((akimId) => akims.get(akimId)!);
    await estimateStore.markStale(
      stale.map(({ akimId, level, region }) => ({ waveId, akimId, level, region })),
    );
    changed += stale.length;
  }
  if (changed > 0) deps.wakeEstimator();
}
