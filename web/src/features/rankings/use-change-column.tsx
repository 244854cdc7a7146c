import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { getChanges } from '@akimetr/api/contracts/changes';
import type { Changes } from '@akimetr/api/contracts/changes';
import type { RankedAkim, Ranking } from '@akimetr/api/contracts/rankings';
import { useApi } from '../../lib/api-hooks.ts';
import { formatShare, noFigure } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { ChangeMark } from '../../ui/ChangeMark.tsx';
import type { Column } from '../../ui/use-sorted-table.ts';

/** The column of changes since the published wave before, and the sentences that belong under it. */
export function useChangeColumn({ waveId, level, region }: Ranking, on: boolean) {
  const { t } = useTranslation('office');
  const changes = useApi(
    getChanges,
    { params: { waveId }, query: { level, ...(region !== null && { region }) } },
    { enabled: on },
  );
  const { data } = changes;
  const byAkim = useMemo(
    () => new Map(data?.offices.map((office) => [office.akimId, office])),
    [data],
  );
  const column: Column<RankedAkim> = {
    id: 'change',
    label: t('changes.column'),
    cell: ({ akimId }) => {
      const change = byAkim.get(akimId);
      return change ? <ChangeMark change={change} /> : noFigure;
    },
    sortValue: ({ akimId }) => {
      const change = byAkim.get(akimId);
      return change?.kind === 'change' ? change.difference : -Infinity;
    },
    highestFirst: true,
    width: '11rem',
  };
  return {
    column: on ? [column] : [],
    error: changes.error,
    note: on && data ? changesNote(t, data) : null,
  };
}

type Words = ReturnType<typeof useTranslation<'office'>>['t'];

/** Against which wave, and how sure a change is; or why there is none. */
function changesNote(t: Words, { against, comparable, adjustment, confidenceLevel }: Changes) {
  if (against === null) return t('changes.none');
  const wave = localText(against.waveName);
  if (!comparable) return t('changes.notComparable', { wave });
  const rule = t(`changes.${adjustment}`, {
    confidence: formatShare(confidenceLevel),
    share: formatShare(Math.round((1 - confidenceLevel) * 1000) / 1000),
  });
  return `${t('changes.since', { wave })}. ${rule}`;
}
