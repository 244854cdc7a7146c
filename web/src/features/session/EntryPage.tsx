import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../../ui/LanguageSwitch.tsx';
import { Logo } from '../../ui/Logo.tsx';
import { SyntheticBanner } from '../../ui/SyntheticBanner.tsx';
import styles from './EntryPage.module.css';

/** What stands before the sign-in: the mark, the languages, one thing to do. */
export function EntryPage({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation('common');
  return (
    <div className={styles.page}>
      <title>{`${title} — Akimetr`}</title>
      <SyntheticBanner />
      <header className={styles.top}>
        <LanguageSwitch />
      </header>
      <main className={styles.main}>
        <div className={styles.name}>
          <Logo />
          <p className="soft">{t('tagline')}</p>
        </div>
        <div className={styles.sheet}>
          <h1 className={styles.title}>{title}</h1>
          {children}
        </div>
      </main>
    </div>
  );
}
