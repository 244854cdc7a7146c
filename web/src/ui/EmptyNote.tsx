import type { ReactNode } from 'react';
import { Title } from '@mantine/core';
import styles from './EmptyNote.module.css';

interface Props {
  title: string;
  children?: ReactNode;
}

/** There is nothing to show, and this is why or what to do about it. */
export function EmptyNote({ title, children }: Props) {
  return (
    <div className={styles.empty}>
      <Title order={2} className={styles.title}>
        {title}
      </Title>
      {children && <div className="soft">{children}</div>}
    </div>
  );
}
