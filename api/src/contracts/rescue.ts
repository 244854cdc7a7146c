import { z } from 'zod';
import { instant, sha256, uuid } from './common.ts';
import { receipt } from './interviews.ts';
import { operation } from './operation.ts';
import { rescueKey } from './rescue-key.ts';

const base64Url = z.string().regex(/^[\w-]+$/, 'base64url');

/** Version of the file's form: whoever reads it checks this first. */
export const rescueFormat = 'akimetr-rescue-1';
export const rescueLimit = 5000;

/**
 * What a tablet saves when it cannot send: its unsent interviews as they are encrypted on its disk, and the
 * data key in a box for the server (contracts/encryption.ts). Saved without the PIN, and of no use to a finder.
 */
export const rescueFile = z.strictObject({
  format: z.literal(rescueFormat, 'not a rescue file of this version'),
  keyId: rescueKey.shape.id,
  /** The data key, for the server. */
  key: base64Url.max(400),
  interviewerId: uuid,
  deviceId: uuid,
  savedAt: instant,
  appVersion: z.string().max(64),
  interviews: z
    .array(
      z.strictObject({
        id: uuid,
        deviceSequence: z.number().int().min(1),
        hash: sha256,
        /** The canonical JSON, encrypted. */
        content: base64Url.max(4_000_000),
      }),
    )
    .min(1, 'the file holds no interview')
    .max(rescueLimit),
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

export const importRescue = operation({
  method: 'post',
  path: '/rescue',
  summary:
    'Import a rescue file of a tablet, as often as one likes: each interview is taken as by POST /interviews, ' +
    'in the regions of whoever imports, and has its receipt',
  access: 'rescue.import',
  body: rescueFile,
  reply: z.object({ interviews: z.array(rescued) }),
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
