import { z } from 'zod';
import { instant, sha256, uuid } from './common.ts';
import { contactReceipt } from './contact-attempts.ts';
import { householdNumber } from './interview-circumstances.ts';
import { interviewInput, receipt } from './interviews.ts';
import { operation } from './operation.ts';
import { rescueKey } from './rescue-key.ts';

const base64Url = z.string().regex(/^[\w-]+$/, 'base64url');

/**
 * Version of the file's form: whoever reads it checks this first. Form 1 held sealed interviews only, and is read
 * like form 2 without the rest.
 */
export const rescueFormat = 'akimetr-rescue-2';
export const rescueFormats = ['akimetr-rescue-1', rescueFormat] as const;
export const rescueLimit = 5000;

/** As it is encrypted on the tablet. */
const content = base64Url.max(4_000_000);

const savedInterview = z.strictObject({
  id: uuid,
  deviceSequence: z.number().int().min(1),
  hash: sha256,
  /** The canonical JSON, encrypted. */
  content,
});

const savedDraft = z.strictObject({
  id: uuid,
  assignmentId: uuid,
  household: householdNumber.optional(),
  questionnaire: interviewInput.shape.questionnaire,
  startedAt: instant,
  savedAt: instant,
  /** JSON of what the interview holds so far, encrypted. */
  content,
});

const savedContact = z.strictObject({
  id: uuid,
  hash: sha256,
  /** The canonical JSON, encrypted. */
  content,
});

/**
 * What a tablet saves when it cannot send: all that was not sent, as it is encrypted on its disk, and the
 * data key in a box for the server (contracts/encryption.ts). Saved without the PIN, and of no use to a finder.
 */
export const rescueFile = z
  .strictObject({
    format: z.enum(rescueFormats, 'not a rescue file of this version'),
    keyId: rescueKey.shape.id,
    /** The data key, for the server. */
    key: base64Url.max(400),
    interviewerId: uuid,
    deviceId: uuid,
    savedAt: instant,
    appVersion: z.string().max(64),
    interviews: z.array(savedInterview).max(rescueLimit),
    drafts: z.array(savedDraft).max(rescueLimit).default([]),
    contacts: z.array(savedContact).max(rescueLimit).default([]),
  })
  .refine((file) => file.interviews.length + file.drafts.length + file.contacts.length > 0, {
    path: ['interviews'],
    message: 'the file holds nothing',
  });
export type RescueFile = z.infer<typeof rescueFile>;

/** What became of one interview of the file. */
export const rescued = z.object({
  id: uuid,
  deviceSequence: z.number().int(),
  /** Null when it cannot be decrypted: damaged, and still on the tablet. */
  receipt: receipt.nullable(),
});
export type Rescued = z.infer<typeof rescued>;

/** What became of one contact attempt of the file; the receipt is null when it is damaged. */
export const rescuedContact = z.object({ id: uuid, receipt: contactReceipt.nullable() });

/** What became of one draft of the file: kept for a person, never counted as an interview. */
export const rescuedDraft = z.object({ id: uuid, status: z.enum(['kept', 'damaged']) });

export const rescueReport = z.object({
  interviews: z.array(rescued),
  drafts: z.array(rescuedDraft),
  contacts: z.array(rescuedContact),
});
export type RescueReport = z.infer<typeof rescueReport>;

export const importRescue = operation({
  method: 'post',
  path: '/rescue',
  summary:
    'Import a rescue file of a tablet, as often as one likes: each interview and contact attempt is taken as if ' +
    'the tablet had sent it, in the regions of whoever imports, and has its receipt; drafts are kept for a person',
  access: 'rescue.import',
  body: rescueFile,
  reply: rescueReport,
});

/** A forgotten PIN: a supervisor's code, once and for a quarter of an hour. */
export const createPinReset = operation({
  method: 'post',
  path: '/pin-resets',
  summary: 'Make a code with which an interviewer of the own regions sets a new PIN on a tablet',
  access: 'pin-resets.create',
  body: z.strictObject({ interviewerId: uuid }),
  reply: z.object({
    /** Eight digits; shown this once and kept only as a hash. */
    code: z.string(),
    expiresAt: instant,
  }),
  status: 201,
});

export const redeemPinReset = operation({
  method: 'post',
  path: '/pin-resets/redeem',
  summary: 'Exchange the code, and the box of the tablet, for the data key of the own tablet',
  access: 'field.work',
  body: z.strictObject({
    code: z.string().regex(/^\d{8}$/, 'eight digits'),
    keyId: rescueKey.shape.id,
    box: base64Url.max(400),
  }),
  /** In base64url. */
  reply: z.object({ dataKey: z.string() }),
});
