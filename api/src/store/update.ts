/** Updates: a parsed update turns one stored document into the next. */
import { ObjectId } from 'bson';
import { compareValues } from './compare.ts';
import { CommandError, badValue, failedToParse, notSupported } from './errors.ts';
import type { Filter } from './match.ts';
import {
  T,
  Raw,
  eachField,
  entriesOf,
  field,
  rawOf,
  showOf,
  textOf,
  typeName,
  valuesOf,
} from './raw.ts';
import { checkId } from './records.ts';
import {
  type Change,
  type ChangeContext,
  type Node,
  Doc,
  applyChange,
  freeze,
  thaw,
} from './tree.ts';
import { checkFiltersUsed, parseArrayFilters } from './array-filters.ts';
import { changeOf } from './update-operators.ts';
import { checkConflicts, checkUpdatePath } from './update-paths.ts';
import { fromEntries } from './writer.ts';

export interface Update {
  readonly replaces: boolean;
  /** The document after the update; `position` is the array element the query matched. */
  apply(doc: Raw, position: number): Raw;
  /** The document an upsert inserts. */
  insert(filter: Filter): Raw;
}

export function parseUpdate(update: Raw, arrayFilters: Raw | undefined): Update {
  if (update.type === T.array) throw notSupported('an update written as a pipeline', 9);
  if (update.type !== T.object) {
    throw failedToParse('Update argument must be either an object or an array');
  }
  const first = entriesOf(update)[0]?.[0];
  if (first?.startsWith('$')) return operatorUpdate(update, parseArrayFilters(arrayFilters));
  if (arrayFilters && valuesOf(arrayFilters).length) {
    throw failedToParse('Cannot specify array filters and a replacement-style update');
  }
  return replacement(update);
}

