/** What changed between two texts of a questionnaire, and whether each indicator may still be compared. */
import { canonicalJson } from '../contracts/canonical-json.ts';
import { locales, type Locale } from '../contracts/common.ts';
import type {
  Comparability,
  QuestionnaireChange,
  QuestionnaireDiff,
} from '../contracts/questionnaire-diff.ts';
import { splitQuestionnaire, unsegment, type Part, type Parts } from './questionnaire-parts.ts';
import { expressionProperties } from './questionnaire-properties.ts';

type Plain = Readonly<Record<string, unknown>>;
type Kind = QuestionnaireChange['kind'];

const ownKinds: Readonly<Record<string, Kind>> = {
  type: 'type_changed',
  indicator: 'indicator_changed',
  scoring: 'rescored',
  missingValues: 'missing_changed',
};

/** Properties that decide which answers can be given. */
const scaleProperties = new Set([
  ...['choices', 'rows', 'columns', 'rateValues', 'rateMin', 'rateMax', 'rateStep', 'rateCount'],
  ...['rateType', 'min', 'max', 'step', 'inputType', 'cellType', 'valueTrue', 'valueFalse'],
  ...['choicesFromQuestion', 'choicesByUrl', 'showOtherItem', 'showNoneItem', 'multiSelect'],
  ...[
    'showDontKnowItem',
    'showRefuseItem',
    'maxSelectedChoices',
    'minSelectedChoices',
    'valueName',
  ],
]);
const logicProperties = new Set(['isRequired', 'validators', 'triggers', 'readOnly', 'visible']);

function kindOf(property: string): Kind {
  const own = ownKinds[property];
  if (own !== undefined) return own;
  if (scaleProperties.has(property)) return 'scale_changed';
  const last = property.split('/').at(-1) ?? '';
  return expressionProperties.has(last) || logicProperties.has(last)
    ? 'logic_changed'
    : 'setting_changed';
}

const shown = (value: unknown): string | null =>
  value === undefined ? null : typeof value === 'string' ? value : canonicalJson(value);

const changeOf = (part: Part, kind: Kind, more: Partial<QuestionnaireChange> = {}) => ({
  kind,
  question: part.kind === 'question' || part.kind === 'panel' ? part.name : null,
  page: part.page,
  property: null,
  languages: [],
  before: null,
  after: null,
  ...more,
});

/** Longest run of entries that keep their order: whatever is not in it has moved. */
function inOrder(before: readonly string[], after: readonly string[]): Set<string> {
  const place = new Map(before.map((id, index) => [id, index]));
  const common = after.filter((id) => place.has(id));
  const chains: string[][] = [];
  for (const id of common) {
    const best = chains
      .filter((chain) => place.get(chain.at(-1)!)! < place.get(id)!)
      .reduce<string[]>((a, b) => (b.length > a.length ? b : a), []);
    chains.push([...best, id]);
  }
  return new Set(chains.reduce<string[]>((a, b) => (b.length > a.length ? b : a), []));
}

/** Part → the part and list it stands in. */
function homesOf(parts: Parts): Map<string, string> {
  const homes = new Map<string, string>();
  for (const part of parts.values()) {
    for (const [list, ids] of part.children) {
      for (const id of ids) homes.set(id, `${part.id} ${list}`);
    }
  }
  return homes;
}

function movedParts(from: Parts, to: Parts): Set<string> {
  const [before, after] = [homesOf(from), homesOf(to)];
  const moved = new Set<string>();
  for (const [id, home] of after) if (before.has(id) && before.get(id) !== home) moved.add(id);
  for (const part of to.values()) {
    for (const [list, ids] of part.children) {
      const older = from.get(part.id)?.children.get(list) ?? [];
      const stays = inOrder(older, ids);
      for (const id of ids) if (older.includes(id) && !stays.has(id)) moved.add(id);
    }
  }
  return moved;
}

/** Entries of choices, rows and columns that came, went or changed places; and the facts that this explains. */
function entryChanges(before: Part, after: Part) {
  const changes: QuestionnaireChange[] = [];
  const explained: string[] = [];
  for (const fact of new Set([...before.facts.keys(), ...after.facts.keys()])) {
    if (!/^[^/]+\/$/.test(fact)) continue;
    const property = fact.slice(0, -1);
    const [older, newer] = [before, after].map(
      ({ facts }) => (facts.get(fact) ?? []) as string[],
    ) as [string[], string[]];
    const named = (name: string) => unsegment(name.replace(/^=/, ''));
    for (const name of newer.filter((one) => !older.includes(one))) {
      changes.push(changeOf(after, 'choice_added', { property, after: named(name) }));
      explained.push(`${fact}${name}/`);
    }
    for (const name of older.filter((one) => !newer.includes(one))) {
      changes.push(changeOf(after, 'choice_removed', { property, before: named(name) }));
      explained.push(`${fact}${name}/`);
    }
    const stays = inOrder(older, newer);
    if (newer.some((name) => older.includes(name) && !stays.has(name))) {
      const list = (names: readonly string[]) => names.map(named).join(', ');
      changes.push(
        changeOf(after, 'choices_reordered', { property, before: list(older), after: list(newer) }),
      );
    }
    explained.push(fact);
  }
  return { changes, explained };
}

