/** What a compiled scoring plan holds, and how one item of it is scored. Authors' form: api/docs/scoring.md. */

/** Why an item has no score: three kinds the respondent said, two kinds the questionnaire made. */
export type MissingKind = 'dontKnow' | 'refused' | 'notApplicable' | 'unanswered' | 'unscored';

/** "Don't know" left out, or counted as 0 or as 50: the methodology says 'missing', sensitivity tries the others. */
export type DontKnowRule = 'missing' | 'zero' | 'fifty';

export type ValueRule =
  | { readonly kind: 'map'; readonly scores: ReadonlyMap<string, number> }
  | { readonly kind: 'linear'; readonly from: number; readonly to: number }
  | { readonly kind: 'share'; readonly of: ReadonlySet<string> }
  | { readonly kind: 'count'; readonly of: ReadonlySet<string>; readonly full: number }
  | { readonly kind: 'position'; readonly choice: string; readonly places: number };

/** One scored thing: a question, a matrix row, or a matrixdropdown row × column. */
export interface ScoringItem {
  /** question, question.row or question.row.column */
  readonly name: string;
  readonly question: string;
  readonly indicator: string;
  /** key in the answers (SurveyJS `valueName`, else the question's name), then row and column inside its value */
  readonly path: readonly string[];
  readonly rule: ValueRule;
  readonly reversed: boolean;
  readonly missing: ReadonlyMap<string, MissingKind>;
}

export interface ScoringPlan {
  readonly items: readonly ScoringItem[];
  /** in the methodology's order where it was given; `items` are places in `plan.items` */
  readonly indicators: readonly {
    readonly name: string;
    readonly items: readonly number[];
    readonly minimumItems: number;
  }[];
}

/** Exactly one of the two is null. */
export interface ItemScore {
  readonly name: string;
  readonly score: number | null;
  readonly missing: MissingKind | null;
}

const valueAt = (answers: Readonly<Record<string, unknown>>, path: readonly string[]): unknown => {
  let value: unknown = answers;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
};

const isBlank = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0);

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/**
 * A number, or a text that is nothing but one; else NaN.
 * @example numberOf('4.5') → 4.5, numberOf('4 km') → NaN, numberOf('') → NaN
 */
export const numberOf = (value: unknown): number => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
};

const linearScore = (value: unknown, from: number, to: number): number | null => {
  const share = (numberOf(value) - from) / (to - from); // exactly 0 and 1 at the ends
  return share >= 0 && share <= 1 ? Math.abs(share) * 100 : null; // abs: the reversed end gives −0
};

const scalars = (value: unknown): string[] | null =>
  Array.isArray(value) && value.every(isScalar) ? value.map(String) : null;

const chosenOf = (chosen: readonly string[], of: ReadonlySet<string>) =>
  new Set(chosen.filter((choice) => of.has(choice))).size;

/** Score by the rule alone, 0–100, or null when the rule has no score for this value. */
function ruleScore(rule: ValueRule, value: unknown): number | null {
  if (rule.kind === 'map') return isScalar(value) ? (rule.scores.get(String(value)) ?? null) : null;
  if (rule.kind === 'linear') return linearScore(value, rule.from, rule.to);
  const chosen = scalars(value);
  if (chosen === null) return null;
  if (rule.kind === 'share') return (100 * chosenOf(chosen, rule.of)) / rule.of.size;
  if (rule.kind === 'count') {
    return (100 * Math.min(chosenOf(chosen, rule.of), rule.full)) / rule.full;
  }
  const place = chosen.indexOf(rule.choice);
  const last = rule.places - 1;
  if (place > last) return null;
  return place === -1 ? 0 : (100 * (last - place)) / last;
}

const missingKind = (value: unknown, kinds: ScoringItem['missing']): MissingKind | null => {
  if (isBlank(value)) return 'unanswered';
  for (const part of Array.isArray(value) ? (value as unknown[]) : [value]) {
    const kind = isScalar(part) ? kinds.get(String(part)) : undefined;
    if (kind !== undefined) return kind;
  }
  return null;
};

const dontKnowScores = { missing: null, zero: 0, fifty: 50 } as const;

/**
 * The score of one item, or the kind of its absence.
 * @param answers question name → value as SurveyJS stores it
 * @returns score 0–100 unrounded with missing null, or score null with the kind; never throws
 * @source METHODOLOGY §1
 * @example rating 4 on linear 1…5 → { score: 75, missing: null }; 'dk' listed as dontKnow → { score: null, missing: 'dontKnow' }
 */
export function scoreItem(
  question: ScoringItem,
  answers: Readonly<Record<string, unknown>>,
  dontKnow: DontKnowRule = 'missing',
): ItemScore {
  const value = valueAt(answers, question.path);
  const kind = missingKind(value, question.missing);
  if (kind === 'dontKnow' && dontKnow !== 'missing') {
    return { name: question.name, score: dontKnowScores[dontKnow], missing: null };
  }
  if (kind !== null) return { name: question.name, score: null, missing: kind };
  const score = ruleScore(question.rule, value);
  if (score === null) return { name: question.name, score: null, missing: 'unscored' };
  return { name: question.name, score: question.reversed ? 100 - score : score, missing: null };
}
