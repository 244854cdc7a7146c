/** Questionnaire JSON → scoring plan, with every fault named before publication. Authors' form: api/docs/scoring.md. */
import { scoringFault } from '../contracts/scoring-faults.ts';
import { questionsOf, scaleOf, textOf, type Plain, type Scale } from './questionnaire-json.ts';
import {
  numberOf,
  type MissingKind,
  type ScoringItem,
  type ScoringPlan,
  type ValueRule,
} from './scoring-rules.ts';

/** A rule that does not fit its question. `question` is '' when the fault is the questionnaire's or the methodology's. */
export interface ScoringFault {
  readonly question: string;
  readonly reason: string;
}

export interface CompileOptions {
  /** the methodology's indicators, in its order; when given, any other indicator is a fault */
  readonly indicators?: readonly { readonly name: string; readonly minimumItems?: number }[];
}

const kindsOfMissing = ['dontKnow', 'refused', 'notApplicable'] as const;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Text of a list of scalars; null when it is not such a list. */
const listOf = (value: unknown): string[] | null =>
  Array.isArray(value) && value.every((part) => textOf(part) !== null)
    ? value.map((part) => textOf(part) as string)
    : null;

const duplicates = (values: readonly string[]) => [
  ...new Set(values.filter((value, place) => values.indexOf(value) !== place)),
];

/** Collects faults of one question; `null` from a reader means that it has reported why. */
interface Reader {
  readonly fault: (reason: string) => null;
}

const unexpectedKeys = (rule: Plain, known: readonly string[], { fault }: Reader) => {
  for (const key of Object.keys(rule)) {
    if (!known.includes(key)) fault(scoringFault('unknown_property', { key }));
  }
};

function readMap(
  rule: Plain,
  scale: Scale,
  missing: ScoringItem['missing'],
  reader: Reader,
): ValueRule | null {
  const { fault } = reader;
  if (scale.kind === 'several' || scale.kind === 'order')
    return fault(scoringFault('map_one_value'));
  if (scale.kind === 'open') return fault(scoringFault('map_named_values'));
  if (!isPlain(rule.scores) || Object.keys(rule.scores).length === 0) {
    return fault(scoringFault('map_scores'));
  }
  const scores = new Map<string, number>();
  for (const [value, score] of Object.entries(rule.scores)) {
    if (typeof score !== 'number' || !(score >= 0 && score <= 100))
      fault(scoringFault('score_range', { value }));
    else scores.set(value, score);
    if (missing.has(value)) fault(scoringFault('scored_and_missing', { value }));
    if (!scale.values.includes(value)) fault(scoringFault('scored_not_answered', { value }));
  }
  for (const value of scale.values) {
    if (!Object.hasOwn(rule.scores, value) && !missing.has(value) && value !== scale.other) {
      fault(scoringFault('neither', { value }));
    }
  }
  return { kind: 'map', scores };
}

function readLinear(
  rule: Plain,
  scale: Scale,
  missing: ScoringItem['missing'],
  { fault }: Reader,
): ValueRule | null {
  const { from, to } = rule;
  if (scale.kind === 'several' || scale.kind === 'order')
    return fault(scoringFault('linear_one_number'));
  if (
    typeof from !== 'number' ||
    typeof to !== 'number' ||
    !Number.isFinite(from) ||
    !Number.isFinite(to)
  ) {
    return fault(scoringFault('linear_ends'));
  }
  if (from === to) return fault(scoringFault('linear_differ'));
  const [low, high] = from < to ? [from, to] : [to, from];
  const [least, greatest] = scale.range ?? [low, high];
  if (least < low || greatest > high) {
    fault(scoringFault('range_uncovered', { least, greatest, low, high }));
  }
  for (const value of scale.range ? [] : scale.values) {
    if (missing.has(value) || value === scale.other) continue;
    const place = numberOf(value);
    if (Number.isNaN(place)) fault(scoringFault('answer_no_number', { value }));
    else if (place < low || place > high)
      fault(scoringFault('answer_outside', { value, low, high }));
  }
  return { kind: 'linear', from, to };
}

function readNamed(
  rule: Plain,
  scale: Scale,
  missing: ScoringItem['missing'],
  { fault }: Reader,
): ValueRule | null {
  const kind = String(rule.kind);
  if (scale.kind !== 'several') return fault(scoringFault('several_wanted', { kind }));
  const of = listOf(rule.of);
  if (of === null || of.length === 0) return fault(scoringFault('of_wanted', { kind }));
  for (const choice of duplicates(of)) fault(scoringFault('of_twice', { choice }));
  for (const choice of of) {
    if (!scale.values.includes(choice)) fault(scoringFault('of_no_choice', { choice }));
    if (missing.has(choice)) fault(scoringFault('counted_and_missing', { choice }));
  }
  if (rule.kind === 'share') return { kind: 'share', of: new Set(of) };
  const { full } = rule;
  if (typeof full !== 'number' || !Number.isInteger(full) || full < 1 || full > of.length) {
    return fault(scoringFault('count_full', { most: of.length }));
  }
  return { kind: 'count', of: new Set(of), full };
}

