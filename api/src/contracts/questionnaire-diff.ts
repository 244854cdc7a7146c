import { z } from 'zod';
import { locale } from './common.ts';

/** One change between two texts of a questionnaire, in the order of the newer text. */
export const questionnaireChange = z.object({
  kind: z.enum([
    'page_added',
    'page_removed',
    'page_moved',
    'question_added',
    'question_removed',
    'question_moved',
    'type_changed',
    'reworded',
    'choice_added',
    'choice_removed',
    'choices_reordered',
    'scale_changed',
    'rescored',
    'missing_changed',
    'indicator_changed',
    'logic_changed',
    'setting_changed',
  ]),
  /** Name of the question; null when it is about a page or the whole. */
  question: z.string().nullable(),
  page: z.string().nullable(),
  /** Property that changed (`title`, `visibleIf`), or the text's key; null where the kind says all. */
  property: z.string().nullable(),
  /** Languages whose text changed; empty unless reworded. */
  languages: z.array(locale),
  /** Before and after, as people read it; null when there was or is none. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type QuestionnaireChange = z.infer<typeof questionnaireChange>;

/**
 * Whether an indicator's scores may be compared across the two texts. `check`: a person must judge, because
 * wording, order or filters changed; `not_comparable`: what is measured or how it is scored changed.
 */
export const comparability = z.object({
  indicator: z.string(),
  verdict: z.enum(['comparable', 'check', 'not_comparable']),
  reasons: z.array(
    z.object({
      kind: questionnaireChange.shape.kind,
      question: z.string(),
      languages: z.array(locale),
    }),
  ),
});
export type Comparability = z.infer<typeof comparability>;

export const questionnaireDiff = z.object({
  changes: z.array(questionnaireChange),
  indicators: z.array(comparability),
});
export type QuestionnaireDiff = z.infer<typeof questionnaireDiff>;