function replacement(update: Raw): Update {
  eachField(update, (name) => {
    if (name.startsWith('$')) {
      throw new CommandError(
        52,
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
    }
  });
  const given = field(update, '_id');
  const rest = entriesOf(update).filter(([name]) => name !== '_id');
  return {
    replaces: true,
    apply: (doc) => {
      const id = field(doc, '_id')!;
      if (given && compareValues(given, id) !== 0) {
        throw new CommandError(
          66,
          `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${showOf(given)}`,
        );
      }
      return fromEntries([['_id', id], ...rest]);
    },
    insert: (filter) => {
      const id = given ?? equalities(filter).get('_id') ?? rawOf(new ObjectId());
      checkId(id);
      return fromEntries([['_id', id], ...rest]);
    },
  };
}

interface Named extends Change {
  readonly operator: string;
}

/** A rename needs two places of a document at once, so it stands beside the other changes. */
interface Rename {
  readonly from: string;
  readonly to: string;
}

function operatorUpdate(
  update: Raw,
  arrayFilters: ReadonlyMap<string, (element: Raw) => boolean>,
): Update {
  const changes: Named[] = [];
  const renames: Rename[] = [];
  eachField(update, (operator, fields) => {
    if (fields.type !== T.object) {
      throw failedToParse(
        `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${showOf(fields)}}`,
      );
    }
    eachField(fields, (path, value) => {
      checkUpdatePath(path);
      if (operator === '$rename') renames.push(parseRename(path, value));
      else if (operator === '$setOnInsert') {
        changes.push({ ...changeOf('$set', path, value), operator });
      } else changes.push({ ...changeOf(operator, path, value), operator });
    });
    if (isEmpty(fields))
      changeOf(operator === '$rename' || operator === '$setOnInsert' ? '$set' : operator, 'x', ONE);
  });
  checkConflicts([
    ...changes.map(({ path }) => path.join('.')),
    ...renames.flatMap(({ from, to }) => [from, to]),
  ]);
  checkFiltersUsed(changes, arrayFilters);
  changes.sort((a, b) => comparePaths(a.path, b.path));
  const run = (root: Doc, inserting: boolean, position: number): void => {
    const context: ChangeContext = {
      inserting,
      position,
      arrayFilters,
      identity: () => identity(root),
    };
    for (const rename of renames) applyRename(root, rename, context);
    for (const change of changes) {
      if (change.operator !== '$setOnInsert' || inserting) applyChange(root, change, context);
    }
  };
  return {
    replaces: false,
    apply: (doc, position) => {
      const root = thaw(doc) as Doc;
      run(root, false, position);
      keepId(field(doc, '_id')!, root);
      return freeze(root);
    },
    insert: (filter) => {
      const root = startOfUpsert(filter);
      const before = root.fields.get('_id');
      run(root, true, -1);
      if (before) keepId(freeze(before), root);
      return withId(root);
    },
  };
}

const ONE = rawOf(1);
const isEmpty = (fields: Raw): boolean => fields.size === 5;

function identity(root: Doc): string {
  const id = root.fields.get('_id');
  return id ? `_id: ${showOf(freeze(id))}` : '';
}

function keepId(before: Raw, root: Doc): void {
  const now = root.fields.get('_id');
  if (now && compareValues(freeze(now), before) === 0) {
    root.fields.set('_id', before); // 1 may have become 1.0, which is the same _id
    return;
  }
  throw new CommandError(
    66,
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}

function withId(root: Doc): Raw {
  const id = root.fields.get('_id') ?? rawOf(new ObjectId());
  checkId(freeze(id));
  const rest = [...root.fields].filter(([name]) => name !== '_id');
  return freeze(new Doc([['_id', id], ...rest]));
}

function startOfUpsert(filter: Filter): Doc {
  const root = new Doc();
  const context: ChangeContext = {
    inserting: true,
    position: -1,
    arrayFilters: new Map(),
    identity: () => '',
  };
  for (const [path, value] of equalities(filter)) {
    const change: Change = { path: path.split('.'), creates: true, apply: (): Node => value };
    applyChange(root, change, context);
  }
  return root;
}

/** The fields a query fixes by equality: what an upsert starts from. */
function equalities(filter: Filter): Map<string, Raw> {
  const found = new Map<string, Raw>();
  collectEqualities(filter, found);
  return found;
}

function collectEqualities(filter: Filter, found: Map<string, Raw>): void {
  if (filter.kind === 'and' || (filter.kind === 'or' && filter.parts.length === 1)) {
    filter.parts.forEach((part) => collectEqualities(part, found));
    return;
  }
  const single = filter.kind === 'in' && filter.exact && filter.values.length === 1;
  const value =
    filter.kind === 'compare' && filter.op === 'eq'
      ? filter.value
      : single
        ? filter.values[0]
        : undefined;
  if (!value || (filter.kind !== 'compare' && filter.kind !== 'in')) return;
  for (const other of found.keys()) {
    if (overlaps(other, filter.field)) {
      throw new CommandError(
        54,
        `cannot infer query fields to set, path '${filter.field}' is matched twice`,
      );
    }
  }
  found.set(filter.field, value);
}

const overlaps = (a: string, b: string): boolean =>
  a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);

function parseRename(from: string, value: Raw): Rename {
  if (value.type !== T.string) {
    throw badValue(`The 'to' field for $rename must be a string: ${from}: ${showOf(value)}`);
  }
  const to = textOf(value);
  checkUpdatePath(to);
  if (from === to) {
    throw badValue(`The source and target field for $rename must differ: ${from}: "${to}"`);
  }
  if (/(^|\.)\$/.test(from) || /(^|\.)\$/.test(to)) {
    throw badValue(`The source field for $rename may not be dynamic: ${from}`);
  }
  return { from, to };
}

function applyRename(root: Doc, { from, to }: Rename, context: ChangeContext): void {
  let taken: Node | undefined;
  const take = (name: string, keep: boolean): Change => ({
    path: name.split('.'),
    creates: false,
    apply: (current) => {
      taken = current;
      return keep ? current : undefined;
    },
  });
  applyChange(root, take(from, true), context);
  if (taken === undefined) return;
  noArrayOn(root, from, 'source');
  noArrayOn(root, to, 'destination');
  const value = taken;
  applyChange(root, take(from, false), context);
  const put: Change = { path: to.split('.'), creates: true, apply: () => value };
  applyChange(root, put, context);
}

function noArrayOn(root: Doc, path: string, which: string): void {
  let node: Node | undefined = root;
  for (const name of path.split('.').slice(0, -1)) {
    node = node && thaw(node);
    if (!(node instanceof Doc)) break;
    node = node.fields.get(name);
  }
  const open = node && thaw(node);
  if (open && !(open instanceof Doc) && !(open instanceof Raw)) {
    throw badValue(
      `The ${which} field cannot be an array element, '${path}' in doc with ${identity(root)}`,
    );
  }
}

/** The server applies changes in the order of their paths: numbers by value, names by their characters. */
function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const left = a[i]!;
    const right = b[i]!;
    if (left === right) continue;
    const numbers = /^\d+$/.test(left) && /^\d+$/.test(right);
    if (numbers && Number(left) !== Number(right)) return Number(left) - Number(right);
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  }
  return a.length - b.length;
}
