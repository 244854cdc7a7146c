import { randomUUID } from 'node:crypto';
import { faultMessage } from '../contracts/fault-messages.ts';
import type { Methodology } from '../contracts/methodologies.ts';
import type { BodyOf } from '../contracts/operation.ts';
import type { FieldFault } from '../contracts/problem.ts';
import type { SessionUser } from '../contracts/session.ts';
import type { createWave as createOperation, Wave } from '../contracts/waves.ts';
import { may } from '../domain/permissions.ts';
import { questionsOf } from '../domain/questionnaire-json.ts';
import { compileScoring } from '../domain/scoring.ts';
import { isDuplicateKey } from '../models/database.ts';
import { interviewStore } from '../models/interviews.ts';
import { methodologyStore } from '../models/methodologies.ts';
import { publicationStore, type StoredPublication } from '../models/publications.ts';
import { questionnaireOf, questionnaireStore } from '../models/questionnaires.ts';
import { targetStore } from '../models/targets.ts';
import { waveStore, type StoredWave, type WaveStatus } from '../models/waves.ts';
import { Problem } from '../problem.ts';
import { audit } from './audit.ts';
import type { Deps } from './deps.ts';
import { scoringIndicators } from './estimate-akim.ts';
import { forgetWaves } from './interview-context.ts';
import { hashOf } from './questionnaires.ts';

function asWave(
  stored: StoredWave,
  publication: StoredPublication | null,
  interviews: number | null,
): Wave {
  const { _id, createdAt: _created, estimatesRevision: _revision, ...rest } = stored;
  return {
    id: _id,
    ...rest,
    interviews,
    publication: publication && {
      id: publication._id,
      status: publication.status,
      publishedAt: publication.publishedAt?.toISOString() ?? null,
    },
  };
}

async function asWaveFor(actor: SessionUser, stored: StoredWave): Promise<Wave> {
  const unpublished = may(actor, 'rankings.read-unpublished');
  const publication = await publicationStore.getOfWave(stored._id);
  return asWave(
    stored,
    unpublished || publication?.status === 'published' ? publication : null,
    unpublished ? await interviewStore.countOfWave(stored._id) : null,
  );
}

/** Who may see only what is published sees only published waves; fieldwork needs the open ones too. */
export async function listWaves(actor: SessionUser): Promise<{ waves: Wave[] }> {
  const seesAll = may(actor, 'waves.manage') || may(actor, 'assignments.read');
  const waves = await Promise.all((await waveStore.list()).map((wave) => asWaveFor(actor, wave)));
  return { waves: waves.filter((wave) => seesAll || wave.publication?.status === 'published') };
}

/** Questions that the methodology calibrates by and the questionnaire does not ask. */
function missingMargins(questionnaire: object, { rules: { calibration } }: Methodology): string[] {
  if (calibration.method === 'none') return [];
  const asked = new Set(
    questionsOf(questionnaire).flatMap(({ question, insidePanel }) =>
      insidePanel ? [] : [question.name],
    ),
  );
  return calibration.margins
    .map(({ question }) => question)
    .filter((question) => !asked.has(question));
}

