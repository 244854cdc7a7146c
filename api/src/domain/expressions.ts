/**
 * SurveyJS expressions (`visibleIf`, `expression` …) as a tree, without survey-core: for the check, the printed form, the
 * condition builder and XLSForm. What is read here is what survey-core reads; test/domain/expressions.test.ts holds them together.
 * @source survey-core's grammar: or < and < comparison < + − < * / % < power < contains, anyof … < unary
 */
export type Comparison =
  'equal' | 'notequal' | 'less' | 'greater' | 'lessorequal' | 'greaterorequal';
export type ListOperator = 'contains' | 'notcontains' | 'anyof' | 'allof' | 'noneof';
export type Arithmetic = 'plus' | 'minus' | 'mul' | 'div' | 'mod' | 'power';
export type BinaryOperator = 'or' | 'and' | Comparison | ListOperator | Arithmetic;
export type Scalar = string | number | boolean | null;

export type Expression =
  | { readonly kind: 'value'; readonly value: Scalar }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'list'; readonly of: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Expression[] }
  | {
      readonly kind: 'unary';
      readonly operator: 'negate' | 'empty' | 'notempty';
      readonly of: Expression;
    }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    };

type Signs = readonly (readonly [sign: string, operator: BinaryOperator])[];

/** Loosest first. Of the signs of a level the longest stands first; words end where letters end. */
const levels: readonly Signs[] = [
  [
    ['||', 'or'],
    ['or', 'or'],
  ],
  [
    ['&&', 'and'],
    ['and', 'and'],
  ],
  [
    ['<=', 'lessorequal'],
    ['lessorequal', 'lessorequal'],
    ['>=', 'greaterorequal'],
    ['greaterorequal', 'greaterorequal'],
    ['==', 'equal'],
    ['equal', 'equal'],
    ['=', 'equal'],
    ['!=', 'notequal'],
    ['notequal', 'notequal'],
    ['<', 'less'],
    ['less', 'less'],
    ['>', 'greater'],
    ['greater', 'greater'],
  ],
  [
    ['+', 'plus'],
    ['-', 'minus'],
  ],
  [
    ['*', 'mul'],
    ['/', 'div'],
    ['%', 'mod'],
  ],
  [
    ['^', 'power'],
    ['power', 'power'],
  ],
  [
    ['*=', 'contains'],
    ['notcontains', 'notcontains'],
    ['notcontain', 'notcontains'],
    ['contains', 'contains'],
    ['contain', 'contains'],
    ['anyof', 'anyof'],
    ['allof', 'allof'],
    ['noneof', 'noneof'],
  ],
];

class Unreadable extends Error {}

/** Deeper nesting than any person writes is refused rather than followed. */
const deepest = 100;
/** So is a longer chain: whoever walks the tree of `a + a + a …` goes down a step for each sign. */
const mostSigns = 1000;

