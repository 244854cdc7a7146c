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

/** Questions whose answer is the respondent's category in the official targets. */
export const calibrationVariable = z.enum(['sex', 'age', 'settlement']);
export type CalibrationVariable = z.infer<typeof calibrationVariable>;

/** Name of a question; a dot or a dollar would not name an answer in the store. */
const question = z
  .string()
  .regex(/^[^.$]+$/, 'a question without dot or dollar in its name')
  .max(100);
/** Which answer is a margin: sex and settlement as the targets name them, age in full years put into bands. */
const calibrationMargin = z.discriminatedUnion('variable', [
  z.strictObject({ variable: z.literal('sex'), question }),
  z.strictObject({ variable: z.literal('settlement'), question }),
  z.strictObject({
    variable: z.literal('age'),
    question,
    /** First year of each band, ascending: [18, 30, 46, 61] is 18-29, 30-45, 46-60, 61+. */
    bands: z.array(z.number().int().min(0).max(120)).min(1).max(20),
  }),
]);
export type CalibrationMargin = z.infer<typeof calibrationMargin>;

const howCalibrated = {
  margins: z.array(calibrationMargin).min(1).max(3),
  /** Whose totals: those of the akim's own territory (of its region where it has none), or always the region's. */
  group: z.enum(['akim', 'region']).default('akim'),
  /** A group that cannot be calibrated: base weights, or no score at all; the page says why. */
  onFailure: z.enum(['base_weights', 'not_rated']).default('not_rated'),
};

/** How weights are fitted to the official targets of the wave. */
const calibration = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('none') }),
  /** Every combination of the margins' categories is a cell. */
  z.strictObject({ method: z.literal('poststratify'), ...howCalibrated }),
  z.strictObject({ method: z.literal('rake'), ...howCalibrated }),
  z.strictObject({
    method: z.literal('logit'),
    ...howCalibrated,
    /** Least and greatest final weight / base weight. */
    bounds: z.tuple([z.number().min(0).lt(1), z.number().gt(1).max(1000)]),
  }),
]);

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
    /** Before calibration, base weights grow by what was sampled in the akim's stratum over what answered there. */
    nonResponse: z.enum(['none', 'stratum']).default('none'),
    calibration: calibration.default({ method: 'none' }),
    /** Final weights are cut to multiples of their median; null: they are not. */
    trim: z
      .strictObject({
        lowerMedians: z.number().min(0).max(1),
        upperMedians: z.number().min(1).max(1000),
      })
      .nullable()
      .default(null),
    /** Clusters were drawn without replacement from few: variances are smaller by the share drawn. Every sampling point must say of how many. */
    finitePopulation: z.boolean().default(false),
    /** On the 0–100 scale, by the logit where it would leave it (automatic), or always one of them. */
    intervalScale: z.enum(['automatic', 'linear', 'logit']).default('automatic'),
  }),
});
export type Methodology = z.infer<typeof methodology>;

/**
 * Names of age bands as targets write them.
 * @param bands first year of each band, ascending
 * @example [18, 30, 61] → ['18-29', '30-60', '61+']
 */
export function ageBandNames(bands: readonly number[]): string[] {
  return bands.map((from, place) => {
    const next = bands[place + 1];
    return next === undefined ? `${from}+` : `${from}-${next - 1}`;
  });
}

export interface MethodologyRuleFault {
  /** Place in the methodology, dotted. */
  path: string;
  kind: 'margin-twice' | 'bands-not-ascending';
  found: string;
}

/** What is wrong with the rules although each has its shape. */
export function ruleFaults({ rules }: Methodology): MethodologyRuleFault[] {
  if (rules.calibration.method === 'none') return [];
  const { margins } = rules.calibration;
  return margins.flatMap((margin, place): MethodologyRuleFault[] => {
    const path = `rules.calibration.margins.${place}`;
    const first = margins.findIndex(({ variable }) => variable === margin.variable);
    if (first !== place) return [{ path, kind: 'margin-twice', found: margin.variable }];
    if (margin.variable !== 'age') return [];
    const rising = margin.bands.every((from, at) => at === 0 || from > margin.bands[at - 1]!);
    return rising ? [] : [{ path, kind: 'bands-not-ascending', found: margin.bands.join(', ') }];
  });
}

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
