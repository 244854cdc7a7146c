/** What an XLSForm will hold of a questionnaire, by name: expressions and texts may only speak of that. */
import { parseExpression } from '../expressions.ts';
import { Untranslatable } from './messages.ts';
import { selects, type Members } from './sheets.ts';
import { plainList } from './simplify.ts';
import { toXPath, type FormNames } from './write-expression.ts';

type Plain = Readonly<Record<string, unknown>>;

export interface KnownNames {
  /** What stands in braces → the question's name in the form. */
  readonly questions: ReadonlyMap<string, string>;
  /** Name of a page or group with a description → what the note that shows it is called in the form. */
  readonly notes: ReadonlyMap<string, string>;
  readonly lists: ReadonlySet<string>;
  readonly booleans: ReadonlySet<string>;
}

/** What becomes a row of a form; pages have no type. */
const kept: ReadonlySet<unknown> = new Set([
  ...selects.map(({ type }) => type),
  ...['buttongroup', 'imagepicker', 'boolean', 'text', 'comment', 'slider', 'html', 'file'],
  ...['signaturepad', 'expression', 'panel', 'paneldynamic', undefined],
]);

/** A name as ODK takes it: letters, digits, `_`, `-` and `.`, not beginning with a digit. */
function formName(name: string, taken: Set<string>): string {
  const base = name.replace(/[^A-Za-z0-9_.-]+/g, '_').replace(/^(?=[^A-Za-z_])/, '_');
  let found = base;
  for (let count = 2; taken.has(found.toLowerCase()); count += 1) found = `${base}_${count}`;
  taken.add(found.toLowerCase());
  return found;
}

/** Everything of the pages with a name, pages and groups too. */
function* allOf(elements: readonly Plain[]): Generator<Plain> {
  for (const element of elements) {
    yield element;
    yield* allOf(plainList(element.elements));
    yield* allOf(plainList(element.templateElements));
  }
}

/**
 * @param aliases what stands in braces for a part of a question → that part's own name
 */
export function knownNames(
  pages: readonly Members[],
  calculated: readonly Plain[],
  aliases: ReadonlyMap<string, string>,
): KnownNames {
  const questions = new Map<string, string>();
  const taken = new Set<string>();
  const lists = new Set<string>();
  const booleans = new Set<string>();
  const computed = [...calculated];
  for (const element of allOf(pages)) {
    const { name, type } = element;
    if (typeof name !== 'string' || !kept.has(type)) continue;
    if (type === 'expression') computed.push(element);
    if (!questions.has(name)) questions.set(name, formName(name, taken));
    const several = type === 'imagepicker' && element.multiSelect === true;
    if (several || ['checkbox', 'tagbox', 'ranking'].includes(String(type))) lists.add(name);
    const ownWords = element.valueTrue !== undefined || element.valueFalse !== undefined;
    if (type === 'boolean' && !ownWords) booleans.add(name);
  }
  for (const { name } of calculated) {
    if (typeof name === 'string' && !questions.has(name))
      questions.set(name, formName(name, taken));
  }
  const notes = new Map<string, string>();
  for (const { name, type, description } of allOf(pages)) {
    const holds = type === undefined || type === 'panel' || type === 'paneldynamic';
    if (typeof name !== 'string' || !holds || description === undefined) continue;
    notes.set(name, formName(`${name}_note`, taken));
  }
  for (const [alias, name] of aliases) {
    const known = questions.get(name);
    if (known !== undefined) questions.set(alias, known);
    if (lists.has(name)) lists.add(alias);
    if (booleans.has(name)) booleans.add(alias);
  }
  const known = { questions, notes, lists, booleans };
  forgetUncomputable(known, computed);
  return known;
}

/** How expressions of a form speak of what it holds. @param self the question that `.` stands for */
export const namesFor = (known: KnownNames, self: string | null = null): FormNames => ({
  self,
  question: (name) => known.questions.get(name) ?? null,
  isList: (name) => known.lists.has(name),
  isBoolean: (name) => known.booleans.has(name),
});

/** A value that cannot be computed in the form is not in it, nor what is computed from that; and so on. */
function forgetUncomputable(
  known: KnownNames & { readonly questions: Map<string, string> },
  computed: readonly Plain[],
): void {
  const isComputable = ({ expression }: Plain) => {
    const read = typeof expression === 'string' ? parseExpression(expression) : null;
    if (read === null || 'unreadableAt' in read) return false;
    try {
      return toXPath(read.expression, namesFor(known)) !== '';
    } catch (error) {
      if (error instanceof Untranslatable) return false;
      throw error;
    }
  };
  const forget = (one: Plain) => !isComputable(one) && known.questions.delete(String(one.name));
  while (computed.filter(forget).length > 0);
}
