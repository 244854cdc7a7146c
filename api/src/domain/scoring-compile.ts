/** Questionnaire JSON → scoring plan, with every fault named before publication. Authors' form: api/docs/scoring.md. */
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
    if (!known.includes(key)) fault(`scoring has an unknown property "${key}"`);
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
    return fault('a map scores one value, this question gives a list');
  if (scale.kind === 'open') return fault('a map needs a question with named values');
  if (!isPlain(rule.scores) || Object.keys(rule.scores).length === 0) {
    return fault('map needs "scores": an object from answer value to 0–100');
  }
  const scores = new Map<string, number>();
  for (const [value, score] of Object.entries(rule.scores)) {
    if (typeof score !== 'number' || !(score >= 0 && score <= 100))
      fault(`the score of "${value}" is not a number from 0 to 100`);
    else scores.set(value, score);
    if (missing.has(value)) fault(`"${value}" has a score and is a missing value too`);
    if (!scale.values.includes(value)) fault(`"${value}" has a score but cannot be answered`);
  }
  for (const value of scale.values) {
    if (!Object.hasOwn(rule.scores, value) && !missing.has(value) && value !== scale.other) {
      fault(`the answer "${value}" has neither a score nor a kind of missing`);
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
    return fault('linear scores one number, this question gives a list');
  if (
    typeof from !== 'number' ||
    typeof to !== 'number' ||
    !Number.isFinite(from) ||
    !Number.isFinite(to)
  ) {
    return fault('linear needs the numbers "from" and "to"');
  }
  if (from === to) return fault('linear needs "from" and "to" that differ');
  const [low, high] = from < to ? [from, to] : [to, from];
  if (scale.range && (scale.range[0] < low || scale.range[1] > high)) {
    fault(`the scale ${scale.range[0]}–${scale.range[1]} is not covered by ${low}–${high}`);
  }
  for (const value of scale.range ? [] : scale.values) {
    if (missing.has(value) || value === scale.other) continue;
    const place = numberOf(value);
    if (Number.isNaN(place)) fault(`the answer "${value}" is no number and no kind of missing`);
    else if (place < low || place > high) fault(`the answer ${value} is outside ${low}–${high}`);
  }
  return { kind: 'linear', from, to };
}

function readNamed(
  rule: Plain,
  scale: Scale,
  missing: ScoringItem['missing'],
  { fault }: Reader,
): ValueRule | null {
  if (scale.kind !== 'several')
    return fault(`${String(rule.kind)} needs a question with several choices`);
  const of = listOf(rule.of);
  if (of === null || of.length === 0)
    return fault(`${String(rule.kind)} needs "of": a list of choices`);
  for (const choice of duplicates(of)) fault(`"of" names "${choice}" twice`);
  for (const choice of of) {
    if (!scale.values.includes(choice)) fault(`"of" names "${choice}", which is not a choice`);
    if (missing.has(choice)) fault(`"${choice}" is counted and is a missing value too`);
  }
  if (rule.kind === 'share') return { kind: 'share', of: new Set(of) };
  const { full } = rule;
  if (typeof full !== 'number' || !Number.isInteger(full) || full < 1 || full > of.length) {
    return fault(`count needs "full": a whole number from 1 to ${of.length}`);
  }
  return { kind: 'count', of: new Set(of), full };
}

function readPosition(rule: Plain, scale: Scale, { fault }: Reader): ValueRule | null {
  if (scale.kind !== 'order') return fault('position needs a ranking question');
  const choice = textOf(rule.choice);
  if (choice === null) return fault('position needs "choice"');
  if (!scale.values.includes(choice)) return fault(`"${choice}" is not a choice of the ranking`);
  if (scale.values.length < 2) return fault('a ranking of one choice has no positions');
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
  if (!isPlain(scoring)) return reader.fault('scoring is not an object');
  const kind = typeof scoring.kind === 'string' ? scoring.kind : '';
  const known = Object.hasOwn(ruleKeys, kind) ? ruleKeys[kind] : undefined;
  if (known === undefined) {
    return reader.fault(
      `scoring has the unknown kind ${JSON.stringify(scoring.kind) ?? '(none)'} for this question`,
    );
  }
  unexpectedKeys(scoring, known, reader);
  if (scoring.reversed !== undefined && typeof scoring.reversed !== 'boolean')
    reader.fault('"reversed" is not true or false');
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
    fault('missingValues is not an object');
    return missing;
  }
  for (const key of Object.keys(given)) {
    if (!kindsOfMissing.some((kind) => kind === key))
      fault(`missingValues has an unknown kind "${key}"`);
  }
  const seen = new Set<string>();
  for (const kind of kindsOfMissing) {
    const values = listOf(given[kind] ?? []);
    if (values === null) {
      fault(`missingValues.${kind} is not a list of values`);
      continue;
    }
    for (const value of values) {
      if (seen.has(value)) fault(`"${value}" is listed as missing twice`);
      if (scale.closed && !scale.values.includes(value))
        fault(`the missing value "${value}" cannot be answered`);
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
  if (reversedRows === null) reader.fault('"reversedRows" is not a list of rows');
  for (const row of reversedRows ?? []) {
    if (!scale.rows.includes(row))
      reader.fault(`"reversedRows" names "${row}", which is not a row`);
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
    reader.fault('a matrixdropdown needs { "kind": "columns", "columns": { … } }');
    return [];
  }
  unexpectedKeys(scoring, ['kind', 'columns'], reader);
  if (scale.rows.length === 0) reader.fault('the matrix has no rows');
  return columns.flatMap(([column, rule]) => {
    const cell = scale.cells.get(column);
    if (cell === undefined) return reader.fault(`"${column}" is not a column`) ?? [];
    if (typeof cell === 'string') return reader.fault(`column "${column}": ${cell}`) ?? [];
    const inColumn: Reader = { fault: (reason) => reader.fault(`column "${column}": ${reason}`) };
    if (isPlain(rule) && rule.reversedRows !== undefined)
      inColumn.fault('"reversedRows" belongs to a matrix');
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
        ? 'it has scoring but no indicator'
        : 'indicator is not a name',
    );
    return [];
  }
  if (!isPlain(question.scoring)) {
    reader.fault(
      question.scoring === undefined
        ? 'it has an indicator but no scoring'
        : 'scoring is not an object',
    );
    return [];
  }
  if (insidePanel) {
    reader.fault(
      'a question inside a dynamic panel is asked any number of times and cannot be scored',
    );
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
      reason: name === '' ? 'questions without a name' : 'two questions have this name',
    });
  }
  const all = found.map(({ question }) => question);
  const items = found.flatMap(({ question, insidePanel }, place) => {
    if (question.indicator === undefined && question.scoring === undefined) return [];
    const name = names[place] ?? '';
    const fault = (reason: string) => (faults.push({ question: name, reason }), null);
    return compileQuestion(question, name, all, insidePanel, { fault });
  });
  if (found.length === 0)
    faults.push({ question: '', reason: 'the questionnaire has no questions' });
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
      faults.push({ question, reason: `the methodology has no indicator "${indicator}"` });
    }
  }
  return named.map(({ name, ...rules }: { name: string; minimumItems?: number }) => {
    const places = items.flatMap(({ indicator }, place) => (indicator === name ? [place] : []));
    const minimumItems = rules.minimumItems ?? Math.ceil(places.length / 2);
    if (places.length === 0)
      faults.push({ question: '', reason: `no question measures the indicator "${name}"` });
    else if (!Number.isInteger(minimumItems) || minimumItems < 1 || minimumItems > places.length) {
      faults.push({
        question: '',
        reason: `minimumItems of "${name}" is not a whole number from 1 to ${places.length}`,
      });
    }
    return { name, items: places, minimumItems };
  });
}
