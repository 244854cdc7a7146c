/** What an index, or a sort, takes from a document: one key, or several when the paths meet an array. */
import { CommandError } from './errors.ts';
import type { Path } from './paths.ts';
import { T, type Raw, getField, valuesOf } from './raw.ts';
import { NULL, UNDEFINED } from './writer.ts';

/** One field of a key on its way: where it stands and which part of its path comes next. */
interface Walk {
  readonly value: Raw | undefined;
  readonly path: Path;
  readonly next: number;
}

interface DocumentKeys {
  /** Each key has a value per path: null for a missing field, undefined for an empty array. */
  readonly keys: Raw[][];
  /** A path met an array. */
  readonly multi: boolean;
  /** At least one path led to something. */
  readonly found: boolean;
}

export function documentKeys(doc: Raw, paths: readonly Path[]): DocumentKeys {
  const out: Raw[][] = [];
  const state = { multi: false, found: false };
  expand(
    paths.map((path) => ({ value: doc, path, next: 0 })),
    out,
    state,
  );
  return { keys: out, multi: state.multi, found: state.found };
}

/** Follows a path through documents, and through arrays by position, to a value or to an array to be spread. */
function advance(walk: Walk): Walk {
  let { value, next } = walk;
  const { path } = walk;
  while (value && next < path.length) {
    if (value.type === T.object) value = getField(value, path[next]!);
    else if (value.type === T.array) {
      const position = path[next]!.index;
      const chosen = position >= 0 ? valuesOf(value)[position] : undefined;
      if (!chosen) break;
      value = chosen;
    } else value = undefined;
    next++;
  }
  return { value, path, next };
}

/** An array that was already spread: its elements are final, even those that are arrays. */
const DONE: Path = [];

function expand(walks: Walk[], out: Raw[][], state: { multi: boolean; found: boolean }): void {
  const ahead = walks.map((walk) => (walk.path === DONE ? walk : advance(walk)));
  const spread = ahead.find((walk) => walk.path !== DONE && walk.value?.type === T.array);
  if (!spread) {
    if (ahead.some((walk) => walk.value)) state.found = true;
    out.push(ahead.map((walk) => walk.value ?? NULL));
    return;
  }
  state.multi = true;
  const list = spread.value!;
  const isHere = (walk: Walk): boolean =>
    walk.path !== DONE && walk.value?.type === T.array && sameBytes(walk.value, list);
  if (ahead.some((w) => w.path !== DONE && w.value?.type === T.array && !isHere(w))) {
    throw new CommandError(171, 'cannot index parallel arrays');
  }
  const elements = valuesOf(list);
  if (!elements.length) {
    state.found = true;
    const empty = ahead.map((walk) => (isHere(walk) ? emptyArray(walk) : walk));
    return expand(empty, out, state);
  }
  for (const element of elements) {
    expand(
      ahead.map((walk) => (isHere(walk) ? into(walk, element) : walk)),
      out,
      state,
    );
  }
}

const sameBytes = (a: Raw, b: Raw): boolean => a.buf === b.buf && a.at === b.at;

function emptyArray(walk: Walk): Walk {
  const ended = walk.next === walk.path.length;
  return { value: ended ? UNDEFINED : undefined, path: DONE, next: 0 };
}

function into(walk: Walk, element: Raw): Walk {
  if (walk.next === walk.path.length) return { value: element, path: DONE, next: 0 };
  return element.type === T.object
    ? { value: element, path: walk.path, next: walk.next }
    : { value: undefined, path: DONE, next: 0 };
}
