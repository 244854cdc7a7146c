import { useTranslation } from 'react-i18next';
import type { UnsupportedPart } from '@akimetr/api/contracts/xlsform';
import { ListTable } from './DataTable.tsx';
import type { Column } from './use-sorted-table.ts';

interface Props {
  parts: readonly UnsupportedPart[];
  caption: string;
}

/** What an XLSForm and a questionnaire do not share: where it stands and what became of it. */
export function UnsupportedParts({ parts, caption }: Props) {
  const { t } = useTranslation('office');
  const columns: Column<UnsupportedPart>[] = [
    {
      id: 'place',
      label: t('xlsform.place'),
      naming: true,
      cell: ({ sheet, row, column }) =>
        [sheet, t('xlsform.row', { row }), column].filter((one) => one !== null).join(', '),
    },
    {
      id: 'name',
      label: t('questionnaires.question'),
      cell: ({ name }) => (name === null ? '–' : <code>{name}</code>),
    },
    {
      id: 'message',
      label: t('xlsform.what'),
      cell: ({ code, params }) => t(`xlsformParts.${code}`, params),
    },
  ];
  return (
    <ListTable
      rows={parts}
      rowKey={({ sheet, row, column, message }) => `${sheet} ${row} ${column} ${message}`}
      columns={columns}
      caption={caption}
    />
  );
}
