import type { Logger } from 'pino';
import type { Methodology } from '../contracts/methodologies.ts';
import { estimateStore, type StoredEstimate } from '../models/estimates.ts';
import { interviewStore } from '../models/interviews.ts';
import { methodologyStore } from '../models/methodologies.ts';
import { targetStore, type TargetCell } from '../models/targets.ts';
import { waveStore, type StoredWave } from '../models/waves.ts';
import { BriefCache } from './brief-cache.ts';
import { EstimationPool } from './estimation-pool.ts';
import { grouped } from './grouped.ts';
import { unansweredOf } from './non-response.ts';
import { staleGroups, type StaleGroup } from './stale-groups.ts';

/** Stale akims looked at in one round; bounds the interviews held in memory to those of their groups. */
const akimsPerRound = 50;
/** Interviews that arrive together are estimated together. */
const gatherMs = 1000;
const retryMs = 5000;
/** While interviews stream in, rounds of estimation pause this many times as long as they took, and no longer than … */
const pauseFactor = 3;
const longestPauseMs = 10_000;
/** … and interviews stream in as long as the last came within this time. */
const streamMs = 500;

export interface Estimator {
  /** Some akim is stale. */
  wake(): void;
  /** Resolves when nothing is stale, or when a round failed. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

async function methodologyOf(wave: StoredWave): Promise<Methodology> {
  const { code, version } = wave.methodology;
  const stored = await methodologyStore.get(code, version);
  if (stored === null) throw new Error(`methodology ${code}@${version} is missing`);
  return stored.methodology;
}

// The targets of a wave are frozen before it has interviews.
const targetsOfWaves = new BriefCache<readonly TargetCell[]>(600_000, 20);

async function targetsOf(waveId: string, now: Date): Promise<readonly TargetCell[]> {
  const known = targetsOfWaves.get(waveId, now);
  if (known !== undefined) return known;
  const cells = (await targetStore.get(waveId))?.cells ?? [];
  targetsOfWaves.set(waveId, cells, now);
  return cells;
}

/** Questions whose answers say which category of the targets a respondent is in. */
function questionsOf({ rules: { calibration } }: Methodology): string[] {
  return calibration.method === 'none' ? [] : calibration.margins.map(({ question }) => question);
}

/** Estimates the calibration groups of a wave in which something is stale, as many at once as there are threads. */
async function estimateWave(
  pool: EstimationPool,
  waveId: string,
  stale: readonly StoredEstimate[],
  now: () => Date,
): Promise<void> {
  const wave = await waveStore.get(waveId);
  if (wave === null) throw new Error(`wave ${waveId} is missing`);
  const methodology = await methodologyOf(wave);
  const cells =
    methodology.rules.calibration.method === 'none' ? [] : await targetsOf(waveId, now());
  const waiting = await staleGroups(waveId, methodology, cells, stale);
  const work = async (): Promise<void> => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
      await estimateOne(pool, waveId, methodology, group, now());
    }
  };
  await Promise.all(Array.from({ length: pool.size }, work));
}

async function estimateOne(
  pool: EstimationPool,
  waveId: string,
  methodology: Methodology,
  { territory, members, cells }: StaleGroup,
  now: Date,
): Promise<void> {
  const akims = members.map(({ akimId }) => akimId);
  const [rows, unanswered] = await Promise.all([
    interviewStore.estimationRows(waveId, akims, questionsOf(methodology)),
    unansweredOf(waveId, akims, methodology),
  ]);
  const results = await pool.estimate(methodology, { territory, akims, rows, cells, unanswered });
  await waveStore.estimatesChanged([waveId]);
  await estimateStore.writeResults(
    members.map((estimate) => ({ estimate, result: results.get(estimate.akimId)! })),
    now,
  );
}

/**
 * Keeps estimates up to date: whatever is stale is estimated, a few akims at a time, for as long as there
 * is any. Any number of processes may do so at once: estimates are a pure function of the interviews.
 */
export function startEstimator({ now, log }: { now: () => Date; log: Logger }): Estimator {
  const pool = new EstimationPool();
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let lastWokenAt = -Infinity;
  let hurried = false;

  async function runUntilFresh(): Promise<void> {
    for (;;) {
      const stale = await estimateStore.listStale(akimsPerRound);
      if (stale.length === 0 || stopped) return;
      const began = performance.now();
      for (const [waveId, akims] of grouped(stale, (estimate) => estimate.waveId)) {
        await estimateWave(pool, waveId, akims, now);
      }
      await makeWay(performance.now() - began);
    }
  }

  /** An estimate can wait, a tablet on a thin line cannot: interviews have the processor first. */
  async function makeWay(tookMs: number): Promise<void> {
    const ends = performance.now() + Math.min(pauseFactor * tookMs, longestPauseMs);
    while (performance.now() < Math.min(ends, lastWokenAt + streamMs) && !hurried && !stopped) {
      await new Promise((resolve) => setTimeout(resolve, streamMs / 5));
    }
  }

  function run(): Promise<void> {
    running ??= runUntilFresh()
      .catch((error: unknown) => {
        if (stopped) return;
        log.error({ err: error }, 'estimation failed; it is tried again');
        plan(retryMs);
      })
      .finally(() => (running = null));
    return running;
  }

  function plan(delayMs: number): void {
    if (stopped || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      // What became stale while a round was finishing is for the next.
      void run()
        .then(() => estimateStore.listStale(1))
        .then(
          (left) => {
            if (left.length > 0) plan(gatherMs);
          },
          () => plan(retryMs),
        );
    }, delayMs);
    timer.unref();
  }

  return {
    wake() {
      lastWokenAt = performance.now();
      plan(gatherMs);
    },
    async settled() {
      hurried = true;
      try {
        // A round under way may have read what is stale before the caller's change.
        await running;
        await run();
      } finally {
        hurried = false;
      }
    },
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
      await pool.stop();
    },
  };
}
