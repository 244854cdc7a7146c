import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listQuestionnaires } from '@akimetr/api/contracts/questionnaires';
import type { QuestionnaireSummary } from '@akimetr/api/contracts/questionnaires';
import { useApi } from '../../lib/api-hooks.ts';
import { formatCount, formatInstant } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { useMay } from '../../lib/session.ts';
import { ListTable } from '../../ui/DataTable.tsx';
import { EmptyNote } from '../../ui/EmptyNote.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';
import type { Column } from '../../ui/use-sorted-table.ts';
import { DraftList } from './DraftList.tsx';
import { NewDialog } from './NewDialog.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { XlsFormDialog } from './XlsFormDialog.tsx';

/** Every published version; none of them ever changes. */
export function Page() {
  const { t } = useTranslation(['office', 'common']);
  const mayPublish = useMay('questionnaires.publish');
  const mayDraft = useMay('questionnaires.draft');
  const [publishing, dialog] = useDisclosure(false);
  const [naming, newOne] = useDisclosure(false);
  const [importing, form] = useDisclosure(false);
  const { data, error, isPending, refetch } = useApi(listQuestionnaires, {});
  const columns: Column<QuestionnaireSummary>[] = [
    {
      id: 'title',
      label: t('questionnaires.name'),
      naming: true,
      cell: ({ title, code, version }) => (
        <Link to={`/questionnaires/${code}/${version}`}>{localText(title)}</Link>
      ),
    },
    {
      id: 'version',
      label: t('versions.version'),
      cell: ({ code, version }) => t('versions.of', { code, version }),
    },
    {
      id: 'levels',
      label: t('filters.level'),
      cell: ({ levels }) => levels.map((level) => t(`common:levelsShort.${level}`)).join(', '),
    },
    {
      id: 'questions',
      label: t('questionnaires.questions'),
      align: 'right',
      cell: ({ questions }) => formatCount(questions),
    },
    {
      id: 'published',
      label: t('versions.published'),
      cell: ({ publishedAt, publishedBy }) => `${formatInstant(publishedAt)}, ${publishedBy}`,
    },
    ...(mayPublish
      ? [
          {
            id: 'design',
            label: t('questionnaires.designer'),
            cell: ({ code }: QuestionnaireSummary) => (
              <Link to={`/questionnaires/${code}/design`}>{t('questionnaires.design')}</Link>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHeader
        title={t('questionnaires.title')}
        lead={t('questionnaires.lead')}
        action={
          mayPublish && (
            <Group gap="sm">
              <Button variant="default" onClick={dialog.open}>
                {t('questionnaires.publish')}
              </Button>
              {mayDraft && (
                <Button variant="default" onClick={form.open}>
                  {t('xlsform.open')}
                </Button>
              )}
              <Button onClick={newOne.open}>{t('questionnaires.new')}</Button>
            </Group>
          )
        }
      />
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      {isPending && <TableSkeleton rows={4} />}
      {data?.questionnaires.length === 0 && (
        <EmptyNote title={t('questionnaires.none')}>{t('questionnaires.noneWhy')}</EmptyNote>
      )}
      {data && data.questionnaires.length > 0 && (
        <ListTable
          rows={data.questionnaires}
          rowKey={({ code, version }) => `${code}@${version}`}
          columns={columns}
          caption={t('questionnaires.title')}
        />
      )}
      {mayDraft && <DraftList />}
      {importing && <XlsFormDialog onClose={form.close} />}
      {naming && <NewDialog onClose={newOne.close} />}
      {publishing && <PublishDialog onClose={dialog.close} />}
    </>
  );
}
