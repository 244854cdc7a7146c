import { randomUUID } from 'node:crypto';
import type { LocalText } from '../contracts/common.ts';
import type { Publication } from '../contracts/publications.ts';
import type { SessionUser } from '../contracts/session.ts';
import { may } from '../domain/permissions.ts';
import { isDuplicateKey } from '../models/database.ts';
import { estimateStore } from '../models/estimates.ts';
import { publicationStore, type StoredPublication } from '../models/publications.ts';
import { userStore } from '../models/users.ts';
import { waveStore } from '../models/waves.ts';
import { Problem } from '../problem.ts';
import { audit } from './audit.ts';
import type { Deps } from './deps.ts';

const unknown: LocalText = { kk: '—', ru: '—', en: '—' };

async function asPublications(stored: readonly StoredPublication[]): Promise<Publication[]> {
  const people = stored.flatMap(({ proposedBy, approvedBy }) =>
    [proposedBy, approvedBy ?? []].flat(),
  );
  const [users, waves] = await Promise.all([
    userStore.listByIds([...new Set(people)]),
    waveStore.listByIds(stored.map(({ waveId }) => waveId)),
  ]);
  const names = new Map(users.map((user) => [user._id, user.name]));
  const waveNames = new Map(waves.map((wave) => [wave._id, wave.name]));
  return stored.map((one) => ({
    id: one._id,
    waveId: one.waveId,
    waveName: waveNames.get(one.waveId) ?? unknown,
    status: one.status,
    proposedBy: names.get(one.proposedBy) ?? '—',
    proposedAt: one.proposedAt.toISOString(),
    approvedBy: one.approvedBy === null ? null : (names.get(one.approvedBy) ?? '—'),
    publishedAt: one.publishedAt?.toISOString() ?? null,
    akims: one.akims,
    interviews: one.interviews,
  }));
}

export async function listPublications(actor: SessionUser) {
  const all = await publicationStore.list();
  const shown = may(actor, 'publications.approve')
    ? all
    : all.filter(({ status }) => status === 'published');
  return { publications: await asPublications(shown) };
}

/** Freezes the estimates of a closed wave and proposes them. */
export async function proposePublication(
  deps: Deps,
  actor: SessionUser,
  waveId: string,
): Promise<Publication> {
  const wave = await waveStore.get(waveId);
  if (wave === null) throw new Problem('not_found');
  if (wave.status !== 'closed') {
    throw new Problem('wave_state', { detail: 'Only a closed wave is published.' });
  }
  const estimates = await estimateStore.listOfWave(waveId);
  if (estimates.some(({ stale }) => stale)) {
    throw new Problem('wave_state', {
      detail: 'Estimates are still being made; try again shortly.',
    });
  }
  if (estimates.length === 0) {
    throw new Problem('wave_state', { detail: 'The wave has no interviews.' });
  }
  const id = randomUUID();
  const stored: StoredPublication = {
    _id: id,
    waveId,
    status: 'proposed',
    proposedBy: actor.id,
    proposedAt: deps.now(),
    approvedBy: null,
    publishedAt: null,
    akims: estimates.length,
    interviews: estimates.reduce((sum, { result }) => sum + result!.interviews, 0),
  };
  try {
    await publicationStore.create(
      stored,
      estimates.map(({ akimId, level, region, result }) => ({
        _id: `${id}:${akimId}`,
        publicationId: id,
        akimId,
        level,
        region,
        result: result!,
      })),
    );
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw new Problem('conflict', { detail: 'This wave is proposed or published already.' });
  }
  await audit(deps, actor.id, 'publication.proposed', id, { waveId });
  return (await asPublications([stored]))[0]!;
}

/** Publishes what another person has proposed. */
export async function approvePublication(
  deps: Deps,
  actor: SessionUser,
  publicationId: string,
): Promise<Publication> {
  const proposed = await publicationStore.get(publicationId);
  if (proposed === null) throw new Problem('not_found');
  if (proposed.proposedBy === actor.id) throw new Problem('second_person_needed');
  const published = await publicationStore.approve(publicationId, actor.id, deps.now());
  if (published === null) throw new Problem('conflict', { detail: 'It is published already.' });
  await audit(deps, actor.id, 'publication.approved', publicationId, { waveId: published.waveId });
  return (await asPublications([published]))[0]!;
}
