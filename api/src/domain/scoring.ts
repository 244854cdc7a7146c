/**
 * Answers → scores on 0–100 (METHODOLOGY §1). Higher is always better for the akim; missing is never 0.
 *
 * The rule of a question travels in its SurveyJS JSON as custom properties. The form, with examples, is in
 * api/docs/scoring.md; in short:
 *
 *   "indicator": "accessibility"
 *   "scoring": { "kind": "map", "scores": { "yes": 100, "partly": 50, "no": 0 } }      radiogroup, dropdown, boolean, rating, matrix …
 *   "scoring": { "kind": "linear", "from": 1, "to": 5 }                                rating, slider, number; from > to reverses
 *   "scoring": { "kind": "linear", "from": 1, "to": 5, "reversedRows": ["rude"] }      matrix: one item per row
 *   "scoring": { "kind": "share", "of": ["roads", "water"], "reversed": true }         checkbox, tagbox, imagepicker (several)
 *   "scoring": { "kind": "count", "of": ["meeting", "chat_bot"], "full": 2 }           the same types
 *   "scoring": { "kind": "position", "choice": "roads", "reversed": true }             ranking
 *   "scoring": { "kind": "columns", "columns": { "quality": { "kind": "linear", "from": 1, "to": 5 } } }   matrixdropdown
 *   "missingValues": { "dontKnow": [98], "refused": [99], "notApplicable": ["na"] }
 */
import { scoreItem, type ScoringPlan, type DontKnowRule, type ItemScore } from './scoring-rules.ts';

export { compileScoring, type CompileOptions, type ScoringFault } from './scoring-compile.ts';
export { scoreItem, type DontKnowRule, type ItemScore, type MissingKind } from './scoring-rules.ts';
export type { ScoringPlan, ScoringItem } from './scoring-rules.ts';

/** One respondent's scores: every indicator of the plan, and every item with its kind of missing. */
export interface ScoredInterview {
  /** indicator → 0–100, or null when fewer than its minimum of items were answered */
  readonly indicators: Record<string, number | null>;
  readonly items: readonly ItemScore[];
}

/**
 * Scores of one respondent, per item and per indicator.
 * @param plan from `compileScoring`; compile once per questionnaire version, it costs far more than scoring
 * @param answers question name (or its `valueName`) → value, as SurveyJS stores it; foreign keys are ignored
 * @param dontKnow how "don't know" counts: left out (default), as 0 or as 50 (METHODOLOGY §5, sensitivity only)
 * @returns an indicator is the mean of its answered items, 0–100 unrounded, when at least its minimumItems
 *   were answered; otherwise null. Never throws for data.
 * @source METHODOLOGY §1; test/fixtures/scoring.json
 * @example one indicator, items 100, 50 and "don't know" with minimumItems 2 → 75; with 'zero' → 50
 */
export function scoreInterview(
  plan: ScoringPlan,
  answers: Readonly<Record<string, unknown>>,
  dontKnow: DontKnowRule = 'missing',
): ScoredInterview {
  const items = plan.items.map((question) => scoreItem(question, answers, dontKnow));
  const indicators = plan.indicators.map(({ name, items: places, minimumItems }) => {
    const scores = places.flatMap((place) => items[place]!.score ?? []);
    // A plan that is still being written may have an indicator without items, and so a minimum of none.
    const enough = scores.length >= Math.max(1, minimumItems);
    const mean = scores.reduce((total, score) => total + score, 0) / scores.length;
    return [name, enough ? mean : null] as const;
  });
  return { indicators: Object.fromEntries(indicators), items };
}

/**
 * Scores of one respondent per indicator; see `scoreInterview`, of which this is the short form.
 * @returns indicator → 0–100, or null where too few items were answered
 * @example scoreAnswers(plan, { solves_problems: 'partly' }) → { problem_solving: 50 }
 */
export function scoreAnswers(
  plan: ScoringPlan,
  answers: Readonly<Record<string, unknown>>,
  dontKnow: DontKnowRule = 'missing',
): Record<string, number | null> {
  return scoreInterview(plan, answers, dontKnow).indicators;
}
