/** Aggregation expressions: the small set the declared subset names; anything else is refused when it is read. */
import { compareValues } from './compare.ts';
import { CommandError, notSupported } from './errors.ts';
import { arithmetic, decimalText, decimalValue, isNumber, toDouble } from './numbers.ts';
import { type Path, checkFieldPath, pathOf } from './paths.ts';
import { T, type Raw, entriesOf, getField, textOf, typeName, valuesOf } from './raw.ts';
import { NULL, boolValue, buildArray, doubleValue, fromEntries, intValue } from './writer.ts';

/** Computes a value from a document; undefined is "missing". */
export type Expression = (doc: Raw) => Raw | undefined;

export function isTruthy(value: Raw | undefined): boolean {
  if (!value || value.type === T.null || value.type === T.undefined) return false;
  if (value.type === T.bool) return value.buf[value.at] === 1;
  return !isNumber(value) || toDouble(value) !== 0;
}

/** A path in an expression collects through arrays: `$items.price` of two items is an array of two. */
function collectPath(value: Raw, path: Path, from = 0): Raw | undefined {
  let found: Raw | undefined = value;
  for (let i = from; i < path.length; i++) {
    if (found.type === T.array) {
      const rest = i;
      const inner = valuesOf(found)
        .filter((element) => element.type === T.object)
        .map((element) => collectPath(element, path, rest))
        .filter((element) => element !== undefined);
      return buildArray(inner);
    }
    if (found.type !== T.object) return undefined;
    found = getField(found, path[i]!);
    if (!found) return undefined;
  }
  return found;
}

const SYSTEM = new Set(['ROOT', 'CURRENT']);

function compileText(value: Raw): Expression {
  const text = textOf(value);
  if (!text.startsWith('$')) return () => value;
  if (text.startsWith('$$')) return compileVariable(text.slice(2));
  const path = fieldPath(text.slice(1));
  return (doc) => collectPath(doc, path);
}

function compileVariable(text: string): Expression {
  const [name, ...rest] = text.split('.');
  if (name === 'REMOVE' && !rest.length) return () => undefined;
  if (!SYSTEM.has(name!)) {
    if (name === 'NOW' || name === 'CLUSTER_TIME') throw notSupported(`$$${name}`, 17276);
    throw new CommandError(17276, `Use of undefined variable: ${name}`);
  }
  if (!rest.length) return (doc) => doc;
  const path = fieldPath(rest.join('.'));
  return (doc) => collectPath(doc, path);
}

export function fieldPath(text: string): Path {
  if (text === '') throw new CommandError(16872, "'$' by itself is not a valid FieldPath");
  checkFieldPath(text);
  return pathOf(text);
}

export function compileExpression(value: Raw): Expression {
  if (value.type === T.string) return compileText(value);
  if (value.type === T.array) {
    const parts = valuesOf(value).map(compileExpression);
    return (doc) => buildArray(parts.map((part) => part(doc) ?? NULL));
  }
  if (value.type !== T.object) return () => value;
  const entries = entriesOf(value);
  if (entries[0]?.[0].startsWith('$')) return compileOperator(entries);
  return compileObject(entries);
}

function compileObject(entries: [string, Raw][]): Expression {
  const fields = entries.map(([name, part]): [string, Expression] => {
    if (name.startsWith('$')) throw unrecognised(name);
    if (name.includes('.')) {
      throw new CommandError(16412, `FieldPath field names may not contain '.': ${name}`);
    }
    return [name, compileExpression(part)];
  });
  return (doc) => {
    const built: [string, Raw][] = [];
    for (const [name, expression] of fields) {
      const result = expression(doc);
      if (result) built.push([name, result]);
    }
    return fromEntries(built);
  };
}

function compileOperator(entries: [string, Raw][]): Expression {
  if (entries.length !== 1) {
    throw new CommandError(
      15983,
      `an object representing an expression must have exactly one field, found ${entries.length}`,
    );
  }
  const [name, argument] = entries[0]!;
  if (name === '$literal') return () => argument;
  const operator = OPERATORS[name];
  if (!operator) throw unrecognised(name);
  if (name === '$cond' && argument.type === T.object) return namedCondition(argument);
  const list = argument.type === T.array ? valuesOf(argument) : [argument];
  if (list.length < operator.least || list.length > operator.most) {
    throw new CommandError(
      16020,
      `Expression ${name} takes ${operator.least === operator.most ? `exactly ${operator.least}` : `at least ${operator.least}`} arguments. ${list.length} were passed in.`,
    );
  }
  return operator.build(list.map(compileExpression));
}

const unrecognised = (name: string): CommandError =>
  notSupported(`Unrecognized expression '${name}', or the expression`, 168);

function namedCondition(argument: Raw): Expression {
  const parts: Record<string, Expression> = {};
  for (const [name, value] of entriesOf(argument)) {
    if (name !== 'if' && name !== 'then' && name !== 'else') {
      throw new CommandError(17083, `Unrecognized parameter to $cond: ${name}`);
    }
    parts[name] = compileExpression(value);
  }
  if (!parts.if) throw new CommandError(17080, "Missing 'if' parameter to $cond");
  if (!parts.then) throw new CommandError(17081, "Missing 'then' parameter to $cond");
  if (!parts.else) throw new CommandError(17082, "Missing 'else' parameter to $cond");
  return condition([parts.if, parts.then, parts.else]);
}

const condition =
  (parts: Expression[]): Expression =>
  (doc) =>
    isTruthy(parts[0]!(doc)) ? parts[1]!(doc) : parts[2]!(doc);

