import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getIndicatorFigures } from '@akimetr/api/contracts/rankings';
import type { RankedAkim, Ranking } from '@akimetr/api/contracts/rankings';
import { prepareWhatIf } from '@akimetr/api/domain/what-if';
import { useApi } from '../../../lib/api-hooks.ts';
import { formatRank, noFigure } from '../../../lib/formats.ts';
import type { Column } from '../../../ui/use-sorted-table.ts';
import { importancesOf, rankingUnder } from './importances.ts';

/**
 * The ranking under other importances, made here from the akims' means and covariances.
 * @param asked importances as they stand in the address; empty: none are tried
 */
export function useWhatIf(ranking: Ranking, asked: string) {
  const on = asked !== '';
  const { waveId, level, region } = ranking;
  const figures = useApi(
    getIndicatorFigures,
    { params: { waveId }, query: { level, ...(region !== null && { region }) } },
    { enabled: on, freshForMs: 600_000 },
  );
  const { data } = figures;
  const rank = useMemo(
    () =>
      data &&
      prepareWhatIf(
        data.akims.map((one) => ({ ...one, akim: one.akimId })),
        data.rules,
      ),
    [data],
  );
  // What a slider has moved since the address was written.
  const [moved, setMoved] = useState<{ asked: string; importances: readonly number[] } | null>(
    null,
  );
  const importances = useMemo(() => {
    if (!on || data === undefined) return null;
    return moved?.asked === asked ? moved.importances : importancesOf(asked, data.indicators);
  }, [on, data, moved, asked]);
  const setImportances = (now: readonly number[]) => setMoved({ asked, importances: now });
  const shown = useMemo(
    () => (rank && importances ? rankingUnder(ranking, rank(importances)) : null),
    [ranking, rank, importances],
  );
  return {
    on,
    /** The ranking under the importances; null while there is none. */
    shown,
    figures,
    importances,
    setImportances,
  };
}

/** The published place beside the one under other importances. */
export function usePublishedRank({ ranked }: Ranking, on: boolean): Column<RankedAkim>[] {
  const { t } = useTranslation('office');
  const places = useMemo(() => new Map(ranked.map((akim) => [akim.akimId, akim])), [ranked]);
  if (!on) return [];
  return [
    {
      id: 'publishedRank',
      label: t('whatIf.publishedRank'),
      cell: ({ akimId }) => {
        const place = places.get(akimId);
        return (
          <span className="numeric nowrap">
            {place ? formatRank(place.rank, place.rankInterval) : noFigure}
          </span>
        );
      },
      sortValue: ({ akimId }) => places.get(akimId)?.rank ?? Infinity,
      width: '9rem',
    },
  ];
}
