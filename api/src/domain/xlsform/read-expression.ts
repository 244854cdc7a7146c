/** XPath expressions of XLSForm as SurveyJS expressions, for the usual cases; what is not usual is refused, never guessed. */
import type { BinaryOperator, Expression } from '../expressions.ts';
import { Untranslatable } from './messages.ts';

export interface XPathNames {
  /** Name of the question in the questionnaire; null when the form has none of that name. */
  question(name: string): string | null;
  /** Whether it is answered with a list. */
  isList(name: string): boolean;
  /** Whether it is answered with true or false, which a form writes as texts. */
  isBoolean(name: string): boolean;
  /** What `.` stands for; null where there is no question. */
  readonly self: string | null;
  /** What a bare name stands for: the value of a choice's own column; null elsewhere. */
  column(name: string): string | null;
}

const levels: readonly (readonly (readonly [RegExp, BinaryOperator])[])[] = [
  [[/or\b/y, 'or']],
  [[/and\b/y, 'and']],
  [
    [/!=/y, 'notequal'],
    [/=/y, 'equal'],
  ],
  [
    [/<=/y, 'lessorequal'],
    [/>=/y, 'greaterorequal'],
    [/</y, 'less'],
    [/>/y, 'greater'],
  ],
  [
    [/\+/y, 'plus'],
    [/-/y, 'minus'],
  ],
  [
    [/\*/y, 'mul'],
    [/div\b/y, 'div'],
    [/mod\b/y, 'mod'],
  ],
];
const sameFunctions: Readonly<Record<string, string>> = {
  if: 'iif',
  round: 'round',
  sum: 'sum',
  min: 'min',
  max: 'max',
  today: 'today',
};
const deepest = 60;

class Reader {
  at = 0;
  depth = 0;
  readonly text: string;
  readonly names: XPathNames;
  constructor(text: string, names: XPathNames) {
    this.text = text;
    this.names = names;
  }

  match(pattern: RegExp): string | null {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  fail(): never {
    const rest = this.text.slice(this.at, this.at + 20);
    throw new Untranslatable('expression_unreadable', { rest });
  }

  binary(level: number): Expression {
    const signs = levels[level];
    if (signs === undefined) return this.primary();
    let left = this.binary(level + 1);
    for (;;) {
      const found = signs.find(([pattern]) => this.match(pattern) !== null);
      if (found === undefined) return left;
      left = this.compared({
        kind: 'binary',
        operator: found[1],
        left,
        right: this.binary(level + 1),
      });
    }
  }

  primary(): Expression {
    this.depth += 1;
    if (this.depth > deepest) throw new Untranslatable('expression_deep');
    const read = this.atom();
    this.depth -= 1;
    return read;
  }

  atom(): Expression {
    if (this.match(/\(/y) !== null) {
      const inside = this.binary(0);
      return this.match(/\)/y) === null ? this.fail() : inside;
    }
    const number = this.match(/-?\d+(\.\d+)?/y);
    if (number !== null) return { kind: 'value', value: Number(number) };
    const quoted = this.match(/'[^']*'|"[^"]*"/y);
    if (quoted !== null) return { kind: 'value', value: quoted.slice(1, -1) };
    const reference = this.match(/\$\{\s*[^}]+\}/y);
    if (reference !== null) return this.variable(reference.slice(2, -1).trim());
    const called = this.match(/[a-z][\w-]*\s*\(/iy);
    if (called !== null) return this.call(called.slice(0, -1).trim());
    if (this.match(/\.(?![./\w])/y) !== null) return this.self();
    const word = this.match(/[a-z_]\w*(?![\w/:-])/iy);
    const value = word === null ? null : this.names.column(word);
    return value === null ? this.fail() : { kind: 'value', value };
  }

  self(): Expression {
    const { self } = this.names;
    if (self === null) throw new Untranslatable('expression_self');
    return { kind: 'variable', name: self };
  }

  variable(name: string): Expression {
    const known = this.names.question(name);
    if (known === null) throw new Untranslatable('expression_name', { name });
    return { kind: 'variable', name: known };
  }

  arguments(): Expression[] {
    const given: Expression[] = [];
    if (this.match(/\)/y) !== null) return given;
    do given.push(this.binary(0));
    while (this.match(/,/y) !== null);
    return this.match(/\)/y) === null ? this.fail() : given;
  }

  call(name: string): Expression {
    const given = this.arguments();
    const [first, second] = given;
    if ((name === 'true' || name === 'false') && given.length === 0)
      return { kind: 'value', value: name === 'true' };
    if (name === 'not' && first !== undefined)
      return { kind: 'unary', operator: 'negate', of: first };
    if (name === 'selected' && first?.kind === 'variable' && second !== undefined) {
      const operator = this.names.isList(first.name) ? 'contains' : 'equal';
      return { kind: 'binary', operator, left: first, right: second };
    }
    if (second !== undefined && (name === 'contains' || name === 'pow')) {
      const operator = name === 'pow' ? 'power' : name;
      return { kind: 'binary', operator, left: first!, right: second };
    }
    const same = sameFunctions[name];
    if (same === undefined) throw new Untranslatable('expression_function', { function: name });
    return { kind: 'call', name: same, given };
  }

  /** `${a} = ''` asks whether there is no answer; a value on the left changes sides; 'true' of a yes-or-no answer is true. */
  compared(tree: Expression & { kind: 'binary' }): Expression {
    const { operator, left, right } = tree;
    if (operator !== 'equal' && operator !== 'notequal') return tree;
    if (left.kind === 'value' && right.kind === 'variable') {
      return this.compared({ ...tree, left: right, right: left });
    }
    if (left.kind !== 'variable' || right.kind !== 'value') return tree;
    if (right.value === '') {
      return { kind: 'unary', operator: operator === 'equal' ? 'empty' : 'notempty', of: left };
    }
    const isTruth = right.value === 'true' || right.value === 'false';
    return isTruth && this.names.isBoolean(left.name)
      ? { ...tree, right: { kind: 'value', value: right.value === 'true' } }
      : tree;
  }
}

/**
 * @throws Untranslatable with the reason
 * @example "${a} = 'yes'" → the tree of "{a} = 'yes'"
 */
export function fromXPath(text: string, names: XPathNames): Expression {
  const reader = new Reader(text, names);
  const tree = reader.binary(0);
  if (reader.match(/./y) !== null) {
    reader.at -= 1;
    reader.fail();
  }
  return tree;
}
