import { z } from 'zod';

/** Everything a check of a questionnaire can find; the web has each in three languages. */
export const findingCode = z.enum([
  // structure
  'unreadable',
  'json_error',
  'no_questions',
  'unknown_type',
  'identifies_people',
  'type_unaskable',
  'name_form',
  'name_twice',
  'name_reused',
  'value_twice',
  'levels_missing',
  'slow_parts',
  // texts
  'title_missing',
  'text_missing',
  'reading_long',
  // logic
  'expression_unreadable',
  'reference_unknown',
  'reference_forward',
  'reference_self',
  'value_unknown',
  'cycle',
  'never_asked',
  // scoring and scales
  'scoring_fault',
  'unscored',
  'indicator_without_items',
  'indicator_unknown',
  'scale_unbalanced',
  'scale_unlabelled',
  'no_dont_know',
]);
export type FindingCode = z.infer<typeof findingCode>;

/**
 * One thing found in a questionnaire: what, where, how bad. An `error` prevents publication, a `warning` is
 * most likely a slip, a `note` is only to be looked at.
 */
export const questionnaireFault = z.object({
  code: findingCode,
  severity: z.enum(['error', 'warning', 'note']),
  /** Name of the question; null when it is about a page or the whole. */
  question: z.string().nullable(),
  /** Name of the page; null when it is about the whole. */
  page: z.string().nullable(),
  /** Dotted path into the JSON, such as `pages.0.elements.2.visibleIf`; '' for the whole. */
  path: z.string(),
  /** What the translated message of the code is filled with. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The message in English, for the log and for programs. */
  message: z.string(),
});
export type QuestionnaireFault = z.infer<typeof questionnaireFault>;
