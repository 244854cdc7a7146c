import type { NotRatedAkim, RankedAkim, Ranking } from '@akimetr/api/contracts/rankings';
import type { Wave } from '@akimetr/api/contracts/waves';

const words = (text: string) => ({ kk: `${text} kk`, ru: `${text} ru`, en: text });
const idOf = (place: number) => `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`;

export const waveId = idOf(999);

export const aWave = (over: Partial<Wave> = {}): Wave => ({
  id: waveId,
  code: 'wave-2026',
  name: words('Autumn 2026'),
  status: 'closed',
  questionnaires: [
    { level: 'region', code: 'akim', version: 1 },
    { level: 'district', code: 'akim', version: 1 },
  ],
  methodology: { code: 'm-2026', version: 1 },
  opensOn: '2026-09-01',
  closesOn: '2026-10-15',
  synthetic: true,
  lockHash: null,
  interviews: null,
  publication: { id: idOf(998), status: 'published', publishedAt: '2026-11-01T09:00:00Z' },
  ...over,
});

export const aRankedAkim = (place: number, over: Partial<RankedAkim> = {}): RankedAkim => ({
  akimId: idOf(place),
  akimName: words(`Person ${place}`),
  territory: `10000${String(place).padStart(4, '0')}`,
  territoryName: words(`District ${place}`),
  region: '100000000',
  regionName: words('Abai Region'),
  n: 100 + place,
  score: 70 - place,
  standardError: 1.5,
  interval: [67 - place, 73 - place],
  effectiveN: 90,
  designEffect: 1.1,
  rank: place,
  rankInterval: [Math.max(1, place - 2), place + 2],
  tier: place <= 2 ? 1 : 2,
  ...over,
});

export const aNotRatedAkim = (place: number, over: Partial<NotRatedAkim> = {}): NotRatedAkim => {
  const { akimId, akimName, territory, territoryName, region, regionName } = aRankedAkim(place);
  return {
    ...{ akimId, akimName, territory, territoryName, region, regionName },
    n: 12,
    reason: 'too_few_respondents',
    ...over,
  };
};

export const aRanking = (over: Partial<Ranking> = {}): Ranking => ({
  waveId,
  waveName: words('Autumn 2026'),
  level: 'district',
  region: null,
  basis: 'published',
  synthetic: true,
  asOf: '2026-11-01T09:00:00Z',
  staleAkims: 0,
  methodology: { code: 'm-2026', version: 1, name: words('Methodology 2026') },
  confidenceLevel: 0.95,
  uncalibratedAkims: 0,
  tiers: 2,
  ranked: [1, 2, 3, 4].map((place) => aRankedAkim(place)),
  notRated: [aNotRatedAkim(5)],
  ...over,
});
