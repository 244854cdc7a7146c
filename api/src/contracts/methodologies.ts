import { z } from 'zod';
import { instant, localText, sha256, versionRef } from './common.ts';
import { selectionMethod } from './interview-circumstances.ts';
import { operation } from './operation.ts';

export const indicatorDefinition = z.object({
  /** As in the questionnaire's `indicator` property. */
  code: z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower_snake_case'),
  name: localText,
  /** Share in the index; all importances of a methodology sum to 1. */
  importance: z.number().positive().max(1),
  /** Items a respondent must have answered; half, rounded up, unless said. */
  minimumItems: z.number().int().min(1).optional(),
});

/** Blocks → indicators with importances, and the rules of estimation; frozen when a wave is locked. */
export const methodology = versionRef.extend({
  name: localText,
  blocks: z
    .array(
      z.object({
        code: z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower_snake_case'),
        name: localText,
        indicators: z.array(indicatorDefinition).min(1),
      }),
    )
    .min(1),
  rules: z.object({
    minimumRespondents: z.number().int().min(2).default(30),
    minimumEffectiveN: z.number().min(2).default(20),
    /** In points of the 0–100 scale. */
    maximumStandardError: z.number().positive().default(10),
    confidenceLevel: z.number().min(0.5).max(0.999).default(0.95),
    lonelyPsu: z.enum(['fail', 'adjust', 'average', 'certainty']).default('adjust'),
    /** How the respondent is chosen within the household. */
    respondentSelection: selectionMethod.optional(),
    missingIndicator: z.enum(['undefined', 'renormalise']).default('undefined'),
  }),
});
export type Methodology = z.infer<typeof methodology>;

export const methodologyVersion = z.object({
  methodology,
  hash: sha256,
  publishedAt: instant,
  publishedBy: z.string(),
});
export type MethodologyVersion = z.infer<typeof methodologyVersion>;

export const listMethodologies = operation({
  method: 'get',
  path: '/methodologies',
  summary: 'Published methodologies, newest first',
  access: 'methodologies.read',
  reply: z.object({ methodologies: z.array(methodologyVersion) }),
});

export const publishMethodology = operation({
  method: 'post',
  path: '/methodologies',
  summary: 'Publish a methodology; it can never be changed',
  access: 'methodologies.publish',
  body: z.object({ methodology }),
  reply: methodologyVersion,
  status: 201,
});
