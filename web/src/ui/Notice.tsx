import type { ReactNode } from 'react';
import styles from './Notice.module.css';

interface Props {
  tone?: 'plain' | 'warning' | 'danger' | 'good';
  role?: 'alert' | 'status' | 'note';
  children: ReactNode;
}

/** A few sentences set apart. The tone is meaning, so it is also said in words inside. */
export function Notice({ tone = 'plain', role, children }: Props) {
  return (
    <div className={styles.notice} data-tone={tone} role={role}>
      {children}
    </div>
  );
}
