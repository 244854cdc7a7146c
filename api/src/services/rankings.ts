import type { Level, LocalText } from '../contracts/common.ts';
import type { Methodology } from '../contracts/methodologies.ts';
import type { NotRatedAkim, Profile, RankedAkim, Ranking } from '../contracts/rankings.ts';
import type { SessionUser } from '../contracts/session.ts';
import { scoreInterval } from '../domain/estimation.ts';
import { may } from '../domain/permissions.ts';
import { rankAkims } from '../domain/ranking.ts';
import { akimStore, type StoredAkim } from '../models/akims.ts';
import { estimateStore, type EstimateResult } from '../models/estimates.ts';
import { publicationStore } from '../models/publications.ts';
import type { StoredTerritory } from '../models/territories.ts';
import { Problem } from '../problem.ts';
import { asAkim } from './akims.ts';
import { BriefCache } from './brief-cache.ts';
import type { Deps } from './deps.ts';
import {
  isRated,
  levelEstimates,
  methodologyOf,
  sourceFor,
  type AkimEstimate,
  type Source,
} from './result-source.ts';
import { stabilisedScore } from './stabilised.ts';
import { nameOf, territoryDirectory } from './territories.ts';

interface Names {
  akims: ReadonlyMap<string, StoredAkim>;
  territories: ReadonlyMap<string, StoredTerritory>;
}

const unknown: LocalText = { kk: '—', ru: '—', en: '—' };

function refOf({ akimId, region, result }: AkimEstimate, { akims, territories }: Names) {
  const akim = akims.get(akimId);
  return {
    akimId,
    akimName: akim?.name ?? unknown,
    territory: akim?.territory ?? region,
    territoryName: nameOf(territories, akim?.territory ?? ''),
    region,
    regionName: nameOf(territories, region),
    n: result.n,
  };
}

/** Ranks the akims that may be rated and lists the others with the reason; best first. */
function placesOf(
  estimates: readonly AkimEstimate[],
  names: Names,
  confidenceLevel: number,
): { ranked: RankedAkim[]; notRated: NotRatedAkim[] } {
  const rated = estimates.flatMap((one) =>
    isRated(one.result) ? [{ ...one, result: one.result }] : [],
  );
  const places = rankAkims(
    rated.map(({ akimId, result }) => ({
      akim: akimId,
      score: result.score,
      standardError: result.standardError,
      degreesOfFreedom: result.degreesOfFreedom,
    })),
    confidenceLevel,
  );
  const ranked = rated.map((one, at): RankedAkim => {
    const { result } = one;
    const place = places[at]!;
    return {
      ...refOf(one, names),
      score: result.score,
      standardError: result.standardError,
      interval: result.interval,
      effectiveN: result.effectiveN,
      designEffect: result.designEffect ?? 1,
      rank: place.rank,
      rankInterval: [place.bestRank, place.worstRank],
      tier: place.tier,
    };
  });
  const notRated = estimates
    .filter(({ result }) => !isRated(result))
    .map((one) => ({
      ...refOf(one, names),
      reason: one.result.notRated ?? ('no_degrees_of_freedom' as const),
    }));
  return {
    ranked: ranked.sort((a, b) => a.rank - b.rank || (a.territory < b.territory ? -1 : 1)),
    notRated: notRated.sort((a, b) => (a.territory < b.territory ? -1 : 1)),
  };
}

const rankings = new BriefCache<Ranking>(600_000, 500);
/** While something is stale the figures change without a new revision: then a ranking is kept for a moment only. */
const passing = new BriefCache<Ranking>(2000, 500);
/** Rankings in the making: who asks meanwhile waits for the same one. */
const making = new Map<string, Promise<Ranking>>();

/**
 * The ranking of the akims of one level, all together or those of one region, as the actor may see it.
 * @returns the same object until the estimates change; while some are stale, for two seconds
 */
export async function getRanking(
  deps: Deps,
  actor: SessionUser,
  waveId: string,
  level: Level,
  region: string | undefined,
): Promise<Ranking> {
  // Before the revision is read: the estimator raises it before it writes, so a ranking kept under it is whole.
  const staleAkims = await estimateStore.countStale(waveId, level);
  const source = await sourceFor(actor, waveId);
  const { wave, publication } = source;
  const basis = publication?._id ?? `live ${wave.estimatesRevision}`;
  const key = [waveId, level, region ?? '', basis].join(' ');
  const isWhole = publication !== null || staleAkims === 0;
  const known = (isWhole ? rankings : passing).get(key, deps.now());
  if (known !== undefined) return known;
  const place = `${key} ${isWhole ? 'whole' : 'passing'}`;
  const made = making.get(place) ?? makeRanking(deps, source, level, region);
  making.set(place, made);
  try {
    const ranking = await made;
    (ranking.staleAkims === 0 ? rankings : passing).set(key, ranking, deps.now());
    return ranking;
  } finally {
    making.delete(place);
  }
}

