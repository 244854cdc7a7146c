import { listTerritories } from '@akimetr/api/contracts/territories';
import { useApi } from './api-hooks.ts';
import { localText } from './i18n.ts';

const aDayMs = 86_400_000;

/** The regions as choices, by name. Call it in a component that follows the language. */
export function useRegionChoices(): { value: string; label: string }[] {
  const query = { level: 'region', limit: 100 } as const;
  const { data } = useApi(listTerritories, { query }, { freshForMs: aDayMs });
  return (data?.territories ?? [])
    .map(({ kato, name }) => ({ value: kato, label: localText(name) }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
