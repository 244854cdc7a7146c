/** What is wrong with conditions and expressions: names that lead nowhere, circles, questions that nobody can ever be asked. */
import type { QuestionnaireFault } from '../contracts/questionnaire-findings.ts';
import type { Expression } from './expressions.ts';
import { partsOf } from './expressions.ts';
import { finding } from './questionnaire-messages.ts';
import type { Part, Parts } from './questionnaire-parts.ts';
import { namesOf, rulesOf, type Names, type Rule } from './questionnaire-logic.ts';
import { questionsOf, scaleOf, type Plain, type Scale } from './questionnaire-json.ts';
import { neverAsked } from './questionnaire-reach.ts';

const placeOf = ({ part, path }: Pick<Rule, 'part' | 'path'>) => ({
  question: part.kind === 'question' || part.kind === 'panel' ? part.name : null,
  page: part.page,
  path,
});

/** A question's own answer may be in its validators and limits, not in what decides whether it is asked. */
const aboutAsking = new Set(['visibleIf', 'enableIf', 'requiredIf']);

function referenceFindings(rules: readonly Rule[], names: Names, pages: readonly string[]) {
  return rules.flatMap((rule): QuestionnaireFault[] => {
    const { part, property, kind, unreadableAt, expression, variables } = rule;
    const place = placeOf(rule);
    if (expression === null) {
      return [finding('expression_unreadable', 'error', place, { property, at: unreadableAt })];
    }
    return variables.flatMap((name) => {
      const found = names.resolve(name);
      if (found === null) {
        return names.isGiven(name)
          ? []
          : [finding('reference_unknown', 'error', place, { property, name })];
      }
      if (found === part && part.kind === 'question') {
        return aboutAsking.has(property)
          ? [finding('reference_self', 'error', place, { property, name })]
          : [];
      }
      const later =
        aboutAsking.has(kind) &&
        found.page !== null &&
        part.page !== null &&
        pages.indexOf(found.page) > pages.indexOf(part.page);
      return later ? [finding('reference_forward', 'warning', place, { property, name })] : [];
    });
  });
}

/** `{name}` inside a text is filled with an answer: the name must exist too. */
function textReferenceFindings(parts: readonly Part[], names: Names): QuestionnaireFault[] {
  return parts.flatMap((part) => {
    const reported = new Set<string>();
    return [...part.facts].flatMap(([fact, text]) => {
      if (!fact.includes('@') || typeof text !== 'string') return [];
      const found = [...text.matchAll(/\{([^{}\s][^{}]*)\}/g)].map(([, name = '']) => name.trim());
      return found.flatMap((name) => {
        if (names.resolve(name) !== null || names.isGiven(name) || reported.has(name)) return [];
        reported.add(name);
        const place = placeOf({
          part,
          path: [part.path, part.places.get(fact)].filter(Boolean).join('.'),
        });
        const property = fact.slice(0, fact.lastIndexOf('@'));
        return [finding('reference_unknown', 'warning', place, { property, name })];
      });
    });
  });
}

/** Constants that a comparison holds an answer against. */
function comparedValues(expression: Expression): { name: string; values: string[] }[] {
  return [...partsOf(expression)].flatMap((part) => {
    if (part.kind !== 'binary') return [];
    const { left, right } = part;
    if (
      !['equal', 'notequal', 'contains', 'notcontains', 'anyof', 'allof', 'noneof'].includes(
        part.operator,
      )
    )
      return [];
    if (left.kind !== 'variable') return [];
    const constants = right.kind === 'list' ? right.of : [right];
    const values = constants.flatMap((one) =>
      one.kind === 'value' && one.value !== null && one.value !== '' ? [String(one.value)] : [],
    );
    return [{ name: left.name, values }];
  });
}

