import type { Profile, Ranking } from '../contracts/rankings.ts';
import { scoreInterval } from '../domain/estimation.ts';
import { stabiliseScores, type StabilisedScore } from '../domain/random-effects.ts';

type Stabilised = NonNullable<Profile['stabilised']>;

/** Fewer akims of a region say too little about what is common to them. */
const fewestOfRegion = 5;

/** A ranking is the same object until its estimates change: what is computed from it lives as long. */
const known = new WeakMap<Ranking, ReadonlyMap<string, StabilisedScore>>();

/** Akim → stabilised score; empty where there is no fit. The model knows the region; urban shares are not in the store. */
function scoresOf(ranking: Ranking): ReadonlyMap<string, StabilisedScore> {
  const akims = ranking.ranked.filter(({ standardError }) => standardError > 0);
  const sizes = new Map<string, number>();
  for (const { region } of akims) sizes.set(region, (sizes.get(region) ?? 0) + 1);
  const large = [...sizes].filter(([, size]) => size >= fewestOfRegion).map(([region]) => region);
  // The base that they are told from: all that are too small together, else one of them.
  const regions = large.length < sizes.size ? large : large.slice(1);
  const fit = stabiliseScores(
    akims.map(({ score, standardError, region }) => ({
      score,
      variance: standardError ** 2,
      covariates: regions.map((one) => Number(one === region)),
    })),
  );
  if ('kind' in fit) return new Map();
  return new Map(akims.map(({ akimId }, at) => [akimId, fit.stabilised[at]!]));
}

/**
 * The akim's score drawn towards those of its region, the more the less its own interviews say (METHODOLOGY §4):
 * beside the score, never instead of it.
 * @param ranking of the akim's whole level
 * @returns null for an akim that is not ranked, or when there are too few akims for a model
 * @source Fay & Herriot (1979), by `stabiliseScores`
 */
export function stabilisedScore(ranking: Ranking, akimId: string): Stabilised | null {
  const scores = known.get(ranking) ?? scoresOf(ranking);
  known.set(ranking, scores);
  const found = scores.get(akimId);
  if (found === undefined) return null;
  const { score, standardError, shareOfDirect } = found;
  const interval = scoreInterval(score, standardError, Infinity, ranking.confidenceLevel)!;
  return { score, interval, shareOfDirect };
}
