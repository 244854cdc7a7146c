import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NotRatedAkim } from '@akimetr/api/contracts/rankings';
import { formatCount } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { ListTable } from '../../ui/DataTable.tsx';
import type { Column } from '../../ui/use-sorted-table.ts';
import { placeOf } from './ranking-rows.ts';
import styles from './Rankings.module.css';

interface Props {
  akims: readonly NotRatedAkim[];
  profile: (akimId: string) => string;
}

/** Akims without score or rank, each with the reason in words. */
export function NotRatedList({ akims, profile }: Props) {
  const { t } = useTranslation(['office', 'common']);
  if (akims.length === 0) return null;
  const columns: Column<NotRatedAkim>[] = [
    {
      id: 'akim',
      label: t('rankings.columns.akim'),
      naming: true,
      cell: (akim) => (
        <>
          <Link to={profile(akim.akimId)} className={styles.name}>
            {localText(akim.akimName)}
          </Link>
          <span className={styles.place}>{placeOf(akim, localText)}</span>
        </>
      ),
    },
    {
      id: 'reason',
      label: t('rankings.columns.reason'),
      cell: ({ reason }) => t(`common:notRatedReasons.${reason}`),
    },
    {
      id: 'n',
      label: t('rankings.columns.n'),
      align: 'right',
      cell: ({ n }) => formatCount(n),
    },
  ];
  return (
    <section id="not-rated" className={styles.section}>
      <Title order={2}>{t('rankings.notRated')}</Title>
      <p className={styles.sectionLead}>{t('rankings.notRatedLead')}</p>
      <ListTable
        rows={akims}
        rowKey={({ akimId }) => akimId}
        columns={columns}
        caption={t('rankings.notRated')}
      />
    </section>
  );
}
