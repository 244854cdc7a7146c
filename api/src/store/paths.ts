/** Dotted paths: how they reach through documents and arrays when a query looks. */
import { CommandError } from './errors.ts';
import { T, Name, type Raw, getField, valuesOf } from './raw.ts';

export type Path = readonly Name[];

const known = new Map<string, Path>();

export function pathOf(text: string): Path {
  let path = known.get(text);
  if (!path) {
    path = text.split('.').map((part) => new Name(part));
    if (known.size < 5000) known.set(text, path);
  }
  return path;
}

/**
 * Gives `visit` every value the path stands for in a query: array elements along the way, the elements of an array at
 * its end and then that array itself. `undefined` stands for a missing field. Stops at, and returns, the first `true`.
 * `inArray` tells which element of the outermost array on the way the value belongs to (-1: none).
 */
export function visitPath(
  doc: Raw,
  path: Path,
  leafArrays: boolean,
  visit: (value: Raw | undefined, inArray: number) => boolean,
  from = 0,
  outer = -1,
): boolean {
  let value: Raw | undefined = doc;
  let i = from;
  while (i < path.length && value.type === T.object) {
    value = getField(value, path[i]!);
    i++;
    if (!value) return visit(undefined, outer);
  }
  if (value.type !== T.array) return visit(i < path.length ? undefined : value, outer);
  if (i === path.length) return leafArrays ? visitLeaf(value, visit, outer) : visit(value, outer);
  return visitArray(value, path, i, leafArrays, visit, outer);
}

function visitLeaf(
  list: Raw,
  visit: (value: Raw | undefined, inArray: number) => boolean,
  outer: number,
): boolean {
  const values = valuesOf(list);
  for (let k = 0; k < values.length; k++) {
    if (visit(values[k], outer >= 0 ? outer : k)) return true;
  }
  return visit(list, outer);
}

function visitArray(
  list: Raw,
  path: Path,
  i: number,
  leafArrays: boolean,
  visit: (value: Raw | undefined, inArray: number) => boolean,
  outer: number,
): boolean {
  const values = valuesOf(list);
  const position = path[i]!.index;
  for (let k = 0; k < values.length; k++) {
    const element = values[k]!;
    const place = outer >= 0 ? outer : k;
    if (element.type === T.object && visitPath(element, path, leafArrays, visit, i, place)) {
      return true;
    }
    if (k !== position) continue;
    if (i + 1 === path.length) {
      if (visit(element, place)) return true;
    } else if (element.type === T.object || element.type === T.array) {
      if (visitPath(element, path, leafArrays, visit, i + 1, place)) return true;
    }
  }
  return false;
}

/** Refuses what no field can be called, with the server's codes. */
export function checkFieldPath(text: string): void {
  if (text === '') {
    throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
  }
  if (text.endsWith('.')) throw new CommandError(40353, "FieldPath must not end with a '.'.");
  for (const part of text.split('.')) {
    if (part === '') {
      throw new CommandError(15998, 'FieldPath field names may not be empty strings.');
    }
    if (part.startsWith('$')) {
      throw new CommandError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    }
    if (part.includes('\0')) {
      throw new CommandError(16411, 'FieldPath field names may not contain \0.');
    }
  }
}
