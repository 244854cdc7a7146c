import { z } from 'zod';
import { instant, localText, uuid } from './common.ts';
import { operation } from './operation.ts';

/** A frozen copy of a wave's estimates. Two people are needed: nobody publishes alone. */
export const publication = z.object({
  id: uuid,
  waveId: uuid,
  waveName: localText,
  status: z.enum(['proposed', 'published']),
  proposedBy: z.string(),
  proposedAt: instant,
  approvedBy: z.string().nullable(),
  publishedAt: instant.nullable(),
  akims: z.number().int(),
  interviews: z.number().int(),
});
export type Publication = z.infer<typeof publication>;

export const listPublications = operation({
  method: 'get',
  path: '/publications',
  summary: 'Publications, newest first; proposals only for those who can approve them',
  access: 'publications.read',
  reply: z.object({ publications: z.array(publication) }),
});

export const proposePublication = operation({
  method: 'post',
  path: '/publications',
  summary: 'Freeze the estimates of a closed wave and propose them for publication',
  access: 'publications.propose',
  body: z.object({ waveId: uuid }),
  reply: publication,
  status: 201,
});

export const approvePublication = operation({
  method: 'post',
  path: '/publications/:publicationId/approve',
  summary: 'Publish what another person has proposed',
  access: 'publications.approve',
  params: z.object({ publicationId: uuid }),
  reply: publication,
});
