import { useState } from 'react';
import { valueOf } from '../model/choices.ts';
import type { ValueCommands } from './value-commands.ts';
import styles from './Properties.module.css';

interface ValueInputProps {
  entry: unknown;
  place: number;
  commands: ValueCommands;
  label: string;
}

/** The code of a choice. It is taken over when it is whole, so that scoring follows the name and not each letter. */
export function ValueInput({ entry, place, commands, label }: ValueInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const finish = () => {
    if (draft !== null) commands.setValue(place, draft);
    setDraft(null);
  };
  return (
    <input
      className={`${styles.input} ${styles.code}`}
      aria-label={label}
      spellCheck={false}
      value={draft ?? String(valueOf(entry))}
      onChange={({ target }) => setDraft(target.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}
