import { useTranslation } from 'react-i18next';
import type { Ranking } from '@akimetr/api/contracts/rankings';
import type { Wave } from '@akimetr/api/contracts/waves';
import { useMay } from '../../lib/session.ts';
import { localText } from '../../lib/i18n.ts';
import { EmptyNote } from '../../ui/EmptyNote.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';
import { RankingFilters } from './RankingFilters.tsx';
import { RankingView } from './RankingView.tsx';
import { useRanking } from './use-ranking.ts';

/** The ranking of a level's akims in a wave: what officials come for. */
export function Page() {
  const { t } = useTranslation(['office', 'common']);
  const { filters, change, waves, all, wave, surveyed, ranking } = useRanking();
  const sociologist = useMay('rankings.read-unpublished');
  if (waves.error) {
    return (
      <>
        <PageHeader title={t('rankings.title')} />
        <ProblemNotice error={waves.error} onRetry={() => void waves.refetch()} />
      </>
    );
  }
  if (waves.isPending || !wave) {
    return (
      <>
        <PageHeader title={t('rankings.title')} />
        {waves.isPending ? (
          <TableSkeleton rows={10} />
        ) : (
          <EmptyNote title={t('rankings.noWaves')}>
            {t(sociologist ? 'rankings.noWavesSociologist' : 'rankings.noWavesOfficial')}
          </EmptyNote>
        )}
      </>
    );
  }
  return (
    <>
      <PageHeader title={t('rankings.title')} lead={<Lead wave={wave} ranking={ranking.data} />} />
      <RankingFilters {...{ filters, wave, surveyed, waves: all, onChange: change }} />
      {ranking.isPending && <TableSkeleton rows={10} />}
      <ProblemNotice error={ranking.error} onRetry={() => void ranking.refetch()} />
      {ranking.data && (
        <RankingView ranking={ranking.data} wave={wave} filters={filters} onChange={change} />
      )}
    </>
  );
}

/** Of whom and of when, so that a print says it too. */
function Lead({ wave, ranking }: { wave: Wave; ranking: Ranking | undefined }) {
  const { t } = useTranslation('common');
  if (!ranking) return localText(wave.name);
  return `${t(`levels.${ranking.level}`)}. ${localText(wave.name)}.`;
}
