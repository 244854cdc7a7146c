/** Checks of one answer (validators, least and greatest values) as the constraint of a form. */
import type { Cells, FormWriter, Remaining } from './form-writer.ts';
import { textOf } from '../questionnaire-json.ts';
import { quoted } from './messages.ts';
import { plainList } from './simplify.ts';

interface Rule {
  readonly constraint: string;
  readonly message?: unknown;
}

const bounds = (of: string, least: unknown, greatest: unknown, message: unknown): Rule[] => [
  ...(typeof least === 'number' ? [{ constraint: `${of} >= ${least}`, message }] : []),
  ...(typeof greatest === 'number' ? [{ constraint: `${of} <= ${greatest}`, message }] : []),
];

/** A pattern in quotes; null where it holds both kinds: XPath cannot escape them. */
const inQuotes = (pattern: string): string | null =>
  !pattern.includes("'") ? `'${pattern}'` : pattern.includes('"') ? null : `"${pattern}"`;

type Validator = Readonly<Record<string, unknown>>;

function rulesOf(validator: Validator, name: string, writer: FormWriter): Rule[] {
  const { type, text: message } = validator;
  if (type === 'numeric') return bounds('.', validator.minValue, validator.maxValue, message);
  if (type === 'text') {
    return bounds('string-length(.)', validator.minLength, validator.maxLength, message);
  }
  if (type === 'answercount') {
    return bounds('count-selected(.)', validator.minCount, validator.maxCount, message);
  }
  const pattern = type === 'regex' && validator.caseInsensitive !== true && validator.regex;
  const written = typeof pattern === 'string' ? inQuotes(pattern) : null;
  if (written !== null) return [{ constraint: `regex(., ${written})`, message }];
  if (type !== 'expression') {
    writer.tell('rule_left_out', name, 'constraint', { type: String(type) });
    return [];
  }
  const place = { name, column: 'constraint', self: name, within: 1 };
  const constraint = writer.expression(validator.expression, place);
  return constraint === undefined ? [] : [{ constraint, message }];
}

/** Rules of the question itself: from its least to its greatest number, no longer than so many letters. */
function ownRules(left: Remaining): Rule[] {
  const [least, greatest] = [left.takeNumber('min'), left.takeNumber('max')];
  const longest = left.takeNumber('maxLength');
  const lowest = least === null ? undefined : left.take('minErrorText');
  const highest = greatest === null ? undefined : left.take('maxErrorText');
  return [
    ...bounds('.', least, null, lowest),
    ...bounds('.', null, greatest, highest),
    ...bounds('string-length(.)', null, longest === -1 ? null : longest, undefined),
  ];
}

/** What a text says in this language, or in any. */
const anyText = (text: unknown, language: string): string => {
  if (typeof text !== 'object') return textOf(text) ?? '';
  const texts = text as Readonly<Record<string, unknown>>;
  return textOf(texts[language] ?? Object.values(texts)[0]) ?? '';
};

/** Writes all rules of a question as one constraint; its message is the first that there is. */
export function writeRules(cells: Cells, left: Remaining, writer: FormWriter): void {
  const { name } = left;
  const soft = (one: Validator) => !['error', undefined].includes(one.notificationType as string);
  const validators = plainList(left.take('validators'));
  for (const { expression, type } of validators.filter(soft)) {
    const text = typeof expression === 'string' ? quoted(expression) : String(type);
    writer.tell('soft_rule_left_out', name, 'constraint', { text });
  }
  const rules = [
    ...ownRules(left),
    ...validators.filter((one) => !soft(one)).flatMap((one) => rulesOf(one, name, writer)),
  ];
  if (rules.length === 0) return;
  cells.set('constraint', rules.map(({ constraint }) => constraint).join(' and '));
  const messages = new Map(
    rules.flatMap(({ message }) => (message == null ? [] : [[JSON.stringify(message), message]])),
  );
  const [first, ...others] = messages.values();
  writer.text(cells, 'constraint_message', first, name);
  for (const other of others) {
    const text = quoted(anyText(other, writer.main));
    writer.tell('message_left_out', name, 'constraint_message', { text });
  }
}
