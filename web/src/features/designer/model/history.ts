/** Undo and redo of everything: documents share what did not change, so a step costs almost nothing. */
import type { Doc } from './document.ts';

export interface Moment {
  readonly doc: Doc;
  /** Key of what was chosen then. */
  readonly selected: string;
}

export interface History {
  readonly past: readonly Moment[];
  readonly present: Moment;
  readonly future: readonly Moment[];
  /** What was typed into last, and when: more of the same is the same step. */
  readonly typing: { readonly into: string; readonly atMs: number } | null;
}

const mostSteps = 1_000;
/** A pause of this length in typing begins a new step. */
const pauseMs = 1_500;

export const begin = (doc: Doc, selected: string): History => ({
  past: [],
  present: { doc, selected },
  future: [],
  typing: null,
});

/**
 * Goes on to another document; nothing when it is the same one.
 * @param typing the field that is typed into: one step from the first key until a pause or another field
 */
export function commit(
  history: History,
  next: Moment,
  typing: { into: string; atMs: number } | null = null,
): History {
  const { past, present } = history;
  if (next.doc === present.doc) return select(history, next.selected);
  const goesOn =
    typing !== null &&
    history.typing?.into === typing.into &&
    typing.atMs - history.typing.atMs < pauseMs;
  return {
    past: goesOn ? past : [...past, present].slice(-mostSteps),
    present: next,
    future: [],
    typing,
  };
}

/** Choosing something is no step of its own, and ends the typing. */
export const select = (history: History, selected: string): History =>
  selected === history.present.selected
    ? history
    : { ...history, present: { ...history.present, selected }, typing: null };

export function undo({ past, present, future }: History): History | null {
  const before = past.at(-1);
  if (!before) return null;
  return { past: past.slice(0, -1), present: before, future: [present, ...future], typing: null };
}

export function redo({ past, present, future }: History): History | null {
  const [next, ...rest] = future;
  if (!next) return null;
  return { past: [...past, present], present: next, future: rest, typing: null };
}
