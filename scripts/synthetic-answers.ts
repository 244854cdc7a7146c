/**
 * Answers of an invented respondent, for demo data and load tests: valid, seeded, and better for better akims.
 * What an option is worth is asked of the scoring rules themselves, so any questionnaire that can be scored can be
 * answered. Nothing here describes a real akim, respondent or share.
 */
import { ConditionRunner } from 'survey-core';
import { textOf, type Plain } from '@akimetr/api/domain/questionnaire-json';
import {
  compileScoring,
  scoreItem,
  type MissingKind,
  type ScoringItem,
} from '@akimetr/api/domain/scoring';

export interface RespondentProfile {
  readonly sex: 'male' | 'female';
  /** full years */
  readonly age: number;
  readonly settlement: 'urban' | 'rural';
  /** the akim's own strengths and weaknesses, indicator → about −1 … 1; one draw of `akimEffects` per akim */
  readonly indicatorEffects?: Readonly<Record<string, number>>;
}

interface Option {
  readonly value: unknown;
  readonly score: number | null;
  readonly missing: MissingKind | null;
}

/** One thing to answer: a question, or a row of a matrix. */
interface Cell {
  readonly row: string | null;
  readonly indicator: string | null;
  readonly scored: readonly Option[];
  readonly unscored: readonly Option[];
  readonly dontKnow: readonly Option[];
  readonly refused: readonly Option[];
  readonly notApplicable: readonly Option[];
}

interface AnswerPlan {
  readonly name: string;
  readonly type: string;
  readonly asked: readonly ConditionRunner[];
  readonly cells: readonly Cell[];
}

/** Shares among unscored answers where equal shares would look absurd; other questions get equal shares. */
const shares: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  knows_akim: { knows_name: 0.5, knows_without_name: 0.2, does_not_know: 0.3 },
  took_office: { elected: 0.75, appointed: 0.25 },
  main_problem: {
    roads: 0.2,
    public_transport: 0.05,
    drinking_water: 0.12,
    power_heating: 0.08,
    surroundings: 0.08,
    health_care: 0.1,
    schools_kindergartens: 0.06,
    jobs_incomes: 0.14,
    housing: 0.05,
    land_livestock: 0.05,
    internet: 0.03,
    safety: 0.01,
    ecology: 0.01,
    other: 0.01,
    none: 0.01,
  },
  report_meeting_attended: { yes: 0.15, no: 0.85 },
  gathering_attended: { yes: 0.3, no: 0.7 },
  applied: { yes: 0.24, no: 0.76 },
  spoke_freely: {
    completely_freely: 0.45,
    rather_freely: 0.35,
    rather_cautiously: 0.15,
    very_cautiously: 0.05,
  },
  sponsor: {
    akimat: 0.3,
    central_government: 0.2,
    political_party: 0.05,
    research_organisation: 0.35,
    media: 0.04,
    international_organisation: 0.03,
    someone_else: 0.03,
  },
};

const missingShare = 0.05; // "don't know" and refused together, of an average respondent
const notApplicableShare = 0.08;
const contentment = 0.3; // of the average respondent with the average akim, in logits: a little above the middle
const perQuality = 0.8;
const perRespondent = 0.6;
const perIndicator = 0.4;
const perQuestion = 0.9;

const logistic = (logit: number) => 1 / (1 + Math.exp(-logit));

/** A standard normal number from two uniform ones (Box & Muller 1958). */
const normal = (rng: () => number) =>
  Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());

const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const codeOf = (choice: unknown): unknown =>
  typeof choice === 'object' && choice !== null ? (choice as Plain).value : choice;

function valuesOf(question: Plain): unknown[] {
  if (question.type === 'boolean') return [true, false];
  const choices = question.choices ?? question.columns ?? question.rateValues;
  if (choices !== undefined) return list(choices).map(codeOf);
  if (question.type !== 'rating') return [];
  const least = Number(question.rateMin ?? 1);
  const count = Number(question.rateMax ?? 5) - least + 1;
  return Array.from({ length: count }, (_, place) => least + place);
}

