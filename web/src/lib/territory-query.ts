import { useDebouncedValue } from '@mantine/hooks';
import { levels } from '@akimetr/api/contracts/common';
import { useUrlState } from './url-state.ts';

const defaults = { q: '', level: '', region: '', page: '1' };
export const listPageSize = 50;

/** Filters of a long list in the address, and the question to the server they come to. */
export function useTerritoryQuery() {
  const [filters, change] = useUrlState(defaults);
  const [search] = useDebouncedValue(filters.q, 300);
  const level = levels.find((one) => one === filters.level);
  const page = Math.max(0, (Number.parseInt(filters.page, 10) || 1) - 1);
  const query = {
    ...(search && { search }),
    ...(level && { level }),
    ...(filters.region && { region: filters.region }),
    limit: listPageSize,
    offset: page * listPageSize,
  };
  return { filters, change, page, query };
}
