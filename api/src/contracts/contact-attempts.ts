import { z } from 'zod';
import { instant, kato, sha256, uuid } from './common.ts';
import { clockOffsetMs, householdNumber } from './interview-circumstances.ts';
import { decisionReason } from './interviews.ts';
import { operation } from './operation.ts';

/** How one attempt ended; domain/contact-dispositions.ts has the AAPOR code of each. */
export const contactDispositions = [
  'complete',
  'partial',
  'refusal',
  'break_off',
  'not_at_home',
  'appointment',
  'language_barrier',
  'unable',
  'other',
  'no_answer',
  'no_access',
  'not_a_dwelling',
  'nobody_eligible',
] as const;
export const contactDisposition = z.enum(contactDispositions);
export type ContactDisposition = z.infer<typeof contactDisposition>;

export const refusalReasons = [
  'no_time',
  'no_interest',
  'distrust',
  'afraid',
  'somebody_forbids',
  'no_reason',
] as const;
export const refusalReason = z.enum(refusalReasons);
export type RefusalReason = z.infer<typeof refusalReason>;

export const nextSteps = ['come_back', 'ask_supervisor', 'none'] as const;
export const nextStep = z.enum(nextSteps);
export type NextStep = z.infer<typeof nextStep>;

/**
 * One attempt at one household, as the tablet hands it in. Nothing in it says who lives there: the household is a
 * running number on the route, and the note must hold no name, phone or address.
 */
export const contactAttempt = z
  .strictObject({
    id: uuid,
    waveId: uuid,
    assignmentId: uuid,
    household: householdNumber,
    /** By the tablet's clock. */
    attemptedAt: instant,
    clockOffsetMs,
    disposition: contactDisposition,
    /** Of a refusal or break-off. */
    reason: refusalReason.optional(),
    /** Of an appointment; by the tablet's clock. */
    appointmentAt: instant.optional(),
    nextStep,
    note: z.string().min(1).max(200).optional(),
    deviceId: uuid,
    appVersion: z.string().max(64),
  })
  .superRefine(({ disposition, reason, appointmentAt }, context) => {
    const refused = disposition === 'refusal' || disposition === 'break_off';
    const fault = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (refused && reason === undefined) fault('reason', 'a refusal or break-off has a reason');
    if (!refused && reason !== undefined) fault('reason', 'only a refusal or break-off has one');
    if ((disposition === 'appointment') !== (appointmentAt !== undefined)) {
      fault('appointmentAt', 'an appointment, and nothing else, has a time');
    }
  });
export type ContactAttempt = z.infer<typeof contactAttempt>;

export const contactReason = z.enum([
  'unreadable',
  'conflict',
  'unknown_assignment',
  'other_region',
  'session_expired',
  'device_revoked',
  'other_device',
]);
export type ContactReason = z.infer<typeof contactReason>;

export const contactReceipt = z.object({
  /** Null when it could not be read. */
  id: z.string().nullable(),
  /**
   * `quarantined`: held, but not counted, for the reasons named; the same one again, without those reasons, is
   * stored. `refused`: not held.
   */
  status: z.enum(['stored', 'duplicate', 'quarantined', 'refused']),
  /** SHA-256 of the canonical JSON of what came; null when that could not be written down. */
  hash: sha256.nullable(),
  reasons: z.array(contactReason).optional(),
});
export type ContactReceipt = z.infer<typeof contactReceipt>;

export const submitContactAttempts = operation({
  method: 'post',
  path: '/field/contact-attempts',
  summary: 'Hand in 1–200 contact attempts; a receipt each, and the same ones again change nothing',
  access: 'field.work',
  deviceMay: true,
  body: z.strictObject({ attempts: z.array(z.unknown()).min(1).max(200) }),
  reply: z.object({ receipts: z.array(contactReceipt) }),
});

export const dispositionNames = [
  'complete',
  'partial',
  'refusal',
  'non_contact',
  'other',
  'unknown_household',
  'unknown_other',
  'not_eligible',
] as const;
export const rateNames = [
  ...(['RR1', 'RR2', 'RR3', 'RR4', 'RR5', 'RR6'] as const),
  ...(['COOP1', 'COOP2', 'COOP3', 'COOP4'] as const),
  ...(['REF1', 'REF2', 'REF3', 'CON1', 'CON2', 'CON3'] as const),
] as const;

export const outcomeRatesReply = z.object({
  /** Households with an attempt or an interview. */
  cases: z.number().int(),
  attempts: z.number().int(),
  /** Cases by final disposition. */
  counts: z.record(z.enum(dispositionNames), z.number().int()),
  /** Shares 0–1; null where nothing is divided by. */
  rates: z.record(z.enum(rateNames), z.number().nullable()),
  /** e of AAPOR: share of the cases of unknown eligibility taken as eligible. */
  eligibleShare: z.number().nullable(),
  refusals: z.array(z.object({ reason: refusalReason, count: z.number().int() })),
  /** Attempts that are held and not counted, by the first of their reasons. */
  keptAside: z.array(z.object({ reason: contactReason, count: z.number().int() })),
  /** Interviews without a household number: no rate can count them. */
  interviewsOutside: z.number().int(),
});
export type OutcomeRatesReply = z.infer<typeof outcomeRatesReply>;

export const getOutcomeRates = operation({
  method: 'get',
  path: '/waves/:waveId/outcome-rates',
  summary:
    'AAPOR outcome rates of a wave from its contact attempts, of the own regions for a supervisor',
  access: 'outcome-rates.read',
  params: z.object({ waveId: uuid }),
  query: z.object({ region: kato.optional() }),
  reply: outcomeRatesReply,
});

/** What is about how an attempt came, not about the attempt: a person may decide that it counts. */
export const waivableContactReason = contactReason.extract([
  'session_expired',
  'device_revoked',
  'other_device',
]);
export type WaivableContactReason = z.infer<typeof waivableContactReason>;

export const releaseContactAttempts = operation({
  method: 'post',
  path: '/waves/:waveId/contact-attempts/release',
  summary:
    'Counts the contact attempts of a wave that were kept aside first of all for this, where nothing but how they came speaks against them',
  access: 'quarantine.decide',
  params: z.object({ waveId: uuid }),
  body: decisionReason.extend({ keptFor: waivableContactReason }),
  reply: z.object({ released: z.number().int() }),
});
