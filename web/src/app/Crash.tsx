import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { PageHeader } from '../ui/PageHeader.tsx';
import { ProblemNotice } from '../ui/ProblemNotice.tsx';
import styles from './Shell.module.css';

/** A screen failed to show: say so, and begin it anew. */
export function Crash() {
  const { t } = useTranslation('office');
  const error = useRouteError();
  return (
    <main className={styles.main}>
      <PageHeader title={t('crash.title')} lead={t('crash.lead')} />
      <ProblemNotice error={error ?? new Error()} />
      <p>
        <Button onClick={() => window.location.reload()}>{t('crash.again')}</Button>
      </p>
    </main>
  );
}
