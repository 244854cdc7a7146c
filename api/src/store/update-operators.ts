/** What each update operator does to the value at its path. A wrong type is an error, never a silent no-op. */
import { Timestamp } from 'bson';
import { compareValues } from './compare.ts';
import { badValue, failedToParse, notSupported, typeMismatch } from './errors.ts';
import { isOperatorDocument, parseFilter, valueMatcher } from './match.ts';
import { arithmetic, isNumber, wholeNumber } from './numbers.ts';
import { T, Raw, entriesOf, field, rawOf, showOf, textOf, typeName, valuesOf } from './raw.ts';
import { compareKeys, parseSort, sortKey } from './sort.ts';
import { type Change, type ChangeContext, type Node, List, freeze, thaw } from './tree.ts';
import { dateValue, fromEntries, intValue } from './writer.ts';

type Apply = (current: Node | undefined, context: ChangeContext) => Node | undefined;

interface Operator {
  readonly creates: boolean;
  readonly lenient?: boolean;
  /** Reads the argument once; the result is applied to each document. */
  prepare(value: Raw, path: string): Apply;
}

const shownPair = (path: string, value: Raw): string => `{${path}: ${showOf(value)}}`;
const typeOf = (node: Node): string => typeName(freeze(node));
const lastName = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

function numeric(name: '$inc' | '$mul'): Operator {
  const verb = name === '$inc' ? 'increment' : 'multiply';
  return {
    creates: true,
    prepare: (argument, path) => {
      if (!isNumber(argument)) {
        throw typeMismatch(
          `Cannot ${verb} with non-numeric argument: ${shownPair(path, argument)}`,
        );
      }
      return (current, context) => {
        if (!current) return name === '$inc' ? argument : arithmetic(argument, intValue(0), '*');
        const value = freeze(current);
        if (!isNumber(value)) {
          throw typeMismatch(
            `Cannot apply ${name} to a value of non-numeric type. {${context.identity()}} has the ` +
              `field '${lastName(path)}' of non-numeric type ${typeName(value)}`,
          );
        }
        const result = arithmetic(value, argument, name === '$inc' ? '+' : '*');
        if (!result) {
          throw badValue(
            `Failed to apply ${name} operations to current value (${showOf(value)}) for document {${context.identity()}}`,
          );
        }
        return result;
      };
    },
  };
}

const extreme = (sign: 1 | -1): Operator => ({
  creates: true,
  prepare: (value) => (current) =>
    current && compareValues(value, freeze(current)) * sign <= 0 ? current : value,
});

