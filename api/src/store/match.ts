/** Filters: a parsed filter is a tree that tests documents and that the planner can read. */
import { badValue, failedToParse, notSupported, typeMismatch } from './errors.ts';
import { compileExpression, isTruthy } from './expressions.ts';
import { isNumber, toDouble } from './numbers.ts';
import { type Path, pathOf, visitPath } from './paths.ts';
import { compileRegex } from './regex.ts';
import {
  type Comparison,
  type ValueTest,
  comparer,
  modulo,
  regexTest,
  sortedMembership,
  typeCodes,
} from './value-tests.ts';
import {
  T,
  Raw,
  eachField,
  entriesOf,
  isEmptyDocument,
  regexOf,
  showOf,
  textOf,
  valuesOf,
} from './raw.ts';

/** Which element of an array a match came from, for the positional operator. */
export interface MatchTrace {
  position: number;
}

export type Filter =
  | { kind: 'and' | 'or' | 'nor'; parts: Filter[]; test: Test }
  | { kind: 'compare'; field: string; op: Comparison; value: Raw; test: Test }
  | { kind: 'in'; field: string; values: Raw[]; exact: boolean; test: Test }
  | { kind: 'elemMatch'; field: string; test: Test }
  | { kind: 'exists'; field: string; test: Test }
  | { kind: 'other'; test: Test };

type Test = (doc: Raw, trace?: MatchTrace) => boolean;
/** What an operator looks at: a path, or (inside $elemMatch) one array element, which is not looked into further. */
interface Place {
  readonly field: string;
  readonly path: Path;
  readonly leafArrays: boolean;
}

const placeOf = (field: string): Place => ({ field, path: pathOf(field), leafArrays: true });

const EVERYTHING: Filter = { kind: 'and', parts: [], test: () => true };

export function parseFilter(filter: Raw | undefined): Filter {
  if (!filter) return EVERYTHING;
  if (filter.type !== T.object) throw typeMismatch('the filter must be a document');
  const parts: Filter[] = [];
  eachField(filter, (name, value) => {
    parts.push(...(name.startsWith('$') ? parseTopLevel(name, value) : parseField(name, value)));
  });
  return parts.length === 1 ? parts[0]! : all(parts);
}

function all(parts: Filter[]): Filter {
  return { kind: 'and', parts, test: (doc, trace) => parts.every((p) => p.test(doc, trace)) };
}

function any(parts: Filter[]): Filter {
  return { kind: 'or', parts, test: (doc, trace) => parts.some((p) => p.test(doc, trace)) };
}

function none(parts: Filter[]): Filter {
  return { kind: 'nor', parts, test: (doc) => !parts.some((p) => p.test(doc)) };
}

function parseTopLevel(name: string, value: Raw): Filter[] {
  switch (name) {
    case '$and':
      return [all(parseList(name, value))];
    case '$or':
      return [any(parseList(name, value))];
    case '$nor':
      return [none(parseList(name, value))];
    case '$comment':
      return [];
    case '$expr': {
      const expression = compileExpression(value);
      return [{ kind: 'other', test: (doc) => isTruthy(expression(doc)) }];
    }
    case '$where':
    case '$text':
    case '$jsonSchema':
    case '$sampleRate':
    case '$alwaysTrue':
    case '$alwaysFalse':
      throw notSupported(name, 2);
    default:
      throw badValue(
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' ` +
          'symbol, consider using $getField or $setField.',
      );
  }
}

function parseList(name: string, value: Raw): Filter[] {
  if (value.type !== T.array) throw badValue(`${name} must be an array`);
  const parts = valuesOf(value);
  if (!parts.length) throw badValue('$and/$or/$nor must be a nonempty array');
  return parts.map((part) => {
    if (part.type !== T.object) throw badValue('$or/$and/$nor entries need to be full objects');
    return parseFilter(part);
  });
}

const DBREF = new Set(['$ref', '$id', '$db']);

/** Whether an object in a filter holds operators (decided by its first field, as the server does). */
export function isOperatorDocument(value: Raw): boolean {
  if (value.type !== T.object) return false;
  let operators = false;
  eachField(value, (name) => {
    operators = name.startsWith('$') && !DBREF.has(name);
    return true;
  });
  return operators;
}

function parseField(field: string, value: Raw): Filter[] {
  const place = placeOf(field);
  if (value.type === T.regex) return [regexFilter(place, value)];
  if (!isOperatorDocument(value)) return [comparison(place, 'eq', value)];
  return parseOperators(place, value);
}