/** What the parts of a wave say about each other: versions that exist, levels, indicators that fit. */
async function partFaults(wanted: BodyOf<typeof createOperation>): Promise<FieldFault[]> {
  const faults: FieldFault[] = [];
  const { code, version } = wanted.methodology;
  const methodology = await methodologyStore.get(code, version);
  if (methodology === null) {
    faults.push({
      path: 'body.methodology',
      message: faultMessage('not_published', { version: `${code}@${version}` }),
    });
  }
  const levels = wanted.questionnaires.map(({ level }) => level);
  for (const [place, part] of wanted.questionnaires.entries()) {
    const path = `body.questionnaires.${place}`;
    if (levels.indexOf(part.level) !== place) {
      faults.push({ path, message: faultMessage('level_twice', { level: part.level }) });
    }
    const found = await questionnaireStore.get(part.code, part.version);
    const version = `${part.code}@${part.version}`;
    if (found === null) {
      faults.push({ path, message: faultMessage('not_published', { version }) });
    } else if (found.retired) {
      faults.push({ path, message: faultMessage('retired', { version }) });
    } else if (!found.levels.includes(part.level)) {
      faults.push({
        path,
        message: faultMessage('not_for_level', { version, level: part.level }),
      });
    } else if (methodology !== null) {
      const scoring = compileScoring(questionnaireOf(found), {
        indicators: scoringIndicators(methodology.methodology),
      });
      faults.push(
        ...scoring.faults.map(({ question, reason }) => ({
          path: `${path}.${question}`,
          message: faultMessage('scoring_misfit', { reason }),
        })),
        ...missingMargins(questionnaireOf(found), methodology.methodology).map((question) => ({
          path: `${path}.${question}`,
          message: faultMessage('margin_not_asked', { question }),
        })),
      );
    }
  }
  return faults;
}

export async function createWave(
  deps: Deps,
  actor: SessionUser,
  wanted: BodyOf<typeof createOperation>,
): Promise<Wave> {
  const fields = await partFaults(wanted);
  if (fields.length > 0) throw new Problem('invalid_input', { fields });
  const stored: StoredWave = {
    _id: randomUUID(),
    ...wanted,
    status: 'draft',
    synthetic: deps.synthetic,
    lockHash: null,
    createdAt: deps.now(),
    estimatesRevision: 0,
  };
  try {
    await waveStore.create(stored);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw new Problem('conflict', {
      fields: [{ path: 'body.code', message: faultMessage('code_taken', { code: wanted.code }) }],
    });
  }
  await audit(deps, actor.id, 'wave.created', stored._id);
  return asWave(stored, null, 0);
}

/** SHA-256 over the very versions a wave is locked to. */
async function lockHashOf(wave: StoredWave): Promise<string> {
  const methodology = await methodologyStore.get(wave.methodology.code, wave.methodology.version);
  const questionnaires = await Promise.all(
    wave.questionnaires.map(async ({ level, code, version }) => ({
      level,
      hash: (await questionnaireStore.get(code, version))?.hash,
    })),
  );
  const targets = await targetStore.get(wave._id);
  return hashOf({
    methodology: methodology?.hash,
    questionnaires,
    ...(targets && { targets: targets.hash }),
  });
}

/** A wave that could rate nobody is not locked: its methodology needs targets, and there are none. */
async function checkTargets(wave: StoredWave): Promise<void> {
  const found = await methodologyStore.get(wave.methodology.code, wave.methodology.version);
  const calibration = found?.methodology.rules.calibration;
  if (calibration === undefined || calibration.method === 'none') return;
  if (calibration.onFailure !== 'not_rated' || (await targetStore.get(wave._id)) !== null) return;
  throw new Problem('wave_state', {
    detail: 'The methodology calibrates to official targets and the wave has none; import them.',
  });
}

/** Takes a wave one step further; each step is made once and never back. */
export async function stepWave(
  deps: Deps,
  actor: SessionUser,
  waveId: string,
  from: WaveStatus,
  to: WaveStatus,
): Promise<Wave> {
  const wave = await waveStore.get(waveId);
  if (wave === null) throw new Problem('not_found');
  if (to === 'locked') await checkTargets(wave);
  const changes =
    to === 'locked' ? { status: to, lockHash: await lockHashOf(wave) } : { status: to };
  const changed = await waveStore.step(waveId, from, changes);
  if (changed === null) {
    throw new Problem('wave_state', { detail: `The wave is ${wave.status}, not ${from}.` });
  }
  forgetWaves();
  await audit(deps, actor.id, `wave.${to}`, waveId, { lockHash: changed.lockHash });
  return asWaveFor(actor, changed);
}
