/** $group: documents gathered by a key, with accumulators that keep the server's number types. */
import { compareValues } from './compare.ts';
import { CommandError, notSupported } from './errors.ts';
import { type Expression, compileExpression } from './expressions.ts';
import { encodeValue } from './keys.ts';
import { Sum, isNumber } from './numbers.ts';
import { type Flow, tooMuchMemory } from './query.ts';
import { T, type Raw, eachField, entriesOf, isEmptyDocument } from './raw.ts';
import { QUERY_MEMORY } from './sort.ts';
import { NULL, buildArray, fromEntries, intValue } from './writer.ts';

interface Accumulator {
  /** Takes the value of one document; returns the bytes it now holds on to in addition. */
  add(value: Raw | undefined): number;
  result(): Raw;
}

const isNullish = (value: Raw | undefined): value is undefined =>
  !value || value.type === T.null || value.type === T.undefined;

function sum(): Accumulator {
  const total = new Sum();
  return {
    add: (value) => {
      if (value && isNumber(value)) total.add(value);
      return 0;
    },
    result: () => total.total(),
  };
}

function average(): Accumulator {
  const total = new Sum();
  let count = 0;
  return {
    add: (value) => {
      if (value && isNumber(value)) {
        total.add(value);
        count++;
      }
      return 0;
    },
    result: () => (count ? total.mean(count) : NULL),
  };
}

function extreme(sign: 1 | -1): Accumulator {
  let best: Raw | undefined;
  return {
    add: (value) => {
      if (isNullish(value)) return 0;
      if (best && compareValues(value, best) * sign >= 0) return 0;
      const grown = value.size - (best?.size ?? 0);
      best = value;
      return grown;
    },
    result: () => best ?? NULL,
  };
}

function edge(last: boolean): Accumulator {
  let taken = false;
  let kept: Raw | undefined;
  return {
    add: (value) => {
      if (taken && !last) return 0;
      const grown = (value?.size ?? 0) - (kept?.size ?? 0);
      taken = true;
      kept = value;
      return grown;
    },
    result: () => kept ?? NULL,
  };
}

function push(): Accumulator {
  const values: Raw[] = [];
  return {
    add: (value) => {
      if (!value) return 0;
      values.push(value);
      return value.size + 16;
    },
    result: () => buildArray(values),
  };
}

function addToSet(): Accumulator {
  const values = new Map<string, Raw>();
  return {
    add: (value) => {
      if (!value) return 0;
      const key = encodeValue(value).toString('latin1');
      if (values.has(key)) return 0;
      values.set(key, value);
      return value.size * 2 + 32;
    },
    result: () => buildArray([...values.values()]),
  };
}

function count(): Accumulator {
  const total = new Sum();
  const one = intValue(1);
  return {
    add: () => {
      total.add(one);
      return 0;
    },
    result: () => total.total(),
  };
}

const ACCUMULATORS: Record<string, () => Accumulator> = {
  $sum: sum,
  $avg: average,
  $min: () => extreme(1),
  $max: () => extreme(-1),
  $first: () => edge(false),
  $last: () => edge(true),
  $push: push,
  $addToSet: addToSet,
  $count: count,
};

interface Field {
  readonly name: string;
  readonly expression: Expression;
  readonly make: () => Accumulator;
}

export function compileGroup(spec: Raw): (source: Flow<Raw>) => Flow<Raw> {
  if (spec.type !== T.object)
    throw new CommandError(15947, "a group's fields must be specified in an object");
  let id: Expression | undefined;
  const fields: Field[] = [];
  eachField(spec, (name, value) => {
    if (name === '_id') id = compileExpression(value);
    else fields.push(accumulatorField(name, value));
  });
  if (!id) throw new CommandError(15955, 'a group specification must include an _id');
  const key = id;
  return (source) => grouped(source, key, fields);
}

function accumulatorField(name: string, value: Raw): Field {
  if (value.type !== T.object) {
    throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
  }
  if (name.includes('.')) {
    throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
  }
  if (name.startsWith('$')) {
    throw new CommandError(40236, `The field name '${name}' cannot be an operator name`);
  }
  const entries = entriesOf(value);
  if (entries.length !== 1) {
    throw new CommandError(40238, `The field '${name}' must specify one accumulator`);
  }
  const [operator, argument] = entries[0]!;
  const make = ACCUMULATORS[operator];
  if (!make) throw notSupported(`unknown group operator '${operator}': it`, 15952);
  if (operator === '$count' && !(argument.type === T.object && isEmptyDocument(argument))) {
    throw new CommandError(2, '$count takes no arguments, i.e. $count:{}');
  }
  if (argument.type === T.array && operator !== '$count') {
    throw new CommandError(40237, `The ${operator} accumulator is a unary operator`);
  }
  return { name, make, expression: compileExpression(argument) };
}

interface Group {
  readonly id: Raw;
  readonly accumulators: Accumulator[];
}

function* grouped(source: Flow<Raw>, key: Expression, fields: readonly Field[]): Flow<Raw> {
  const groups = new Map<string, Group>();
  let bytes = 0;
  for (const doc of source) {
    yield undefined;
    if (!doc) continue;
    const id = key(doc) ?? NULL;
    const text = encodeValue(id).toString('latin1');
    let group = groups.get(text);
    if (!group) {
      group = { id, accumulators: fields.map(({ make }) => make()) };
      groups.set(text, group);
      bytes += id.size + text.length + 200 + 100 * fields.length;
    }
    for (let i = 0; i < fields.length; i++) {
      bytes += group.accumulators[i]!.add(fields[i]!.expression(doc));
    }
    if (bytes > QUERY_MEMORY) throw tooMuchMemory();
  }
  for (const { id, accumulators } of groups.values()) {
    yield fromEntries([
      ['_id', id],
      ...fields.map(({ name }, i): [string, Raw] => [name, accumulators[i]!.result()]),
    ]);
  }
}
