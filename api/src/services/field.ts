import type { FieldPackage } from '../contracts/interviews.ts';
import type { SessionUser } from '../contracts/session.ts';
import { assignmentStore } from '../models/assignments.ts';
import { methodologyStore } from '../models/methodologies.ts';
import { questionnaireStore } from '../models/questionnaires.ts';
import { waveStore } from '../models/waves.ts';
import { lastHouseholds } from './contact-attempts.ts';
import { asAssignments } from './assignments.ts';
import type { Deps } from './deps.ts';
import { asVersion } from './questionnaires.ts';
import { quotaReceived } from './quotas.ts';
import { rescueKeyOf } from './rescue-key.ts';

/** Everything an interviewer's tablet needs: open waves, their questionnaires, the own assignments. */
export async function fieldPackage(deps: Deps, actor: SessionUser): Promise<FieldPackage> {
  const open = (await waveStore.list()).filter(({ status }) => status === 'open');
  const assignments = await assignmentStore.listOfInterviewer(
    actor.id,
    open.map(({ _id }) => _id),
  );
  const waves = open.filter((wave) => assignments.some(({ waveId }) => waveId === wave._id));
  const versions = new Map(
    waves.flatMap((wave) =>
      wave.questionnaires
        .filter(({ level }) =>
          assignments.some((one) => one.waveId === wave._id && one.level === level),
        )
        .map((part) => [`${part.code}@${part.version}`, part] as const),
    ),
  );
  const questionnaires = await Promise.all(
    [...versions.values()].map(({ code, version }) => questionnaireStore.get(code, version)),
  );
  const methodologies = await Promise.all(
    waves.map(({ methodology: { code, version } }) => methodologyStore.get(code, version)),
  );
  return {
    interviewer: { id: actor.id, login: actor.login, name: actor.name },
    synthetic: deps.synthetic,
    rescueKey: await rescueKeyOf(deps),
    waves: waves.map(
      ({ _id, code, name, status, questionnaires: parts, opensOn, closesOn }, place) => ({
        id: _id,
        code,
        name,
        status,
        questionnaires: parts,
        opensOn,
        closesOn,
        respondentSelection: methodologies[place]?.methodology.rules.respondentSelection,
      }),
    ),
    questionnaires: questionnaires.flatMap((stored) => (stored ? asVersion(stored) : [])),
    assignments: await asAssignments(assignments),
    quotaReceived: await quotaReceived(assignments),
    lastHouseholds: await lastHouseholds(assignments.map(({ _id }) => _id)),
  };
}
