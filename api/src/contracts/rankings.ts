import { z } from 'zod';
import { akim } from './akims.ts';
import { instant, kato, level, localText, uuid, versionRef } from './common.ts';
import { operation } from './operation.ts';
import { weightingDiagnostics, weightingOutcome } from './weighting.ts';

const interval = z.tuple([z.number(), z.number()]);

/** Why an akim is listed without score and rank (METHODOLOGY §3). */
export const notRatedReason = z.enum([
  'no_probability_sample',
  'too_few_respondents',
  'effective_sample_too_small',
  'indicator_without_estimate',
  'no_degrees_of_freedom',
  'margin_too_wide',
  'design_fault',
  'weighting_failed',
]);
export type NotRatedReason = z.infer<typeof notRatedReason>;

const akimRef = z.object({
  akimId: uuid,
  akimName: localText,
  territory: kato,
  territoryName: localText,
  region: kato,
  regionName: localText,
  /** Interviews the estimate stands on. */
  n: z.number().int(),
});

/** An akim's place. A rank never stands without its interval. */
export const rankedAkim = akimRef.extend({
  /** 0–100, higher is better. */
  score: z.number(),
  standardError: z.number(),
  interval,
  effectiveN: z.number(),
  /** Kish, from the weights alone: n Σw² / (Σw)²; 1 when all weights are equal. */
  designEffect: z.number(),
  /** 1 = best; exact ties share it. */
  rank: z.number().int(),
  /** Simultaneous over all akims ranked. */
  rankInterval: z.tuple([z.number().int(), z.number().int()]),
  /** Akims that cannot be told apart share a tier; 1 = best. */
  tier: z.number().int(),
});
export type RankedAkim = z.infer<typeof rankedAkim>;

export const notRatedAkim = akimRef.extend({ reason: notRatedReason });
export type NotRatedAkim = z.infer<typeof notRatedAkim>;

export const ranking = z.object({
  waveId: uuid,
  waveName: localText,
  level,
  /** The akims ranked together: all of the level, or those of one region. */
  region: kato.nullable(),
  basis: z.enum(['published', 'unpublished']),
  synthetic: z.boolean(),
  /** When the estimates were made, or frozen for publication. */
  asOf: instant.nullable(),
  /** Akims whose new interviews are not in the figures yet. */
  staleAkims: z.number().int(),
  methodology: versionRef.extend({ name: localText }),
  confidenceLevel: z.number(),
  /** Akims with base weights because their group could not be calibrated. */
  uncalibratedAkims: z.number().int(),
  /** Number of tiers. */
  tiers: z.number().int(),
  ranked: z.array(rankedAkim),
  notRated: z.array(notRatedAkim),
});
export type Ranking = z.infer<typeof ranking>;

export const getRanking = operation({
  method: 'get',
  path: '/waves/:waveId/ranking',
  summary: 'Ranking of the akims of one level, computed from their estimates',
  access: 'rankings.read',
  params: z.object({ waveId: uuid }),
  query: z.object({ level, region: kato.optional() }),
  reply: ranking,
});

export const profileIndicator = z.object({
  code: z.string(),
  name: localText,
  block: localText,
  importance: z.number(),
  /** Interviews with this indicator present. */
  n: z.number().int(),
  mean: z.number().nullable(),
  standardError: z.number().nullable(),
  interval: interval.nullable(),
  /** Mean over the rated akims of the level, each counted once. */
  levelMean: z.number().nullable(),
});

export const profile = z.object({
  akim,
  waveId: uuid,
  waveName: localText,
  basis: z.enum(['published', 'unpublished']),
  synthetic: z.boolean(),
  asOf: instant.nullable(),
  confidenceLevel: z.number(),
  /** Akims of the level that are ranked. */
  rankedAkims: z.number().int(),
  place: z.union([
    rankedAkim.extend({ rated: z.literal(true) }),
    notRatedAkim.extend({ rated: z.literal(false) }),
  ]),
  /** The score drawn towards its region's where its sample is small; null where no model can be fitted. */
  stabilised: z
    .object({
      score: z.number(),
      interval,
      /** 1: the own interviews alone decide; 0: what is common to the region does. */
      shareOfDirect: z.number(),
    })
    .nullable(),
  indicators: z.array(profileIndicator),
  /** What became of the calibration; null for estimates made before it was written down. */
  calibration: weightingOutcome.nullable(),
  /** How the weights came about; only for those who may see what is not published. */
  weighting: weightingDiagnostics.extend({ territoryName: localText }).nullable(),
});
export type Profile = z.infer<typeof profile>;

export const getProfile = operation({
  method: 'get',
  path: '/akims/:akimId/profile',
  summary: 'One akim: place, score and indicators',
  access: 'rankings.read',
  params: z.object({ akimId: uuid }),
  query: z.object({ wave: uuid }),
  reply: profile,
});

/**
 * What other importances need of the rated akims of a level: they are ranked anew in the browser. Rounded to figures of six
 * digits; whoever is not rated has no figures here either.
 */
export const indicatorFigures = z.object({
  waveId: uuid,
  level,
  region: kato.nullable(),
  basis: z.enum(['published', 'unpublished']),
  indicators: z.array(
    z.object({ code: z.string(), name: localText, block: localText, importance: z.number() }),
  ),
  /** The rules of the methodology that stay as they are. */
  rules: z.object({
    confidenceLevel: z.number(),
    intervalScale: z.enum(['automatic', 'linear', 'logit']),
    maximumStandardError: z.number(),
    missingIndicator: z.enum(['undefined', 'renormalise']),
  }),
  akims: z.array(
    z.object({
      akimId: uuid,
      /** 0–100 in the order of the indicators; null where nobody answered. */
      means: z.array(z.number().nullable()),
      /** Lower triangle of the covariance, row by row. */
      covariance: z.array(z.number().nullable()),
      degreesOfFreedom: z.number(),
    }),
  ),
});
export type IndicatorFigures = z.infer<typeof indicatorFigures>;

export const getIndicatorFigures = operation({
  method: 'get',
  path: '/waves/:waveId/indicators',
  summary:
    'Means and covariances of the indicators of the rated akims of one level, for other importances',
  access: 'rankings.read',
  params: z.object({ waveId: uuid }),
  query: z.object({ level, region: kato.optional() }),
  reply: indicatorFigures,
});
