/** The conditions and expressions of a questionnaire: what each depends on, and by which names. */
import { parseExpression, variablesOf, type Expression } from './expressions.ts';
import { expressionProperties, plainLists } from './questionnaire-properties.ts';
import type { Part, Parts } from './questionnaire-parts.ts';

type Plain = Readonly<Record<string, unknown>>;

/** One condition or expression where it stands. */
export interface Rule {
  readonly part: Part;
  /** Property below the part: `visibleIf`, `choices/tv/visibleIf`, `validators.0.expression`. */
  readonly property: string;
  /** Name of the property alone. */
  readonly kind: string;
  /** Dotted path into the JSON. */
  readonly path: string;
  readonly text: string;
  /** Null when it cannot be read; `unreadableAt` says where. */
  readonly expression: Expression | null;
  readonly unreadableAt: number;
  readonly variables: readonly string[];
}

/** Names that SurveyJS or the tablet give a meaning, first step of a variable. */
const given = new Set([
  ...['office', 'territory', 'locale', 'state', 'pageno', 'pagecount', 'self', 'timestamp'],
  ...['item', 'choice', 'row', 'rowindex', 'rowvalue', 'rowname', 'rowtitle', 'visiblerowindex'],
  ...['totalrow', 'prevrow', 'nextrow', 'panel', 'panelindex', 'visiblepanelindex', 'parentpanel'],
  ...['prevpanel', 'nextpanel', 'composite', 'questiontitle', 'questionvalue'],
]);

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const pathOf = (part: Part, place: string) =>
  [part.path, place].filter((step) => step !== '').join('.');

function ruleOf(part: Part, property: string, place: string, value: unknown): Rule[] {
  const kind = property.split(/[/.]/).at(-1) ?? '';
  if (!expressionProperties.has(kind) || typeof value !== 'string' || value.trim() === '')
    return [];
  const parsed = parseExpression(value);
  const expression = 'expression' in parsed ? parsed.expression : null;
  return [
    {
      part,
      property,
      kind,
      path: pathOf(part, place),
      text: value,
      expression,
      unreadableAt: 'unreadableAt' in parsed ? parsed.unreadableAt : -1,
      variables: expression === null ? [] : variablesOf(expression).map(bareName),
    },
  ];
}

/** `#a` is `a` taken as it was written; `a-Comment` is the comment to `a`. */
const bareName = (name: string): string => name.replace(/^#/, '').replace(/-comment$/i, '');

/**
 * Every condition and expression, in the order of asking.
 * @example a question with visibleIf '{a} > 1' → [{ property: 'visibleIf', variables: ['a'], … }]
 */
export function rulesOf(parts: Iterable<Part>): Rule[] {
  return [...parts].flatMap((part) =>
    [...part.facts].flatMap(([fact, value]) => {
      const place = part.places.get(fact) ?? '';
      const property = fact.split('/').at(-1) ?? '';
      if (!plainLists.has(property) || !Array.isArray(value)) {
        return ruleOf(part, fact, place, value);
      }
      return value.flatMap((entry, index) =>
        isPlain(entry)
          ? Object.entries(entry).flatMap(([name, text]) =>
              ruleOf(part, `${fact}.${index}.${name}`, `${place}.${index}.${name}`, text),
            )
          : [],
      );
    }),
  );
}

/** Finds what a variable of an expression stands for. */
export interface Names {
  /** Parts by name: question, or the whole for a calculated value or a variable that a trigger sets. */
  resolve: (variable: string) => Part | null;
  /** A name that SurveyJS or the tablet gives a meaning. */
  isGiven: (variable: string) => boolean;
}

/** Names that triggers make up with `setVariable`. */
function triggerNames(triggers: unknown): string[] {
  return (Array.isArray(triggers) ? triggers : []).flatMap((trigger: unknown) =>
    isPlain(trigger) && typeof trigger.setToName === 'string' ? [trigger.setToName] : [],
  );
}

/**
 * Every name that an expression may use.
 * @example question 'Age' → resolve('age') and resolve('age.x') are its part, resolve('sex') is null, isGiven('pageno') is true
 */
export function namesOf(parts: Parts): Names {
  const known = new Map<string, Part>();
  const whole = parts.get('whole');
  for (const part of parts.values()) {
    const valueName = part.facts.get('valueName');
    if (part.kind === 'question' && part.name !== '') known.set(part.name.toLowerCase(), part);
    if (typeof valueName === 'string' && !known.has(valueName.toLowerCase())) {
      known.set(valueName.toLowerCase(), part);
    }
  }
  for (const [fact, value] of whole?.facts ?? []) {
    if (/^calculatedValues\/[^/]+\/name$/.test(fact))
      known.set(String(value).toLowerCase(), whole!);
  }
  for (const name of triggerNames(whole?.facts.get('triggers'))) {
    if (!known.has(name.toLowerCase())) known.set(name.toLowerCase(), whole!);
  }
  const resolve = (variable: string): Part | null => {
    // A name may hold dots itself: the longest beginning that is a name wins.
    for (
      let end = variable.length;
      end > 0;
      end = Math.max(variable.lastIndexOf('.', end - 1), variable.lastIndexOf('[', end - 1))
    ) {
      const found = known.get(variable.slice(0, end).toLowerCase());
      if (found !== undefined) return found;
    }
    return null;
  };
  const isGiven = (variable: string) =>
    /^[$!]/.test(variable) || given.has(variable.split(/[.[]/)[0]!.toLowerCase());
  return { resolve, isGiven };
}
