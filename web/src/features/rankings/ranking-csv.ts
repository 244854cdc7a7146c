import type { NotRatedAkim, RankedAkim } from '@akimetr/api/contracts/rankings';
import { csvText } from '../../lib/download.ts';

/** The words of the file, in the reader's language. */
export interface CsvWords {
  headers: Record<
    | 'rank'
    | 'rankFrom'
    | 'rankTo'
    | 'akim'
    | 'territory'
    | 'region'
    | 'kato'
    | 'score'
    | 'scoreFrom'
    | 'scoreTo'
    | 'standardError'
    | 'tier'
    | 'n'
    | 'note',
    string
  >;
  text: (words: RankedAkim['akimName']) => string;
  number: (value: number) => string;
  reason: (reason: NotRatedAkim['reason']) => string;
  /** What must go with the figures: that they are made up, that they are not published. */
  caveats: readonly string[];
}

/** What the table shows, in its order, then who is not rated and why. A rank always with its interval. */
export function rankingCsv(
  { ranked, notRated }: { ranked: readonly RankedAkim[]; notRated: readonly NotRatedAkim[] },
  { headers, text, number, reason, caveats }: CsvWords,
): string {
  const who = (akim: RankedAkim | NotRatedAkim) => [
    text(akim.akimName),
    text(akim.territoryName),
    text(akim.regionName),
    akim.territory,
  ];
  const note = (own: string[] = []) => [...own, ...caveats].join('; ');
  return csvText([
    Object.values(headers),
    ...ranked.map((akim) => [
      akim.rank,
      ...akim.rankInterval,
      ...who(akim),
      ...[akim.score, ...akim.interval, akim.standardError].map(number),
      akim.tier,
      akim.n,
      note(),
    ]),
    ...notRated.map((akim) => [
      ...['', '', ''],
      ...who(akim),
      ...['', '', '', '', ''],
      akim.n,
      note([reason(akim.reason)]),
    ]),
  ]);
}
