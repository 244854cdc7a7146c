/** The paths of an update: what may be written there, and which changes cannot go together. */
import { CommandError, badValue } from './errors.ts';

export function checkUpdatePath(path: string): void {
  const parts = path.split('.');
  if (path === '') throw new CommandError(56, 'An empty update path is not valid.');
  if (parts.some((part) => part === '')) {
    throw new CommandError(
      56,
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  parts.forEach((part, i) => {
    if (!part.startsWith('$')) return;
    const positional = part === '$' || /^\$\[([a-z][A-Za-z0-9]*)?\]$/.test(part);
    if (positional && i > 0) return;
    if (positional) {
      throw badValue(
        `Cannot have positional (i.e. '$') element in the first position in path '${path}'`,
      );
    }
    if (['$ref', '$id', '$db'].includes(part) && i > 0) return;
    throw new CommandError(
      52,
      `The dollar ($) prefixed field '${part}' in '${path}' is not allowed in the context of an update's replacement document.`,
    );
  });
}

export function checkConflicts(paths: string[]): void {
  checkArrayConflicts(paths);
  const all = new Set<string>();
  const parents = new Map<string, string>();
  for (const path of paths) {
    const conflict = all.has(path) ? path : parents.has(path) ? path : ancestorIn(path, all);
    if (conflict !== undefined) {
      throw new CommandError(
        40,
        `Updating the path '${path}' would create a conflict at '${conflict}'`,
      );
    }
    all.add(path);
    for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
      parents.set(path.slice(0, dot), path);
    }
  }
}

/** The elements of an array by `$[]`, and a field of it by name, cannot be changed together. */
function checkArrayConflicts(paths: readonly string[]): void {
  const kinds = new Map<string, boolean>();
  for (const path of paths) {
    const parts = path.split('.');
    for (let i = 1; i < parts.length; i++) {
      const parent = parts.slice(0, i).join('.');
      const elements = parts[i]!.startsWith('$[');
      if ((kinds.get(parent) ?? elements) !== elements) {
        throw new CommandError(
          40,
          `Updating the path '${path}' would create a conflict at '${parent}'`,
        );
      }
      kinds.set(parent, elements);
    }
  }
}

function ancestorIn(path: string, all: ReadonlySet<string>): string | undefined {
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const ancestor = path.slice(0, dot);
    if (all.has(ancestor)) return ancestor;
  }
  return undefined;
}
