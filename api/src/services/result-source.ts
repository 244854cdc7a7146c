import type { Level } from '../contracts/common.ts';
import type { Methodology } from '../contracts/methodologies.ts';
import type { SessionUser } from '../contracts/session.ts';
import { may } from '../domain/permissions.ts';
import { estimateStore, type EstimateResult } from '../models/estimates.ts';
import { methodologyStore } from '../models/methodologies.ts';
import { publicationStore, type StoredPublication } from '../models/publications.ts';
import { waveStore, type StoredWave } from '../models/waves.ts';
import { Problem } from '../problem.ts';

/** Where the figures come from: the frozen copy of a publication, or the live estimates. */
export interface Source {
  wave: StoredWave;
  publication: StoredPublication | null;
}

/**
 * Finds what the actor may see of a wave: unpublished figures only with the permission for them; for
 * everybody else a wave that is not published does not exist.
 */
export async function sourceFor(actor: SessionUser, waveId: string): Promise<Source> {
  const [wave, publication] = await Promise.all([
    waveStore.get(waveId),
    publicationStore.getOfWave(waveId),
  ]);
  const published = publication?.status === 'published' ? publication : null;
  if (wave === null || (published === null && !may(actor, 'rankings.read-unpublished'))) {
    throw new Problem('not_found');
  }
  return { wave, publication: published };
}

export async function methodologyOf({ wave }: Source): Promise<Methodology> {
  const { code, version } = wave.methodology;
  const stored = await methodologyStore.get(code, version);
  if (stored === null) throw new Error(`methodology ${code}@${version} is missing`);
  return stored.methodology;
}

/** An estimate that may be shown: the akim is rated. */
export type Rated = EstimateResult & {
  score: number;
  standardError: number;
  interval: [number, number];
};
export const isRated = (result: EstimateResult): result is Rated =>
  result.notRated === null && result.score !== null && result.interval !== null;

export interface AkimEstimate {
  akimId: string;
  region: string;
  result: EstimateResult;
}

/** Estimates of one level, and how fresh they are. */
export interface LevelEstimates {
  estimates: AkimEstimate[];
  asOf: Date | null;
  staleAkims: number;
}

/** What the source says of the akims of a level. */
export async function levelEstimates(source: Source, level: Level): Promise<LevelEstimates> {
  const { publication, wave } = source;
  if (publication !== null) {
    const frozen = await publicationStore.estimatesOfLevel(publication._id, level);
    return { estimates: frozen, asOf: publication.publishedAt, staleAkims: 0 };
  }
  // In this order: estimates read after nothing was stale are the newest.
  const staleAkims = await estimateStore.countStale(wave._id, level);
  const stored = await estimateStore.listOfLevel(wave._id, level);
  const made = stored.filter(({ result }) => result !== null);
  const newest = made.reduce((at, { estimatedAt }) => Math.max(at, estimatedAt?.getTime() ?? 0), 0);
  return {
    estimates: made.map(({ akimId, region, result }) => ({ akimId, region, result: result! })),
    asOf: newest === 0 ? null : new Date(newest),
    staleAkims,
  };
}
