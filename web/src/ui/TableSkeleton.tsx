import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Holds the place of a table, so that nothing jumps when it comes. @param rows how many are likely to come */
export function TableSkeleton({ rows = 8 }: { rows?: number }) {
  const { t } = useTranslation('common');
  return (
    <div role="status">
      <span className="visually-hidden">{t('states.loading')}</span>
      <Skeleton height={44} radius="sm" mb={8} />
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={52} radius="sm" mb={8} />
      ))}
    </div>
  );
}
