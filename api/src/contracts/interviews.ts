import { z } from 'zod';
import { code, instant, locale, localText, sha256, uuid } from './common.ts';
import { assignment } from './assignments.ts';
import { interviewCircumstances, selectionMethod } from './interview-circumstances.ts';
import { fieldFault } from './problem.ts';
import { operation } from './operation.ts';
import { questionnaireVersion } from './questionnaires.ts';
import { rescueKey } from './rescue-key.ts';
import { wave } from './waves.ts';

/**
 * A sealed interview as the tablet sends it. Immutable: the tablet makes the id, and the hash of its
 * canonical JSON (contracts/canonical-json.ts) is what the receipt must carry.
 */
export const interviewInput = z.strictObject({
  id: uuid,
  waveId: uuid,
  assignmentId: uuid,
  akimId: uuid,
  questionnaire: z.strictObject({ code, version: z.number().int().min(1), hash: sha256 }),
  language: locale,
  /** Question name → value, as survey-core's `data`. */
  answers: z.record(z.string().max(200), z.unknown()),
  /** By the tablet's clock; never used to order or expire anything. */
  startedAt: instant,
  completedAt: instant,
  /** By a monotonic clock, so right even when the tablet's clock is not. */
  durationMs: z.number().int().min(0).max(864_000_000),
  deviceId: uuid,
  /** Counts the sealed interviews of the device from 1: a gap is a lost interview. */
  deviceSequence: z.number().int().min(1),
  appVersion: z.string().max(64),
  ...interviewCircumstances,
});
export type InterviewInput = z.infer<typeof interviewInput>;

export const receiptStatus = z.enum(['stored', 'duplicate', 'quarantined', 'refused']);

/** Why an interview was not stored. */
export const interviewReason = z.enum([
  'unreadable',
  'conflict',
  'unknown_wave',
  'unknown_assignment',
  'unknown_akim',
  'unknown_questionnaire',
  'questionnaire_changed',
  'wave_not_open',
  'other_region',
  'invalid_answers',
  'device_revoked',
  'session_expired',
  'other_device',
  'unfinished_draft',
]);
export type InterviewReason = z.infer<typeof interviewReason>;

export const receipt = z.object({
  /** The interview's id; null when it could not be read. */
  id: z.string().nullable(),
  status: receiptStatus,
  /** SHA-256 of what the server has, stored or kept aside. */
  hash: sha256,
  receivedAt: instant,
  /** Every reason, when not stored. */
  reasons: z.array(z.object({ code: interviewReason, fields: z.array(fieldFault) })).optional(),
});
export type Receipt = z.infer<typeof receipt>;

export const submitInterviews = operation({
  method: 'post',
  path: '/interviews',
  summary:
    'Hand in 1–200 sealed interviews; a receipt each, and one bad interview never blocks the others. ' +
    'When not one can be read, the problem carries the receipts',
  access: 'field.work',
  deviceMay: true,
  // Each interview is read on its own, so that one bad one does not block its batch.
  body: z.strictObject({ interviews: z.array(z.unknown()).min(1).max(200) }),
  reply: z.object({ receipts: z.array(receipt) }),
});

/** All a tablet needs to work for days without network. */
export const fieldPackage = z.object({
  interviewer: z.object({ id: uuid, login: z.string(), name: z.string() }),
  synthetic: z.boolean(),
  rescueKey,
  waves: z.array(
    wave
      .pick({
        id: true,
        code: true,
        name: true,
        status: true,
        questionnaires: true,
        opensOn: true,
        closesOn: true,
      })
      // By last birthday where nothing is said, as in a package of an older server.
      .extend({ respondentSelection: selectionMethod.optional() }),
  ),
  /** Every version that an assignment of these waves needs. */
  questionnaires: z.array(questionnaireVersion),
  assignments: z.array(assignment),
  /** Assignment → highest household number that the server knows there. */
  lastHouseholds: z.record(uuid, z.number().int()).optional(),
  /** Assignment → interviews that the server has of each cell of its quota, in their order. */
  quotaReceived: z.record(uuid, z.array(z.number().int())).optional(),
});
export type FieldPackage = z.infer<typeof fieldPackage>;

export const getFieldPackage = operation({
  method: 'get',
  path: '/field/package',
  summary: 'Waves, questionnaires and assignments of the interviewer; answers If-None-Match',
  access: 'field.work',
  reply: fieldPackage,
});

export const quarantined = z.object({
  id: uuid,
  interviewId: z.string().nullable(),
  receivedAt: instant,
  submittedBy: z.string(),
  status: z.enum(['quarantined', 'refused']),
  reasons: z.array(z.object({ code: interviewReason, fields: z.array(fieldFault) })),
  hash: sha256,
  sizeBytes: z.number().int(),
  waveName: localText.nullable(),
  deviceSequence: z.number().int().nullable(),
  /** What a person decided; null while nobody has. */
  decision: z
    .object({
      outcome: z.enum(['released', 'rejected']),
      by: z.string(),
      at: instant,
      reason: z.string(),
    })
    .nullable(),
  /** The very same interview is stored: it came once more, in order, or was released. Of a draft: it was finished since. */
  stored: z.boolean(),
  /**
   * `waits`: a person can release it. `conflict`: other content is stored under its id. `faulty`: it cannot be stored
   * as it is. `unfinished`: a draft from a rescue file, which never counts.
   */
  kind: z.enum(['waits', 'conflict', 'faulty', 'unfinished']),
});
export type Quarantined = z.infer<typeof quarantined>;

export const listQuarantine = operation({
  method: 'get',
  path: '/quarantine',
  summary: 'What was handed in and not stored, newest first',
  access: 'quarantine.read',
  query: z.object({
    limit: z.coerce.number().int().min(1).max(500).default(100),
    offset: z.coerce.number().int().min(0).default(0),
  }),
  reply: z.object({ quarantine: z.array(quarantined), total: z.number().int() }),
});

export const getQuarantined = operation({
  method: 'get',
  path: '/quarantine/:quarantineId',
  summary: 'What was handed in, as it came',
  access: 'quarantine.read',
  params: z.object({ quarantineId: uuid }),
  reply: quarantined.extend({ raw: z.string() }),
});

/** A person's decision is written down with why. */
export const decisionReason = z.strictObject({
  reason: z.string().trim().min(3, 'say why, in a few words').max(500),
});

export const releaseQuarantined = operation({
  method: 'post',
  path: '/quarantine/:quarantineId/release',
  summary:
    'Takes an interview in although it came late or from a withdrawn tablet; every other check still holds',
  access: 'quarantine.decide',
  params: z.object({ quarantineId: uuid }),
  body: decisionReason,
  reply: receipt,
});

export const rejectQuarantined = operation({
  method: 'post',
  path: '/quarantine/:quarantineId/reject',
  summary: 'Decides that an interview does not count; it is kept as it came',
  access: 'quarantine.decide',
  params: z.object({ quarantineId: uuid }),
  body: decisionReason,
  reply: z.object({ id: uuid, outcome: z.literal('rejected') }),
});
