import { levels } from '@akimetr/api/contracts/common';
import type { Level } from '@akimetr/api/contracts/common';
import { getRanking } from '@akimetr/api/contracts/rankings';
import { listWaves } from '@akimetr/api/contracts/waves';
import { useApi } from '../../lib/api-hooks.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { waveShown } from '../../lib/waves.ts';

const defaults = {
  ...{ wave: '', level: '', region: '', q: '', sort: 'rank', page: '1', columns: '' },
  /** Other importances that are tried; empty: none. */
  importances: '',
};
export type RankingFilters = typeof defaults;

/** The filters in the address, the wave and level they come to, and the ranking. */
export function useRanking() {
  const [filters, change] = useUrlState(defaults);
  const waves = useApi(listWaves, {});
  const all = waves.data?.waves ?? [];
  const wave = waveShown(all, filters.wave);
  const surveyed = levels.filter((one) => wave?.questionnaires.some(({ level }) => level === one));
  const level: Level = surveyed.find((one) => one === filters.level) ?? surveyed[0] ?? 'region';
  const region = level === 'region' ? '' : filters.region;
  const ranking = useApi(
    getRanking,
    {
      params: { waveId: wave?.id ?? '' },
      query: { level, ...(region !== '' && { region }) },
    },
    { enabled: wave !== undefined, againWhile: ({ staleAkims }) => staleAkims > 0 },
  );
  return { filters: { ...filters, level, region }, change, waves, all, wave, surveyed, ranking };
}