async function makeRanking(
  deps: Deps,
  source: Source,
  level: Level,
  region: string | undefined,
): Promise<Ranking> {
  const { wave, publication } = source;
  const [methodology, { estimates, asOf, staleAkims }, akims, territories] = await Promise.all([
    methodologyOf(source),
    levelEstimates(source, level),
    akimStore.listByLevel(level),
    territoryDirectory(deps),
  ]);
  const names = { akims: new Map(akims.map((akim) => [akim._id, akim])), territories };
  const chosen =
    region === undefined ? estimates : estimates.filter((estimate) => estimate.region === region);
  const { confidenceLevel } = methodology.rules;
  const places = placesOf(chosen, names, confidenceLevel);
  return {
    waveId: wave._id,
    waveName: wave.name,
    level,
    region: region ?? null,
    basis: publication === null ? 'unpublished' : 'published',
    synthetic: wave.synthetic,
    asOf: asOf?.toISOString() ?? null,
    staleAkims,
    methodology: { code: methodology.code, version: methodology.version, name: methodology.name },
    confidenceLevel,
    uncalibratedAkims: chosen.filter(
      ({ result }) => result.weighting?.outcome === 'base_weights' && result.n > 0,
    ).length,
    tiers: new Set(places.ranked.map(({ tier }) => tier)).size,
    ...places,
  };
}

async function estimateOf(source: Source, akimId: string): Promise<EstimateResult | null> {
  const { publication, wave } = source;
  if (publication !== null) {
    return (await publicationStore.estimate(publication._id, akimId))?.result ?? null;
  }
  return (await estimateStore.get(wave._id, akimId))?.result ?? null;
}

/** Mean of an indicator over the rated akims of a level, each counted once. */
function levelMean(estimates: readonly AkimEstimate[], place: number): number | null {
  const means = estimates.flatMap(({ result }) =>
    isRated(result) ? (result.means[place] ?? []) : [],
  );
  return means.length === 0 ? null : means.reduce((sum, mean) => sum + mean, 0) / means.length;
}

function indicatorsOf(
  result: EstimateResult,
  estimates: readonly AkimEstimate[],
  methodology: Methodology,
): Profile['indicators'] {
  const count = result.indicators.length;
  const rated = isRated(result);
  return methodology.blocks.flatMap((block) =>
    block.indicators.map(({ code, name, importance }) => {
      const place = result.indicators.indexOf(code);
      const mean = result.means[place] ?? null;
      const variance = result.covariance?.[place * count + place] ?? null;
      const standardError = variance === null ? null : Math.sqrt(variance);
      const shown = rated && mean !== null && standardError !== null;
      return {
        code,
        name,
        block: block.name,
        importance,
        n: result.counts[place] ?? 0,
        mean: shown ? mean : null,
        standardError: shown ? standardError : null,
        interval: shown
          ? scoreInterval(
              mean,
              standardError,
              result.degreesOfFreedom,
              methodology.rules.confidenceLevel,
              methodology.rules.intervalScale,
            )
          : null,
        levelMean: levelMean(estimates, place),
      };
    }),
  );
}

/** One akim: place, score and indicators. An akim that may not be rated has no figures, only the reason. */
export async function getProfile(
  deps: Deps,
  actor: SessionUser,
  akimId: string,
  waveId: string,
): Promise<Profile> {
  const source = await sourceFor(actor, waveId);
  const [akim, result] = await Promise.all([akimStore.get(akimId), estimateOf(source, akimId)]);
  if (akim === null || result === null) throw new Problem('not_found');
  const [methodology, ranking, { estimates }, territories] = await Promise.all([
    methodologyOf(source),
    getRanking(deps, actor, waveId, akim.level, undefined),
    levelEstimates(source, akim.level),
    territoryDirectory(deps),
  ]);
  const place = ranking.ranked.find((one) => one.akimId === akimId);
  const unrated = ranking.notRated.find((one) => one.akimId === akimId);
  if (place === undefined && unrated === undefined) throw new Problem('not_found');
  return {
    akim: asAkim(akim, territories),
    waveId,
    waveName: ranking.waveName,
    basis: ranking.basis,
    synthetic: ranking.synthetic,
    asOf: ranking.asOf,
    confidenceLevel: ranking.confidenceLevel,
    rankedAkims: ranking.ranked.length,
    place: place ? { rated: true, ...place } : { rated: false, ...unrated! },
    stabilised: stabilisedScore(ranking, akimId),
    indicators: indicatorsOf(result, estimates, methodology),
    calibration: result.weighting?.outcome ?? null,
    weighting:
      may(actor, 'rankings.read-unpublished') && result.weighting
        ? {
            ...result.weighting,
            territoryName: nameOf(territories, result.weighting.group.territory),
          }
        : null,
  };
}
