/** Array filters: which elements `$[name]` stands for in an update. */
import { badValue, failedToParse } from './errors.ts';
import { parseFilter } from './match.ts';
import { T, type Raw, eachField, valuesOf } from './raw.ts';
import { fromEntries } from './writer.ts';

export function parseArrayFilters(
  list: Raw | undefined,
): ReadonlyMap<string, (element: Raw) => boolean> {
  const filters = new Map<string, (element: Raw) => boolean>();
  for (const one of list ? valuesOf(list) : []) {
    const name = soleIdentifier(one);
    if (filters.has(name)) {
      throw failedToParse(
        `Found multiple array filters with the same top-level field name ${name}`,
      );
    }
    const filter = parseFilter(one);
    filters.set(name, (element) => filter.test(fromEntries([[name, element]])));
  }
  return filters;
}

function soleIdentifier(filter: Raw): string {
  if (filter.type !== T.object) throw failedToParse('array filters must be documents');
  const found = new Set<string>();
  const collect = (doc: Raw): void =>
    eachField(doc, (name, value) => {
      if (name.startsWith('$'))
        valuesOf(value).forEach((part) => part.type === T.object && collect(part));
      else found.add(name.split('.')[0]!);
    });
  collect(filter);
  const [name] = found;
  if (found.size !== 1 || !name) {
    throw failedToParse(
      'Error parsing array filter :: caused by :: Expected a single top-level field name',
    );
  }
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
    throw badValue(
      `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
    );
  }
  return name;
}

/** Every name has a filter and every filter a name. */
export function checkFiltersUsed(
  changes: readonly { readonly path: readonly string[] }[],
  filters: ReadonlyMap<string, unknown>,
): void {
  const used = new Set<string>();
  for (const { path } of changes) {
    for (const part of path) {
      const name = /^\$\[(.+)\]$/.exec(part)?.[1];
      if (name === undefined) continue;
      used.add(name);
      if (!filters.has(name)) {
        throw badValue(
          `No array filter found for identifier '${name}' in path '${path.join('.')}'`,
        );
      }
    }
  }
  for (const name of filters.keys()) {
    if (!used.has(name)) {
      throw failedToParse(`The array filter for identifier '${name}' was not used in the update`);
    }
  }
}
