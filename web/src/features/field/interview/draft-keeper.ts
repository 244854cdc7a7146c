import type { DraftContent, DraftRow, FieldDatabase } from '../../../offline/database.ts';
import { saveDraft } from '../../../offline/drafts.ts';

export type Keeping =
  { readonly state: 'saved' | 'saving' } | { readonly state: 'failed'; readonly error: unknown };

export interface DraftKeeper {
  readonly keeping: () => Keeping;
  readonly subscribe: (listener: () => void) => () => void;
  /** Something changed: writes it now, or as soon as the write under way is done. */
  readonly touch: () => void;
  /** Resolves when nothing is left to write, or when writing failed. */
  readonly settled: () => Promise<void>;
}

/**
 * Writes a draft at every change. Two writes never overlap, and the last one holds the latest answers.
 * A failed write is shown, never swallowed, and tried again with the next change.
 * @param elapsedMs of the whole interview so far, by a monotonic clock
 */
export function createDraftKeeper(
  db: FieldDatabase,
  draft: Omit<DraftRow, 'content'>,
  content: () => DraftContent,
  elapsedMs: () => number,
): DraftKeeper {
  const listeners = new Set<() => void>();
  let keeping: Keeping = { state: 'saved' };
  let dirty = false;
  let writing: Promise<void> | null = null;

  const show = (next: Keeping) => {
    keeping = next;
    for (const listener of listeners) listener();
  };

  const write = async () => {
    while (dirty) {
      dirty = false;
      await saveDraft(db, draft, content(), elapsedMs(), new Date());
    }
  };

  const touch = () => {
    dirty = true;
    if (writing) return;
    show({ state: 'saving' });
    writing = write()
      .then(
        () => show({ state: 'saved' }),
        (error: unknown) => show({ state: 'failed', error }),
      )
      .finally(() => (writing = null));
  };

  return {
    keeping: () => keeping,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    touch,
    settled: () => writing ?? Promise.resolve(),
  };
}
