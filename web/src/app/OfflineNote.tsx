import { useNetwork } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import styles from './Shell.module.css';

/** Says that what is on the screen may be old. */
export function OfflineNote() {
  const { t } = useTranslation('office');
  const { online } = useNetwork();
  return (
    <div role="status">{!online && <div className={styles.offline}>{t('shell.offline')}</div>}</div>
  );
}