const nested = (path: readonly string[], value: unknown): Record<string, unknown> =>
  path.reduceRight((inside, key) => ({ [key]: inside }), value) as Record<string, unknown>;

const declaredKind = (question: Plain, value: unknown): MissingKind | null => {
  const declared = Object.entries((question.missingValues ?? {}) as Record<string, unknown[]>);
  const found = declared.find(([, values]) => values.some((own) => textOf(own) === textOf(value)));
  return (found?.[0] as MissingKind | undefined) ?? null;
};

function cellOf(question: Plain, row: string | null, scoring: ScoringItem | undefined): Cell {
  const several = question.type === 'checkbox' || question.type === 'tagbox';
  const options = valuesOf(question).map((value): Option => {
    if (scoring === undefined)
      return { value, score: null, missing: declaredKind(question, value) };
    const { score, missing } = scoreItem(scoring, nested(scoring.path, several ? [value] : value));
    return { value, score, missing };
  });
  const missingAs = (kind: MissingKind) => options.filter(({ missing }) => missing === kind);
  return {
    row,
    indicator: scoring?.indicator ?? null,
    scored: options.filter(({ score }) => score !== null),
    unscored: options.filter(({ score, missing }) => score === null && missing === null),
    dontKnow: missingAs('dontKnow'),
    refused: missingAs('refused'),
    notApplicable: missingAs('notApplicable'),
  };
}

function compile(questionnaireJson: object): AnswerPlan[] {
  const { plan } = compileScoring(questionnaireJson);
  const plans: AnswerPlan[] = [];
  const visit = (element: Plain, above: readonly ConditionRunner[]) => {
    const { visibleIf } = element;
    const asked =
      typeof visibleIf === 'string' ? [...above, new ConditionRunner(visibleIf)] : above;
    for (const child of list(element.elements)) visit(child as Plain, asked);
    if (element.name === undefined || element.elements !== undefined) return;
    const name = textOf(element.name) ?? '';
    const scored = plan.items.filter(({ question }) => question === name);
    const rows = element.type === 'matrix' ? list(element.rows).map(codeOf).map(String) : [null];
    const cells = rows.map((row) =>
      cellOf(
        element,
        row,
        row === null ? scored[0] : scored.find(({ path }) => path.at(-1) === row),
      ),
    );
    plans.push({ name, type: textOf(element.type) ?? '', asked, cells });
  };
  for (const page of list((questionnaireJson as Plain).pages)) visit(page as Plain, []);
  return plans;
}

const compiled = new WeakMap<object, AnswerPlan[]>();

function plansOf(questionnaireJson: object): AnswerPlan[] {
  const known = compiled.get(questionnaireJson);
  if (known !== undefined) return known;
  const plans = compile(questionnaireJson);
  compiled.set(questionnaireJson, plans);
  return plans;
}

const anyOf = (options: readonly Option[], rng: () => number): unknown =>
  options[Math.floor(rng() * options.length)]?.value;

function byShare(question: string, options: readonly Option[], rng: () => number): unknown {
  const known = shares[question];
  if (known === undefined) return anyOf(options, rng);
  let left = rng();
  for (const { value } of options) {
    left -= known[String(value)] ?? 0;
    if (left < 0) return value;
  }
  return options.at(-1)?.value;
}

/** The option whose score is nearest to the target. */
function nearest(options: readonly Option[], target: number): unknown {
  let [best] = options;
  for (const option of options) {
    const isNearer = Math.abs((option.score ?? 0) - target) < Math.abs((best?.score ?? 0) - target);
    if (isNearer) best = option;
  }
  return best?.value;
}

/** Several answers: each good one as often as the akim is good; when none, the choice that says so. */
function several({ scored, unscored }: Cell, logit: number, rng: () => number): unknown[] {
  const good = scored.filter(({ score }) => (score ?? 0) > 0);
  const named = good.length > 0 ? good : unscored;
  const likely = logistic(logit - 0.5);
  const chosen = named.filter(() => rng() < likely).map(({ value }) => value);
  if (chosen.length > 0) return chosen;
  const none = scored.find(({ score }) => score === 0) ?? named[0];
  return none === undefined ? [] : [none.value];
}

