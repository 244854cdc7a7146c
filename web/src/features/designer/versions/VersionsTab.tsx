import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listQuestionnaires } from '@akimetr/api/contracts/questionnaires';
import type { QuestionnaireSummary } from '@akimetr/api/contracts/questionnaires';
import { useApi } from '../../../lib/api-hooks.ts';
import { formatCount, formatInstant } from '../../../lib/formats.ts';
import { useMay } from '../../../lib/session.ts';
import { ListTable } from '../../../ui/DataTable.tsx';
import { EmptyNote } from '../../../ui/EmptyNote.tsx';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../../ui/TableSkeleton.tsx';
import type { Column } from '../../../ui/use-sorted-table.ts';
import { useDraft } from '../draft/draft-context.ts';
import { Comparing } from './Comparing.tsx';
import { RetireDialog } from './RetireDialog.tsx';
import styles from './Versions.module.css';

/** What was published of this questionnaire, by whom and when, and what changed between any two texts of it. */
export function VersionsTab() {
  const { t } = useTranslation(['designer', 'office']);
  const { code } = useDraft();
  const mayRetire = useMay('questionnaires.publish');
  const [retiring, setRetiring] = useState<QuestionnaireSummary | null>(null);
  const { data, error, isPending, refetch } = useApi(listQuestionnaires, {});
  const versions = (data?.questionnaires ?? [])
    .filter((one) => one.code === code)
    .sort((one, other) => other.version - one.version);
  const columns: Column<QuestionnaireSummary>[] = [
    {
      id: 'version',
      label: t('office:versions.version'),
      naming: true,
      cell: ({ version }) => <Link to={`/questionnaires/${code}/${version}`}>{version}</Link>,
    },
    {
      id: 'published',
      label: t('office:versions.published'),
      cell: ({ publishedAt, publishedBy }) => `${formatInstant(publishedAt)}, ${publishedBy}`,
    },
    {
      id: 'questions',
      label: t('office:questionnaires.questions'),
      align: 'right',
      cell: ({ questions }) => formatCount(questions),
    },
    {
      id: 'state',
      label: t('versions.state'),
      cell: (one) =>
        one.retired === null ? (
          <>
            {t('versions.inUse')}
            {mayRetire && (
              <button type="button" className={styles.retire} onClick={() => setRetiring(one)}>
                {t('versions.retire')}
              </button>
            )}
          </>
        ) : (
          t('versions.retired', {
            when: formatInstant(one.retired.at),
            by: one.retired.by,
            reason: one.retired.reason,
          })
        ),
    },
  ];
  return (
    <div className={styles.versions}>
      <h2>{t('versions.title')}</h2>
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      {isPending && <TableSkeleton rows={3} />}
      {data && versions.length === 0 && (
        <EmptyNote title={t('versions.none')}>{t('versions.noneWhy')}</EmptyNote>
      )}
      {versions.length > 0 && (
        <>
          <ListTable
            rows={versions}
            rowKey={({ version }) => String(version)}
            columns={columns}
            caption={t('versions.title')}
          />
          <Comparing versions={versions.map(({ version }) => version)} />
        </>
      )}
      {retiring && <RetireDialog version={retiring} onClose={() => setRetiring(null)} />}
    </div>
  );
}
