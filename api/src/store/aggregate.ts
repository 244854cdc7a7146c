/** Aggregation pipelines: the declared stages, each a step in the flow of documents. */
import { CommandError, notSupported } from './errors.ts';
import { compileGroup } from './group.ts';
import { parseFilter } from './match.ts';
import { isNumber, toDouble } from './numbers.ts';
import { parseProjection } from './projection.ts';
import { type FindRequest, type Flow, sliced, sorted } from './query.ts';
import { T, type Raw, entriesOf, field, textOf, valuesOf } from './raw.ts';
import { parseSort } from './sort.ts';
import { Doc, freeze, thaw } from './tree.ts';
import { fieldPath } from './expressions.ts';
import { NULL, buildDocument, intValue, longValue } from './writer.ts';

export type Stage = (source: Flow<Raw>) => Flow<Raw>;

export interface Pipeline {
  /** What the storage can do for the first stages: filter and, with an index, order. */
  readonly request: FindRequest;
  readonly stages: readonly Stage[];
}

interface Named {
  readonly name: string;
  readonly argument: Raw;
}

export function parsePipeline(pipeline: Raw | undefined): Pipeline {
  if (pipeline?.type !== T.array) {
    throw new CommandError(14, "'pipeline' option must be specified as an array");
  }
  const named = valuesOf(pipeline).map(nameStage);
  const lead = leadingRequest(named);
  return { request: lead.request, stages: named.slice(lead.taken).flatMap(compileStage) };
}

function nameStage(stage: Raw): Named {
  if (stage.type !== T.object) {
    throw new CommandError(14, "Each element of the 'pipeline' array must be an object");
  }
  const entries = entriesOf(stage);
  if (entries.length !== 1) {
    throw new CommandError(
      40323,
      'A pipeline stage specification object must contain exactly one field.',
    );
  }
  return { name: entries[0]![0], argument: entries[0]![1] };
}

/** A leading $match, $sort, $skip, $limit is a find. */
function leadingRequest(named: readonly Named[]): { request: FindRequest; taken: number } {
  const request: { -readonly [K in keyof FindRequest]: FindRequest[K] } = {
    filter: parseFilter(undefined),
  };
  let taken = 0;
  if (named[taken]?.name === '$match') request.filter = matchFilter(named[taken++]!.argument);
  if (named[taken]?.name === '$sort') request.sort = sortSpec(named[taken++]!.argument);
  if (named[taken]?.name === '$skip') request.skip = skipCount(named[taken++]!.argument);
  if (named[taken]?.name === '$limit') request.limit = limitCount(named[taken++]!.argument);
  return { request, taken };
}

function matchFilter(argument: Raw): ReturnType<typeof parseFilter> {
  if (argument.type !== T.object) {
    throw new CommandError(15959, 'the match filter must be an expression in an object');
  }
  return parseFilter(argument);
}

function sortSpec(argument: Raw): NonNullable<ReturnType<typeof parseSort>> {
  if (argument.type !== T.object) {
    throw new CommandError(15973, 'the $sort key specification must be an object');
  }
  const sort = parseSort(argument);
  if (!sort) throw new CommandError(15976, '$sort stage must have at least one sort key');
  return sort;
}

function wholeCount(stage: string, argument: Raw, least: number): number {
  const code = stage === '$limit' ? 5107201 : 5107200;
  if (!isNumber(argument)) {
    throw new CommandError(code, `invalid argument to ${stage} stage: Expected a number`);
  }
  const count = toDouble(argument);
  if (!Number.isInteger(count)) {
    throw new CommandError(code, `invalid argument to ${stage} stage: Expected an integer`);
  }
  if (count < least && stage === '$limit' && count === 0) {
    throw new CommandError(15958, 'the limit must be positive');
  }
  if (count < least) {
    throw new CommandError(
      code,
      `invalid argument to ${stage} stage: Expected a non-negative number`,
    );
  }
  return count;
}

const skipCount = (argument: Raw): number => wholeCount('$skip', argument, 0);
const limitCount = (argument: Raw): number => wholeCount('$limit', argument, 1);

function compileStage({ name, argument }: Named): Stage[] {
  switch (name) {
    case '$match': {
      const filter = matchFilter(argument);
      return [(source) => mapped(source, (doc) => (filter.test(doc) ? doc : undefined))];
    }
    case '$sort': {
      const sort = sortSpec(argument);
      return [(source) => sorted(source, sort)];
    }
    case '$skip': {
      const count = skipCount(argument);
      return [(source) => sliced(source, count, Infinity)];
    }
    case '$limit': {
      const count = limitCount(argument);
      return [(source) => sliced(source, 0, count)];
    }
    case '$project': {
      const project = projectStage(argument);
      return [(source) => mapped(source, project)];
    }
    case '$group':
      return [compileGroup(argument)];
    case '$count':
      return [compileCount(argument)];
    case '$unwind':
      return [compileUnwind(argument)];
    default:
      if (!name.startsWith('$')) throw unknownStage(name);
      throw notSupported(`Unrecognized pipeline stage name: '${name}': it`, 40324);
  }
}

