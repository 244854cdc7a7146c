import type { ReactNode } from 'react';

interface Props {
  kind: 'good' | 'warning' | 'bad' | 'plain';
  title?: string;
  children?: ReactNode;
  /** Read out at once: for what happens while the person looks elsewhere. */
  urgent?: boolean;
}

export function Note({ kind, title, children, urgent = false }: Props) {
  return (
    <div className={`note note-${kind}`} role={urgent ? 'alert' : undefined}>
      {title && <p className="note-title">{title}</p>}
      {children}
    </div>
  );
}
