import type { ReactNode } from 'react';
import { Title } from '@mantine/core';
import styles from './PageHeader.module.css';

interface Props {
  title: string;
  /** One sentence: what this screen is for. */
  lead?: ReactNode;
  /** The one clear action of the screen. */
  action?: ReactNode;
  /** The way back, above the title. */
  back?: ReactNode;
}

/** Name of the screen; also the browser tab's title, and where the focus goes after a change of screen. */
export function PageHeader({ title, lead, action, back }: Props) {
  return (
    <header className={styles.header}>
      <title>{`${title} — Akimetr`}</title>
      {back && <div className={`${styles.back} no-print`}>{back}</div>}
      <div className={styles.row}>
        <div className={styles.words}>
          <Title order={1} tabIndex={-1} data-page-title>
            {title}
          </Title>
          {lead && <div className={styles.lead}>{lead}</div>}
        </div>
        {action && <div className={`${styles.action} no-print`}>{action}</div>}
      </div>
    </header>
  );
}
