import { useTranslation } from 'react-i18next';
import { TableSkeleton } from '../ui/TableSkeleton.tsx';
import styles from './Shell.module.css';

/** The paper before anything is written on it. */
export function LoadingScreen() {
  useTranslation();
  return (
    <main className={styles.main}>
      <TableSkeleton rows={6} />
    </main>
  );
}