function valueFindings(rules: readonly Rule[], scales: ReadonlyMap<string, Scale>) {
  return rules.flatMap((rule) => {
    const compared = rule.expression === null ? [] : comparedValues(rule.expression);
    return compared.flatMap(({ name, values }) => {
      const scale = scales.get(name);
      if (scale === undefined || !scale.closed || scale.kind === 'cells' || scale.rows.length > 0)
        return [];
      const known = new Set(scale.values.map((value) => value.toLowerCase()));
      return values
        .filter((value) => !known.has(value.trim().toLowerCase()))
        .map((value) =>
          finding('value_unknown', 'warning', placeOf(rule), {
            property: rule.property,
            name,
            value,
          }),
        );
    });
  });
}

/** Rules whose outcome decides a value or a visibility, so that a circle of them has no end. */
const deciding = new Set(['visibleIf', 'expression', 'setValueExpression', 'resetValueIf']);

/** What a rule decides: a calculated value of the whole has a name of its own. */
function nodeOf({ part, property }: Rule): string {
  const calculated = /^calculatedValues\/([^/]+)\/expression$/.exec(property);
  return calculated === null ? part.id : `question:${calculated[1]}`;
}

function cycleFindings(rules: readonly Rule[], names: Names, parts: Parts): QuestionnaireFault[] {
  const edges = new Map<string, Set<string>>();
  const link = (from: string, to: string) =>
    edges.set(from, (edges.get(from) ?? new Set()).add(to));
  const first = new Map<string, Rule>();
  for (const rule of rules) {
    if (
      !deciding.has(rule.kind) ||
      rule.property.startsWith('validators') ||
      rule.property.startsWith('triggers')
    )
      continue;
    const node = nodeOf(rule);
    if (!first.has(node)) first.set(node, rule);
    for (const name of rule.variables) {
      const found = names.resolve(name);
      const target = found === null || found.id === 'whole' ? `question:${name}` : found.id;
      if (target !== node) link(node, target);
    }
  }
  // What stands inside a page or panel depends on it.
  for (const part of parts.values()) {
    if (part.id === 'whole') continue;
    for (const inside of [...part.children.values()].flat()) link(inside, part.id);
  }
  return circlesIn(edges).map((circle) => {
    const turning = circle.flatMap((node) => first.get(node) ?? []);
    // A question is easier to find than a calculated value.
    const rule = turning.find(({ part }) => part.kind !== 'whole') ?? turning[0];
    const named = circle.filter((node) => first.has(node)).map((node) => node.replace(/^\w+:/, ''));
    return finding('cycle', 'error', rule === undefined ? {} : placeOf(rule), {
      names: named.join(', '),
    });
  });
}

/** Groups of nodes that reach each other (Tarjan's strongly connected components of two or more). */
function circlesIn(edges: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): void => {
    order.set(node, order.size);
    low.set(node, order.get(node)!);
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node)!, low.get(next)!));
    }
    if (low.get(node) !== order.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    if (circle.length > 1) circles.push(circle);
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return circles;
}

/**
 * Everything wrong with the logic of a questionnaire.
 * @example a question with visibleIf "{gone} = 1" → one error 'reference_unknown' at that question's visibleIf
 */
export function logicFindings(questionnaire: Plain, parts: Parts): QuestionnaireFault[] {
  const list = [...parts.values()];
  const rules = rulesOf(list);
  const names = namesOf(parts);
  const pages = list.filter(({ kind }) => kind === 'page').map(({ name }) => name);
  const all = questionsOf(questionnaire).map(({ question }) => question);
  const scales = new Map(
    all.flatMap((question) => {
      const scale = scaleOf(question, all);
      return typeof question.name === 'string' && typeof scale !== 'string'
        ? [[question.name, scale] as const]
        : [];
    }),
  );
  const unreachable = neverAsked(parts, rules, names, all, scales);
  return [
    ...referenceFindings(rules, names, pages),
    ...textReferenceFindings(list, names),
    ...valueFindings(rules, scales),
    ...cycleFindings(rules, names, parts),
    ...unreachable.map((rule) => finding('never_asked', 'warning', placeOf(rule))),
  ];
}