interface Respondent {
  readonly logit: number;
  readonly missing: number;
  readonly effects: Readonly<Record<string, number>>;
}

const isSeveral = ({ type }: AnswerPlan) => type === 'checkbox' || type === 'tagbox';

/** The kind of missing answer this respondent gives here, if any. */
function missingAnswer(cell: Cell, who: Respondent, rng: () => number): unknown {
  if (rng() < who.missing) {
    const unknown = cell.refused.length > 0 && rng() < 0.25 ? cell.refused : cell.dontKnow;
    if (unknown.length > 0) return anyOf(unknown, rng);
  }
  const barred = cell.notApplicable.length > 0 && rng() < notApplicableShare;
  return barred ? anyOf(cell.notApplicable, rng) : undefined;
}

function answerCell(plan: AnswerPlan, cell: Cell, who: Respondent, rng: () => number): unknown {
  const missing = missingAnswer(cell, who, rng);
  if (missing !== undefined) return isSeveral(plan) ? [missing] : missing;
  const own = cell.indicator === null ? 0 : (who.effects[cell.indicator] ?? 0);
  const logit = who.logit + perIndicator * own + perQuestion * normal(rng);
  if (isSeveral(plan)) return several(cell, logit, rng);
  if (cell.scored.length > 0) return nearest(cell.scored, 100 * logistic(logit));
  return plan.type === 'boolean' ? true : byShare(plan.name, cell.unscored, rng);
}

function answerQuestion(plan: AnswerPlan, who: Respondent, rng: () => number): unknown {
  const [only] = plan.cells;
  if (plan.type !== 'matrix') return only && answerCell(plan, only, who, rng);
  const rows: Record<string, unknown> = {};
  for (const cell of plan.cells) rows[cell.row ?? ''] = answerCell(plan, cell, who, rng);
  return rows;
}

/**
 * An invented akim's strengths and weaknesses: how much better or worse than its own average each indicator is.
 * @returns indicator → standard normal number
 */
export function akimEffects(questionnaireJson: object, rng: () => number): Record<string, number> {
  const cells = plansOf(questionnaireJson).flatMap((plan) => plan.cells);
  const names = new Set(cells.flatMap(({ indicator }) => indicator ?? []));
  return Object.fromEntries([...names].map((name) => [name, normal(rng)]));
}

/**
 * Answers of one invented respondent, complete and valid: questions hidden by `visibleIf` stay unanswered, unscored
 * booleans (consent) are true, sex, age and settlement are the profile's. About 5 % of answers are "don't know" or
 * "refused", more for some respondents than for others.
 * @param questionnaireJson SurveyJS JSON; compiled once per object. Answered: radiogroup, dropdown, checkbox, tagbox,
 *   rating, boolean, matrix, and the profile's questions; other types stay unanswered
 * @param rng uniform numbers in [0, 1); the same numbers give the same respondent
 * @param latentQuality −1 (a poor akim) … 1 (a good one)
 * @returns question name → value, as SurveyJS stores it
 */
export function syntheticAnswers(
  questionnaireJson: object,
  rng: () => number,
  latentQuality: number,
  profile: RespondentProfile,
): Record<string, unknown> {
  const { sex, age, settlement, indicatorEffects: effects = {} } = profile;
  const known: Readonly<Record<string, unknown>> = { sex, age, settlement };
  const place = settlement === 'rural' ? 0.1 : 0;
  const logit =
    contentment +
    place +
    perQuality * latentQuality +
    perRespondent * normal(rng) +
    (age - 45) / 200;
  const missing = Math.min(0.5, missingShare * Math.exp(0.6 * normal(rng) - 0.18));
  const who = { logit, missing, effects };
  const answers: Record<string, unknown> = {};
  for (const plan of plansOf(questionnaireJson)) {
    if (!plan.asked.every((condition) => condition.runValues(answers) === true)) continue;
    const value = known[plan.name] ?? answerQuestion(plan, who, rng);
    if (value !== undefined) answers[plan.name] = value;
  }
  return answers;
}
