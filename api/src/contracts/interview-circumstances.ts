import { z } from 'zod';
import { instant } from './common.ts';

/** How an interview came about: household, choice of the respondent, place, pace. No field may name a person. */

export const selectionMethods = ['last-birthday', 'kish'] as const;
/** How the respondent is chosen among the adults of a household; the methodology of the wave decides. */
export const selectionMethod = z.enum(selectionMethods);
export type SelectionMethod = z.infer<typeof selectionMethod>;

/** Kish's eight selection tables under the names of 1949; elsewhere they are lettered A–H. */
export const kishTableNames = ['A', 'B1', 'B2', 'C', 'D', 'E1', 'E2', 'F'] as const;
export type KishTableName = (typeof kishTableNames)[number];

/** Running number of a household on the interviewer's route at one sampling point: no address, no name. */
export const householdNumber = z.number().int().min(1).max(9999);

const adults = z.number().int().min(1).max(30);
const position = z.number().int().min(1).max(30);
/** Who of the household was chosen, so that the chance within the household can be computed later. */
export const selection = z
  .discriminatedUnion('method', [
    z.strictObject({
      method: z.literal('last-birthday'),
      /** Adults living in the household. */
      adults,
      /** The respondent's place among them: men by falling age, then women by falling age. */
      position,
    }),
    z.strictObject({
      method: z.literal('kish'),
      adults,
      position,
      /** The text from which the table was drawn. */
      seed: z.string().min(1).max(100),
      table: z.enum(kishTableNames),
    }),
  ])
  .refine((chosen) => chosen.position <= chosen.adults, {
    path: ['position'],
    message: 'must not be beyond the number of adults',
  });
export type Selection = z.infer<typeof selection>;

/** Where the interview was taken, as far as the tablet could tell: asked once, and never a condition. */
export const location = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('measured'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    /** Radius in metres within which the tablet believes itself to be. */
    accuracyM: z.number().min(0).max(1e8),
    /** By the tablet's clock. */
    measuredAt: instant,
  }),
  z.strictObject({ status: z.enum(['denied', 'unavailable', 'timed-out']) }),
]);
export type Location = z.infer<typeof location>;

/** Time on each page of the questionnaire by a monotonic clock, all visits to it together. */
export const pageTimes = z
  .array(z.strictObject({ page: z.string().max(200), elapsedMs: z.number().int().min(0) }))
  .max(500);
export type PageTimes = z.infer<typeof pageTimes>;

/** Remark of the interviewer on a question, for whoever checks the interview. */
export const noteText = z.string().min(1).max(500);

/** Server's clock minus the tablet's when both were last compared; null when they never were. */
export const clockOffsetMs = z.number().int().min(-1e13).max(1e13).nullable();

/** All optional: what an older app has sealed must still arrive. */
export const interviewCircumstances = {
  household: householdNumber.optional(),
  selection: selection.optional(),
  location: location.optional(),
  pageTimes: pageTimes.optional(),
  /** Question → remark. */
  notes: z.record(z.string().max(200), noteText).optional(),
  clockOffsetMs: clockOffsetMs.optional(),
};
export type InterviewCircumstances = z.infer<z.ZodObject<typeof interviewCircumstances>>;
