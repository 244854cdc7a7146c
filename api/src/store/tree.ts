/** A document opened for change: only the parts on the way to a change are opened, all else stays bytes. */
import { CommandError, badValue } from './errors.ts';
import { T, Raw, entriesOf, showOf, valuesOf } from './raw.ts';
import { type Writer, buildDocument } from './writer.ts';

export class Doc {
  readonly fields: Map<string, Node>;

  constructor(fields: Iterable<readonly [string, Node]> = []) {
    this.fields = new Map(fields);
  }
}

export class List {
  readonly values: Node[];

  constructor(values: Node[]) {
    this.values = values;
  }
}

export type Node = Raw | Doc | List;

export function thaw(node: Node): Node {
  if (!(node instanceof Raw)) return node;
  if (node.type === T.object) return new Doc(entriesOf(node));
  return node.type === T.array ? new List(valuesOf(node)) : node;
}

export function freeze(node: Node): Raw {
  if (node instanceof Raw) return node;
  const built = buildDocument((writer) => writeInside(writer, node), 1024);
  return node instanceof List ? new Raw(T.array, built.buf, built.at, built.end) : built;
}

function writeInside(writer: Writer, node: Doc | List): void {
  if (node instanceof Doc) for (const [name, child] of node.fields) write(writer, name, child);
  else node.values.forEach((child, i) => write(writer, String(i), child));
}

function write(writer: Writer, name: string, node: Node): void {
  if (node instanceof Raw) writer.raw(name, node);
  else {
    writer.open(node instanceof Doc ? T.object : T.array, name);
    writeInside(writer, node);
    writer.close();
  }
}

/** What one change needs to know about its surroundings. */
export interface ChangeContext {
  readonly inserting: boolean;
  /** The array element the query matched, for `$`. */
  readonly position: number;
  readonly arrayFilters: ReadonlyMap<string, (element: Raw) => boolean>;
  /** `_id: 1` of the document, for messages. */
  readonly identity: () => string;
}

/** Turns the value at a path into another; undefined for "is not there" both ways. */
export interface Change {
  readonly path: readonly string[];
  /** Missing parents are made. */
  readonly creates: boolean;
  /** A path that leads through a value which has no fields is nothing to do, rather than an error. */
  readonly lenient?: boolean;
  apply(current: Node | undefined, context: ChangeContext): Node | undefined;
}

/** An array may grow by padding only so far, as on the server. */
const MOST_PADDING = 1_500_000;

const NUMERIC = /^(0|[1-9]\d*)$/;

export function applyChange(root: Doc, change: Change, context: ChangeContext): void {
  if (context.position < 0 && change.path.includes('$')) {
    throw badValue('The positional operator did not find the match needed from the query.');
  }
  into(root, change, 0, context);
}

function into(parent: Doc | List, change: Change, at: number, context: ChangeContext): void {
  const name = change.path[at]!;
  if (name.startsWith('$[') || name === '$') return intoElements(parent, change, at, context);
  if (parent instanceof List && !NUMERIC.test(name)) {
    if (change.lenient) return;
    throw notViable(change, at, parent);
  }
  const current = parent instanceof Doc ? parent.fields.get(name) : parent.values[Number(name)];
  const next = changed(current, change, at, context);
  if (next !== undefined) put(parent, name, next);
  else if (current !== undefined) remove(parent, name);
}

function changed(
  current: Node | undefined,
  change: Change,
  at: number,
  context: ChangeContext,
): Node | undefined {
  if (at === change.path.length - 1) return change.apply(current, context);
  if (current === undefined) {
    if (change.path.some((name, i) => i > at && name.startsWith('$['))) throw mustExist(change, at);
    if (!change.creates) return undefined;
    const made = new Doc();
    into(made, change, at + 1, context);
    return made.fields.size ? made : undefined;
  }
  const open = thaw(current);
  if (open instanceof Raw) {
    if (change.path[at + 1]!.startsWith('$[')) throw notArray(change, at, open);
    if (change.lenient) return current;
    throw notViable(change, at + 1, open);
  }
  into(open, change, at + 1, context);
  return open;
}

function intoElements(
  parent: Doc | List,
  change: Change,
  at: number,
  context: ChangeContext,
): void {
  const name = change.path[at]!;
  if (name === '$') {
    const path = [...change.path];
    path[at] = String(context.position);
    const resolved: Change = {
      path,
      creates: change.creates,
      lenient: change.lenient,
      apply: (current, inner) => change.apply(current, inner),
    };
    return into(parent, resolved, at, context);
  }
  if (parent instanceof Doc) throw notArray(change, at - 1, parent);
  const wanted = context.arrayFilters.get(name.slice(2, -1));
  parent.values.forEach((element, i) => {
    if (wanted && !wanted(freeze(element))) return;
    const next = changed(element, change, at, context);
    if (next !== undefined) parent.values[i] = next;
    else remove(parent, String(i));
  });
}

function put(parent: Doc | List, name: string, value: Node): void {
  if (parent instanceof Doc) {
    parent.fields.set(name, value);
    return;
  }
  const index = Number(name);
  if (index > parent.values.length + MOST_PADDING) {
    throw badValue(`can't append to array using string field name [${name}]`);
  }
  while (parent.values.length < index) parent.values.push(NOTHING);
  parent.values[index] = value;
}

const NOTHING = new Raw(T.null, Buffer.alloc(0), 0, 0);

/** An array keeps its length: a removed element becomes null. */
function remove(parent: Doc | List, name: string): void {
  if (parent instanceof Doc) parent.fields.delete(name);
  else if (Number(name) < parent.values.length) parent.values[Number(name)] = NOTHING;
}

function notViable(change: Change, at: number, found: Node): CommandError {
  if (!change.creates) {
    return new CommandError(
      28,
      `Cannot use the part (${change.path[at]}) of (${change.path.join('.')}) to traverse the element ({${change.path[at - 1] ?? ''}: ${showOf(freeze(found))}})`,
    );
  }
  return new CommandError(
    28,
    `Cannot create field '${change.path[at]}' in element {${change.path[at - 1] ?? ''}: ${showOf(freeze(found))}}`,
  );
}

const mustExist = (change: Change, at: number): CommandError =>
  badValue(
    `The path '${change.path.slice(0, at + 1).join('.')}' must exist in the document in order to apply array updates.`,
  );

const notArray = (change: Change, at: number, found: Node): CommandError =>
  badValue(
    `Cannot apply array updates to non-array element ${change.path[at] ?? ''}: ${showOf(freeze(found))}`,
  );
