/** Two texts written from one: joined fact by fact, so that only the same property in the same language can conflict. */
import { canonicalJson } from '../contracts/canonical-json.ts';
import { locales, type Locale } from '../contracts/common.ts';
import {
  joinParts,
  segment,
  splitQuestionnaire,
  type Part,
  type Parts,
} from './questionnaire-parts.ts';

type Plain = Readonly<Record<string, unknown>>;
export type Side = 'mine' | 'theirs';

export interface MergeConflict {
  /** Names the conflict in `choices`. */
  readonly key: string;
  readonly question: string | null;
  readonly page: string | null;
  /** Property and language; `property` null: one side removed the whole part that the other one changed. */
  readonly property: string | null;
  readonly language: Locale | null;
  /** Undefined where it is not there. */
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

class Merger {
  readonly conflicts: MergeConflict[] = [];
  readonly base: Parts;
  readonly mine: Parts;
  readonly theirs: Parts;
  readonly choices: Readonly<Record<string, Side>>;

  constructor(sides: readonly [Parts, Parts, Parts], choices: Readonly<Record<string, Side>>) {
    [this.base, this.mine, this.theirs] = sides;
    this.choices = choices;
  }

  /** The chosen side of a conflict; mine until somebody chooses. */
  decide(part: Part, fact: string | null, base: unknown, mine: unknown, theirs: unknown): Side {
    const key = `${segment(part.id)}/${fact ?? '*'}`;
    const at = fact?.lastIndexOf('@') ?? -1;
    this.conflicts.push({
      key,
      question: part.kind === 'question' || part.kind === 'panel' ? part.name : null,
      page: part.page,
      property: fact === null ? null : at < 0 ? fact : fact.slice(0, at),
      language: locales.find((one) => at >= 0 && one === fact?.slice(at + 1)) ?? null,
      base,
      mine,
      theirs,
    });
    return this.choices[key] ?? 'mine';
  }

  one(part: Part, fact: string, base: unknown, mine: unknown, theirs: unknown): unknown {
    if (same(mine, theirs) || same(theirs, base)) return mine;
    if (same(mine, base)) return theirs;
    return this.decide(part, fact, base, mine, theirs) === 'mine' ? mine : theirs;
  }

  /** Joins two orders of one list: what a side added or removed is added or removed, where it stood. */
  list(
    part: Part,
    fact: string,
    base: readonly string[],
    mine: readonly string[],
    theirs: readonly string[],
  ): readonly string[] {
    if (same(mine, theirs) || same(theirs, base)) return mine;
    if (same(mine, base)) return theirs;
    const shared = (list: readonly string[]) =>
      list.filter((id) => base.includes(id) && mine.includes(id) && theirs.includes(id));
    const [was, ours, other] = [shared(base), shared(mine), shared(theirs)];
    const both = !same(ours, was) && !same(other, was) && !same(ours, other);
    const side: Side = both
      ? this.decide(part, fact, base, mine, theirs)
      : same(ours, was)
        ? 'theirs'
        : 'mine';
    const [lead, follow] = side === 'mine' ? [mine, theirs] : [theirs, mine];
    const joined = lead.filter((id) => follow.includes(id) || !base.includes(id));
    follow.forEach((id, place) => {
      if (base.includes(id) || joined.includes(id)) return;
      const before = follow.slice(0, place).findLast((one) => joined.includes(one));
      joined.splice(before === undefined ? 0 : joined.indexOf(before) + 1, 0, id);
    });
    return joined;
  }

  /** Facts of an entry that one side removed and the other changed are kept or removed together. */
  entries(part: Part, sides: readonly [Part | undefined, Part, Part]): Map<string, 'gone' | Side> {
    const [base, mine, theirs] = sides;
    const verdicts = new Map<string, 'gone' | Side>();
    for (const marker of base?.facts.keys() ?? []) {
      if (!/\/[^/]+\/$/.test(marker)) continue;
      const [inMine, inTheirs] = [mine.facts.has(marker), theirs.facts.has(marker)];
      if (inMine === inTheirs) continue;
      const own = ({ facts }: Part) =>
        Object.fromEntries([...facts].filter(([fact]) => fact.startsWith(marker)));
      const [before, kept] = [own(base!), own(inMine ? mine : theirs)];
      if (same(before, kept)) verdicts.set(marker, 'gone');
      else {
        const [a, b] = inMine ? [kept, undefined] : [undefined, kept];
        const chosen = this.decide(part, marker, before, a, b);
        const keeps: Side = inMine ? 'mine' : 'theirs';
        const resolved = this.choices[`${segment(part.id)}/${marker}`] !== undefined;
        // Until somebody chooses, nothing is lost.
        verdicts.set(marker, resolved && chosen !== keeps ? 'gone' : keeps);
      }
    }
    return verdicts;
  }