function readPosition(rule: Plain, scale: Scale, { fault }: Reader): ValueRule | null {
  if (scale.kind !== 'order') return fault(scoringFault('ranking_wanted'));
  const choice = textOf(rule.choice);
  if (choice === null) return fault(scoringFault('position_choice'));
  if (!scale.values.includes(choice)) return fault(scoringFault('not_in_ranking', { choice }));
  if (scale.values.length < 2) return fault(scoringFault('lonely_choice'));
  return { kind: 'position', choice, places: scale.values.length };
}

const ruleKeys: Readonly<Record<string, readonly string[]>> = {
  map: ['kind', 'scores', 'reversedRows'],
  linear: ['kind', 'from', 'to', 'reversedRows'],
  share: ['kind', 'of', 'reversed'],
  count: ['kind', 'of', 'full', 'reversed'],
  position: ['kind', 'choice', 'reversed'],
};

interface ReadRule {
  readonly rule: ValueRule;
  readonly reversed: boolean;
}

function readRule(
  scoring: unknown,
  scale: Scale,
  missing: ScoringItem['missing'],
  reader: Reader,
): ReadRule | null {
  if (!isPlain(scoring)) return reader.fault(scoringFault('scoring_no_object'));
  const kind = typeof scoring.kind === 'string' ? scoring.kind : '';
  const known = Object.hasOwn(ruleKeys, kind) ? ruleKeys[kind] : undefined;
  if (known === undefined) {
    return reader.fault(
      scoringFault('kind_unknown', { kind: JSON.stringify(scoring.kind) ?? '(none)' }),
    );
  }
  unexpectedKeys(scoring, known, reader);
  if (scoring.reversed !== undefined && typeof scoring.reversed !== 'boolean')
    reader.fault(scoringFault('reversed_flag'));
  const read = {
    map: () => readMap(scoring, scale, missing, reader),
    linear: () => readLinear(scoring, scale, missing, reader),
    share: () => readNamed(scoring, scale, missing, reader),
    count: () => readNamed(scoring, scale, missing, reader),
    position: () => readPosition(scoring, scale, reader),
  }[kind as ValueRule['kind']];
  const rule = read();
  return rule === null ? null : { rule, reversed: scoring.reversed === true };
}

function readMissing(question: Plain, scale: Scale, { fault }: Reader): Map<string, MissingKind> {
  const missing = new Map<string, MissingKind>(scale.builtInMissing);
  const given = question.missingValues ?? {};
  if (!isPlain(given)) {
    fault(scoringFault('missing_no_object'));
    return missing;
  }
  for (const key of Object.keys(given)) {
    if (!kindsOfMissing.some((kind) => kind === key))
      fault(scoringFault('missing_kind', { kind: key }));
  }
  const seen = new Set<string>();
  for (const kind of kindsOfMissing) {
    const values = listOf(given[kind] ?? []);
    if (values === null) {
      fault(scoringFault('missing_no_list', { kind }));
      continue;
    }
    for (const value of values) {
      if (seen.has(value)) fault(scoringFault('missing_twice', { value }));
      if (scale.closed && !scale.values.includes(value))
        fault(scoringFault('missing_not_answered', { value }));
      seen.add(value);
      missing.set(value, kind);
    }
  }
  return missing;
}

function compileRows(
  question: Plain,
  name: string,
  scale: Scale,
  path: readonly string[],
  reader: Reader,
) {
  const missing = readMissing(question, scale, reader);
  const read = readRule(question.scoring, scale, missing, reader);
  const reversedRows = listOf((question.scoring as Plain).reversedRows ?? []);
  if (reversedRows === null) reader.fault(scoringFault('reversed_rows'));
  for (const row of reversedRows ?? []) {
    if (!scale.rows.includes(row)) reader.fault(scoringFault('reversed_no_row', { row }));
  }
  if (read === null) return [];
  const indicator = question.indicator as string;
  const rows: readonly (string | null)[] = scale.rows.length > 0 ? scale.rows : [null];
  return rows.map((row): ScoringItem => ({
    name: row === null ? name : `${name}.${row}`,
    question: name,
    indicator,
    path: row === null ? path : [...path, row],
    rule: read.rule,
    reversed: read.reversed !== (row !== null && (reversedRows ?? []).includes(row)),
    missing,
  }));
}

