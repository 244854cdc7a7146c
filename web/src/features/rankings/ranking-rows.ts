import type { NotRatedAkim, RankedAkim, Ranking } from '@akimetr/api/contracts/rankings';
import { foldText } from '@akimetr/api/domain/search';
import { akimPlace } from '../../lib/akim-place.ts';

type Named = Pick<RankedAkim, 'akimName' | 'territoryName' | 'regionName'>;

/** Akims whose name, territory or region holds every word asked for, in any of the three languages. */
export function searched<A extends Named>(akims: readonly A[], asked: string): readonly A[] {
  const words = foldText(asked).split(/\s+/).filter(Boolean);
  if (words.length === 0) return akims;
  return akims.filter(({ akimName, territoryName, regionName }) => {
    const texts = [akimName, territoryName, regionName].flatMap((text) => Object.values(text));
    const all = foldText(texts.join(' '));
    return words.every((word) => all.includes(word));
  });
}

/**
 * The part of the 0–100 scale that all intervals of a ranking lie in, to whole tens, so that
 * every bar and chart of one ranking is drawn on the same scale.
 */
export function scoreDomain(ranked: readonly Pick<RankedAkim, 'interval'>[]): [number, number] {
  if (ranked.length === 0) return [0, 100];
  const low = Math.min(...ranked.map(({ interval }) => interval[0]));
  const high = Math.max(...ranked.map(({ interval }) => interval[1]));
  return [Math.floor(low / 10) * 10, Math.max(Math.ceil(high / 10) * 10, 10)];
}

/** Interviews that a ranking stands on. */
export function interviewsIn({ ranked, notRated }: Pick<Ranking, 'ranked' | 'notRated'>): number {
  return [...ranked, ...notRated].reduce((sum, { n }) => sum + n, 0);
}

/** A page number from the address, kept within what there is. @returns from 0 */
export function pageShown(asked: string, total: number, pageSize: number): number {
  const last = Math.max(0, Math.ceil(total / pageSize) - 1);
  const page = Number.parseInt(asked, 10) - 1;
  return Number.isFinite(page) ? Math.min(Math.max(page, 0), last) : 0;
}

/** Where the akim is, under the name. @param text picks the language */
export function placeOf(
  akim: RankedAkim | NotRatedAkim,
  text: (words: RankedAkim['akimName']) => string,
): string {
  const region = akim.territory === akim.region ? '' : text(akim.regionName);
  return akimPlace(text(akim.akimName), text(akim.territoryName), region);
}
