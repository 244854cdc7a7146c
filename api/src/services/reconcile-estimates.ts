import { akimStore } from '../models/akims.ts';
import { estimateStore } from '../models/estimates.ts';
import { interviewStore } from '../models/interviews.ts';
import { waveStore } from '../models/waves.ts';
import type { Deps } from './deps.ts';
import { grouped } from './grouped.ts';

/**
 * Finds akims whose estimate does not stand on all of their interviews, as after a crash between storing
 * an interview and asking for a new estimate, and marks them stale.
 * @returns how many were found
 */
export async function reconcileEstimates(): Promise<number> {
  let found = 0;
  for (const { _id } of await waveStore.list()) found += await reconcileWave(_id);
  return found;
}

/** The same in one wave. @param akimIds only these; left out: all that have interviews */
async function reconcileWave(waveId: string, akimIds?: readonly string[]): Promise<number> {
  const [stored, estimated] = await Promise.all([
    interviewStore.countsByAkim(waveId, akimIds),
    estimateStore.interviewsSeen(waveId, akimIds),
  ]);
  const behind = [...stored].filter(([akimId, count]) => {
    const seen = estimated.get(akimId);
    return seen !== 'stale' && seen !== count;
  });
  const akims = await akimStore.listByIds(behind.map(([akimId]) => akimId));
  await estimateStore.markStale(
    akims.map(({ _id, level, region }) => ({ waveId, akimId: _id, level, region })),
  );
  return akims.length;
}

/**
 * What comes as a duplicate may be the second try of an interview that was stored before asking for a new estimate
 * failed: an akim whose estimate has not seen all interviews is marked stale.
 */
export async function estimateUnseen(
  deps: Deps,
  held: readonly { waveId: string; akimId: string }[],
): Promise<void> {
  let behind = 0;
  for (const [waveId, ofWave] of grouped(held, (one) => one.waveId)) {
    behind += await reconcileWave(waveId, [...new Set(ofWave.map(({ akimId }) => akimId))]);
  }
  if (behind > 0) deps.wakeEstimator();
}
