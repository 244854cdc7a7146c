import { z } from 'zod';
import { kato } from './common.ts';
import { targetBasis } from './targets.ts';

/** Something that kept a group from being weighted as its methodology says. */
export const weightingFault = z.object({
  code: z.enum([
    'no_targets',
    'no_rows',
    'bad_base_weight',
    'bad_score',
    'missing_category',
    'unknown_category',
    'bad_total',
    'totals_disagree',
    'empty_cell',
    'not_converged',
    'bad_bounds',
    'bad_trim',
    'lonely_cluster',
    'bad_population',
    'bad_response_class',
  ]),
  /** Margin and category, or the stratum. */
  place: z.string().nullable(),
  /** The category that an empty one could be merged with. */
  mergeWith: z.string().nullable(),
  /** Interviews that have it; 0 when it is no fault of an interview. */
  interviews: z.number().int(),
});
export type WeightingFault = z.infer<typeof weightingFault>;

/**
 * What became of the methodology's calibration: none was asked for, it was done, base weights stand in for it, or nobody
 * of the group is rated.
 */
export const weightingOutcome = z.enum(['not_asked', 'calibrated', 'base_weights', 'not_rated']);
export type WeightingOutcome = z.infer<typeof weightingOutcome>;

/** How the interviews of one calibration group got their final weights. */
export const weightingDiagnostics = z.object({
  /** As the methodology asks. */
  method: z.enum(['none', 'poststratify', 'rake', 'logit']),
  outcome: weightingOutcome,
  /** Who was weighted together, and the territory whose totals were met. */
  group: z.object({ territory: kato, akims: z.number().int(), interviews: z.number().int() }),
  /** Of the targets met; null when none were. */
  basis: targetBasis.nullable(),
  faults: z.array(weightingFault),
  /** Kish, of the whole group: n Σw² / (Σw)²; null when nothing was weighted. */
  designEffect: z.number().nullable(),
  effectiveN: z.number().nullable(),
  /** Final weight / base weight. */
  ratio: z.object({ least: z.number(), median: z.number(), greatest: z.number() }).nullable(),
  iterations: z.number().int(),
  /** Largest relative error of a margin after calibration. */
  largestResidual: z.number().nullable(),
  /** Interviews whose weight was trimmed. */
  trimmed: z.number().int(),
  /** Persons by category: official, by base weights, by final weights. */
  margins: z.array(
    z.object({
      variable: z.string(),
      category: z.string(),
      respondents: z.number().int(),
      target: z.number(),
      before: z.number(),
      after: z.number(),
    }),
  ),
  /** Categories with fewer than five respondents, with the one to merge each with. */
  smallCells: z.array(
    z.object({
      variable: z.string(),
      category: z.string(),
      respondents: z.number().int(),
      mergeWith: z.string().nullable(),
    }),
  ),
});
export type WeightingDiagnostics = z.infer<typeof weightingDiagnostics>;
