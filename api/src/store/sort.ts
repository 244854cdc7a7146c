/** Sorting as the server sorts: by the least (or greatest) element of an array, stable otherwise. */
import { compareValues } from './compare.ts';
import { CommandError, badValue, notSupported } from './errors.ts';
import { documentKeys } from './index-keys.ts';
import { isNumber, toDouble } from './numbers.ts';
import { type Path, checkFieldPath, pathOf } from './paths.ts';
import { T, type Raw, eachField, valuesOf } from './raw.ts';
import { NULL, UNDEFINED } from './writer.ts';
import { getField } from './raw.ts';

export interface SortField {
  readonly field: string;
  readonly path: Path;
  readonly descending: boolean;
}

export type SortSpec = readonly SortField[];

export const QUERY_MEMORY = 100 * 1024 * 1024;

export function parseSort(spec: Raw | undefined): SortSpec | undefined {
  if (!spec) return undefined;
  if (spec.type !== T.object) throw badValue('the sort must be a document');
  const fields: SortField[] = [];
  eachField(spec, (field, value) => {
    fields.push({ field, path: checkedPath(field), descending: direction(field, value) });
  });
  const names = new Set(fields.map(({ field }) => field));
  if (names.size < fields.length) throw badValue('$sort key must not contain duplicate fields');
  return fields.length ? fields : undefined;
}

function checkedPath(field: string): Path {
  checkFieldPath(field);
  return pathOf(field);
}

function direction(field: string, value: Raw): boolean {
  if (value.type === T.object) throw notSupported(`$meta sort on '${field}'`, 17312);
  if (!isNumber(value))
    throw new CommandError(15974, `Illegal key in $sort specification: ${field}`);
  const number = Math.trunc(toDouble(value));
  if (number !== 1 && number !== -1) {
    throw new CommandError(
      15975,
      '$sort key ordering must be 1 (for ascending) or -1 (for descending)',
    );
  }
  return number === -1;
}

/** The values a document is sorted by. */
export function sortKey(doc: Raw, spec: SortSpec): Raw[] {
  const simple = simpleKey(doc, spec);
  if (simple) return simple;
  const { keys } = parallelSafe(doc, spec);
  let best = keys[0]!;
  for (let i = 1; i < keys.length; i++) {
    if (compareKeys(keys[i]!, best, spec) < 0) best = keys[i]!;
  }
  return best;
}

/** One undotted field is the common case. */
function simpleKey(doc: Raw, spec: SortSpec): Raw[] | undefined {
  if (spec.length !== 1 || spec[0]!.path.length !== 1) return undefined;
  const value = getField(doc, spec[0]!.path[0]!) ?? NULL;
  if (value.type !== T.array) return [value];
  const elements = valuesOf(value);
  if (!elements.length) return [UNDEFINED];
  const sign = spec[0]!.descending ? -1 : 1;
  return [elements.reduce((a, b) => (compareValues(a, b) * sign <= 0 ? a : b))];
}

function parallelSafe(doc: Raw, spec: SortSpec): ReturnType<typeof documentKeys> {
  try {
    return documentKeys(
      doc,
      spec.map(({ path }) => path),
    );
  } catch (error) {
    if (error instanceof CommandError && error.code === 171) {
      throw badValue('cannot sort with keys that are parallel arrays');
    }
    throw error;
  }
}

export function compareKeys(a: readonly Raw[], b: readonly Raw[], spec: SortSpec): number {
  for (let i = 0; i < spec.length; i++) {
    const order = compareValues(a[i]!, b[i]!);
    if (order) return spec[i]!.descending ? -order : order;
  }
  return 0;
}

interface Entry {
  readonly key: Raw[];
  readonly doc: Raw;
  readonly place: number;
}

/** Collects documents and gives them back in order, keeping only the first `limit` when there is one. */
export class Sorter {
  private entries: Entry[] = [];
  private bytes = 0;
  private added = 0;
  private readonly spec: SortSpec;
  private readonly limit: number;

  constructor(spec: SortSpec, limit = Infinity) {
    this.spec = spec;
    this.limit = limit;
  }

  add(doc: Raw): void {
    this.entries.push({ key: sortKey(doc, this.spec), doc, place: this.added++ });
    this.bytes += doc.size + 100;
    if (this.entries.length > this.limit * 2 + 1000 || this.bytes > QUERY_MEMORY) this.prune();
    if (this.bytes > QUERY_MEMORY) throw sortMemory();
  }

  private prune(): void {
    if (this.entries.length <= this.limit) return;
    this.order();
    this.entries.length = this.limit;
    this.bytes = this.entries.reduce((sum, { doc }) => sum + doc.size + 100, 0);
  }

  private order(): void {
    this.entries.sort((a, b) => compareKeys(a.key, b.key, this.spec) || a.place - b.place);
  }

  finish(): Raw[] {
    this.order();
    const kept =
      this.limit < this.entries.length ? this.entries.slice(0, this.limit) : this.entries;
    return kept.map(({ doc }) => doc);
  }
}

const sortMemory = (): CommandError =>
  new CommandError(
    292,
    `Sort exceeded memory limit of ${QUERY_MEMORY} bytes, but did not opt in to external sorting.`,
  );
