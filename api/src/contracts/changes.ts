import { z } from 'zod';
import { instant, kato, level, localText, uuid } from './common.ts';
import { operation } from './operation.ts';

/** What became of one office since the earlier wave; an office that is not rated now is not here. */
export const officeChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('change'),
    akimId: uuid,
    territory: kato,
    /** Later − earlier score, points. */
    difference: z.number(),
    standardError: z.number(),
    /** Of this difference alone. */
    interval: z.tuple([z.number(), z.number()]),
    /** Two-sided, adjusted over all changes of the reply. */
    adjustedP: z.number(),
    /** Told by the adjusted p at the confidence level. */
    verdict: z.enum(['rise', 'fall', 'no_change_told']),
  }),
  /** Another person holds the office: a new series begins, and nothing is compared. */
  z.object({
    kind: z.literal('hand_over'),
    akimId: uuid,
    territory: kato,
    beforeName: localText,
    /** First day of the tenure. */
    from: z.string(),
  }),
  /** Not rated in the earlier wave. */
  z.object({ kind: z.literal('only_after'), akimId: uuid, territory: kato }),
]);
export type OfficeChange = z.infer<typeof officeChange>;

export const changes = z.object({
  waveId: uuid,
  level,
  region: kato.nullable(),
  /** The newest published wave before this one that has the level; null: there is none. */
  against: z
    .object({ waveId: uuid, waveName: localText, publishedAt: instant.nullable() })
    .nullable(),
  /** Whether both waves have the same indicators with the same importances; else nothing is compared. */
  comparable: z.boolean(),
  /** Holm for few comparisons, Benjamini–Hochberg for many. */
  adjustment: z.enum(['holm', 'benjamini_hochberg']),
  confidenceLevel: z.number(),
  offices: z.array(officeChange),
});
export type Changes = z.infer<typeof changes>;

export const getChanges = operation({
  method: 'get',
  path: '/waves/:waveId/changes',
  summary: 'How the scores of the akims of one level changed since the published wave before',
  access: 'rankings.read',
  params: z.object({ waveId: uuid }),
  query: z.object({ level, region: kato.optional() }),
  reply: changes,
});
