/**
 * A questionnaire taken apart into small facts that can be named, compared and put together again: what the strings grid,
 * the comparison of versions and the merge of two drafts are made of. `joinParts(splitQuestionnaire(q))` equals q.
 *
 * A part is the whole, a page, a panel or a question. A fact is one property of a part; a text is one fact for each language
 * (`title@kk`), and lists whose entries have values or names (choices, rows, columns …) are one fact for the order and facts for
 * each entry (`choices/yes/text@ru`). So a changed translation, a moved question and a new choice are three different facts.
 */
import { itemLists, localisable, nestedElements, panelTypes } from './questionnaire-properties.ts';

type Plain = Readonly<Record<string, unknown>>;

export interface Part {
  /** `whole`, `page:name`, `panel:name` or `question:name`; `#2` is added to a name that stands twice */
  readonly id: string;
  readonly kind: 'whole' | 'page' | 'panel' | 'question';
  readonly name: string;
  /** name of the page it stands on; null for the whole */
  readonly page: string | null;
  /** dotted path into the JSON; '' for the whole */
  readonly path: string;
  readonly facts: Map<string, unknown>;
  /** path of the property that each fact was read from, below the part's own */
  readonly places: Map<string, string>;
  /** property (`elements`, `templateElements`, `choices/yes/elements`) → ids of the parts inside, in order */
  readonly children: Map<string, readonly string[]>;
}

export type Parts = ReadonlyMap<string, Part>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string | Readonly<Record<string, string>> =>
  typeof value === 'string' ||
  (isPlain(value) &&
    Object.keys(value).length > 0 &&
    !Object.hasOwn(value, '') &&
    Object.values(value).every((text) => typeof text === 'string'));

/**
 * A name or value as one segment of a fact's name, and back.
 * @example segment('a/b') → 'a%2fb'
 */
