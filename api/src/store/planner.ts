/** Chooses the index that narrows a query most, or gives its order; else the whole collection is read. */
import { compareValues, rankOf, RANK_MISSING, RANK_NULL } from './compare.ts';
import type { Collection, Index } from './catalog.ts';
import { LONGEST_KEY, encodeValue } from './keys.ts';
import type { Filter } from './match.ts';
import { T, type Raw } from './raw.ts';
import type { SortSpec } from './sort.ts';
import type { KeyRange } from './storage.ts';
import type { Comparison } from './value-tests.ts';
import { fromEntries } from './writer.ts';

export interface IndexPlan {
  readonly index: Index;
  /** Ascending, without overlap. */
  readonly ranges: readonly KeyRange[];
  readonly reverse: boolean;
  /** Documents come in the order asked for. */
  readonly sorted: boolean;
  /** Every entry in the ranges belongs to a match: documents need not be read to be counted. */
  readonly exact: boolean;
}

/** Undefined: read the collection. */
export type Plan = IndexPlan | undefined;

type Compare = Extract<Filter, { kind: 'compare' }>;
type Membership = Extract<Filter, { kind: 'in' }>;
type Predicate = Compare | Membership;

function conjuncts(filter: Filter): Filter[] {
  return filter.kind === 'and' ? filter.parts.flatMap(conjuncts) : [filter];
}

/** Arrays are indexed by element, and MinKey and MaxKey compare across types: neither is looked up. */
const isIndexable = (value: Raw): boolean =>
  value.type !== T.array && value.type !== T.minKey && value.type !== T.maxKey;

function usable(part: Filter): part is Predicate {
  if (part.kind === 'compare') return isIndexable(part.value);
  return part.kind === 'in' && part.exact && part.values.every(isIndexable);
}

export function choosePlan(collection: Collection, filter: Filter, sort?: SortSpec): Plan {
  const parts = conjuncts(filter);
  const predicates = parts.filter(usable);
  let best: { plan: IndexPlan; score: number } | undefined;
  for (const index of collection.indexes) {
    if (index.paths.some((path) => path.some((name) => name.index >= 0))) continue;
    if (!coversAll(index, parts)) continue;
    const candidate = consider(index, predicates, parts, sort);
    if (candidate && (!best || candidate.score > best.score)) best = candidate;
  }
  return best?.plan;
}

/** A partial or sparse index serves only queries whose every match must be in it. */
function coversAll(index: Index, parts: readonly Filter[]): boolean {
  if (index.sparse && !index.fields.some((field) => parts.some((part) => needs(part, field)))) {
    return false;
  }
  if (!index.partialFilter) return true;
  return conjuncts(index.partialFilter).every((wanted) =>
    parts.some((part) => implies(part, wanted)),
  );
}

/** The part only matches documents that have the field. */
function needs(part: Filter, field: string): boolean {
  if (part.kind === 'exists') return part.field === field;
  if (part.kind === 'compare') return part.field === field && part.value.type !== T.null;
  return part.kind === 'in' && part.field === field && part.values.every((v) => v.type !== T.null);
}

function implies(part: Filter, wanted: Filter): boolean {
  if (wanted.kind === 'exists') return needs(part, wanted.field);
  if (wanted.kind !== 'compare' || part.kind !== 'compare' || part.field !== wanted.field) {
    return false;
  }
  if (part.op === 'eq') {
    return !part.field.includes('.') && wanted.test(fromEntries([[part.field, part.value]]));
  }
  if (part.op[0] !== wanted.op[0] || rankOf(part.value) !== rankOf(wanted.value)) return false;
  const order = compareValues(part.value, wanted.value) * (part.op[0] === 'g' ? 1 : -1);
  return order > 0 || (order === 0 && (part.op === wanted.op || wanted.op.length === 3));
}

function consider(
  index: Index,
  predicates: readonly Predicate[],
  parts: readonly Filter[],
  sort: SortSpec | undefined,
): { plan: IndexPlan; score: number } | undefined {
  const used = new Set<Filter>();
  let prefix: Buffer = Buffer.alloc(0);
  let equal = 0;
  while (equal < index.fields.length && !(index.multi && equal > 0)) {
    const match = predicates.find(
      (p): p is Compare =>
        p.kind === 'compare' &&
        p.op === 'eq' &&
        p.field === index.fields[equal] &&
        p.value.type !== T.null,
    );
    if (!match) break;
    used.add(match);
    prefix = Buffer.concat([prefix, encodeValue(match.value, index.descending[equal])]);
    equal++;
  }
  const onNext = index.multi && equal > 0 ? [] : boundsOn(index, equal, predicates);
  const ranges = onNext.length ? rangesOf(index, equal, prefix, onNext) : [within(prefix)];
  onNext.forEach((predicate) => used.add(predicate));
  const direction = sort && sortDirection(index, equal, sort);
  const sorted = direction !== undefined && ranges.length <= 1;
  if (!used.size && !sorted) return undefined;
  const exact =
    !index.multi && !index.cut && used.size === parts.length && [...used].every(isExact);
  const score =
    equal * 10 +
    (onNext.length ? (onNext[0]!.kind === 'in' ? 7 : 4) : 0) +
    (index.unique && equal === index.fields.length ? 100 : 0) +
    (sorted ? 3 : 0);
  return {
    plan: { index, ranges, reverse: sorted && direction === -1, sorted, exact },
    score,
  };
}

