import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { locales } from '@akimetr/api/contracts/common';
import { listDrafts, type DraftSummary } from '@akimetr/api/contracts/questionnaire-drafts';
import { useApi } from '../../lib/api-hooks.ts';
import { formatCount, formatInstant } from '../../lib/formats.ts';
import { currentLocale } from '../../lib/i18n.ts';
import { ListTable } from '../../ui/DataTable.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import type { Column } from '../../ui/use-sorted-table.ts';

/** Questionnaires that are being written; nothing where there are none. */
export function DraftList() {
  const { t } = useTranslation('office');
  const { data, error, refetch } = useApi(listDrafts, {});
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data || data.drafts.length === 0) return null;
  const columns: Column<DraftSummary>[] = [
    {
      id: 'title',
      label: t('questionnaires.name'),
      naming: true,
      cell: ({ code, title }) => (
        <Link to={`/questionnaires/${code}/design`}>{titleIn(title) ?? code}</Link>
      ),
    },
    { id: 'code', label: t('questionnaires.code'), cell: ({ code }) => <code>{code}</code> },
    {
      id: 'questions',
      label: t('questionnaires.questions'),
      align: 'right',
      cell: ({ questions }) => formatCount(questions),
    },
    {
      id: 'changed',
      label: t('questionnaireDrafts.changed'),
      cell: ({ changedAt, changedBy }) => `${formatInstant(changedAt)}, ${changedBy}`,
    },
  ];
  return (
    <section>
      <Title order={2} size="h3" mt="xl" mb="sm">
        {t('questionnaireDrafts.title')}
      </Title>
      <ListTable
        rows={data.drafts}
        rowKey={({ code }) => code}
        columns={columns}
        caption={t('questionnaireDrafts.title')}
      />
    </section>
  );
}

/** The title in the reader's language, else in any. */
const titleIn = (title: DraftSummary['title']): string | undefined =>
  [currentLocale(), ...locales].map((locale) => title[locale]).find((text) => text);