function parseOperators(place: Place, operators: Raw): Filter[] {
  const parts: Filter[] = [];
  const entries = entriesOf(operators);
  for (const [name, value] of entries) {
    if (!name.startsWith('$')) throw badValue(`unknown operator: ${name}`);
    if (name === '$options') {
      if (!entries.some(([other]) => other === '$regex')) {
        throw badValue('$options needs a $regex');
      }
    } else parts.push(parseOperator(place, name, value, entries));
  }
  return parts;
}

const negate = (part: Filter): Filter => ({ kind: 'other', test: (doc) => !part.test(doc) });

function parseOperator(place: Place, name: string, value: Raw, siblings: [string, Raw][]): Filter {
  switch (name) {
    case '$eq':
      return comparison(place, 'eq', value);
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      if (value.type === T.regex) {
        throw badValue(`Can't have RegEx as arg to predicate over field '${place.field}'.`);
      }
      return comparison(place, name.slice(1) as Comparison, value);
    case '$ne':
      if (value.type === T.regex) throw badValue("Can't have regex as arg to $ne.");
      return negate(comparison(place, 'eq', value));
    case '$in':
      return membership(place, name, value);
    case '$nin':
      return negate(membership(place, name, value));
    case '$not':
      return negate(parseNot(place, value));
    case '$exists':
      return existence(place, isTruthy(value));
    case '$regex':
      return regexOperator(place, value, siblings);
    case '$elemMatch':
      return elementMatch(place, value);
    case '$all':
      return allOf(place, value);
    case '$size':
      return arraySize(place, value);
    case '$mod':
      return leaf(place, modulo(value));
    case '$type':
      return typeFilter(place, value);
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
    case '$geoWithin':
    case '$geoIntersects':
    case '$near':
    case '$nearSphere':
    case '$within':
      throw notSupported(name, 2);
    default:
      throw badValue(`unknown operator: ${name}`);
  }
}

/** The array itself, not its elements. */
const whole = (place: Place): Place => ({ ...place, leafArrays: false });

function visit({ path, leafArrays }: Place, test: ValueTest): Test {
  return (doc, trace) =>
    visitPath(doc, path, leafArrays, (value, position) => {
      if (!test(value)) return false;
      if (trace && position >= 0) trace.position = position;
      return true;
    });
}

function leaf(place: Place, test: ValueTest): Filter {
  return { kind: 'other', test: visit(place, test) };
}

function comparison(place: Place, op: Comparison, value: Raw): Filter {
  if (value.type === T.undefined) throw badValue('cannot compare to undefined');
  const test = visit(place, comparer(op, value));
  return { kind: 'compare', field: place.field, op, value, test };
}

function membership(place: Place, name: string, list: Raw): Filter {
  if (list.type !== T.array) throw badValue(`${name} needs an array`);
  const values = valuesOf(list);
  const tests = values.map((value): ValueTest => {
    if (value.type === T.undefined)
      throw badValue('InMatchExpression equality cannot be undefined');
    if (isOperatorDocument(value)) throw badValue(`cannot nest $ under ${name}`);
    return value.type === T.regex ? regexTest(value) : comparer('eq', value);
  });
  const exact = values.every((value) => value.type !== T.regex);
  const find = exact && values.length > 8 ? sortedMembership(values) : undefined;
  const test = find ?? ((value: Raw | undefined) => tests.some((one) => one(value)));
  return { kind: 'in', field: place.field, values, exact, test: visit(place, test) };
}

function parseNot(place: Place, value: Raw): Filter {
  if (value.type === T.regex) return regexFilter(place, value);
  if (value.type !== T.object) throw badValue('$not needs a regex or a document');
  if (isEmptyDocument(value)) throw badValue('$not cannot be empty');
  return all(parseOperators(place, value));
}

function existence(place: Place, wanted: boolean): Filter {
  const present = visit(whole(place), (value) => value !== undefined);
  return wanted
    ? { kind: 'exists', field: place.field, test: present }
    : { kind: 'other', test: (doc) => !present(doc) };
}

function regexFilter(place: Place, value: Raw): Filter {
  return leaf(place, regexTest(value));
}

