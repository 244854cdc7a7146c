import { z } from 'zod';
import { instant, kato, sha256, uuid } from './common.ts';
import { receipt } from './interviews.ts';
import { operation } from './operation.ts';
import { session } from './session.ts';

const sequence = z.number().int().min(1);

/** What a tablet tells of itself at each sync. What it cannot know (no battery, no estimate) is null. */
export const deviceReport = z.strictObject({
  deviceId: uuid,
  appVersion: z.string().max(64),
  /** Browser and system in two words, never the whole user agent. */
  userAgentFamily: z.string().max(64),
  /** By the tablet's clock, now: the server tells by it how far that clock is off. */
  deviceTime: instant,
  /** Interviews sealed on the tablet so far. */
  lastSequence: z.number().int().min(0),
  /** Sealed interviews that the server has not proved to hold, and their numbers (the first 500). */
  unsent: z.number().int().min(0),
  unsentSequences: z.array(sequence).max(500),
  drafts: z.number().int().min(0),
  freeBytes: z.number().min(0).nullable(),
  quotaBytes: z.number().min(0).nullable(),
  /** Whether the browser promised not to evict. */
  persisted: z.boolean().nullable(),
  /** 0–1. */
  battery01: z.number().min(0).max(1).nullable(),
  /** Interviews that wait for a person's decision: has there been one? */
  waiting: z.array(z.strictObject({ id: uuid, hash: sha256 })).max(200),
});
export type DeviceReport = z.infer<typeof deviceReport>;

export const reportDevice = operation({
  method: 'post',
  path: '/field/devices/report',
  summary:
    'A tablet tells how it is; the first report makes the device known and gives it its credential',
  access: 'field.work',
  deviceMay: true,
  body: deviceReport,
  reply: z.object({
    /** Withdrawn: the tablet hands in what it has and takes no more work. */
    revoked: z.boolean(),
    /** For those of `waiting` that are stored by now. */
    receipts: z.array(receipt),
  }),
});

/** Which interviews of a device have come. */
export const custody = z.object({
  /** Interviews sealed on the device, as far as is known: its last report or the highest number that came. */
  taken: z.number().int(),
  /** Numbers that came, stored or kept aside. */
  received: z.number().int(),
  /** Numbers that have not come and that the tablet said to have still (the first 200). */
  onDevice: z.array(z.number().int()),
  /** Numbers that have not come and that the tablet did not name (the first 200). */
  missing: z.array(z.number().int()),
  missingCount: z.number().int(),
});
export type Custody = z.infer<typeof custody>;

export const device = z.object({
  id: uuid,
  label: z.string(),
  /** The last one to work on it first. */
  interviewers: z.array(z.object({ id: uuid, name: z.string() })),
  regions: z.array(kato),
  enrolledAt: instant,
  /** Who made the enrolment; null when the device was made known by a sign-in on it. */
  enrolledBy: z.string().nullable(),
  revokedAt: instant.nullable(),
  revokedBy: z.string().nullable(),
  revokedReason: z.string().nullable(),
  /** The last sync; null when there was none after the enrolment. */
  report: deviceReport
    .pick({
      appVersion: true,
      userAgentFamily: true,
      unsent: true,
      drafts: true,
      freeBytes: true,
      quotaBytes: true,
      persisted: true,
      battery01: true,
    })
    .strip()
    .extend({
      at: instant,
      /** The tablet's clock minus the server's, in milliseconds. */
      clockOffsetMs: z.number().int(),
    })
    .nullable(),
  custody,
});
export type Device = z.infer<typeof device>;

export const listDevices = operation({
  method: 'get',
  path: '/devices',
  summary: 'Tablets and what has come from each, of the own regions; longest without sync first',
  access: 'devices.read',
  query: z.object({
    region: kato.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    offset: z.coerce.number().int().min(0).default(0),
  }),
  reply: z.object({ devices: z.array(device), total: z.number().int() }),
});

export const createEnrolment = operation({
  method: 'post',
  path: '/devices/enrolments',
  summary: 'A code that signs an interviewer in on one tablet, once, for a quarter of an hour',
  access: 'devices.manage',
  body: z.strictObject({
    interviewerId: uuid,
    /** What the tablet is called, on its sticker for instance. */
    label: z.string().trim().max(60).default(''),
  }),
  reply: z.object({ code: z.string(), expiresAt: instant, interviewerName: z.string() }),
  status: 201,
});

/** Letters and digits that are not taken for one another; in two groups, read with or without the hyphen. */
export const enrolmentCode = z
  .string()
  .trim()
  .toUpperCase()
  .transform((typed) => typed.replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[2-9A-HJKMNP-Z]{8}$/, 'eight letters and digits, as on the screen'));

export const enrolDevice = operation({
  method: 'post',
  path: '/field/enrol',
  summary: 'A tablet changes its code, once, for a session and the credential of the device',
  access: 'anyone',
  body: z.strictObject({
    code: enrolmentCode,
    deviceId: uuid,
    userAgentFamily: z.string().max(64),
  }),
  reply: session,
});

export const reasonText = z.string().trim().min(3, 'say why, in a few words').max(500);

export const revokeDevice = operation({
  method: 'post',
  path: '/devices/:deviceId/revoke',
  summary:
    'Withdraws a tablet: its sessions end, it takes no work; what it still hands in is kept aside',
  access: 'devices.manage',
  params: z.object({ deviceId: uuid }),
  body: z.strictObject({ reason: reasonText }),
  reply: z.object({ id: uuid, revokedAt: instant }),
});
