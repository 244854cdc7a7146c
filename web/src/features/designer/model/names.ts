import { isPlain, listOf, type Doc, type Plain } from './document.ts';
import { flatOf, outlineOf, textOf } from './outline.ts';

/** Every name that is taken: of pages, panels, questions (also hidden under `valueName`) and calculated values. */
export function namesOf(doc: Doc): Set<string> {
  const names = new Set<string>();
  for (const { name, element } of flatOf(outlineOf(doc))) {
    for (const taken of [name, textOf(element.valueName)]) if (taken !== '') names.add(taken);
  }
  for (const value of listOf(doc.calculatedValues)) {
    if (isPlain(value)) names.add(textOf(value.name));
  }
  return names;
}

/** The wanted name, or with the least number after it that makes it free. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/_\d+$/, '');
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${stem}_${number}`)) return `${stem}_${number}`;
  }
}

/** What an element and all inside it would be called where these names are taken; references among them follow. */
export function renamedApart(element: Plain, taken: ReadonlySet<string>): Plain {
  const used = new Set(taken);
  const changes: [from: string, to: string][] = [];
  const visit = (node: Plain): Plain => {
    const name = textOf(node.name);
    const free = name === '' ? name : freeName(name, used);
    if (name !== '') used.add(free);
    if (free !== name) changes.push([name, free]);
    const lists = ['elements', 'questions', 'templateElements'].filter((key) =>
      Array.isArray(node[key]),
    );
    const inside = lists.map((key): [string, unknown[]] => [
      key,
      listOf(node[key]).map((child) => (isPlain(child) ? visit(child) : child)),
    ]);
    const changed = free === name ? node : { ...node, name: free };
    return inside.length > 0 ? { ...changed, ...Object.fromEntries(inside) } : changed;
  };
  const apart = visit(element);
  // A new name may be the old one of what comes later, never of what came before: so from the end.
  return changes.reduceRight((now, [from, to]) => withReferences(now, from, to), apart);
}

/** Properties whose whole value is the name of a question. */
const namingProperties = new Set([
  'choicesFromQuestion',
  'setToName',
  'fromName',
  'gotoName',
  'attachOriginalItemsTo',
]);

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** In expressions and in texts a question is named in braces: {age}, {grid.row.column}, {panel.age}, {q[0]}, {q-Comment}. */
const referenceTo = (name: string) =>
  new RegExp(
    `(\\{\\s*[#$]?(?:panel\\.|row\\.|parentPanel\\.)?)${escaped(name)}(?=\\s*\\}|[.[]|-Comment)`,
    'gi',
  );

/** The same node with every mention of the question under its new name; the very same object when there is none. */
export function withReferences<Node>(node: Node, from: string, to: string): Node {
  const pattern = referenceTo(from);
  const visit = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (namingProperties.has(key) && value === from) return to;
      return value.includes('{')
        ? value.replace(pattern, (_, before: string) => `${before}${to}`)
        : value;
    }
    if (Array.isArray(value)) {
      const list = value.map((entry) => visit(entry, key));
      return list.every((entry, place) => Object.is(entry, value[place])) ? value : list;
    }
    if (!isPlain(value)) return value;
    const pairs = Object.entries(value).map(([name, child]) => [name, visit(child, name)] as const);
    return pairs.every(([name, child]) => Object.is(child, value[name]))
      ? value
      : Object.fromEntries(pairs);
  };
  return visit(node, '') as Node;
}

/** How many times the question is named by others. */
export function referencesTo(doc: Doc, name: string): number {
  let found = 0;
  const visit = (value: unknown, key: string) => {
    if (typeof value === 'string') {
      if (namingProperties.has(key) && value === name) found += 1;
      found += value.includes('{') ? [...value.matchAll(referenceTo(name))].length : 0;
    } else if (typeof value === 'object' && value !== null) {
      for (const [inner, child] of Object.entries(value)) visit(child, inner);
    }
  };
  visit(doc, '');
  return found;
}