function regexOperator(place: Place, value: Raw, siblings: [string, Raw][]): Filter {
  const given = siblings.find(([name]) => name === '$options')?.[1];
  if (given && given.type !== T.string) throw badValue('$options has to be a string');
  const options = given ? textOf(given) : undefined;
  if (value.type === T.regex) {
    if (options !== undefined && regexOf(value).options) {
      throw badValue('options set in both $regex and $options');
    }
    return leaf(place, regexTest(value, options));
  }
  if (value.type !== T.string) throw badValue('$regex has to be a string');
  const regex = compileRegex(textOf(value), options ?? '');
  const sorted = [...(options ?? '')].sort().join('');
  return leaf(place, (found) => {
    if (!found) return false;
    if (found.type === T.regex) {
      const other = regexOf(found);
      return other.pattern === textOf(value) && other.options === sorted;
    }
    return (found.type === T.string || found.type === T.symbol) && regex.test(textOf(found));
  });
}

const LOGICAL = new Set(['$and', '$or', '$nor', '$where', '$expr', '$comment']);

function elementMatch(place: Place, value: Raw): Filter {
  if (value.type !== T.object) throw badValue('$elemMatch needs an Object');
  const first = entriesOf(value)[0]?.[0];
  const onValues = isOperatorDocument(value) && !LOGICAL.has(first!);
  const matches = onValues ? valueMatcher(value, false) : documentMatcher(value);
  const { field, path } = place;
  const test: Test = (doc, trace) =>
    visitPath(doc, path, false, (found, outer) => {
      if (found?.type !== T.array) return false;
      const position = valuesOf(found).findIndex(matches);
      if (position < 0) return false;
      if (trace) trace.position = outer >= 0 ? outer : position;
      return true;
    });
  return { kind: 'elemMatch', field, test };
}

function documentMatcher(value: Raw): (element: Raw) => boolean {
  const filter = parseFilter(value);
  return (element) =>
    (element.type === T.object || element.type === T.array) && filter.test(asDocument(element));
}

/** An array answers paths by position, like a document with the fields 0, 1, 2 … */
const asDocument = (value: Raw): Raw =>
  value.type === T.object ? value : new Raw(T.object, value.buf, value.at, value.end);

/** Tests one value against operators: `{ $gt: 1, $lt: 5 }`; with `leafArrays` also the elements of an array. */
export function valueMatcher(operators: Raw, leafArrays: boolean): (value: Raw) => boolean {
  const filter = all(parseOperators({ ...placeOf(''), leafArrays }, operators));
  return (value) => filter.test(singleField(value));
}

function singleField(value: Raw): Raw {
  const size = value.size + 7;
  const buf = Buffer.allocUnsafe(size);
  buf.writeInt32LE(size, 0);
  buf[4] = value.type;
  buf[5] = 0;
  value.buf.copy(buf, 6, value.at, value.end);
  buf[size - 1] = 0;
  return new Raw(T.object, buf, 0, size);
}

function allOf(place: Place, list: Raw): Filter {
  if (list.type !== T.array) throw badValue('$all needs an array');
  const values = valuesOf(list);
  if (!values.length) return { kind: 'other', test: () => false };
  const elemMatches = values.filter(
    (value) => value.type === T.object && entriesOf(value)[0]?.[0] === '$elemMatch',
  );
  if (elemMatches.length && elemMatches.length < values.length) {
    throw badValue('no $ expressions in $all');
  }
  if (elemMatches.length) {
    return all(elemMatches.map((value) => elementMatch(place, entriesOf(value)[0]![1])));
  }
  return all(
    values.map((value) => {
      if (isOperatorDocument(value)) throw badValue('no $ expressions in $all');
      return value.type === T.regex ? regexFilter(place, value) : comparison(place, 'eq', value);
    }),
  );
}

function arraySize(place: Place, value: Raw): Filter {
  const wanted = isNumber(value) ? toDouble(value) : NaN;
  if (!Number.isInteger(wanted)) {
    throw badValue(`Failed to parse $size. Expected an integer in: $size: ${showOf(value)}`);
  }
  if (wanted < 0) {
    throw badValue(
      `Failed to parse $size. Expected a non-negative number in: $size: ${showOf(value)}`,
    );
  }
  const test = visit(
    whole(place),
    (found) => found?.type === T.array && valuesOf(found).length === wanted,
  );
  return { kind: 'other', test };
}

function typeFilter(place: Place, value: Raw): Filter {
  const wanted = value.type === T.array ? valuesOf(value) : [value];
  if (!wanted.length) throw failedToParse(`${place.field} must match at least one type`);
  const types = new Set(wanted.flatMap(typeCodes));
  return leaf(place, (found) => !!found && types.has(found.type));
}