  part(base: Part | undefined, mine: Part, theirs: Part): Part {
    const entries = this.entries(mine, [base, mine, theirs]);
    const facts = new Map<string, unknown>();
    for (const fact of new Set([...mine.facts.keys(), ...theirs.facts.keys()])) {
      const marker = [...entries.keys()].find((one) => fact.startsWith(one));
      const [was, ours, other] = [base, mine, theirs].map((one) => one?.facts.get(fact));
      const verdict = marker === undefined ? undefined : entries.get(marker);
      const value =
        verdict === 'gone'
          ? undefined
          : verdict !== undefined
            ? verdict === 'mine'
              ? ours
              : other
            : /\/$/.test(fact) && [ours, other].every(Array.isArray)
              ? this.list(mine, fact, (was ?? []) as string[], ours as string[], other as string[])
              : this.one(mine, fact, was, ours, other);
      if (value !== undefined) facts.set(fact, value);
    }
    for (const [marker, verdict] of entries) keepEntry(facts, marker, verdict);
    const children = new Map<string, readonly string[]>();
    for (const list of new Set([...mine.children.keys(), ...theirs.children.keys()])) {
      const [was = [], ours = [], other = []] = [base, mine, theirs].map((one) =>
        one?.children.get(list),
      );
      children.set(list, this.list(mine, list, was, ours, other));
    }
    return { ...mine, facts, children };
  }

  /** The part as one side has it, when the other side removed it; null when it goes. */
  removed(base: Part, mine: Part | undefined, theirs: Part | undefined): Part | null {
    const kept = mine ?? theirs;
    if (kept === undefined) return null;
    const content = ({ facts, children }: Part) => [
      Object.fromEntries(facts),
      Object.fromEntries(children),
    ];
    if (same(content(kept), content(base))) return null;
    const [a, b] = [mine, theirs].map((one) => (one === undefined ? undefined : content(one)));
    const chosen = this.decide(kept, null, content(base), a, b);
    const resolved = this.choices[`${segment(kept.id)}/*`] !== undefined;
    const keeps: Side = mine === undefined ? 'theirs' : 'mine';
    return !resolved || chosen === keeps ? kept : null;
  }

  merge(): Record<string, unknown> {
    const parts = new Map<string, Part>();
    for (const id of new Set([...this.mine.keys(), ...this.theirs.keys()])) {
      const [base, mine, theirs] = [this.base.get(id), this.mine.get(id), this.theirs.get(id)];
      const joined =
        mine !== undefined && theirs !== undefined
          ? this.part(base, mine, theirs)
          : base === undefined
            ? (mine ?? theirs)!
            : this.removed(base, mine, theirs);
      if (joined !== null) parts.set(id, joined);
    }
    return joinParts(this.settled(parts));
  }

  /** Every part stands in one place: where the side that moved it put it. */
  settled(parts: ReadonlyMap<string, Part>): Parts {
    const [base, mine, theirs] = [this.base, this.mine, this.theirs].map(homesOf);
    const homes = new Map<string, string>();
    for (const part of parts.values()) {
      if (part.id === 'whole') continue;
      const [was, ours, other] = [base, mine, theirs].map((one) => one!.get(part.id));
      const home = this.one(part, 'place', was, ours ?? was, other ?? was) as string | undefined;
      if (home !== undefined) homes.set(part.id, home);
    }
    const lists = new Map<string, string[]>();
    for (const part of parts.values()) {
      for (const [list, ids] of part.children) {
        const here = homeName(part.id, list);
        lists.set(
          here,
          ids.filter((id) => parts.has(id) && homes.get(id) === here),
        );
      }
    }
    for (const [id, home] of homes) {
      const list = lists.get(home);
      // Its page or panel was removed by the other side: it goes to the end of the first page.
      const found = list ?? [...lists].find(([name]) => name.startsWith('page:'))?.[1];
      if (found !== undefined && !found.includes(id)) found.push(id);
    }
    return new Map(
      [...parts].map(([id, part]) => {
        const children = [...part.children.keys()].map(
          (list) => [list, lists.get(homeName(id, list)) ?? []] as const,
        );
        return [id, { ...part, children: new Map(children) }];
      }),
    );
  }
}

const homeName = (id: string, list: string): string => `${id} ${list}`;

function homesOf(parts: Parts): Map<string, string> {
  return new Map(
    [...parts.values()].flatMap((part) =>
      [...part.children].flatMap(([list, ids]) =>
        ids.map((id) => [id, homeName(part.id, list)] as const),
      ),
    ),
  );
}

/** Puts an entry into its list, or takes it out. */
function keepEntry(facts: Map<string, unknown>, marker: string, verdict: 'gone' | Side): void {
  const [, list = '', name = ''] = /^(.*\/)([^/]+)\/$/.exec(marker) ?? [];
  const names = (facts.get(list) ?? []) as string[];
  if (verdict === 'gone' && !facts.has(list)) return;
  if (verdict === 'gone')
    facts.set(
      list,
      names.filter((one) => one !== name),
    );
  else if (!names.includes(name)) facts.set(list, [...names, name]);
}

/**
 * Joins two texts that were written from a common one.
 * @param choices for conflicts of an earlier run, by key; mine stands where nothing was chosen, and what one side removed
 *   while the other changed it is kept
 * @returns the joined text, and every conflict, chosen or not
 * @example mine changed a title in Kazakh, theirs in Russian → both, no conflict; both in Kazakh → one conflict, mine stands
 */
export function mergeQuestionnaires(
  base: Plain,
  mine: Plain,
  theirs: Plain,
  choices: Readonly<Record<string, Side>> = {},
): { questionnaire: Record<string, unknown>; conflicts: MergeConflict[] } {
  const merger = new Merger(
    [splitQuestionnaire(base), splitQuestionnaire(mine), splitQuestionnaire(theirs)],
    choices,
  );
  const questionnaire = merger.merge();
  return { questionnaire, conflicts: merger.conflicts };
}