export const segment = (text: string): string =>
  text === '' ? '%00' : text.replace(/[%/@]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
/** What `segment` wrote, as it was. @example unsegment('a%2fb') → 'a/b' */
export const unsegment = (text: string): string =>
  text === '%00'
    ? ''
    : text.replace(/%(2[05f]|40)/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** Names of the entries of a list; null when one has none or two have the same, so that the list is one fact. */
function entryNames(list: readonly unknown[], naming: 'value' | 'name'): string[] | null {
  const names = list.map((entry) => {
    const own = isPlain(entry) ? entry[naming] : naming === 'value' ? entry : undefined;
    return ['string', 'number', 'boolean'].includes(typeof own)
      ? `${typeof own === 'string' ? '' : '='}${segment(String(own))}`
      : null;
  });
  const known = names.filter((name) => name !== null && name !== '');
  return known.length === list.length && new Set(known).size === list.length
    ? (known as string[])
    : null;
}

/** By what the entries of a list are told apart: columns of a grid have names, those of a matrix values. */
function namingOf(property: string, list: unknown): 'value' | 'name' | undefined {
  const isNamed = (entry: unknown) => isPlain(entry) && !('value' in entry) && 'name' in entry;
  return property === 'columns' && Array.isArray(list) && list.every(isNamed)
    ? 'name'
    : itemLists.get(property);
}

class Splitter {
  readonly parts = new Map<string, Part>();

  idFor(kind: Part['kind'], name: string): string {
    const wanted = `${kind}:${name}`;
    for (let count = 1; ; count += 1) {
      const id = count === 1 && name !== '' ? wanted : `${wanted}#${count}`;
      if (!this.parts.has(id)) return id;
    }
  }

  /** Takes one part and everything inside it apart. @returns its id */
  add(node: Plain, kind: Part['kind'], page: string | null, path: string): string {
    const name = typeof node.name === 'string' ? node.name : '';
    const id = kind === 'whole' ? 'whole' : this.idFor(kind, name);
    const part: Part = {
      id,
      kind,
      name,
      page: kind === 'page' ? name : page,
      path,
      facts: new Map(),
      places: new Map(),
      children: new Map(),
    };
    this.parts.set(id, part);
    this.members(part, node, '', '');
    return id;
  }

  members(part: Part, node: Plain, prefix: string, place: string): void {
    for (const [property, value] of Object.entries(node)) {
      if (value === undefined) continue;
      this.member(part, `${prefix}${segment(property)}`, property, value, `${place}${property}`);
    }
  }

  member(part: Part, fact: string, property: string, value: unknown, place: string): void {
    const naming = namingOf(property, value);
    if (nestedElements.has(property) && Array.isArray(value) && value.every(isPlain)) {
      this.elements(part, fact, property, value, place);
    } else if (localisable.has(property) && isText(value)) {
      this.text(part, fact, value, place);
    } else if (naming !== undefined && Array.isArray(value)) {
      this.entries(part, fact, value, naming, place);
    } else {
      part.facts.set(fact, value);
      part.places.set(fact, place);
    }
  }

  elements(part: Part, fact: string, property: string, list: readonly Plain[], place: string) {
    const ids = list.map((node, index) => {
      const kind = property === 'pages' ? 'page' : panelTypes.has(node.type) ? 'panel' : 'question';
      const path = [part.path, place, String(index)].filter((step) => step !== '').join('.');
      return this.add(node, kind, part.page, path);
    });
    part.children.set(fact, ids);
  }

  text(part: Part, fact: string, value: string | Readonly<Record<string, string>>, place: string) {
    const texts = typeof value === 'string' ? { '': value } : value;
    for (const [language, text] of Object.entries(texts)) {
      const name = `${fact}@${language === '' ? '' : segment(language)}`;
      part.facts.set(name, text);
      part.places.set(name, place);
    }
  }

  entries(
    part: Part,
    fact: string,
    list: readonly unknown[],
    naming: 'value' | 'name',
    place: string,
  ): void {
    const names = entryNames(list, naming);
    if (names === null || list.length === 0) {
      part.facts.set(fact, list);
      part.places.set(fact, place);
      return;
    }
    part.facts.set(`${fact}/`, names);
    part.places.set(`${fact}/`, place);
    list.forEach((entry, index) => {
      const inside = `${fact}/${names[index]!}/`;
      part.facts.set(inside, isPlain(entry) ? 'object' : 'scalar');
      part.places.set(inside, `${place}.${index}`);
      if (isPlain(entry)) this.members(part, entry, inside, `${place}.${index}.`);
      else {
        part.facts.set(`${inside}${naming}`, entry);
        part.places.set(`${inside}${naming}`, `${place}.${index}`);
      }
    });
  }
}

/**
 * Takes a questionnaire apart; the whole comes first, then every part in the order of asking.
 * @example one page with one question q → parts 'whole', 'page:…' and 'question:q'
 */
export function splitQuestionnaire(questionnaire: Plain): Parts {
  const splitter = new Splitter();
  splitter.add(questionnaire, 'whole', null, '');
  return splitter.parts;
}

type Tree = Map<string, { value?: unknown; inside?: Tree }>;

/** Facts and children of one part as a tree along the slashes of their names. */
function treeOf(entries: Iterable<readonly [string, unknown]>): Tree {
  const root: Tree = new Map();
  for (const [name, value] of entries) {
    const steps = name.split('/');
    let tree = root;
    for (const step of steps.slice(0, -1)) {
      const node = tree.get(step) ?? {};
      tree.set(step, node);
      const inside = node.inside ?? (new Map() as Tree);
      node.inside = inside;
      tree = inside;
    }
    const last = steps.at(-1)!;
    tree.set(last, { ...tree.get(last), value });
  }
  return root;
}

/** Members of one object from its tree: plain facts, texts gathered from their languages, lists from their entries. */
function membersOf(tree: Tree): Record<string, unknown> {
  const members = new Map<string, unknown>();
  const texts = new Map<string, Map<string, string>>();
  for (const [name, { value, inside }] of tree) {
    if (name === '') continue;
    const [property = '', language] = name.split('@').map(unsegment);
    if (language !== undefined) {
      const languages = texts.get(property) ?? new Map<string, string>();
      texts.set(property, languages.set(language, value as string));
      members.set(property, undefined); // keeps its place among the members
    } else members.set(property, inside === undefined ? value : listOf(inside));
  }
  for (const [property, languages] of texts) members.set(property, textOf(languages));
  return Object.fromEntries(members); // a member named __proto__ stays a member
}

/** One plain text where there is no language; next to languages a plain text is the default. */
function textOf(languages: ReadonlyMap<string, string>): unknown {
  const plain = languages.get('');
  if (plain !== undefined && languages.size === 1) return plain;
  const named = [...languages].filter(([language]) => language !== '');
  return Object.fromEntries(
    plain === undefined || languages.has('default') ? named : [['default', plain], ...named],
  );
}

function listOf(inside: Tree): unknown[] {
  const names = (inside.get('')?.value ?? []) as readonly string[];
  return names.flatMap((name) => {
    const entry = inside.get(name)?.inside;
    if (entry === undefined) return [];
    const members = membersOf(entry);
    const [only, another] = Object.values(members);
    return entry.get('')?.value === 'scalar' && another === undefined ? [only] : [members];
  });
}

/**
 * Puts parts together again. Parts that no other part names as a child are left out.
 * @example joinParts(splitQuestionnaire(json)) → json again
 */
export function joinParts(parts: Parts): Record<string, unknown> {
  const build = (id: string): Record<string, unknown>[] => {
    const part = parts.get(id);
    if (part === undefined) return [];
    const children = [...part.children].map(([name, ids]) => [name, ids.flatMap(build)] as const);
    return [membersOf(treeOf([...part.facts, ...children]))];
  };
  return build('whole')[0] ?? {};
}
