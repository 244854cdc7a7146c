import type { IndicatorFigures, Ranking } from '@akimetr/api/contracts/rankings';
import type { WhatIf } from '@akimetr/api/domain/what-if';

type Indicators = readonly Pick<IndicatorFigures['indicators'][number], 'importance'>[];

/** What the address says when other importances begin: those of the methodology. */
export const published = 'published';

/** The methodology's importances in per cent. */
export const publishedImportances = (indicators: Indicators): number[] =>
  indicators.map(({ importance }) => Math.round(importance * 10_000) / 100);

/**
 * Importances as they stand in the address: numbers in the order of the indicators, joined by dashes.
 * @returns the published ones where the address does not fit the indicators
 * @example '6-0-12.5' → [6, 0, 12.5]
 */
export function importancesOf(asked: string, indicators: Indicators): number[] {
  const numbers = asked.split('-').map((text) => (text === '' ? Number.NaN : Number(text)));
  const fits =
    numbers.length === indicators.length && numbers.every((number) => number >= 0 && number <= 100);
  return fits ? numbers : publishedImportances(indicators);
}

export const asAddress = (importances: readonly number[]): string => importances.join('-');

/** The share of each in the index, 0–1; 0 each where all are 0. */
export function sharesOf(importances: readonly number[]): number[] {
  const total = importances.reduce((sum, importance) => sum + importance, 0);
  return importances.map((importance) => (total > 0 ? importance / total : 0));
}

/** A ranking with the places that other importances give; whoever is not rated then is listed with the reason. */
export function rankingUnder(ranking: Ranking, { ranked, notRated }: WhatIf): Ranking {
  const places = new Map(ranked.map(({ akim, ...place }) => [akim, place]));
  const reasons = new Map(notRated.map(({ akim, reason }) => [akim, reason]));
  const rows = ranking.ranked.flatMap((akim) => {
    const place = places.get(akim.akimId);
    return place === undefined
      ? []
      : { ...akim, ...place, interval: [...place.interval], rankInterval: [...place.rankInterval] };
  }) as Ranking['ranked'];
  const left = ranking.ranked.flatMap((akim) => {
    const reason = reasons.get(akim.akimId);
    if (reason === undefined) return [];
    const { akimId, akimName, territory, territoryName, region, regionName, n } = akim;
    return { akimId, akimName, territory, territoryName, region, regionName, n, reason };
  });
  return {
    ...ranking,
    ranked: rows.sort((a, b) => a.rank - b.rank || (a.territory < b.territory ? -1 : 1)),
    notRated: [...left, ...ranking.notRated],
    tiers: new Set(rows.map(({ tier }) => tier)).size,
  };
}