function isExact(part: Filter): boolean {
  if (part.kind !== 'compare' || part.value.type === T.null) return false;
  return part.op === 'eq' || rankOf(part.value) !== NUMBER_RANK || part.op[0] === 'g';
}
const NUMBER_RANK = 12; // a range below a number also meets NaN in the index

/** Predicates that bound the next field. A multikey index can only take one: two may hold for different elements. */
function boundsOn(index: Index, at: number, predicates: readonly Predicate[]): Predicate[] {
  const field = index.fields[at];
  const here = predicates.filter((p) => p.field === field);
  const single = here.find((p) => p.kind === 'in' || p.op === 'eq' || p.value.type === T.null);
  if (single) return [single];
  const [first] = here;
  if (!first) return [];
  if (index.multi) return [first];
  const rank = rankOf((first as Compare).value);
  return here.filter((p) => rankOf((p as Compare).value) === rank);
}

function rangesOf(
  index: Index,
  at: number,
  prefix: Buffer,
  predicates: readonly Predicate[],
): KeyRange[] {
  const descending = index.descending[at]!;
  const [first] = predicates;
  if (first!.kind === 'in') {
    return merged(first!.values.map((value) => equalRange(prefix, value, descending)));
  }
  let range: KeyRange | undefined;
  for (const predicate of predicates as Compare[]) {
    const next =
      predicate.value.type === T.null || predicate.op === 'eq'
        ? equalRange(prefix, predicate.value, descending)
        : comparedRange(prefix, predicate.op, predicate.value, descending);
    range = range ? intersect(range, next) : next;
  }
  return range!.from.compare(range!.to) < 0 ? [range!] : [];
}

const HIGH = Buffer.from([0xff]); // above every byte that can follow a component

const within = (prefix: Buffer): KeyRange => bounded(prefix, Buffer.concat([prefix, HIGH]));

/** Bounds beyond what a stored key keeps are shortened; the filter sorts out the rest. */
function bounded(from: Buffer, to: Buffer): KeyRange {
  const kept = LONGEST_KEY - 32;
  return {
    from: from.length > kept ? from.subarray(0, kept) : from,
    to: to.length > kept ? Buffer.concat([to.subarray(0, kept), HIGH]) : to,
  };
}

function equalRange(prefix: Buffer, value: Raw, descending: boolean): KeyRange {
  if (value.type === T.null) return rankRange(prefix, RANK_MISSING, RANK_NULL, descending);
  return within(Buffer.concat([prefix, encodeValue(value, descending)]));
}

function rankRange(prefix: Buffer, low: number, high: number, descending: boolean): KeyRange {
  const [from, to] = descending ? [0xff - high, 0x100 - low] : [low, high + 1];
  return bounded(
    Buffer.concat([prefix, Buffer.from([from])]),
    Buffer.concat([prefix, Buffer.from([to])]),
  );
}

function comparedRange(prefix: Buffer, op: Comparison, value: Raw, descending: boolean): KeyRange {
  const rank = rankOf(value);
  const whole = rankRange(prefix, rank, rank, descending);
  const at = Buffer.concat([prefix, encodeValue(value, descending)]);
  const after = Buffer.concat([at, HIGH]);
  const upward = (op[0] === 'g') !== descending;
  const inclusive = op.length === 3;
  return upward
    ? bounded(inclusive ? at : after, whole.to)
    : bounded(whole.from, inclusive ? after : at);
}

function intersect(a: KeyRange, b: KeyRange): KeyRange {
  return {
    from: a.from.compare(b.from) > 0 ? a.from : b.from,
    to: a.to.compare(b.to) < 0 ? a.to : b.to,
  };
}

function merged(ranges: KeyRange[]): KeyRange[] {
  const sorted = [...ranges].sort((a, b) => a.from.compare(b.from));
  const out: KeyRange[] = [];
  for (const range of sorted) {
    const last = out[out.length - 1];
    if (last && range.from.compare(last.to) < 0) {
      out[out.length - 1] = {
        from: last.from,
        to: range.to.compare(last.to) > 0 ? range.to : last.to,
      };
    } else out.push(range);
  }
  return out;
}

/** 1 or -1 when walking the index forwards or backwards gives the order; fields fixed by equality do not matter. */
function sortDirection(index: Index, equal: number, sort: SortSpec): 1 | -1 | undefined {
  if (index.multi || index.cut) return undefined;
  const fixed = new Set(index.fields.slice(0, equal));
  let at = equal;
  let direction: 1 | -1 | undefined;
  for (const { field, descending } of sort) {
    if (fixed.has(field)) continue;
    if (index.fields[at] !== field) return undefined;
    const here = index.descending[at] === descending ? 1 : -1;
    if (direction !== undefined && direction !== here) return undefined;
    direction = here;
    at++;
  }
  return direction ?? 1;
}
