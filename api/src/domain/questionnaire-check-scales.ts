/** Scales that lean to one side or have points without a label, questions without "don't know", questions nobody scores. */
import type { QuestionnaireFault } from '../contracts/questionnaire-findings.ts';
import { finding } from './questionnaire-messages.ts';
import type { Part } from './questionnaire-parts.ts';
import { questionsOf, scaleOf, type Plain, type Scale } from './questionnaire-json.ts';
import { compileScoring } from './scoring-compile.ts';
import type { ScoringItem } from './scoring-rules.ts';

/** Longer scales are labelled at their ends alone. */
const longestFullyLabelled = 7;

const placeOf = (part: Part) => ({ question: part.name, page: part.page, path: part.path });

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Whether an entry shows words: a text of its own, or a value that is a word. */
function isLabelled(entry: unknown): boolean {
  const { value, text } = (
    typeof entry === 'object' && entry !== null ? entry : { value: entry }
  ) as Plain;
  if (typeof text === 'string') return text !== '' && Number.isNaN(Number(text));
  if (typeof text === 'object' && text !== null) return Object.values(text).some(Boolean);
  return typeof value === 'string' && Number.isNaN(Number(value));
}

/** Whether every wording of the question says both numbers, as in "from 0 (very bad) to 10 (very good)". */
function titleExplains({ title }: Plain, ends: readonly string[]): boolean {
  const wordings = typeof title === 'object' && title !== null ? Object.values(title) : [title];
  return wordings.every((text) => {
    const numbers: string[] = String(text).match(/\d+/g) ?? [];
    return ends.every((end) => numbers.includes(end));
  });
}

const valueOf = (entry: unknown): string =>
  String(typeof entry === 'object' && entry !== null ? (entry as Plain).value : entry);

/** Points of a scored scale that show a bare number, "don't know" and the like aside; none where its ends are explained. */
function unlabelledPoints(question: Plain, { missing, rule }: ScoringItem): number {
  const lists = { matrix: question.columns, rating: question.rateValues };
  const list = listOf(lists[question.type as keyof typeof lists] ?? question.choices);
  const points = list.filter((entry) => !missing.has(valueOf(entry)));
  const bare = points.filter((entry) => !isLabelled(entry));
  const ends =
    question.minRateDescription !== undefined && question.maxRateDescription !== undefined;
  if (question.type === 'rating' && ends) return 0;
  if (question.type === 'rating' && points.length === 0) {
    return rule.kind === 'linear' && titleExplains(question, [String(rule.from), String(rule.to)])
      ? 0
      : 2;
  }
  if (points.length <= longestFullyLabelled) return bare.length;
  const outer = [points[0], points.at(-1)];
  const bareEnds = outer.filter((entry) => !isLabelled(entry));
  return titleExplains(question, outer.map(valueOf)) ? 0 : bareEnds.length;
}

/** How many answers score better and worse than the middle of a map; null where there is no scale of three or more. */
function balanceOf({ rule }: ScoringItem): { better: number; worse: number } | null {
  if (rule.kind !== 'map' || rule.scores.size < 3) return null;
  const scores = [...rule.scores.values()];
  const better = scores.filter((score) => score > 50).length;
  const worse = scores.filter((score) => score < 50).length;
  return better === worse ? null : { better, worse };
}

function scoredFindings(part: Part, question: Plain, items: readonly ScoringItem[]) {
  const found: QuestionnaireFault[] = [];
  const place = placeOf(part);
  const balance = balanceOf(items[0]!);
  if (balance !== null) found.push(finding('scale_unbalanced', 'warning', place, balance));
  const points = unlabelledPoints(question, items[0]!);
  if (points > 0) found.push(finding('scale_unlabelled', 'warning', place, { points }));
  const dontKnow = items.every(({ missing }) => [...missing.values()].includes('dontKnow'));
  if (!dontKnow) {
    // Where no answer is needed, leaving it out is a way.
    const severity = question.isRequired === true ? 'warning' : 'note';
    found.push(finding('no_dont_know', severity, place));
  }
  return found;
}

const canBeScored = (scale: Scale | string): boolean =>
  typeof scale !== 'string' &&
  (scale.closed || scale.range !== undefined || scale.kind === 'cells');

/**
 * What is found about the scales of scored questions, and the questions that could be scored and are not.
 * @example a scored radiogroup with three answers above 50 and one below → one warning 'scale_unbalanced'
 */
export function scaleFindings(questionnaire: Plain, parts: readonly Part[]): QuestionnaireFault[] {
  const { plan } = compileScoring(questionnaire);
  const found = questionsOf(questionnaire);
  const all = found.map(({ question }) => question);
  const byName = new Map(found.map((one) => [one.question.name, one]));
  return parts.flatMap((part) => {
    const one = part.kind === 'question' ? byName.get(part.name) : undefined;
    if (one === undefined) return [];
    const items = plan.items.filter((scored) => scored.question === part.name);
    if (items.length > 0) return scoredFindings(part, one.question, items);
    const scored = one.question.scoring !== undefined || one.question.indicator !== undefined;
    if (scored || one.insidePanel || !canBeScored(scaleOf(one.question, all))) return [];
    return [finding('unscored', 'note', placeOf(part))];
  });
}
