import { useTranslation } from 'react-i18next';
import { useMeta } from '../lib/session.ts';
import styles from './SyntheticBanner.module.css';

/** Stands on every screen as long as the data are made up, and on paper too. */
export function SyntheticBanner() {
  const { t } = useTranslation('common');
  if (!useMeta().data?.synthetic) return null;
  return (
    <section className={styles.banner} aria-label={t('synthetic.label')}>
      {t('synthetic.short')}
    </section>
  );
}
