/** A question's scoring as its author edits it; api/docs/scoring.md says what each rule means. */
import type { Scale } from '@akimetr/api/domain/questionnaire-json';
import { isPlain, listOf, type Plain } from '../model/document.ts';

export const ruleKinds = ['map', 'linear', 'share', 'count', 'position', 'columns'] as const;
export type RuleKind = (typeof ruleKinds)[number];

export const missingKinds = ['dontKnow', 'refused', 'notApplicable'] as const;
export type Missing = (typeof missingKinds)[number];

/** The rules that can score answers of this kind, the usual one first. */
export function kindsFor(scale: Scale): readonly RuleKind[] {
  switch (scale.kind) {
    case 'one':
      return scale.values.some((value) => value.trim() !== '' && Number.isFinite(Number(value)))
        ? ['linear', 'map']
        : ['map'];
    case 'open':
      return ['linear'];
    case 'several':
      return ['share', 'count'];
    case 'order':
      return ['position'];
    case 'cells':
      return ['columns'];
  }
}

/** The kind that a rule says it is; null where it says none. */
export const kindOf = (rule: unknown): RuleKind | null =>
  (isPlain(rule) && ruleKinds.find((kind) => kind === rule.kind)) || null;

const numbersOf = (scale: Scale, missing: Plain): number[] =>
  answersOf(scale, missing).flatMap((value) =>
    value.trim() !== '' && Number.isFinite(Number(value)) ? [Number(value)] : [],
  );

/** The answers that mean something: not a kind of missing, not "other". */
export function answersOf(scale: Scale, missing: Plain): string[] {
  const left = new Set(scale.builtInMissing.map(([value]) => value));
  return scale.values.filter(
    (value) => !left.has(value) && value !== scale.other && missingOf(missing, value) === null,
  );
}

/** A rule to begin with: whole and right for the answers as they stand in the questionnaire, best first. */
export function ruleFor(kind: RuleKind, scale: Scale, missing: Plain): Plain {
  const answers = answersOf(scale, missing);
  switch (kind) {
    case 'map':
      return { kind, scores: evenScores(answers) };
    case 'linear': {
      const numbers = numbersOf(scale, missing);
      const [from, to] = scale.range ?? [Math.min(...numbers), Math.max(...numbers)];
      return Number.isFinite(from) ? { kind, from, to } : { kind, from: 1, to: 5 };
    }
    case 'share':
      return { kind, of: answers.filter((value) => value !== 'none') };
    case 'count': {
      const of = answers.filter((value) => value !== 'none');
      return { kind, of, full: Math.max(1, of.length) };
    }
    case 'position':
      return { kind, choice: answers[0] ?? '' };
    case 'columns': {
      const columns = [...scale.cells].flatMap(([name, cell]) => {
        const usual = typeof cell === 'string' ? undefined : kindsFor(cell)[0];
        return typeof cell === 'string' || usual === undefined
          ? []
          : [[name, ruleFor(usual, cell, missing)] as const];
      });
      return { kind, columns: Object.fromEntries(columns) };
    }
  }
}

/** Evenly from 100 for the first to 0 for the last, in whole points. */
export function evenScores(answers: readonly string[]): Record<string, number> {
  const last = answers.length - 1;
  return Object.fromEntries(
    answers.map((value, place) => [value, last > 0 ? Math.round(100 - (100 * place) / last) : 100]),
  );
}

/** The kind of missing that a value is listed as; null when it is an answer. */
export const missingOf = (missing: Plain, value: string): Missing | null =>
  missingKinds.find((kind) => listOf(missing[kind]).some((listed) => String(listed) === value)) ??
  null;

/**
 * The question with a value as this kind of missing, or as an answer again. What is missing has no score.
 * @param value as it stands in the choices, so that a number stays one
 */
export function withMissing(question: Plain, value: string | number, kind: Missing | null): Plain {
  const before: Plain = isPlain(question.missingValues) ? question.missingValues : {};
  const lists = missingKinds.flatMap((one) => {
    const others = listOf(before[one]).filter((listed) => String(listed) !== String(value));
    const list = one === kind ? [...others, value] : others;
    return list.length > 0 ? [[one, list] as const] : [];
  });
  const { missingValues: _, ...rest } = question;
  const marked: Record<string, unknown> = {
    ...rest,
    ...(lists.length > 0 && { missingValues: Object.fromEntries(lists) }),
  };
  const { scoring } = question;
  if (kind !== null && isPlain(scoring) && isPlain(scoring.scores)) {
    const { [String(value)]: __, ...scores } = scoring.scores;
    marked.scoring = { ...scoring, scores };
  }
  return marked;
}
