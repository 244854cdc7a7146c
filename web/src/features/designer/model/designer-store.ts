import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Outcome } from './commands.ts';
import { keyOf, pathOf, rootKey, type Doc, type Path } from './document.ts';
import { begin, commit, redo, select, undo, type History } from './history.ts';

/** What is open in the designer. Screens read it with `useDesigner`; every change goes through here. */
export interface DesignerStore {
  readonly history: () => History;
  readonly doc: () => Doc;
  readonly subscribe: (listener: () => void) => () => void;
  /** The document for what only follows it: not anew with each key, but when typing pauses and at any other step. */
  readonly docBehindTyping: () => Doc;
  readonly subscribeBehindTyping: (listener: () => void) => () => void;
  /** Does what a command made; null (it cannot be done) does nothing. @param typing the field that is typed into */
  readonly run: (outcome: Outcome | null, typing?: string) => void;
  /** Another document with the same choice. */
  readonly change: (doc: Doc, typing?: string) => void;
  readonly select: (path: Path) => void;
  /** Chooses a part and asks for what stands at `aim` inside it: whoever shows that opens it and gives it the focus. */
  readonly open: (path: Path, aim: Path) => void;
  /** What was asked for so, until something else is chosen; null where nothing was. */
  readonly aim: () => Path | null;
  /** Begins anew from this document: what went before was joined with somebody else's work and is no step of ours. */
  readonly restart: (doc: Doc) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Longer than between two keys of somebody who types: what only follows is not drawn while the next key is due. */
const pauseMs = 300;

export function createDesignerStore(doc: Doc, now: () => number): DesignerStore {
  let history = begin(doc, rootKey);
  let behind = doc;
  let aim: Path | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const listenersBehind = new Set<() => void>();
  const catchUp = () => {
    clearTimeout(timer);
    if (behind === history.present.doc) return;
    behind = history.present.doc;
    for (const listener of listenersBehind) listener();
  };
  const go = (next: History | null) => {
    if (next === null || next === history) return;
    history = next;
    for (const listener of listeners) listener();
    clearTimeout(timer);
    if (next.typing === null) catchUp();
    else timer = setTimeout(catchUp, pauseMs);
  };
  const commitTo = (next: Doc, selected: string, typing?: string) =>
    go(
      commit(
        history,
        { doc: next, selected },
        typing === undefined ? null : { into: typing, atMs: now() },
      ),
    );
  return {
    history: () => history,
    doc: () => history.present.doc,
    subscribe: following(listeners),
    docBehindTyping: () => behind,
    subscribeBehindTyping: following(listenersBehind),
    run: (outcome, typing) => {
      if (outcome) commitTo(outcome.doc, keyOf(outcome.selected), typing);
    },
    change: (next, typing) => commitTo(next, history.present.selected, typing),
    select: (path) => {
      aim = null;
      go(select(history, keyOf(path)));
    },
    open: (path, at) => {
      aim = at;
      go(select(history, keyOf(path)));
      for (const listener of listeners) listener();
    },
    aim: () => aim,
    restart: (next) => go(begin(next, rootKey)),
    undo: () => go(undo(history)),
    redo: () => go(redo(history)),
  };
}

const following = (listeners: Set<() => void>) => (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

const whole = (doc: Doc): Doc => doc;

export const DesignerContext = createContext<DesignerStore | null>(null);

export function useDesignerStore(): DesignerStore {
  const store = useContext(DesignerContext);
  if (!store) throw new Error('no designer around this part');
  return store;
}

/** A part of what is open; the caller is shown anew only when this part is another. @param pick gives what is shared, never a new object */
export function useDesigner<Part>(pick: (history: History) => Part): Part {
  const store = useDesignerStore();
  return useSyncExternalStore(store.subscribe, () => pick(store.history()));
}

export const useDoc = (): Doc => useDesigner(({ present }) => present.doc);

/** What was asked for by its path; another list each time, also when the same is asked for again. */
export function useAim(): Path | null {
  const store = useDesignerStore();
  return useSyncExternalStore(store.subscribe, store.aim);
}

/** A part of the document for what only follows it; see `docBehindTyping`. @param pick gives what is shared, never a new object */
export function useBehindTyping<Part>(pick: (doc: Doc) => Part): Part {
  const store = useDesignerStore();
  return useSyncExternalStore(store.subscribeBehindTyping, () => pick(store.docBehindTyping()));
}
export const useDocBehindTyping = (): Doc => useBehindTyping(whole);

export const useSelectedKey = (): string => useDesigner(({ present }) => present.selected);
/** The path of what is chosen. */
export const useSelectedPath = (): Path => pathOf(useSelectedKey());