const currentDate: Operator = {
  creates: true,
  prepare: (value) => {
    if (value.type === T.bool) return () => dateValue(BigInt(Date.now()));
    const kind = value.type === T.object ? field(value, '$type') : undefined;
    if (!kind) {
      throw badValue(
        `${typeName(value)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
      );
    }
    const text = kind.type === T.string ? textOf(kind) : '';
    if (text === 'date') return () => dateValue(BigInt(Date.now()));
    if (text === 'timestamp')
      return () => rawOf(Timestamp.fromBits(1, Math.floor(Date.now() / 1000)));
    throw badValue(
      "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
    );
  },
};

/** The list to be changed; made when missing. */
function listOf(current: Node | undefined, complaint: (type: string) => string): List {
  if (!current) return new List([]);
  const open = thaw(current);
  if (!(open instanceof List)) throw badValue(complaint(typeOf(open)));
  return new List([...open.values]);
}

interface Push {
  readonly each: Raw[];
  readonly position: number | undefined;
  readonly slice: number | undefined;
  readonly order: ((a: Raw, b: Raw) => number) | undefined;
}

function parsePush(argument: Raw): Push {
  const plain: Push = { each: [argument], position: undefined, slice: undefined, order: undefined };
  if (argument.type !== T.object || !field(argument, '$each')) return plain;
  const parts = Object.fromEntries(entriesOf(argument));
  for (const name of Object.keys(parts)) {
    if (!['$each', '$position', '$slice', '$sort'].includes(name)) {
      throw badValue(`Unrecognized clause in $push: ${name}`);
    }
  }
  const each = parts.$each!;
  if (each.type !== T.array) {
    throw badValue(
      `The argument to $each in $push must be an array but it was of type: ${typeName(each)}`,
    );
  }
  return {
    each: valuesOf(each),
    position: wholeOption(parts.$position, '$position'),
    slice: wholeOption(parts.$slice, '$slice'),
    order: parts.$sort && elementOrder(parts.$sort),
  };
}

function wholeOption(value: Raw | undefined, name: string): number | undefined {
  if (!value) return undefined;
  const number = wholeNumber(value);
  if (number === undefined) {
    throw badValue(
      `The value for ${name} must be an integer value but was given type: ${typeName(value)}`,
    );
  }
  return number;
}

function elementOrder(spec: Raw): (a: Raw, b: Raw) => number {
  if (spec.type === T.object) {
    const sort = parseSort(spec);
    if (!sort) throw badValue('The $sort pattern is empty when it should be a set of fields.');
    const keyOf = (value: Raw): Raw[] => sortKey(value.type === T.object ? value : NO_FIELDS, sort);
    return (a, b) => compareKeys(keyOf(a), keyOf(b), sort);
  }
  const direction = wholeNumber(spec);
  if (direction !== 1 && direction !== -1) {
    throw badValue('The $sort element value must be either 1 or -1');
  }
  return (a, b) => compareValues(a, b) * direction;
}

const NO_FIELDS = new Raw(T.object, Buffer.from([5, 0, 0, 0, 0]), 0, 5);

const push: Operator = {
  creates: true,
  prepare: (argument, path) => {
    const { each, position, slice, order } = parsePush(argument);
    return (current, context) => {
      const list = listOf(
        current,
        (type) =>
          `The field '${path}' must be an array but is of type ${type} in document {${context.identity()}}`,
      );
      let { values } = list;
      const at = position === undefined ? values.length : insertionPoint(position, values.length);
      values.splice(at, 0, ...each);
      if (order) {
        values = values
          .map((node, place) => ({ value: freeze(node), place }))
          .sort((a, b) => order(a.value, b.value) || a.place - b.place)
          .map(({ value }) => value);
      }
      if (slice !== undefined) values = slice < 0 ? values.slice(slice) : values.slice(0, slice);
      return new List(values);
    };
  },
};

const insertionPoint = (position: number, length: number): number =>
  position < 0 ? Math.max(0, length + position) : Math.min(position, length);

const addToSet: Operator = {
  creates: true,
  prepare: (argument, path) => {
    const first = argument.type === T.object ? entriesOf(argument)[0] : undefined;
    const each = first?.[0] === '$each' ? first[1] : undefined;
    if (each && each.type !== T.array) {
      throw typeMismatch(
        `The argument to $each in $addToSet must be an array but it was of type ${typeName(each)}`,
      );
    }
    if (each && entriesOf(argument).length > 1) {
      throw badValue(`Found unexpected fields after $each in $addToSet: ${showOf(argument)}`);
    }
    const additions = each ? valuesOf(each) : [argument];
    return (current) => {
      const list = listOf(
        current,
        (type) =>
          `Cannot apply $addToSet to non-array field. Field named '${lastName(path)}' has non-array type ${type}`,
      );
      for (const value of additions) {
        if (!list.values.some((node) => compareValues(freeze(node), value) === 0)) {
          list.values.push(value);
        }
      }
      return list;
    };
  },
};

function pullTest(condition: Raw): (element: Raw) => boolean {
  if (condition.type === T.regex) {
    return valueMatcher(fromEntries([['$regex', condition]]), true);
  }
  if (condition.type !== T.object) return (element) => compareValues(element, condition) === 0;
  if (isOperatorDocument(condition)) return valueMatcher(condition, true);
  const filter = parseFilter(condition);
  return (element) => element.type === T.object && filter.test(element);
}

const removing = (name: string, test: (argument: Raw) => (element: Raw) => boolean): Operator => ({
  creates: false,
  prepare: (argument) => {
    const leaves = test(argument);
    return (current) => {
      if (!current) return undefined;
      const open = thaw(current);
      if (!(open instanceof List)) throw badValue(`Cannot apply ${name} to a non-array value`);
      return new List(open.values.filter((node) => !leaves(freeze(node))));
    };
  },
});

const pop: Operator = {
  creates: false,
  prepare: (argument, path) => {
    const side = isNumber(argument) ? wholeNumber(argument) : undefined;
    if (!isNumber(argument)) {
      throw failedToParse(`Expected a number in: ${lastName(path)}: ${showOf(argument)}`);
    }
    if (side !== 1 && side !== -1) {
      throw failedToParse(`$pop expects 1 or -1, found: ${showOf(argument)}`);
    }
    return (current) => {
      if (!current) return undefined;
      const open = thaw(current);
      if (!(open instanceof List)) {
        throw typeMismatch(
          `Path '${path}' contains an element of non-array type '${typeOf(open)}'`,
        );
      }
      return new List(side === 1 ? open.values.slice(0, -1) : open.values.slice(1));
    };
  },
};

function pullAllTest(argument: Raw): (element: Raw) => boolean {
  if (argument.type !== T.array) {
    throw badValue(`$pullAll requires an array argument but was given a ${typeName(argument)}`);
  }
  const values = valuesOf(argument);
  return (element) => values.some((value) => compareValues(value, element) === 0);
}

const OPERATORS: Record<string, Operator> = {
  $set: { creates: true, prepare: (value) => () => value },
  $unset: { creates: false, lenient: true, prepare: () => () => undefined },
  $inc: numeric('$inc'),
  $mul: numeric('$mul'),
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate: currentDate,
  $push: push,
  $addToSet: addToSet,
  $pull: removing('$pull', pullTest),
  $pullAll: removing('$pullAll', pullAllTest),
  $pop: pop,
};

/** The change an operator makes at one path. */
export function changeOf(operator: string, path: string, value: Raw): Change {
  const known = OPERATORS[operator];
  if (!known) {
    if (operator === '$bit') throw notSupported('$bit', 9);
    throw failedToParse(
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  const { creates, lenient } = known;
  return { path: path.split('.'), creates, lenient, apply: known.prepare(value, path) };
}
