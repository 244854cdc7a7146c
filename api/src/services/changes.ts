import type { Changes, OfficeChange } from '../contracts/changes.ts';
import type { Level, LocalText } from '../contracts/common.ts';
import type { Methodology } from '../contracts/methodologies.ts';
import type { SessionUser } from '../contracts/session.ts';
import { compareWaves, mostForHolm, type WaveScore } from '../domain/comparison.ts';
import { twoSidedQuantile } from '../domain/distributions.ts';
import { akimStore, type StoredAkim } from '../models/akims.ts';
import { publicationStore } from '../models/publications.ts';
import { waveStore } from '../models/waves.ts';
import {
  isRated,
  levelEstimates,
  methodologyOf,
  sourceFor,
  type AkimEstimate,
  type Source,
} from './result-source.ts';

interface Earlier {
  source: Source;
  estimates: AkimEstimate[];
}

/** The newest published wave that began before this one and has akims of the level. */
async function earlierWave({ wave }: Source, level: Level): Promise<Earlier | null> {
  const [waves, publications] = await Promise.all([waveStore.list(), publicationStore.list()]);
  const published = new Map(
    publications.filter(({ status }) => status === 'published').map((one) => [one.waveId, one]),
  );
  const candidates = waves
    .filter((one) => one.opensOn < wave.opensOn && published.has(one._id))
    .sort((a, b) => (a.opensOn < b.opensOn ? 1 : -1));
  for (const one of candidates) {
    const source = { wave: one, publication: published.get(one._id)! };
    const { estimates } = await levelEstimates(source, level);
    if (estimates.length > 0) return { source, estimates };
  }
  return null;
}

/** The same question asked twice: the same indicators, each with the same importance. */
function isComparable(before: Methodology, after: Methodology): boolean {
  const importances = ({ blocks }: Methodology) =>
    blocks
      .flatMap(({ indicators }) =>
        indicators.map(({ code, importance }) => `${code} ${importance}`),
      )
      .sort()
      .join(' ');
  return importances(before) === importances(after);
}

type Akims = ReadonlyMap<string, StoredAkim>;

/** The office is the territory, the akim one tenure in it. */
const scoresOf = (estimates: readonly AkimEstimate[], akims: Akims): WaveScore[] =>
  estimates.flatMap(({ akimId, result }) => {
    const office = akims.get(akimId)?.territory;
    return office !== undefined && isRated(result)
      ? { office, akim: akimId, score: result.score, standardError: result.standardError }
      : [];
  });

const unknown: LocalText = { kk: '—', ru: '—', en: '—' };

/**
 * How the scores of a level changed since the published wave before. Only the same person in the same office is compared;
 * after a hand-over a new series begins (METHODOLOGY §5).
 */
export async function getChanges(
  actor: SessionUser,
  waveId: string,
  level: Level,
  region: string | undefined,
): Promise<Changes> {
  const source = await sourceFor(actor, waveId);
  const [earlier, methodology, { estimates }, stored] = await Promise.all([
    earlierWave(source, level),
    methodologyOf(source),
    levelEstimates(source, level),
    akimStore.listByLevel(level),
  ]);
  const { confidenceLevel } = methodology.rules;
  const comparable =
    earlier !== null && isComparable(await methodologyOf(earlier.source), methodology);
  const akims = new Map(stored.map((akim) => [akim._id, akim]));
  const inRegion = (one: AkimEstimate) => region === undefined || one.region === region;
  const before = comparable ? scoresOf(earlier.estimates.filter(inRegion), akims) : [];
  const compared = comparable
    ? compareWaves(before, scoresOf(estimates.filter(inRegion), akims))
    : [];
  const count = compared.filter(({ kind }) => kind === 'change').length;
  const adjustment = count <= mostForHolm ? 'holm' : 'benjamini_hochberg';
  const z = twoSidedQuantile(confidenceLevel, Infinity);
  const offices = compared.flatMap((one): OfficeChange[] => {
    const { office: territory } = one;
    switch (one.kind) {
      case 'only_before':
        return [];
      case 'only_after':
        return [{ kind: 'only_after', akimId: one.akim, territory }];
      case 'hand_over': {
        const beforeName = akims.get(one.before)?.name ?? unknown;
        const { from } = akims.get(one.after)!;
        return [{ kind: 'hand_over', akimId: one.after, territory, beforeName, from }];
      }
      case 'change': {
        const { kind, akim: akimId, difference, standardError } = one;
        const adjustedP = adjustment === 'holm' ? one.holm : one.benjaminiHochberg;
        const told = adjustedP <= 1 - confidenceLevel;
        const half = z * standardError;
        return [
          {
            ...{ kind, akimId, territory, difference, standardError, adjustedP },
            interval: [difference - half, difference + half],
            verdict: told ? (difference > 0 ? 'rise' : 'fall') : 'no_change_told',
          },
        ];
      }
    }
  });
  const against = earlier && {
    waveId: earlier.source.wave._id,
    waveName: earlier.source.wave.name,
    publishedAt: earlier.source.publication?.publishedAt?.toISOString() ?? null,
  };
  return {
    ...{ waveId, level, region: region ?? null, against, comparable },
    ...{ adjustment, confidenceLevel, offices },
  };
}
