import { z } from 'zod';
import { code, day, instant, level, localText, sha256, uuid, versionRef } from './common.ts';
import { operation } from './operation.ts';

export const waveStatus = z.enum(['draft', 'locked', 'open', 'closed']);

/** One round of fieldwork. */
export const wave = z.object({
  id: uuid,
  code,
  name: localText,
  status: waveStatus,
  /** The questionnaire of each level surveyed. */
  questionnaires: z.array(versionRef.extend({ level })).min(1),
  methodology: versionRef,
  opensOn: day,
  closesOn: day,
  /** Demo data: random answers, no real person. */
  synthetic: z.boolean(),
  /** SHA-256 of questionnaires + methodology, fixed when the wave is locked. */
  lockHash: sha256.nullable(),
  /** Interviews stored; null for those who may see only what is published. */
  interviews: z.number().int().nullable(),
  publication: z
    .object({
      id: uuid,
      status: z.enum(['proposed', 'published']),
      publishedAt: instant.nullable(),
    })
    .nullable(),
});
export type Wave = z.infer<typeof wave>;

export const listWaves = operation({
  method: 'get',
  path: '/waves',
  summary:
    'Waves, newest first; without rankings.read-unpublished or fieldwork only those published',
  access: 'waves.read',
  reply: z.object({ waves: z.array(wave) }),
});

export const createWave = operation({
  method: 'post',
  path: '/waves',
  summary: 'Make a wave; it is a draft until it is locked',
  access: 'waves.manage',
  body: z
    .object({
      code,
      name: localText,
      questionnaires: z.array(versionRef.extend({ level })).min(1).max(3),
      methodology: versionRef,
      opensOn: day,
      closesOn: day,
    })
    .refine((w) => w.opensOn <= w.closesOn, {
      path: ['closesOn'],
      message: 'must not be before opensOn',
    }),
  reply: wave,
  status: 201,
});

const waveParams = z.object({ waveId: uuid });
const step = (verb: 'lock' | 'open' | 'close', summary: string) =>
  operation({
    method: 'post',
    path: `/waves/:waveId/${verb}`,
    summary,
    access: 'waves.manage',
    params: waveParams,
    reply: wave,
  });

export const lockWave = step('lock', 'Freeze questionnaires and methodology; draft → locked');
export const openWave = step('open', 'Begin fieldwork; locked → open');
export const closeWave = step('close', 'End fieldwork; open → closed');