const isNullish = (value: Raw | undefined): value is undefined =>
  !value || value.type === T.null || value.type === T.undefined;

/** Missing sorts below everything but MinKey. */
function compareMaybe(a: Raw | undefined, b: Raw | undefined): number {
  if (a && b) return compareValues(a, b);
  if (!a && !b) return 0;
  if (!a) return b!.type === T.minKey ? 1 : -1;
  return a.type === T.minKey ? -1 : 1;
}

interface Operator {
  readonly least: number;
  readonly most: number;
  build(parts: Expression[]): Expression;
}

const comparing = (test: (order: number) => boolean): Operator => ({
  least: 2,
  most: 2,
  build:
    ([a, b]) =>
    (doc) =>
      boolValue(test(compareMaybe(a!(doc), b!(doc)))),
});

function folding(name: '$add' | '$multiply', op: '+' | '*'): Operator {
  const start = intValue(op === '+' ? 0 : 1);
  return {
    least: 0,
    most: Infinity,
    build: (parts) => (doc) => {
      let total = start;
      for (const part of parts) {
        const value = part(doc);
        if (isNullish(value)) return NULL;
        if (!isNumber(value)) throw onlyNumbers(name, value);
        total =
          arithmetic(total, value, op) ??
          doubleValue(
            op === '+' ? toDouble(total) + toDouble(value) : toDouble(total) * toDouble(value),
          );
      }
      return total;
    },
  };
}

function onlyNumbers(name: string, value: Raw): CommandError {
  if (value.type === T.date) return notSupported(`${name} of dates`, 14);
  const code = name === '$add' || name === '$subtract' ? 14 : 14;
  return new CommandError(code, `${name} only supports numeric types, not ${typeName(value)}`);
}

const MINUS_ONE = intValue(-1);

/** a − b: the negative of b is exact except for the least int64, where the double is the answer. */
function subtract(a: Raw, b: Raw): Raw {
  const negative =
    b.type === T.decimal
      ? decimalValue(negatedText(decimalText(b)))
      : (arithmetic(b, MINUS_ONE, '*') ?? doubleValue(-toDouble(b)));
  return arithmetic(a, negative, '+') ?? doubleValue(toDouble(a) - toDouble(b));
}

const negatedText = (text: string): string => (text.startsWith('-') ? text.slice(1) : `-${text}`);

const numeric = (name: string, compute: (a: Raw, b: Raw) => Raw): Operator => ({
  least: 2,
  most: 2,
  build:
    ([left, right]) =>
    (doc) => {
      const a = left!(doc);
      const b = right!(doc);
      if (isNullish(a) || isNullish(b)) return NULL;
      if (!isNumber(a)) throw onlyNumbers(name, a);
      if (!isNumber(b)) throw onlyNumbers(name, b);
      return compute(a, b);
    },
});

function divide(a: Raw, b: Raw): Raw {
  if (toDouble(b) === 0) throw new CommandError(2, "can't $divide by zero");
  if (a.type === T.decimal || b.type === T.decimal) throw notSupported('$divide of Decimal128', 2);
  return doubleValue(toDouble(a) / toDouble(b));
}

const OPERATORS: Record<string, Operator> = {
  $eq: comparing((order) => order === 0),
  $ne: comparing((order) => order !== 0),
  $gt: comparing((order) => order > 0),
  $gte: comparing((order) => order >= 0),
  $lt: comparing((order) => order < 0),
  $lte: comparing((order) => order <= 0),
  $cmp: {
    least: 2,
    most: 2,
    build:
      ([a, b]) =>
      (doc) =>
        intValue(compareMaybe(a!(doc), b!(doc))),
  },
  $and: {
    least: 0,
    most: Infinity,
    build: (parts) => (doc) => boolValue(parts.every((part) => isTruthy(part(doc)))),
  },
  $or: {
    least: 0,
    most: Infinity,
    build: (parts) => (doc) => boolValue(parts.some((part) => isTruthy(part(doc)))),
  },
  $not: {
    least: 1,
    most: 1,
    build:
      ([part]) =>
      (doc) =>
        boolValue(!isTruthy(part!(doc))),
  },
  $cond: { least: 3, most: 3, build: condition },
  $ifNull: {
    least: 2,
    most: Infinity,
    build: (parts) => (doc) => {
      for (const part of parts.slice(0, -1)) {
        const value = part(doc);
        if (!isNullish(value)) return value;
      }
      return parts[parts.length - 1]!(doc);
    },
  },
  $add: folding('$add', '+'),
  $multiply: folding('$multiply', '*'),
  $subtract: numeric('$subtract', subtract),
  $divide: numeric('$divide', divide),
  $size: {
    least: 1,
    most: 1,
    build:
      ([part]) =>
      (doc) => {
        const value = part!(doc);
        if (value?.type !== T.array) {
          throw new CommandError(
            17124,
            `The argument to $size must be an array, but was of type: ${typeName(value)}`,
          );
        }
        return intValue(valuesOf(value).length);
      },
  },
  $in: {
    least: 2,
    most: 2,
    build:
      ([one, list]) =>
      (doc) => {
        const values = list!(doc);
        if (values?.type !== T.array) {
          throw new CommandError(
            40081,
            `$in requires an array as a second argument, found: ${typeName(values)}`,
          );
        }
        const value = one!(doc);
        return boolValue(!!value && valuesOf(values).some((v) => compareValues(v, value) === 0));
      },
  },
};
