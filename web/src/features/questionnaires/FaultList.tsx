import { useTranslation } from 'react-i18next';
import type { QuestionnaireFault } from '@akimetr/api/contracts/questionnaires';
import { useFindingWords } from '../../lib/use-finding-words.ts';
import { ListTable } from '../../ui/DataTable.tsx';
import type { Column } from '../../ui/use-sorted-table.ts';

/** Everything that was found wrong, question by question. */
export function FaultList({ faults }: { faults: readonly QuestionnaireFault[] }) {
  const { t } = useTranslation('office');
  const wordsOf = useFindingWords();
  const columns: Column<QuestionnaireFault>[] = [
    {
      id: 'question',
      label: t('questionnaires.question'),
      naming: true,
      cell: ({ question }) =>
        question === null ? t('questionnaires.whole') : <code>{question}</code>,
    },
    {
      id: 'severity',
      label: t('questionnaires.severity'),
      cell: ({ severity }) => t(`questionnaires.severities.${severity}`),
    },
    {
      id: 'message',
      label: t('questionnaires.fault'),
      cell: wordsOf,
    },
  ];
  return (
    <ListTable
      rows={faults}
      rowKey={({ path, code, message }) => `${path} ${code} ${message}`}
      columns={columns}
      caption={t('import.faults')}
    />
  );
}