class Reader {
  at = 0;
  depth = 0;
  signs = 0;
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }

  skipSpace(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  /** Reads the pattern here, after white space; null when it is not here. */
  match(pattern: RegExp): string | null {
    this.skipSpace();
    const sticky = new RegExp(pattern.source, `${pattern.flags}y`);
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  take(sign: string): boolean {
    this.skipSpace();
    if (this.text.slice(this.at, this.at + sign.length).toLowerCase() !== sign) return false;
    const isWord = /\w/.test(sign);
    if (isWord && /\w/.test(this.text[this.at + sign.length] ?? '')) return false;
    this.at += sign.length;
    return true;
  }

  fail(): never {
    throw new Unreadable();
  }

  binary(level: number): Expression {
    const signs = levels[level];
    if (signs === undefined) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const found = this.operatorOf(signs);
      if (found === null) return left;
      this.signs += 1;
      if (this.signs > mostSigns) this.fail();
      left = { kind: 'binary', operator: found, left, right: this.binary(level + 1) };
    }
  }

  operatorOf(signs: Signs): BinaryOperator | null {
    const before = this.at;
    for (const [sign, operator] of signs) {
      if (!this.take(sign)) continue;
      // `*=` is "contains", not "times" and a stray "=".
      if (sign === '*' && this.text[this.at] === '=') {
        this.at = before;
        return null;
      }
      return operator;
    }
    this.at = before;
    return null;
  }

  unary(): Expression {
    this.depth += 1;
    if (this.depth > deepest) this.fail();
    const read = this.take('(')
      ? this.closed(this.binary(0), ')')
      : (this.negation() ?? this.postfix(this.atom()));
    this.depth -= 1;
    return read;
  }

  negation(): Expression | null {
    this.skipSpace();
    const isSign = this.text[this.at] === '!' && this.text[this.at + 1] !== '=';
    if (!isSign && !this.take('negate')) return null;
    if (isSign) this.at += 1;
    return { kind: 'unary', operator: 'negate', of: this.unary() };
  }

  postfix(of: Expression): Expression {
    for (const operator of ['notempty', 'empty'] as const) {
      if (this.take(operator)) return { kind: 'unary', operator, of };
    }
    return of;
  }

  atom(): Expression {
    if (this.take('[')) return { kind: 'list', of: this.listUntil(']') };
    const variable = this.match(/\{[^{}]*\}/);
    if (variable !== null) return { kind: 'variable', name: variable.slice(1, -1).trim() };
    const quoted = this.match(/'(?:\\['"]|[^'"])*'|"(?:\\['"]|[^'"])*"/);
    if (quoted !== null) return { kind: 'value', value: unquoted(quoted) };
    const number = this.match(/-?(?:0x\d+|\d+(?:\.\d+)?)(?!\w)/);
    if (number !== null) return { kind: 'value', value: Number(number) };
    return this.word();
  }

  word(): Expression {
    const word = this.match(/[a-z_]\w*/i) ?? this.fail();
    if (this.take('(')) return { kind: 'call', name: word, given: this.listUntil(')') };
    if (word === 'undefined' || word === 'null') return { kind: 'value', value: null };
    const lower = word.toLowerCase();
    if (lower === 'true' || lower === 'false') return { kind: 'value', value: lower === 'true' };
    return { kind: 'value', value: word };
  }

  listUntil(end: string): Expression[] {
    const found: Expression[] = [];
    if (this.take(end)) return found;
    do found.push(this.binary(0));
    while (this.take(','));
    return this.closed(found, end);
  }

  closed<T>(read: T, end: string): T {
    return this.take(end) ? read : this.fail();
  }
}

const unquoted = (text: string): string => text.slice(1, -1).replace(/\\(['"])/g, '$1');

/**
 * Reads an expression.
 * @returns the tree, or how far (characters from 0) it could be read when it is not one
 * @example '{a} > 1' → { expression: { kind: 'binary', operator: 'greater', … } }; '{a} >' → { unreadableAt: 5 }
 */
export function parseExpression(
  text: string,
): { readonly expression: Expression } | { readonly unreadableAt: number } {
  const reader = new Reader(text);
  try {
    const expression = reader.binary(0);
    reader.skipSpace();
    return reader.at === text.length ? { expression } : { unreadableAt: reader.at };
  } catch (error) {
    if (error instanceof Unreadable) return { unreadableAt: reader.at };
    throw error;
  }
}

/**
 * Every part of an expression, itself first.
 * @example '{a} > 1' → the comparison, the variable a, the value 1
 */
export function* partsOf(expression: Expression): Generator<Expression> {
  yield expression;
  switch (expression.kind) {
    case 'value':
    case 'variable':
      return;
    case 'list':
      for (const part of expression.of) yield* partsOf(part);
      return;
    case 'call':
      for (const part of expression.given) yield* partsOf(part);
      return;
    case 'unary':
      yield* partsOf(expression.of);
      return;
    case 'binary':
      yield* partsOf(expression.left);
      yield* partsOf(expression.right);
  }
}

/**
 * Names in braces, each once, in the order of the text: `{a.row} > 1 and {b[0].c}` → `a.row`, `b[0].c`.
 * @example '{a.row} > 1 and {b[0].c} = {a.row}' → ['a.row', 'b[0].c']
 */
export const variablesOf = (expression: Expression): string[] => [
  ...new Set(
    [...partsOf(expression)].flatMap((part) => (part.kind === 'variable' ? [part.name] : [])),
  ),
];

/**
 * How tightly an operator binds: 0 is the loosest.
 * @example levelOf('or') → 0, levelOf('and') → 1
 */
export const levelOf = (operator: BinaryOperator): number =>
  levels.findIndex((signs) => signs.some(([, one]) => one === operator));
