import { randomUUID } from 'node:crypto';
import type {
  Assignment,
  createAssignments as createOperation,
  listAssignments as listOperation,
} from '../contracts/assignments.ts';
import { faultMessage } from '../contracts/fault-messages.ts';
import type { BodyOf, QueryOf } from '../contracts/operation.ts';
import type { FieldFault } from '../contracts/problem.ts';
import type { SessionUser } from '../contracts/session.ts';
import { mayIn, regionLimit } from '../domain/permissions.ts';
import { akimStore, type StoredAkim } from '../models/akims.ts';
import { assignmentStore, type StoredAssignment } from '../models/assignments.ts';
import { isDuplicateKey } from '../models/database.ts';
import { interviewStore } from '../models/interviews.ts';
import type { StoredTerritory } from '../models/territories.ts';
import { userStore, type StoredUser } from '../models/users.ts';
import { waveStore, type StoredWave } from '../models/waves.ts';
import { Problem } from '../problem.ts';
import { audit } from './audit.ts';
import type { Deps } from './deps.ts';
import { quotasOfWave, type QuotaOf } from './quotas.ts';
import { territoryDirectory } from './territories.ts';

/** Assignments as the wire has them, with who works on each and how far it is. */
export async function asAssignments(stored: readonly StoredAssignment[]): Promise<Assignment[]> {
  const [received, interviewers] = await Promise.all([
    interviewStore.countsByAssignment(stored.map(({ _id }) => _id)),
    userStore.listByIds([...new Set(stored.map(({ interviewerId }) => interviewerId))]),
  ]);
  const names = new Map(interviewers.map((user) => [user._id, user.name]));
  return stored.map(({ _id, createdAt: _, ...rest }) => ({
    id: _id,
    ...rest,
    interviewerName: names.get(rest.interviewerId) ?? '—',
    interviewsReceived: received.get(_id) ?? 0,
  }));
}

export async function listAssignments(actor: SessionUser, query: QueryOf<typeof listOperation>) {
  const limit = regionLimit(actor, 'assignments.read');
  if (query.region !== undefined && !mayIn(actor, 'assignments.read', query.region)) {
    throw new Problem('not_found');
  }
  const regions = query.region === undefined ? limit : [query.region];
  const found = await assignmentStore.list(query.wave, regions, query.limit, query.offset);
  return { assignments: await asAssignments(found.assignments), total: found.total };
}

interface Found {
  wave: StoredWave;
  akims: ReadonlyMap<string, StoredAkim>;
  interviewers: ReadonlyMap<string, StoredUser>;
  taken: ReadonlySet<string>;
  territories: ReadonlyMap<string, StoredTerritory>;
  quotaOf: QuotaOf;
}
type Wanted = BodyOf<typeof createOperation>['assignments'][number];

function faultsOf(actor: SessionUser, wanted: readonly Wanted[], found: Found): FieldFault[] {
  const seen = new Set(found.taken);
  return wanted.flatMap((one, place) => {
    const fault = (field: string, message: string) => [
      { path: `body.assignments.${place}.${field}`, message },
    ];
    const akim = found.akims.get(one.akimId);
    if (akim === undefined || !mayIn(actor, 'assignments.create', akim.region)) {
      return fault('akimId', faultMessage('no_akim'));
    }
    if (!found.wave.questionnaires.some(({ level }) => level === akim.level)) {
      return fault('akimId', faultMessage('no_questionnaire_for_level'));
    }
    const interviewer = found.interviewers.get(one.interviewer);
    if (!interviewer || interviewer.disabled || !mayIn(interviewer, 'field.work', akim.region)) {
      return fault('interviewer', faultMessage('no_interviewer_there'));
    }
    const point = `${one.akimId} ${one.samplingPoint.code}`;
    if (seen.has(point)) return fault('samplingPoint.code', faultMessage('point_taken'));
    seen.add(point);
    return [];
  });
}

async function load(deps: Deps, body: BodyOf<typeof createOperation>): Promise<Found> {
  const wave = await waveStore.get(body.waveId);
  if (wave === null) throw new Problem('not_found');
  if (wave.status === 'draft' || wave.status === 'closed') {
    throw new Problem('wave_state', {
      detail: 'Lock the wave first; a closed wave takes no work.',
    });
  }
  const akimIds = [...new Set(body.assignments.map(({ akimId }) => akimId))];
  const logins = [...new Set(body.assignments.map(({ interviewer }) => interviewer))];
  const [akims, interviewers, existing, territories, quotaOf] = await Promise.all([
    akimStore.listByIds(akimIds),
    Promise.all(logins.map((login) => userStore.getByLogin(login))),
    assignmentStore.listOfAkims(wave._id, akimIds),
    territoryDirectory(deps),
    quotasOfWave(wave),
  ]);
  return {
    wave,
    quotaOf,
    akims: new Map(akims.map((akim) => [akim._id, akim])),
    interviewers: new Map(interviewers.flatMap((user) => (user ? [[user.login, user]] : []))),
    taken: new Set(existing.map(({ akimId, samplingPoint }) => `${akimId} ${samplingPoint.code}`)),
    territories,
  };
}

/** Hands out work: all the assignments or none. */
export async function createAssignments(
  deps: Deps,
  actor: SessionUser,
  body: BodyOf<typeof createOperation>,
): Promise<{ assignments: Assignment[] }> {
  const found = await load(deps, body);
  const fields = faultsOf(actor, body.assignments, found);
  if (fields.length > 0) throw new Problem('invalid_input', { fields });
  const stored = body.assignments.map((wanted): StoredAssignment => {
    const akim = found.akims.get(wanted.akimId)!;
    const territory = found.territories.get(akim.territory)!;
    const quota = found.quotaOf(akim, wanted.samplingPoint, wanted.targetInterviews);
    return {
      _id: randomUUID(),
      waveId: body.waveId,
      akimId: akim._id,
      level: akim.level,
      region: akim.region,
      territory: akim.territory,
      territoryName: territory.name,
      office: territory.office,
      interviewerId: found.interviewers.get(wanted.interviewer)!._id,
      samplingPoint: wanted.samplingPoint,
      baseWeight: wanted.baseWeight,
      targetInterviews: wanted.targetInterviews,
      ...(quota && { quota }),
      createdAt: deps.now(),
    };
  });
  try {
    await assignmentStore.createMany(stored);
  } catch (error) {
    await assignmentStore.removeMany(stored.map(({ _id }) => _id));
    if (!isDuplicateKey(error)) throw error;
    throw new Problem('conflict', { detail: 'Somebody handed out one of these points just now.' });
  }
  await audit(deps, actor.id, 'assignments.created', body.waveId, { count: stored.length });
  return { assignments: await asAssignments(stored) };
}

export async function listInterviewers(actor: SessionUser) {
  const limit = regionLimit(actor, 'assignments.create');
  const interviewers = (await userStore.listByRole('interviewer')).filter(
    (user) =>
      !user.disabled && (limit === null || user.regions.some((region) => limit.includes(region))),
  );
  return {
    interviewers: interviewers.map(({ _id, login, name, regions }) => ({
      id: _id,
      login,
      name,
      regions,
    })),
  };
}
