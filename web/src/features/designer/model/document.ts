/** The questionnaire as plain JSON, addressed by path. Nothing is ever changed in place; what is not touched is shared. */

export type Plain = Readonly<Record<string, unknown>>;

/** The whole questionnaire: SurveyJS JSON with our own properties, and whatever else its author wrote. */
export type Doc = Plain;

/** Keys and places from the root of the document, e.g. ['pages', 0, 'elements', 2]; [] is the questionnaire itself. */
export type Path = readonly (string | number)[];

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A path as a text that can be compared, kept and used as a key. */
export const keyOf = (path: Path): string => JSON.stringify(path);
export const pathOf = (key: string): Path => JSON.parse(key) as Path;
/** The key of the questionnaire itself. */
export const rootKey = '[]';

/** What stands at the path; undefined where nothing does. */
export function getAt(node: unknown, path: Path): unknown {
  let found = node;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step))
      return undefined;
    found = (found as Record<string | number, unknown>)[step];
  }
  return found;
}

/** Always the same one, so that what follows it is not shown anew for nothing. */
const nothing: Plain = {};

/** The object at the path; an empty one where there is none. */
export function plainAt(doc: Doc, path: Path): Plain {
  const found = getAt(doc, path);
  return isPlain(found) ? found : nothing;
}

/**
 * The document with another value at the path; objects and lists on the way there are made where missing, of a plain value
 * (a choice) an object with that value.
 * @param value undefined takes the property away (and the entry of a list out of it)
 * @returns the very same object when nothing changes
 */
export function setAt<Node>(node: Node, path: Path, value: unknown): Node {
  return put(node, path, value) as Node;
}

function put(node: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'number') return putInList(listOf(node), step, rest, value);
  const before = isPlain(node) ? node : isValue(node) ? { value: node } : {};
  const had = Object.hasOwn(before, step);
  const child = put(had ? before[step] : undefined, rest, value);
  if (child === undefined) {
    if (!had) return node;
    const { [step]: _, ...others } = before;
    return others;
  }
  return had && Object.is(child, before[step]) ? node : { ...before, [step]: child };
}

/** An entry of a list of which its author gave the value alone. */
const isValue = (node: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof node);

function putInList(list: readonly unknown[], place: number, rest: Path, value: unknown): unknown {
  const child = put(list[place], rest, value);
  if (child === undefined) return list.filter((_, index) => index !== place);
  if (Object.is(child, list[place])) return list;
  return list
    .map((entry, index) => (index === place ? child : entry))
    .concat(place >= list.length ? [child] : []);
}

/** The document with the entry put into the list at the path, before the one that stands at `place`. */
export function insertAt(doc: Doc, listPath: Path, place: number, entry: unknown): Doc {
  const list = listOf(getAt(doc, listPath));
  return setAt(doc, listPath, [...list.slice(0, place), entry, ...list.slice(place)]);
}

/**
 * Where a path leads after an entry was put in (`by` = 1) or taken out (`by` = −1) at a place of a list.
 * @returns the same path when it does not go through that list behind that place
 */
export function shifted(path: Path, listPath: Path, place: number, by: 1 | -1): Path {
  const through = isInside(path, listPath) ? path[listPath.length] : undefined;
  if (typeof through !== 'number') return path;
  if (by === 1 ? through < place : through <= place) return path;
  return [...listPath, through + by, ...path.slice(listPath.length + 1)];
}

/** Whether the path leads to `outer` or into it. */
export const isInside = (path: Path, outer: Path): boolean =>
  path.length >= outer.length && outer.every((step, index) => step === path[index]);