function compileColumns(
  question: Plain,
  name: string,
  scale: Scale,
  path: readonly string[],
  reader: Reader,
) {
  const scoring = question.scoring as Plain;
  const columns = isPlain(scoring.columns) ? Object.entries(scoring.columns) : [];
  if (scoring.kind !== 'columns' || columns.length === 0) {
    reader.fault(scoringFault('columns_wanted'));
    return [];
  }
  unexpectedKeys(scoring, ['kind', 'columns'], reader);
  if (scale.rows.length === 0) reader.fault(scoringFault('no_rows'));
  return columns.flatMap(([column, rule]) => {
    const cell = scale.cells.get(column);
    if (cell === undefined) return reader.fault(scoringFault('no_column', { column })) ?? [];
    const inColumn: Reader = {
      fault: (reason) => reader.fault(scoringFault('in_column', { column, reason })),
    };
    if (typeof cell === 'string') return inColumn.fault(cell) ?? [];
    if (isPlain(rule) && rule.reversedRows !== undefined)
      inColumn.fault(scoringFault('rows_belong_to_matrix'));
    const missing = readMissing(question, cell, inColumn);
    const read = readRule(rule, cell, missing, inColumn);
    if (read === null) return [];
    return scale.rows.map((row): ScoringItem => ({
      name: `${name}.${row}.${column}`,
      question: name,
      indicator: question.indicator as string,
      path: [...path, row, column],
      rule: read.rule,
      reversed: read.reversed,
      missing,
    }));
  });
}

function compileQuestion(
  question: Plain,
  name: string,
  all: readonly Plain[],
  insidePanel: boolean,
  reader: Reader,
) {
  if (typeof question.indicator !== 'string' || question.indicator === '') {
    reader.fault(
      question.indicator === undefined
        ? scoringFault('no_indicator')
        : scoringFault('indicator_no_name'),
    );
    return [];
  }
  if (!isPlain(question.scoring)) {
    reader.fault(
      question.scoring === undefined
        ? scoringFault('no_scoring')
        : scoringFault('scoring_no_object'),
    );
    return [];
  }
  if (insidePanel) {
    reader.fault(scoringFault('inside_panel'));
    return [];
  }
  const scale = scaleOf(question, all);
  if (typeof scale === 'string') {
    reader.fault(scale);
    return [];
  }
  const path = [
    typeof question.valueName === 'string' && question.valueName !== '' ? question.valueName : name,
  ];
  const compile = scale.kind === 'cells' ? compileColumns : compileRows;
  return compile(question, name, scale, path, reader);
}

/**
 * Compiles the scoring rules of a questionnaire and checks that each fits its question.
 * @param questionnaireJson SurveyJS JSON: pages, panels and elements nested as they come; survey-core is not needed
 * @param options the methodology's indicators with their minimumItems (default: half of the items, rounded up)
 * @returns the plan of everything that compiled, and every fault with the question's name and the reason;
 *   publish only when `faults` is empty. Never throws for data.
 * @source METHODOLOGY §1; api/docs/scoring.md
 * @example compileScoring({ elements: [{ type: 'rating', name: 'q', indicator: 'overall',
 *   scoring: { kind: 'linear', from: 1, to: 4 } }] }).faults → [{ question: 'q', reason: 'the scale 1–5 is not covered by 1–4' }]
 */
export function compileScoring(
  questionnaireJson: unknown,
  options: CompileOptions = {},
): { plan: ScoringPlan; faults: ScoringFault[] } {
  const faults: ScoringFault[] = [];
  const found = questionsOf(questionnaireJson);
  const names = found.map(({ question }) => textOf(question.name) ?? '');
  for (const name of duplicates(names)) {
    faults.push({
      question: name,
      reason: name === '' ? scoringFault('unnamed') : scoringFault('same_name'),
    });
  }
  const all = found.map(({ question }) => question);
  const items = found.flatMap(({ question, insidePanel }, place) => {
    if (question.indicator === undefined && question.scoring === undefined) return [];
    const name = names[place] ?? '';
    const fault = (reason: string) => (faults.push({ question: name, reason }), null);
    return compileQuestion(question, name, all, insidePanel, { fault });
  });
  if (found.length === 0) faults.push({ question: '', reason: scoringFault('empty') });
  return { plan: { items, indicators: indicatorsOf(items, options, faults) }, faults };
}

function indicatorsOf(
  items: readonly ScoringItem[],
  options: CompileOptions,
  faults: ScoringFault[],
) {
  const named =
    options.indicators ??
    [...new Set(items.map(({ indicator }) => indicator))].map((name) => ({ name }));
  for (const { question, indicator } of items) {
    if (
      !named.some(({ name }) => name === indicator) &&
      !faults.some((fault) => fault.question === question)
    ) {
      faults.push({ question, reason: scoringFault('methodology_no_indicator', { indicator }) });
    }
  }
  return named.map(({ name, ...rules }: { name: string; minimumItems?: number }) => {
    const places = items.flatMap(({ indicator }, place) => (indicator === name ? [place] : []));
    const minimumItems = rules.minimumItems ?? Math.ceil(places.length / 2);
    if (places.length === 0)
      faults.push({
        question: '',
        reason: scoringFault('indicator_unmeasured', { indicator: name }),
      });
    else if (!Number.isInteger(minimumItems) || minimumItems < 1 || minimumItems > places.length) {
      faults.push({
        question: '',
        reason: scoringFault('minimum_items', { indicator: name, most: places.length }),
      });
    }
    return { name, items: places, minimumItems };
  });
}
