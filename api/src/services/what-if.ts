import type { Level } from '../contracts/common.ts';
import type { IndicatorFigures } from '../contracts/rankings.ts';
import type { SessionUser } from '../contracts/session.ts';
import { lowerTriangle } from '../domain/what-if.ts';
import { estimateStore, type AkimFigures } from '../models/estimates.ts';
import { publicationStore } from '../models/publications.ts';
import { methodologyOf, sourceFor } from './result-source.ts';

/** Six digits are far beyond the sampling error, and a third of the bytes. */
const rounded = (value: number | null): number | null =>
  value === null ? null : Number(value.toPrecision(6));

function figuresOf({ akimId, result }: AkimFigures): IndicatorFigures['akims'] {
  if (result === null || result.notRated !== null || result.score === null) return [];
  if (result.interval === null || result.covariance === null) return [];
  const { means, covariance, degreesOfFreedom } = result;
  return [
    {
      akimId,
      means: means.map(rounded),
      covariance: lowerTriangle(covariance, means.length).map(rounded),
      degreesOfFreedom,
    },
  ];
}

/** What other importances need of the akims that the actor sees ranked: the same ones, from the same source. */
export async function getIndicatorFigures(
  actor: SessionUser,
  waveId: string,
  level: Level,
  region: string | undefined,
): Promise<IndicatorFigures> {
  const source = await sourceFor(actor, waveId);
  const { publication } = source;
  const [{ blocks, rules }, akims] = await Promise.all([
    methodologyOf(source),
    publication === null
      ? estimateStore.figuresOfLevel(waveId, level)
      : publicationStore.figuresOfLevel(publication._id, level),
  ]);
  const { confidenceLevel, intervalScale, maximumStandardError, missingIndicator } = rules;
  return {
    waveId,
    level,
    region: region ?? null,
    basis: publication === null ? 'unpublished' : 'published',
    indicators: blocks.flatMap(({ name: block, indicators }) =>
      indicators.map(({ code, name, importance }) => ({ code, name, block, importance })),
    ),
    rules: { confidenceLevel, intervalScale, maximumStandardError, missingIndicator },
    akims: akims.filter((one) => region === undefined || one.region === region).flatMap(figuresOf),
  };
}
