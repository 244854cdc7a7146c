/** What a designer can do to a questionnaire: JSON in, JSON out, with the place to look at next. Nothing else changes it. */
import {
  getAt,
  insertAt,
  isInside,
  listOf,
  plainAt,
  setAt,
  shifted,
  type Doc,
  type Path,
  type Plain,
} from './document.ts';
import { freeName, namesOf, renamedApart, withReferences } from './names.ts';
import { textOf } from './outline.ts';

export interface Outcome {
  readonly doc: Doc;
  /** What is chosen afterwards. */
  readonly selected: Path;
}

/** Adds an empty page before the one at `place`. */
export function addPage(doc: Doc, place: number): Outcome {
  const taken = namesOf(doc);
  const count = listOf(doc.pages).length;
  const page = { name: freeName(`page_${count + 1}`, taken), elements: [] };
  const at = Math.min(Math.max(place, 0), count);
  return { doc: insertAt(doc, ['pages'], at, page), selected: ['pages', at] };
}

/**
 * Puts an element into a list of elements. Where its name, or a name inside it, is taken it gets the next free
 * one, and what it says of itself follows.
 */
export function addElement(doc: Doc, listPath: Path, place: number, element: Plain): Outcome {
  const at = Math.min(Math.max(place, 0), listOf(getAt(doc, listPath)).length);
  const apart = renamedApart(element, namesOf(doc));
  return { doc: insertAt(doc, listPath, at, apart), selected: [...listPath, at] };
}

/**
 * Moves what stands at `from` into the list, before what now stands at `place` there.
 * @returns null where it would be put into itself
 */
export function move(doc: Doc, from: Path, listPath: Path, place: number): Outcome | null {
  const element = getAt(doc, from);
  const source = from.slice(0, -1);
  const index = from.at(-1);
  if (element === undefined || typeof index !== 'number' || isInside(listPath, from)) return null;
  const at = Math.min(Math.max(place, 0), listOf(getAt(doc, listPath)).length);
  const withBoth = insertAt(doc, listPath, at, element);
  const left = shifted(from, listPath, at, 1);
  const leftList = left.slice(0, -1);
  const leftPlace = left.at(-1) as number;
  const moved = setAt(withBoth, left, undefined);
  const selected = shifted([...listPath, at], leftList, leftPlace, -1);
  const same = source.length === listPath.length && isInside(listPath, source);
  return same && selected.at(-1) === index ? { doc, selected: from } : { doc: moved, selected };
}

/** A copy right behind the original, with names of its own. */
export function duplicate(doc: Doc, path: Path): Outcome {
  const place = path.at(-1);
  if (typeof place !== 'number') return { doc, selected: path };
  return addElement(doc, path.slice(0, -1), place + 1, plainAt(doc, path));
}

/** Takes an element away; what stood behind it, else before it, else what it stood in is chosen. */
export function remove(doc: Doc, path: Path): Outcome {
  const place = path.at(-1);
  if (typeof place !== 'number') return { doc, selected: [] };
  const listPath = path.slice(0, -1);
  const left = listOf(getAt(doc, listPath)).length - 1;
  const selected = left > 0 ? [...listPath, Math.min(place, left - 1)] : listPath.slice(0, -1);
  return { doc: setAt(doc, path, undefined), selected };
}

/** Sets one property of what stands at the path; undefined takes it away. */
export function setProperty(doc: Doc, path: Path, property: string, value: unknown): Outcome {
  return { doc: setAt(doc, [...path, property], value), selected: path };
}

/** Sets one language of a localizable text; an empty one is taken away, and the text with its last language. */
export function setText(
  doc: Doc,
  path: Path,
  language: string,
  text: string,
  mainLanguage: string,
): Doc {
  const before = getAt(doc, path);
  const words: Record<string, unknown> =
    typeof before === 'string' ? { [mainLanguage]: before } : { ...(before as Plain | undefined) };
  if (text === '') delete words[language];
  else words[language] = text;
  return setAt(doc, path, Object.keys(words).length === 0 ? undefined : words);
}

/**
 * Renames a page, panel or question. Expressions, texts and other properties that name a question follow, unless its
 * answers are kept under a `valueName`: then that is what they name.
 * @returns null where the name is empty or taken
 */
export function rename(doc: Doc, path: Path, name: string): Outcome | null {
  const element = plainAt(doc, path);
  const before = textOf(element.name);
  if (name === before) return { doc, selected: path };
  if (name === '' || namesOf(doc).has(name)) return null;
  const named = setAt(doc, [...path, 'name'], name);
  const referred = before !== '' && textOf(element.valueName) === '';
  return { doc: referred ? withReferences(named, before, name) : named, selected: path };
}
