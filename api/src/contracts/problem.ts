import { z } from 'zod';
import { instant } from './common.ts';

/** Stable codes of everything that can go wrong; never reused, shown by the web in three languages. */
export const problemCode = z.enum([
  'invalid_input',
  'invalid_json',
  'not_utf8',
  'unsupported_media_type',
  'too_large',
  'not_signed_in',
  'wrong_credentials',
  'locked_out',
  'too_many_requests',
  'forbidden',
  'cross_site',
  'not_found',
  'conflict',
  'draft_conflict',
  'wave_state',
  'questionnaire_faults',
  'second_person_needed',
  'setup_done',
  'wrong_reset_code',
  'made_for_another_server',
  'damaged',
  'code_not_valid',
  'device_revoked',
  'interview_conflict',
  'interview_invalid',
  'quarantine_decided',
  'store_unavailable',
  'internal',
]);
export type ProblemCode = z.infer<typeof problemCode>;

/** One fault of the input: where it is (dotted path) and what would mend it. */
export const fieldFault = z.object({ path: z.string(), message: z.string() });
export type FieldFault = z.infer<typeof fieldFault>;

/** RFC 9457 problem details. */
export const problem = z.object({
  type: z.string(),
  code: problemCode,
  title: z.string(),
  status: z.number().int(),
  requestId: z.string(),
  detail: z.string().optional(),
  fields: z.array(fieldFault).optional(),
  /** Seconds after which a new try makes sense. */
  retryAfterS: z.number().optional(),
  /** The newer revision that a draft already has, and whose it is: fetch it, merge, save again. */
  newer: z.object({ revision: z.number().int(), by: z.string(), at: instant }).optional(),
});
export type ProblemBody = z.infer<typeof problem>;
