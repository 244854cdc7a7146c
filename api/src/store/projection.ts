/** Projections: which fields of a document a reader gets, in the document's own order. */
import { CommandError, notSupported } from './errors.ts';
import { type Expression, compileExpression, isTruthy } from './expressions.ts';
import { isNumber } from './numbers.ts';
import { checkFieldPath } from './paths.ts';
import { T, type Raw, eachField, entriesOf, isEmptyDocument, valuesOf } from './raw.ts';
import { type Writer, buildDocument } from './writer.ts';

export type Projection = (doc: Raw) => Raw;

/** What is asked of one field: keep or drop it, compute it, or look further inside. */
interface Node {
  readonly children: Map<string, Node>;
  computed?: Expression;
  leaf: boolean;
}

const newNode = (): Node => ({ children: new Map(), leaf: false });

type Mode = 'include' | 'exclude';

interface Parsed {
  readonly root: Node;
  mode?: Mode;
  /** What was said about _id, if anything. */
  id?: boolean;
  computes: boolean;
}

/** `stage` is $project, where `_id: 0` alone and computed fields follow the aggregation's rules. */
export function parseProjection(spec: Raw | undefined, stage = false): Projection | undefined {
  if (!spec || isEmptyDocument(spec)) {
    if (spec && stage) {
      throw new CommandError(
        51272,
        'Invalid $project :: caused by :: projection specification must have at least one field',
      );
    }
    return undefined;
  }
  const parsed: Parsed = { root: newNode(), computes: false };
  eachField(spec, (name, value) => parseEntry(parsed, name, value, ''));
  return build(parsed);
}

function parseEntry(parsed: Parsed, name: string, value: Raw, prefix: string): void {
  const path = prefix + name;
  if (name.startsWith('$')) {
    throw new CommandError(16410, `FieldPath field names may not start with '$': ${path}`);
  }
  if (path.endsWith('.$')) throw notSupported(`the positional projection '${path}'`, 31394);
  checkFieldPath(path);
  if (value.type === T.object) return parseObject(parsed, path, value);
  if (value.type === T.bool || isNumber(value)) return parseFlag(parsed, path, isTruthy(value));
  addComputed(parsed, path, value);
}

function parseFlag(parsed: Parsed, path: string, keep: boolean): void {
  if (path === '_id') {
    parsed.id = keep;
    return;
  }
  setMode(parsed, keep ? 'include' : 'exclude', path);
  place(parsed.root, path).leaf = true;
}

function setMode(parsed: Parsed, mode: Mode, path: string): void {
  if (parsed.mode && parsed.mode !== mode) {
    throw new CommandError(
      mode === 'exclude' ? 31254 : 31253,
      mode === 'exclude'
        ? `Cannot do exclusion on field ${path} in inclusion projection`
        : `Cannot do inclusion on field ${path} in exclusion projection`,
    );
  }
  parsed.mode = mode;
}

function parseObject(parsed: Parsed, path: string, value: Raw): void {
  const first = entriesOf(value)[0]?.[0];
  if (first === undefined) {
    throw new CommandError(
      51270,
      `An empty sub-projection is not a valid value. Found empty object at path ${path}`,
    );
  }
  if (first === '$slice' || first === '$elemMatch' || first === '$meta') {
    throw notSupported(`the projection operator ${first}`, 31325);
  }
  if (first.startsWith('$')) return addComputed(parsed, path, value);
  eachField(value, (name, inner) => parseEntry(parsed, name, inner, `${path}.`));
}

function addComputed(parsed: Parsed, path: string, value: Raw): void {
  setMode(parsed, 'include', path);
  parsed.computes = true;
  const node = place(parsed.root, path);
  node.leaf = true;
  node.computed = compileExpression(value);
}

/** The node of a path; one path must not lie inside another. */
function place(root: Node, path: string): Node {
  let node = root;
  for (const part of path.split('.')) {
    if (node.leaf) throw new CommandError(31249, `Path collision at ${path}`);
    let next = node.children.get(part);
    if (!next) {
      next = newNode();
      node.children.set(part, next);
    }
    node = next;
  }
  if (node.leaf || node.children.size) throw new CommandError(31250, `Path collision at ${path}`);
  return node;
}

function build(parsed: Parsed): Projection {
  const { root, id } = parsed;
  const mode = parsed.mode ?? (id ? 'include' : 'exclude');
  if (mode === 'exclude') {
    if (id === false) root.children.set('_id', wholeField());
    return (doc) => buildDocument((writer) => writeExcluded(writer, doc, root), doc.size);
  }
  if (id !== false && !root.children.has('_id')) root.children.set('_id', wholeField());
  const computedId = root.children.get('_id')?.computed;
  if (computedId) root.children.delete('_id');
  return (doc) =>
    buildDocument((writer) => {
      if (computedId) writeComputed(writer, '_id', computedId, doc);
      writeIncluded(writer, doc, root, doc);
    }, 256);
}

const wholeField = (): Node => ({ children: new Map(), leaf: true });

function writeIncluded(writer: Writer, doc: Raw, node: Node, root: Raw): void {
  let left = node.children.size;
  const seen = new Set<string>();
  eachField(doc, (name, value) => {
    const child = node.children.get(name);
    if (!child) return false;
    left--;
    seen.add(name);
    if (child.computed) return false;
    if (child.leaf) writer.raw(name, value);
    else writeInside(writer, name, value, child, root);
    return left === 0;
  });
  for (const [name, child] of node.children) {
    if (child.computed) writeComputed(writer, name, child.computed, root);
    else if (!child.leaf && !seen.has(name) && computesInside(child)) {
      writer.open(T.object, name);
      writeIncluded(writer, EMPTY, child, root);
      writer.close();
    }
  }
}

const EMPTY = buildDocument(() => undefined);

function computesInside(node: Node): boolean {
  return [...node.children.values()].some((child) => !!child.computed || computesInside(child));
}

function writeComputed(writer: Writer, name: string, expression: Expression, root: Raw): void {
  const value = expression(root);
  if (value) writer.raw(name, value);
}

/** Inside arrays a path applies to every element that is a document; other elements are left out. */
function writeInside(writer: Writer, name: string, value: Raw, node: Node, root: Raw): void {
  if (value.type === T.object) {
    writer.open(T.object, name);
    writeIncluded(writer, value, node, root);
    writer.close();
  } else if (value.type === T.array) {
    writer.open(T.array, name);
    let index = 0;
    for (const element of valuesOf(value)) {
      if (element.type !== T.object && element.type !== T.array) continue;
      writeInside(writer, String(index++), element, node, root);
    }
    writer.close();
  } else if (computesInside(node)) {
    writer.open(T.object, name);
    writeIncluded(writer, EMPTY, node, root);
    writer.close();
  }
}

function writeExcluded(writer: Writer, doc: Raw, node: Node): void {
  eachField(doc, (name, value) => {
    const child = node.children.get(name);
    if (!child) writer.raw(name, value);
    else if (!child.leaf) writeRest(writer, name, value, child);
  });
}

function writeRest(writer: Writer, name: string, value: Raw, node: Node): void {
  if (value.type === T.object) {
    writer.open(T.object, name);
    writeExcluded(writer, value, node);
    writer.close();
  } else if (value.type === T.array) {
    writer.open(T.array, name);
    valuesOf(value).forEach((element, i) => writeRest(writer, String(i), element, node));
    writer.close();
  } else writer.raw(name, value);
}
