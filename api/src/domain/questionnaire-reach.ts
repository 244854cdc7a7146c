/** Questions that no respondent can ever be asked, found by trying every combination of the answers they depend on. */
import { holds, NotSimple, type Answer } from './expression-values.ts';
import { partsOf, type Expression } from './expressions.ts';
import type { Plain, Scale } from './questionnaire-json.ts';
import type { Names, Rule } from './questionnaire-logic.ts';
import type { Part, Parts } from './questionnaire-parts.ts';

/** More combinations than this are not tried; the question is then taken to be reachable. */
const mostCombinations = 20_000;
const mostChoicesOfSeveral = 6;

type Raw = string | number | boolean;

/** Values of the choices as they are stored, not as text. */
function rawValues(question: Plain, scale: Scale): Raw[] {
  if (question.type === 'boolean') {
    const [yes, no] = [question.valueTrue ?? true, question.valueFalse ?? false];
    return [yes as Raw, no as Raw];
  }
  const numeric = question.type === 'rating' && !Array.isArray(question.rateValues);
  if (numeric) return scale.values.map(Number);
  const list = (question.type === 'rating' ? question.rateValues : question.choices) ?? [];
  const own = (Array.isArray(list) ? list : []).flatMap((entry: unknown) => {
    const value = typeof entry === 'object' && entry !== null ? (entry as Plain).value : entry;
    return ['string', 'number', 'boolean'].includes(typeof value) ? [value as Raw] : [];
  });
  const known = new Set(own.map(String));
  return [...own, ...scale.values.filter((value) => !known.has(value))];
}

const subsetsOf = (values: readonly Raw[]): Raw[][] =>
  values.reduce<Raw[][]>((sets, value) => [...sets, ...sets.map((set) => [...set, value])], [[]]);

/** Numbers around every number that the conditions name: enough to make each comparison true and false. */
function numbersAround(
  conditions: readonly Expression[],
  [least, most]: readonly [number, number],
) {
  const named = conditions.flatMap((condition) =>
    [...partsOf(condition)].flatMap((part) =>
      part.kind === 'value' && typeof part.value === 'number' ? [part.value] : [],
    ),
  );
  const near = named.flatMap((number) => [
    number - 0.5,
    number - 1,
    number,
    number + 0.5,
    number + 1,
  ]);
  return [least, most, ...near].filter((number) => number >= least && number <= most);
}

/** Every answer a question can have as far as the conditions can tell; null when there is no end of them. */
function possibleAnswers(
  question: Plain,
  scale: Scale | undefined,
  conditions: readonly Expression[],
): Answer[] | null {
  if (scale === undefined || scale.kind === 'cells' || scale.kind === 'order') return null;
  if (scale.rows.length > 0 || question.valueName !== undefined) return null;
  if (question.defaultValue !== undefined || question.choicesFromQuestion !== undefined)
    return null;
  if (scale.kind === 'open') {
    return scale.range === undefined
      ? null
      : [undefined, ...numbersAround(conditions, scale.range)];
  }
  const values = rawValues(question, scale);
  if (scale.kind === 'one') return [undefined, ...values];
  return values.length > mostChoicesOfSeveral ? null : subsetsOf(values);
}

/** Whether some combination of answers makes all conditions hold; true when that cannot be told. */
function canHold(
  conditions: readonly Expression[],
  answers: ReadonlyMap<string, readonly Answer[]>,
): boolean {
  const names = [...answers.keys()];
  const combinations = [...answers.values()].reduce((count, { length }) => count * length, 1);
  if (combinations > mostCombinations) return true;
  const given = new Map<string, Answer>();
  const tryFrom = (place: number): boolean => {
    const name = names[place];
    if (name === undefined)
      return conditions.every((one) => holds(one, (asked) => given.get(asked)));
    return answers.get(name)!.some((answer) => tryFrom((given.set(name, answer), place + 1)));
  };
  try {
    return tryFrom(0);
  } catch (error) {
    if (error instanceof NotSimple) return true;
    throw error;
  }
}

/**
 * The rules because of which a question, panel or page is never asked.
 * Only answers to questions with known values are tried, so that nothing reachable is ever reported.
 * @returns those rules; empty where everything can be asked, or where that cannot be told
 * @example visibleIf "{a} = 'yes' and {a} = 'no'" of a radiogroup a → that rule
 */
export function neverAsked(
  parts: Parts,
  rules: readonly Rule[],
  names: Names,
  questions: readonly Plain[],
  scales: ReadonlyMap<string, Scale>,
): Rule[] {
  const conditions = new Map(
    rules.filter(({ property }) => property === 'visibleIf').map((rule) => [rule.part.id, rule]),
  );
  const byName = new Map(questions.map((question) => [question.name, question]));
  const parents = new Map<string, Part>();
  for (const part of parts.values()) {
    for (const id of [...part.children.values()].flat()) parents.set(id, part);
  }
  const chainOf = (part: Part): Rule[] => {
    const parent = parents.get(part.id);
    const own = conditions.get(part.id);
    return [...(own ? [own] : []), ...(parent ? chainOf(parent) : [])];
  };
  const dead = new Set<string>();
  return [...parts.values()].flatMap((part) => {
    const chain = chainOf(part);
    const own = conditions.get(part.id);
    const inDeadParent = parents.has(part.id) && dead.has(parents.get(part.id)!.id);
    if (inDeadParent) dead.add(part.id);
    if (own === undefined || inDeadParent) return [];
    const trees = chain.flatMap(({ expression }) => (expression === null ? [] : [expression]));
    const answers = new Map<string, readonly Answer[]>();
    for (const name of chain.flatMap(({ variables }) => variables)) {
      const asked = names.resolve(name);
      const question = byName.get(name);
      if (asked === null || asked.name !== name || question === undefined) return [];
      const possible = dead.has(asked.id)
        ? [undefined]
        : possibleAnswers(question, scales.get(name), trees);
      if (possible === null) return [];
      answers.set(name, possible);
    }
    if (canHold(trees, answers)) return [];
    dead.add(part.id);
    return [own];
  });
}
