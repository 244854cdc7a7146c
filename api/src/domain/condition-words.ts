/** Conditions in words for the printed form: "the answer to question 5 is “Yes” and question 7 is answered". */
import type { Locale } from '../contracts/common.ts';
import { printExpression } from './expression-print.ts';
import { parseExpression, type Expression } from './expressions.ts';

/** A question as a condition names it: its number on paper, and what its values are called. */
export interface NamedQuestion {
  readonly number: string;
  labelOf(value: string): string;
}

type Phrase = (question: string, value: string) => string;
interface Words {
  readonly and: string;
  readonly or: string;
  readonly not: (text: string) => string;
  readonly askIf: (text: string) => string;
  readonly empty: Phrase;
  readonly notempty: Phrase;
  readonly comparisons: Readonly<Record<string, Phrase>>;
}

const words: Readonly<Record<Locale, Words>> = {
  kk: {
    and: 'және',
    or: 'немесе',
    not: (text) => `мынау дұрыс емес: (${text})`,
    askIf: (text) => `Мына жағдайда ғана сұраңыз: ${text}.`,
    empty: (question) => `${question}-сұраққа жауап берілмесе`,
    notempty: (question) => `${question}-сұраққа жауап берілсе`,
    comparisons: {
      equal: (question, value) => `${question}-сұрақтың жауабы — ${value}`,
      notequal: (question, value) => `${question}-сұрақтың жауабы ${value} емес`,
      less: (question, value) => `${question}-сұрақтың жауабы мына саннан кіші: ${value}`,
      greater: (question, value) => `${question}-сұрақтың жауабы мына саннан үлкен: ${value}`,
      lessorequal: (question, value) => `${question}-сұрақтың жауабы мынадан аспайды: ${value}`,
      greaterorequal: (question, value) => `${question}-сұрақтың жауабы мынадан кем емес: ${value}`,
      contains: (question, value) => `${question}-сұрақта ${value} белгіленсе`,
      notcontains: (question, value) => `${question}-сұрақта ${value} белгіленбесе`,
      anyof: (question, value) => `${question}-сұрақтың жауабы — ${value}`,
      noneof: (question, value) =>
        `${question}-сұрақта мыналардың ешқайсысы белгіленбесе: ${value}`,
    },
  },
  ru: {
    and: 'и',
    or: 'или',
    not: (text) => `неверно, что (${text})`,
    askIf: (text) => `Спрашивайте, только если ${text}.`,
    empty: (question) => `на вопрос ${question} нет ответа`,
    notempty: (question) => `на вопрос ${question} есть ответ`,
    comparisons: {
      equal: (question, value) => `ответ на вопрос ${question} — ${value}`,
      notequal: (question, value) => `ответ на вопрос ${question} — не ${value}`,
      less: (question, value) => `ответ на вопрос ${question} меньше ${value}`,
      greater: (question, value) => `ответ на вопрос ${question} больше ${value}`,
      lessorequal: (question, value) => `ответ на вопрос ${question} не больше ${value}`,
      greaterorequal: (question, value) => `ответ на вопрос ${question} не меньше ${value}`,
      contains: (question, value) => `в вопросе ${question} отмечено ${value}`,
      notcontains: (question, value) => `в вопросе ${question} не отмечено ${value}`,
      anyof: (question, value) => `ответ на вопрос ${question} — ${value}`,
      noneof: (question, value) => `в вопросе ${question} не отмечено ни одно из: ${value}`,
    },
  },
  en: {
    and: 'and',
    or: 'or',
    not: (text) => `it is not so that (${text})`,
    askIf: (text) => `Ask only if ${text}.`,
    empty: (question) => `question ${question} is not answered`,
    notempty: (question) => `question ${question} is answered`,
    comparisons: {
      equal: (question, value) => `the answer to question ${question} is ${value}`,
      notequal: (question, value) => `the answer to question ${question} is not ${value}`,
      less: (question, value) => `the answer to question ${question} is less than ${value}`,
      greater: (question, value) => `the answer to question ${question} is more than ${value}`,
      lessorequal: (question, value) => `the answer to question ${question} is at most ${value}`,
      greaterorequal: (question, value) =>
        `the answer to question ${question} is at least ${value}`,
      contains: (question, value) => `${value} is marked in question ${question}`,
      notcontains: (question, value) => `${value} is not marked in question ${question}`,
      anyof: (question, value) => `the answer to question ${question} is ${value}`,
      noneof: (question, value) => `none of these is marked in question ${question}: ${value}`,
    },
  },
};

const quoted = (text: string, locale: Locale) => (locale === 'en' ? `“${text}”` : `«${text}»`);

/** A part of a condition in words, or as it is written where words cannot say it. */
function say(
  expression: Expression,
  locale: Locale,
  named: (name: string) => NamedQuestion | undefined,
): string {
  const { and, or, not, comparisons, ...asked } = words[locale];
  const inner = (part: Expression) => say(part, locale, named);
  if (expression.kind === 'unary') {
    const { operator, of } = expression;
    if (operator === 'negate') return not(inner(of));
    const question = of.kind === 'variable' ? named(of.name) : undefined;
    return question === undefined
      ? printExpression(expression)
      : asked[operator](question.number, '');
  }
  if (expression.kind !== 'binary') return printExpression(expression);
  const { operator, left, right } = expression;
  if (operator === 'and' || operator === 'or') {
    const side = (part: Expression) =>
      part.kind === 'binary' && part.operator === 'or' && operator === 'and'
        ? `(${inner(part)})`
        : inner(part);
    return `${side(left)} ${operator === 'and' ? and : or} ${side(right)}`;
  }
  const question = left.kind === 'variable' ? named(left.name) : undefined;
  const phrase = comparisons[operator];
  const values = right.kind === 'list' ? right.of : [right];
  const texts = values.flatMap((one) => (one.kind === 'value' ? [String(one.value)] : []));
  if (question === undefined || phrase === undefined || texts.length !== values.length) {
    return printExpression(expression);
  }
  const isNumber = ['less', 'greater', 'lessorequal', 'greaterorequal'].includes(operator);
  const value = texts
    .map((text) => (isNumber ? text : quoted(question.labelOf(text), locale)))
    .join(operator === 'noneof' ? ', ' : ` ${or} `);
  return phrase(question.number, value);
}

/**
 * A skip instruction for the interviewer.
 * @returns null where there is no condition
 * @example askOnlyIf("{age} > 30", 'en', …) with age as question 2 → 'Ask only if the answer to question 2 is more than 30.'
 */
export function askOnlyIf(
  condition: unknown,
  locale: Locale,
  named: (name: string) => NamedQuestion | undefined,
): string | null {
  if (typeof condition !== 'string' || condition.trim() === '') return null;
  const parsed = parseExpression(condition);
  const text = 'expression' in parsed ? say(parsed.expression, locale, named) : condition;
  return words[locale].askIf(text);
}