function factChanges(before: Part, after: Part): QuestionnaireChange[] {
  const { changes, explained } = entryChanges(before, after);
  const reworded = new Map<string, Locale[]>();
  for (const fact of new Set([...after.facts.keys(), ...before.facts.keys()])) {
    const isMarker = fact.endsWith('/');
    if (
      isMarker ||
      explained.some(
        (prefix) => prefix !== fact && /\/[^/]+\/$/.test(prefix) && fact.startsWith(prefix),
      )
    )
      continue;
    const [older, newer] = [before.facts.get(fact), after.facts.get(fact)];
    if (canonicalJson(older) === canonicalJson(newer)) continue;
    const at = fact.lastIndexOf('@');
    if (at < 0) {
      changes.push(
        changeOf(after, kindOf(fact), {
          property: fact,
          before: shown(older),
          after: shown(newer),
        }),
      );
    } else {
      const property = fact.slice(0, at);
      const language = locales.find((locale) => locale === fact.slice(at + 1));
      // A text without a language is read in all of them.
      reworded.set(property, [
        ...(reworded.get(property) ?? []),
        ...(language ? [language] : locales),
      ]);
    }
  }
  for (const [property, languages] of reworded) {
    const text = ({ facts }: Part) =>
      locales
        .filter((locale) => languages.includes(locale))
        .map(
          (locale) =>
            `${locale}: ${shown(facts.get(`${property}@${locale}`) ?? facts.get(`${property}@`)) ?? '–'}`,
        )
        .join('\n');
    changes.push(
      changeOf(after, 'reworded', {
        property,
        languages: locales.filter((locale) => languages.includes(locale)),
        before: text(before),
        after: text(after),
      }),
    );
  }
  return changes;
}

const titleOf = ({ facts, name }: Part): string =>
  shown(
    facts.get('title@en') ?? facts.get('title@ru') ?? facts.get('title@kk') ?? facts.get('title@'),
  ) ?? name;

function changesOf(from: Parts, to: Parts): QuestionnaireChange[] {
  const moved = movedParts(from, to);
  const pageOr = (part: Part, page: Kind, question: Kind) =>
    part.kind === 'page' ? page : question;
  const changes = [...to.values()].flatMap((part) => {
    const older = from.get(part.id);
    if (older === undefined) {
      return [
        changeOf(part, pageOr(part, 'page_added', 'question_added'), { after: titleOf(part) }),
      ];
    }
    const move = moved.has(part.id)
      ? [
          changeOf(part, pageOr(part, 'page_moved', 'question_moved'), {
            before: older.page,
            after: part.page,
          }),
        ]
      : [];
    return [...move, ...factChanges(older, part)];
  });
  const removed = [...from.values()].filter(({ id }) => !to.has(id));
  return [
    ...changes,
    ...removed.map((part) =>
      changeOf(part, pageOr(part, 'page_removed', 'question_removed'), { before: titleOf(part) }),
    ),
  ];
}

/** Changes after which other things are measured, or scored otherwise. */
const breaking: ReadonlySet<Kind> = new Set([
  'question_added',
  'question_removed',
  'type_changed',
  'choice_added',
  'choice_removed',
  'scale_changed',
  'rescored',
  'indicator_changed',
]);
/** Settings change how a question looks, not what it measures. */
const harmless: ReadonlySet<Kind> = new Set(['setting_changed']);

function indicatorQuestions(...versions: Parts[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const part of versions.flatMap((parts) => [...parts.values()])) {
    const indicator = part.facts.get('indicator');
    if (part.kind !== 'question' || typeof indicator !== 'string') continue;
    found.set(indicator, (found.get(indicator) ?? new Set()).add(part.name));
  }
  return found;
}

function comparabilityOf(from: Parts, to: Parts, changes: readonly QuestionnaireChange[]) {
  return [...indicatorQuestions(from, to)].map(([indicator, questions]): Comparability => {
    const reasons = changes.flatMap(({ kind, question, languages }) =>
      question !== null && questions.has(question) && !harmless.has(kind)
        ? [{ kind, question, languages }]
        : [],
    );
    const broken = reasons.some(({ kind }) => breaking.has(kind));
    const verdict = broken ? 'not_comparable' : reasons.length > 0 ? 'check' : 'comparable';
    return { indicator, verdict, reasons };
  });
}

/**
 * Compares two texts of a questionnaire. Code and version are not compared.
 * @returns every change in the order of the newer text, removals last; nothing for two equal texts
 * @example the Kazakh title of 'q' changed → changes [{ kind: 'reworded', question: 'q', languages: ['kk'], … }], verdict 'check'
 */
export function diffQuestionnaires(older: Plain, newer: Plain): QuestionnaireDiff {
  const [from, to] = [older, newer].map(({ code: _code, version: _version, ...rest }) =>
    splitQuestionnaire(rest),
  ) as [Parts, Parts];
  const changes = changesOf(from, to);
  return { changes, indicators: comparabilityOf(from, to, changes) };
}
