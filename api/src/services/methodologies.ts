import { faultMessage } from '../contracts/fault-messages.ts';
import {
  ruleFaults,
  type Methodology,
  type MethodologyVersion,
} from '../contracts/methodologies.ts';
import type { FieldFault } from '../contracts/problem.ts';
import type { SessionUser } from '../contracts/session.ts';
import { isDuplicateKey } from '../models/database.ts';
import { methodologyStore, type StoredMethodology } from '../models/methodologies.ts';
import { Problem } from '../problem.ts';
import { audit } from './audit.ts';
import type { Deps } from './deps.ts';
import { indicatorsOf } from './estimate-akim.ts';
import { hashOf } from './questionnaires.ts';

function asVersion({ methodology, hash, publishedAt, publishedBy }: StoredMethodology) {
  return { methodology, hash, publishedAt: publishedAt.toISOString(), publishedBy };
}

export async function listMethodologies(): Promise<{ methodologies: MethodologyVersion[] }> {
  return { methodologies: (await methodologyStore.list()).map(asVersion) };
}

/** What the shape alone cannot tell: importances that do not sum to 1, an indicator or a margin named twice. */
function faultsOf(methodology: Methodology): FieldFault[] {
  const indicators = indicatorsOf(methodology);
  const faults: FieldFault[] = [];
  const sum = indicators.reduce((total, { importance }) => total + importance, 0);
  if (Math.abs(sum - 1) > 1e-9) {
    faults.push({
      path: 'body.methodology.blocks',
      message: faultMessage('importances_sum', { sum }),
    });
  }
  const codes = indicators.map(({ code }) => code);
  for (const twice of codes.filter((code, place) => codes.indexOf(code) !== place)) {
    faults.push({
      path: 'body.methodology.blocks',
      message: faultMessage('indicator_twice', { indicator: twice }),
    });
  }
  const messages = {
    'margin-twice': (found: string) => faultMessage('margin_twice', { question: found }),
    'bands-not-ascending': (found: string) => faultMessage('bands_not_ascending', { bands: found }),
  };
  faults.push(
    ...ruleFaults(methodology).map(({ path, kind, found }) => ({
      path: `body.methodology.${path}`,
      message: messages[kind](found),
    })),
  );
  return faults;
}

/** Publishes a version of a methodology; it can never be changed. */
export async function publishMethodology(
  deps: Deps,
  actor: SessionUser,
  methodology: Methodology,
): Promise<MethodologyVersion> {
  const fields = faultsOf(methodology);
  if (fields.length > 0) throw new Problem('invalid_input', { fields });
  const stored: StoredMethodology = {
    _id: `${methodology.code}@${methodology.version}`,
    hash: hashOf(methodology),
    publishedAt: deps.now(),
    publishedBy: actor.name,
    methodology,
  };
  try {
    await methodologyStore.create(stored);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw new Problem('conflict', {
      detail: `${stored._id} is published; a published methodology is never changed, raise the version.`,
    });
  }
  await audit(deps, actor.id, 'methodology.published', stored._id, { hash: stored.hash });
  return asVersion(stored);
}