const unknownStage = (name: string): CommandError =>
  new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);

function projectStage(argument: Raw): (doc: Raw) => Raw {
  if (argument.type !== T.object) {
    throw new CommandError(15969, '$project specification must be an object');
  }
  return parseProjection(argument, true)!;
}

function* mapped(source: Flow<Raw>, change: (doc: Raw) => Raw | undefined): Flow<Raw> {
  for (const doc of source) yield doc && change(doc);
}

function compileCount(argument: Raw): Stage {
  if (argument.type !== T.string)
    throw new CommandError(40156, 'the count field must be a non-empty string');
  const name = textOf(argument);
  if (name === '') throw new CommandError(40156, 'the count field must be a non-empty string');
  if (name.startsWith('$'))
    throw new CommandError(40158, 'the count field cannot be a $-prefixed path');
  if (name.includes('.')) throw new CommandError(40160, "the count field cannot contain '.'");
  return function* (source) {
    let count = 0;
    for (const doc of source) {
      if (doc) count++;
      yield undefined;
    }
    if (count) yield buildDocument((writer) => writer.raw(name, intValue(count)));
  };
}

interface Unwind {
  readonly path: string[];
  readonly keepEmpty: boolean;
  readonly indexField: string[] | undefined;
}

function compileUnwind(argument: Raw): Stage {
  const unwind = parseUnwind(argument);
  return function* (source) {
    for (const doc of source) {
      if (doc) yield* unwound(doc, unwind);
      else yield undefined;
    }
  };
}

function parseUnwind(argument: Raw): Unwind {
  if (argument.type !== T.string && argument.type !== T.object) {
    throw new CommandError(
      15981,
      `expected either a string or an object as specification for $unwind stage`,
    );
  }
  const options = argument.type === T.string ? [['path', argument] as const] : entriesOf(argument);
  let path: string | undefined;
  let keepEmpty = false;
  let indexField: string[] | undefined;
  for (const [name, value] of options) {
    if (name === 'path') {
      if (value.type !== T.string)
        throw new CommandError(28808, 'expected a string as the path for $unwind stage');
      path = textOf(value);
    } else if (name === 'preserveNullAndEmptyArrays') {
      if (value.type !== T.bool) {
        throw new CommandError(
          28809,
          'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage',
        );
      }
      keepEmpty = value.buf[value.at] === 1;
    } else if (name === 'includeArrayIndex') {
      if (value.type !== T.string || textOf(value) === '') {
        throw new CommandError(
          28810,
          'expected a non-empty string for the includeArrayIndex option to $unwind stage',
        );
      }
      if (textOf(value).startsWith('$')) {
        throw new CommandError(
          28822,
          "includeArrayIndex option to $unwind stage should not be prefixed with a '$'",
        );
      }
      indexField = textOf(value).split('.');
    } else throw new CommandError(28811, `unrecognized option to $unwind stage: ${name}`);
  }
  if (path === undefined) throw new CommandError(28812, 'no path specified to $unwind stage');
  if (!path.startsWith('$')) {
    throw new CommandError(
      28818,
      `path option to $unwind stage should be prefixed with a '$': ${path}`,
    );
  }
  if (path === '$') {
    throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
  }
  fieldPath(path.slice(1));
  return { path: path.slice(1).split('.'), keepEmpty, indexField };
}

function* unwound(doc: Raw, { path, keepEmpty, indexField }: Unwind): Flow<Raw> {
  const value = valueInDocuments(doc, path);
  if (value?.type === T.array) {
    const elements = valuesOf(value);
    for (let i = 0; i < elements.length; i++)
      yield withElement(doc, path, elements[i], indexField, i);
    if (!elements.length && keepEmpty) yield withElement(doc, path, undefined, indexField, -1);
  } else if (value && value.type !== T.null && value.type !== T.undefined) {
    yield withElement(doc, path, value, indexField, -1);
  } else if (keepEmpty) yield indexField ? withElement(doc, path, value, indexField, -1) : doc;
}

function valueInDocuments(doc: Raw, path: readonly string[]): Raw | undefined {
  let value: Raw | undefined = doc;
  for (const name of path) {
    if (value?.type !== T.object) return undefined;
    value = field(value, name);
  }
  return value;
}

function withElement(
  doc: Raw,
  path: string[],
  element: Raw | undefined,
  indexField: string[] | undefined,
  index: number,
): Raw {
  const root = thaw(doc) as Doc;
  if (element || valueInDocuments(doc, path)) setNested(root, path, element);
  if (indexField) setNested(root, indexField, index < 0 ? NULL : longValue(BigInt(index)));
  return freeze(root);
}

/** Whatever stands in the way of the path becomes a document. */
function setNested(parent: Doc, [name, ...rest]: string[], value: Raw | undefined): void {
  if (!rest.length) {
    if (value) parent.fields.set(name!, value);
    else parent.fields.delete(name!);
    return;
  }
  const child = parent.fields.get(name!);
  const open = child && thaw(child);
  const inside = open instanceof Doc ? open : new Doc();
  parent.fields.set(name!, inside);
  setNested(inside, rest, value);
}
