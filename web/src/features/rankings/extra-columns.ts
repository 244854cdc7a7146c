import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RankedAkim, Ranking } from '@akimetr/api/contracts/rankings';
import { simulateRanks, type RankDistribution } from '@akimetr/api/domain/rank-simulation';
import { formatChance, formatNumber, noFigure } from '../../lib/formats.ts';
import type { Column } from '../../ui/use-sorted-table.ts';

export const extraColumns = [
  'effectiveN',
  'designEffect',
  'expectedRank',
  'topTenth',
  'change',
] as const;
export type ExtraColumn = (typeof extraColumns)[number];
type FigureColumn = Exclude<ExtraColumn, 'change'>;

/** Draws of the rank distribution; the seed is the ranking itself, so that everybody sees the same figures. */
export const draws = 2000;

/** The columns turned on, as they stand in the address. */
export function columnsOn(asked: string): ExtraColumn[] {
  const names = asked.split(',');
  return extraColumns.filter((name) => names.includes(name));
}

export const needsSimulation = (on: readonly ExtraColumn[]): boolean =>
  on.includes('expectedRank') || on.includes('topTenth');

/** Chance of each rank, from the scores and standard errors that the ranking has: computed here, when asked for. */
function useRankDistribution(
  { ranked, waveId, level, region }: Ranking,
  wanted: boolean,
): ReadonlyMap<string, RankDistribution> {
  return useMemo(() => {
    if (!wanted) return new Map();
    const akims = ranked.map(({ akimId, score, standardError }) => ({
      akim: akimId,
      score,
      standardError,
    }));
    const seed = `${waveId} ${level} ${region ?? ''}`;
    return new Map(simulateRanks(akims, { seed, draws }).map((one) => [one.akim, one]));
  }, [ranked, waveId, level, region, wanted]);
}

/** Columns that a reader can turn on beside those that are always there. */
export function useExtraColumns(
  ranking: Ranking,
  on: readonly ExtraColumn[],
): Column<RankedAkim>[] {
  const { t } = useTranslation('office');
  const chances = useRankDistribution(ranking, needsSimulation(on));
  const figure: Record<FigureColumn, (akim: RankedAkim) => number | undefined> = {
    effectiveN: ({ effectiveN }) => effectiveN,
    designEffect: ({ designEffect }) => designEffect,
    expectedRank: ({ akimId }) => chances.get(akimId)?.expectedRank,
    topTenth: ({ akimId }) => chances.get(akimId)?.chanceOfTopTenth,
  };
  const words: Record<FigureColumn, (value: number) => string> = {
    effectiveN: (value) => formatNumber(value, 0),
    designEffect: (value) => formatNumber(value, 2),
    expectedRank: (value) => formatNumber(value, 1),
    topTenth: formatChance,
  };
  const figures = on.filter((id) => id !== 'change');
  return figures.map((id) => ({
    id,
    label: t(`estimation.ranking.${id}`),
    cell: (akim) => {
      const value = figure[id](akim);
      return value === undefined ? noFigure : words[id](value);
    },
    sortValue: (akim) => figure[id](akim) ?? 0,
    highestFirst: id !== 'expectedRank' && id !== 'designEffect',
    align: 'right',
    width: '6.5rem',
  }));
}
