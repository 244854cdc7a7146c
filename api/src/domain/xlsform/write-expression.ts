/** SurveyJS expressions as XPath of XLSForm: the inverse of read-expression.ts. What has no counterpart is refused, never guessed. */
import type { BinaryOperator, Expression } from '../expressions.ts';
import { Untranslatable } from './messages.ts';

export interface FormNames {
  /** What the form calls what is written in braces; null when it holds nothing of that name. */
  question(name: string): string | null;
  /** Whether it is answered with a list. */
  isList(name: string): boolean;
  /** Whether it is answered with true or false, which a form writes as texts. */
  isBoolean(name: string): boolean;
  /** The question that `.` stands for, as it is called in braces; null where there is none. */
  readonly self: string | null;
}

type Binary = Expression & { kind: 'binary' };

/** Sign and level of each operator, loosest first, as XPath binds them. */
const signs: Partial<Readonly<Record<BinaryOperator, readonly [sign: string, level: number]>>> = {
  or: ['or', 0],
  and: ['and', 1],
  equal: ['=', 2],
  notequal: ['!=', 2],
  less: ['<', 3],
  lessorequal: ['<=', 3],
  greater: ['>', 3],
  greaterorequal: ['>=', 3],
  plus: ['+', 4],
  minus: ['-', 4],
  mul: ['*', 5],
  div: ['div', 5],
  mod: ['mod', 5],
};
const sameFunctions: Readonly<Record<string, string>> = {
  iif: 'if',
  round: 'round',
  min: 'min',
  max: 'max',
  today: 'today',
};
const truth = (value: boolean): Expression => ({ kind: 'value', value: String(value) });

class Writer {
  readonly names: FormNames;
  constructor(names: FormNames) {
    this.names = names;
  }

  /** @param within level of what stands around it; a looser operator gets parentheses */
  write(tree: Expression, within = -1): string {
    switch (tree.kind) {
      case 'value':
        return this.value(tree.value);
      case 'variable':
        // A bare yes-or-no answer: the text 'false' of a form would count as true.
        return this.isTruth(tree)
          ? this.write(
              { kind: 'binary', operator: 'equal', left: tree, right: truth(true) },
              within,
            )
          : this.variable(tree.name);
      case 'list':
        throw new Untranslatable('expression_operator', { operator: '[…]' });
      case 'call':
        return this.call(tree.name, tree.given);
      case 'unary':
        if (tree.operator === 'negate') return `not(${this.write(tree.of)})`;
        return this.enclosed(
          `${this.operand(tree.of, 3)} ${tree.operator === 'empty' ? '=' : '!='} ''`,
          2,
          within,
        );
      case 'binary':
        return this.binary(tree, within);
    }
  }

  isTruth = (tree: Expression): boolean =>
    tree.kind === 'variable' && this.names.isBoolean(tree.name);

  enclosed = (text: string, level: number, within: number): string =>
    level < within ? `(${text})` : text;

  value(value: string | number | boolean | null): string {
    if (value === null) return "''";
    if (typeof value === 'boolean') return `${value}()`;
    if (typeof value === 'number') return String(value);
    if (!value.includes("'")) return `'${value}'`;
    // XPath has no way to escape a quote.
    if (value.includes('"')) throw new Untranslatable('expression_quotes');
    return `"${value}"`;
  }

  variable(name: string): string {
    if (name === this.names.self) return '.';
    const known = this.names.question(name);
    if (known === null) throw new Untranslatable('expression_name', { name });
    return `\${${known}}`;
  }

  call(name: string, given: readonly Expression[]): string {
    // sum() of a form adds one question over its repeats; of several it is not one.
    const same = name === 'sum' && given.length === 1 ? name : sameFunctions[name];
    if (same === undefined) throw new Untranslatable('expression_function', { function: name });
    return `${same}(${given.map((one) => this.write(one)).join(', ')})`;
  }

  /** Something compared: a yes-or-no answer stands for itself here. */
  operand(tree: Expression, level: number): string {
    return tree.kind === 'variable' ? this.variable(tree.name) : this.write(tree, level);
  }

  binary(tree: Binary, within: number): string {
    const { operator, left, right } = tree;
    const sign = signs[operator];
    if (sign === undefined) return this.list(tree, within);
    const [word, level] = sign;
    if (level < 2) {
      const text = `${this.write(left, level)} ${word} ${this.write(right, level + 1)}`;
      return this.enclosed(text, level, within);
    }
    const against =
      this.isTruth(left) && right.kind === 'value' && typeof right.value === 'boolean'
        ? truth(right.value)
        : right;
    const text = `${this.operand(left, level)} ${word} ${this.operand(against, level + 1)}`;
    return this.enclosed(text, level, within);
  }

  list({ operator, left, right }: Binary, within: number): string {
    if (operator === 'power') return `pow(${this.write(left)}, ${this.write(right)})`;
    if (operator === 'contains') return this.contains(left, right);
    if (operator === 'notcontains') return `not(${this.contains(left, right)})`;
    if (left.kind !== 'variable' || right.kind !== 'list' || right.of.length === 0) {
      throw new Untranslatable('expression_operator', { operator });
    }
    const each = right.of.map((value): string =>
      this.names.isList(left.name)
        ? this.contains(left, value)
        : this.write({ kind: 'binary', operator: 'equal', left, right: value }, 2),
    );
    if (operator === 'allof') return this.enclosed(each.join(' and '), 1, within);
    const any = each.join(' or ');
    return operator === 'noneof' ? `not(${any})` : this.enclosed(any, 0, within);
  }

  contains(left: Expression, right: Expression): string {
    const isList = left.kind === 'variable' && this.names.isList(left.name);
    return `${isList ? 'selected' : 'contains'}(${this.write(left)}, ${this.write(right)})`;
  }
}

/**
 * @param within level of what is written around it: 1 between "and"s
 * @throws Untranslatable with the reason
 * @example the tree of "{a} = 'yes'" → "${a} = 'yes'"
 */
export const toXPath = (tree: Expression, names: FormNames, within = -1): string =>
  new Writer(names).write(tree, within);
