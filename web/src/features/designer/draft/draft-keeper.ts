import type { Scenario } from '@akimetr/api/contracts/questionnaire-drafts';
import type { Doc } from '../model/document.ts';

/** What is kept: the questionnaire and its scenarios. */
export interface Content {
  readonly doc: Doc;
  readonly scenarios: readonly Scenario[];
}

/** Who saved a newer revision, and when. */
export interface Newer {
  readonly revision: number;
  readonly by: string;
  readonly at: string;
}

/**
 * `failed`: not saved, tried again by itself; `refused`: the server will not have it; `conflict`: somebody saved a
 * newer revision, and nothing more is saved until a person has decided.
 */
export type Keeping =
  | { readonly state: 'saved' | 'saving' | 'failed' }
  | { readonly state: 'refused'; readonly error: unknown }
  | { readonly state: 'conflict'; readonly newer: Newer };

export type SaveResult =
  | { readonly saved: number }
  | { readonly newer: Newer }
  | { readonly refused: unknown }
  | { readonly failed: true };

export interface DraftKeeper {
  readonly keeping: () => Keeping;
  readonly revision: () => number;
  readonly subscribe: (listener: () => void) => () => void;
  /** Something changed: it is saved when it has been quiet for a moment. */
  readonly touch: () => void;
  /** Saves now what is not saved yet. @returns whether all is saved */
  readonly settle: () => Promise<boolean>;
  /** What the server had when the two last agreed: what a merge starts from. */
  readonly base: () => Content;
  /** Goes on from somebody's newer revision and its content with what is here now: the next save is made from it. */
  readonly continueFrom: (revision: number, theirs: Content) => void;
}

const quietMs = 900;
const againMs = 5_000;

/**
 * Saves a draft by revision, one save at a time, never over somebody's newer text.
 * @param content what there is now; the same objects as long as nothing changed
 * @param save says what became of one try; never throws
 */
export function createDraftKeeper(
  start: number,
  content: () => Content,
  save: (content: Content, revision: number) => Promise<SaveResult>,
): DraftKeeper {
  let revision = start;
  let kept = content();
  let keeping: Keeping = { state: 'saved' };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  const listeners = new Set<() => void>();
  const isKept = () => {
    const now = content();
    return now.doc === kept.doc && now.scenarios === kept.scenarios;
  };
  const say = (next: Keeping) => {
    if (next.state === keeping.state && (next.state === 'saving' || next.state === 'saved')) return;
    keeping = next;
    for (const listener of listeners) listener();
  };
  const later = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), ms);
  };
  const take = (sent: Content, result: SaveResult) => {
    if ('saved' in result) {
      revision = result.saved;
      kept = sent;
      say({ state: isKept() ? 'saved' : 'saving' });
      if (!isKept()) later(quietMs);
    } else if ('newer' in result) say({ state: 'conflict', newer: result.newer });
    else if ('refused' in result) say({ state: 'refused', error: result.refused });
    else {
      say({ state: 'failed' });
      later(againMs);
    }
  };
  const run = (): Promise<void> => {
    clearTimeout(timer);
    if (running) return running;
    if (keeping.state === 'conflict' || isKept()) return Promise.resolve();
    const sent = content();
    say({ state: 'saving' });
    running = save(sent, revision)
      .then((result) => take(sent, result))
      .finally(() => {
        running = null;
      });
    return running;
  };
  return {
    keeping: () => keeping,
    revision: () => revision,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    touch: () => {
      if (keeping.state === 'conflict' || isKept()) return;
      say({ state: 'saving' });
      if (!running) later(quietMs);
    },
    settle: async () => {
      await run();
      if (!isKept()) await run();
      return isKept();
    },
    base: () => kept,
    continueFrom: (newest, theirs) => {
      revision = newest;
      kept = theirs;
      say({ state: 'saving' });
      later(0);
    },
  };
}
