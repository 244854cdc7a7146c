import type { TFunction } from 'i18next';
import { isPlain, listOf, type Plain } from '../model/document.ts';

type T = TFunction<'designer'>;
/** What an answer is called; the value itself where it has no text. */
export type AnswerName = (value: string) => string;

const scalar = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : JSON.stringify(value);

const named = (values: unknown, nameOf: AnswerName): string =>
  listOf(values)
    .map((value) => nameOf(scalar(value)))
    .join(', ');

function ruleWords(rule: Plain, t: T, nameOf: AnswerName): string | null {
  switch (rule.kind) {
    case 'map':
      return isPlain(rule.scores)
        ? Object.entries(rule.scores)
            .sort(([, one], [, other]) => Number(other) - Number(one))
            .map(([value, score]) =>
              t('scoringWords.score', { answer: nameOf(value), score: scalar(score) }),
            )
            .join(', ')
        : null;
    case 'linear':
      return t('scoringWords.linear', { from: scalar(rule.from), to: scalar(rule.to) });
    case 'share':
      return t('scoringWords.share', { answers: named(rule.of, nameOf) });
    case 'count': {
      const [answers, full] = [named(rule.of, nameOf), scalar(rule.full)];
      return t('scoringWords.count', { answers, full });
    }
    case 'position':
      return t('scoringWords.position', { choice: nameOf(scalar(rule.choice)) });
    case 'columns':
      return isPlain(rule.columns) ? columnWords(rule.columns, t, nameOf) : null;
    default:
      return null;
  }
}

const columnWords = (columns: Plain, t: T, nameOf: AnswerName): string =>
  Object.entries(columns)
    .map(([column, rule]) =>
      t('scoringWords.columns', { column, rule: scoringWords(rule, t, nameOf) }),
    )
    .join('; ');

/** A scoring rule as a person says it; what is no rule stays JSON. */
export function scoringWords(rule: unknown, t: T, nameOf: AnswerName): string {
  if (rule === undefined || rule === null) return t('scoringWords.none');
  const words = isPlain(rule) ? ruleWords(rule, t, nameOf) : null;
  if (words === null) return JSON.stringify(rule);
  const { reversed, reversedRows } = rule as Plain;
  return [
    words,
    ...(reversed === true ? [t('scoringWords.reversed')] : []),
    ...(listOf(reversedRows).length > 0
      ? [t('scoringWords.reversedRows', { rows: named(reversedRows, nameOf) })]
      : []),
  ].join('; ');
}

/** Which answers count as none, kind by kind; what is not that stays JSON. */
export function missingWords(kinds: unknown, t: T, nameOf: AnswerName): string {
  if (!isPlain(kinds)) return JSON.stringify(kinds ?? null);
  return (['dontKnow', 'refused', 'notApplicable'] as const)
    .filter((kind) => listOf(kinds[kind]).length > 0)
    .map((kind) => t(`scoringWords.${kind}`, { answers: named(kinds[kind], nameOf) }))
    .join('; ');
}
