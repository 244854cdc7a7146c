/** Entries of one list with the same value: what was answered with the one is kept as if it were the other. */
import type { QuestionnaireFault } from '../contracts/questionnaire-findings.ts';
import { textOf, type Plain } from './questionnaire-json.ts';
import { finding } from './questionnaire-messages.ts';
import { segment, type Part } from './questionnaire-parts.ts';
import { itemLists, nestedElements } from './questionnaire-properties.ts';

/** Values of the choices that SurveyJS adds by itself, by what shows them. */
const addedChoices: readonly (readonly [shown: string, value: string])[] = [
  ['showOtherItem', 'other'],
  ['hasOther', 'other'],
  ['showNoneItem', 'none'],
  ['hasNone', 'none'],
  ['showRefuseItem', 'refused'],
  ['showDontKnowItem', 'dontknow'],
];

/** Labels along a slider: nobody answers with them. */
const unanswered: ReadonlySet<string> = new Set(['customLabels']);

interface Repeated {
  /** the list as facts name it: `choices`, `columns/often/choices` */
  readonly property: string;
  readonly value: string;
  /** dotted path of the later entry below the part */
  readonly place: string;
}

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an entry is known by, as text: survey-core holds 1 and '1' for one; null where it has neither value nor name. */
const knownBy = (entry: unknown): string | null =>
  isPlain(entry) ? (textOf(entry.value) ?? textOf(entry.name)) : textOf(entry);

function repeatedIn(node: Plain, prefix = '', place = ''): Repeated[] {
  return Object.entries(node).flatMap(([name, list]) => {
    if (!itemLists.has(name) || unanswered.has(name) || nestedElements.has(name)) return [];
    if (!Array.isArray(list)) return [];
    const property = `${prefix}${name}`;
    const added = name === 'choices' ? addedChoices : [];
    const seen = new Set(added.flatMap(([shown, value]) => (node[shown] === true ? value : [])));
    return (list as unknown[]).flatMap((entry, index) => {
      const value = knownBy(entry);
      const at = `${place}${name}.${index}`;
      const twice = value !== null && seen.has(value) ? [{ property, value, place: at }] : [];
      if (value !== null) seen.add(value);
      const inside = `${property}/${segment(value ?? String(index + 1))}/`;
      return isPlain(entry) ? [...twice, ...repeatedIn(entry, inside, `${at}.`)] : twice;
    });
  });
}

/** The node of the JSON that a part was read from. */
const nodeOf = (questionnaire: Plain, { path }: Part): Plain => {
  const steps = path === '' ? [] : path.split('.');
  const node = steps.reduce<unknown>((at, step) => (at as Plain)[step], questionnaire);
  return isPlain(node) ? node : {};
};

/**
 * Choices, rows, columns and points of one question that stand for the same answer, also where one of them is a choice
 * that SurveyJS adds ("other", "none", "refused", "don't know"); and calculated values of the same name.
 * @returns an error for each entry whose value an earlier one has
 * @example choices yes, no, yes → one error 'value_twice' at choices.2
 */
export function repeatedValues(questionnaire: Plain, parts: readonly Part[]): QuestionnaireFault[] {
  return parts.flatMap((part) => {
    const question = part.kind === 'question' ? part.name : null;
    return repeatedIn(nodeOf(questionnaire, part)).map(({ property, value, place }) => {
      const path = [part.path, place].filter((step) => step !== '').join('.');
      return finding(
        'value_twice',
        'error',
        { question, page: part.page, path },
        { property, value },
      );
    });
  });
}
