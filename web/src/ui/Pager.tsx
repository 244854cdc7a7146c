import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../lib/formats.ts';
import styles from './Pager.module.css';

interface Props {
  /** From 0. */
  page: number;
  pageSize: number;
  total: number;
  onPage: (page: number) => void;
  /** What is paged, for a screen reader. */
  label: string;
}

/** Previous · 51–100 of 2,335 · Next. Not shown where everything fits on one page. */
export function Pager({ page, pageSize, total, onPage, label }: Props) {
  const { t } = useTranslation('common');
  if (total <= pageSize) return null;
  const from = page * pageSize + 1;
  const to = Math.min(total, from + pageSize - 1);
  const shown = { from: formatCount(from), to: formatCount(to), total: formatCount(total) };
  return (
    <nav className={`${styles.pager} no-print`} aria-label={label}>
      <Button variant="default" disabled={page === 0} onClick={() => onPage(page - 1)}>
        {t('paging.previous')}
      </Button>
      <span className="numeric" aria-live="polite">
        {t('paging.shown', shown)}
      </span>
      <Button variant="default" disabled={to >= total} onClick={() => onPage(page + 1)}>
        {t('paging.next')}
      </Button>
    </nav>
  );
}
