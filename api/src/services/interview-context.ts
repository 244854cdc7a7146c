import type { InterviewInput } from '../contracts/interviews.ts';
import { compileScoring, type ScoringPlan } from '../domain/scoring.ts';
import { assignmentStore, type StoredAssignment } from '../models/assignments.ts';
import { deviceStore } from '../models/devices.ts';
import { methodologyStore } from '../models/methodologies.ts';
import { questionnaireOf, questionnaireStore } from '../models/questionnaires.ts';
import { waveStore, type StoredWave } from '../models/waves.ts';
import { compileAnswersCheck, type AnswersCheck } from './answers-check.ts';
import { BriefCache } from './brief-cache.ts';
import type { Deps } from './deps.ts';
import { scoringIndicators } from './estimate-akim.ts';

/** A questionnaire version of a wave, ready to check and score answers. */
export interface CompiledVersion {
  hash: string;
  check: AnswersCheck;
  plan: ScoringPlan;
}

/** What the interviews of a batch refer to. What does not exist is not there. */
export interface InterviewContext {
  waves: ReadonlyMap<string, StoredWave>;
  assignments: ReadonlyMap<string, StoredAssignment>;
  /** By `questionnaireKey` of the interview: wave and version. */
  questionnaires: ReadonlyMap<string, CompiledVersion>;
  /** Tablets that were withdrawn. */
  revokedDevices: ReadonlySet<string>;
}

// A wave that closes is closed for other processes after this at the latest.
const waves = new BriefCache<StoredWave>(1000);
const assignments = new BriefCache<StoredAssignment>(60_000, 50_000);
const revoked = new BriefCache<boolean>(5000);
// Versions never change; few are in use at once.
const compiled = new BriefCache<CompiledVersion>(3_600_000, 50);

async function cached<T extends { _id: string }>(
  cache: BriefCache<T>,
  ids: readonly string[],
  now: Date,
  load: (missing: readonly string[]) => Promise<T[]>,
): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  const missing: string[] = [];
  for (const id of new Set(ids)) {
    const known = cache.get(id, now);
    if (known === undefined) missing.push(id);
    else found.set(id, known);
  }
  for (const document of missing.length === 0 ? [] : await load(missing)) {
    cache.set(document._id, document, now);
    found.set(document._id, document);
  }
  return found;
}

/** Forgets what is known of waves: one of them has changed. */
export function forgetWaves(): void {
  waves.clear();
}

/** Forgets which tablets are withdrawn: it has changed for one of them. */
export function forgetDevices(): void {
  revoked.clear();
}

async function revokedAmong(deviceIds: readonly string[], now: Date): Promise<Set<string>> {
  const ids = [...new Set(deviceIds)];
  const missing = ids.filter((id) => revoked.get(id, now) === undefined);
  if (missing.length > 0) {
    const found = await deviceStore.revokedAmong(missing);
    for (const id of missing) revoked.set(id, found.has(id), now);
  }
  return new Set(ids.filter((id) => revoked.get(id, now) === true));
}

async function compileVersion(
  wave: StoredWave,
  code: string,
  version: number,
): Promise<CompiledVersion | null> {
  const stored = await questionnaireStore.get(code, version);
  const methodology = await methodologyStore.get(wave.methodology.code, wave.methodology.version);
  if (stored === null || methodology === null) return null;
  const questionnaire = questionnaireOf(stored);
  return {
    hash: stored.hash,
    check: compileAnswersCheck(questionnaire),
    plan: compileScoring(questionnaire, { indicators: scoringIndicators(methodology.methodology) })
      .plan,
  };
}

async function compiledVersions(
  inputs: readonly InterviewInput[],
  known: ReadonlyMap<string, StoredWave>,
  now: Date,
): Promise<Map<string, CompiledVersion>> {
  const found = new Map<string, CompiledVersion>();
  for (const { waveId, questionnaire } of inputs) {
    const { code, version } = questionnaire;
    const key = `${waveId} ${code}@${version}`;
    const wave = known.get(waveId);
    if (found.has(key) || wave === undefined) continue;
    const one = compiled.get(key, now) ?? (await compileVersion(wave, code, version));
    if (one === null) continue;
    compiled.set(key, one, now);
    found.set(key, one);
  }
  return found;
}

/** Loads what the interviews of a batch refer to, from memory where it was used a moment ago. */
export async function loadContext(
  deps: Deps,
  inputs: readonly InterviewInput[],
): Promise<InterviewContext> {
  const now = deps.now();
  const ids = (idOf: (input: InterviewInput) => string) => inputs.map(idOf);
  const [foundWaves, foundAssignments, revokedDevices] = await Promise.all([
    cached(
      waves,
      ids((input) => input.waveId),
      now,
      (missing) => waveStore.listByIds(missing),
    ),
    cached(
      assignments,
      ids((input) => input.assignmentId),
      now,
      (missing) => assignmentStore.listByIds(missing),
    ),
    revokedAmong(
      ids((input) => input.deviceId),
      now,
    ),
  ]);
  return {
    waves: foundWaves,
    assignments: foundAssignments,
    questionnaires: await compiledVersions(inputs, foundWaves, now),
    revokedDevices,
  };
}
