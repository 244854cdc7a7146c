import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { Methodology } from '../contracts/methodologies.ts';
import { estimateStore, type EstimateResult, type StoredEstimate } from '../models/estimates.ts';
import { interviewStore, type EstimationRow } from '../models/interviews.ts';
import { methodologyStore } from '../models/methodologies.ts';
import { waveStore, type StoredWave } from '../models/waves.ts';
import type { EstimationAnswer, EstimationJob } from './estimation-worker.ts';
import { akimStore } from '../models/akims.ts';

/** Akims estimated in one round; bounds the interviews held in memory. */
const akimsPerRound = 50;
/** Interviews that arrive together are estimated together. */
const gatherMs = 1000;
const retryMs = 5000;

export interface Estimator {
  /** Some akim is stale. */
  wake(): void;
  /** Resolves when nothing is stale, or when a round failed. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** A thread that estimates, so that requests are answered meanwhile; made anew after one has died. */
class EstimationThread {
  #worker: Worker | null = null;
  readonly #waiting = new Map<
    number,
    { resolve: (answer: EstimationAnswer) => void; reject: (error: Error) => void }
  >();
  #lastId = 0;

  #start(): Worker {
    const worker = new Worker(new URL('./estimation-boot.mjs', import.meta.url), { execArgv: [] });
    worker.unref();
    worker.on('message', (answer: EstimationAnswer) => {
      this.#waiting.get(answer.id)?.resolve(answer);
      this.#waiting.delete(answer.id);
    });
    worker.on('error', (error: Error) => this.#failAll(error));
    worker.on('exit', () => {
      this.#worker = null;
      this.#failAll(new Error('the estimation thread has ended'));
    });
    return worker;
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  async estimate(methodology: Methodology, akims: EstimationJob['akims']) {
    const id = (this.#lastId += 1);
    const answer = await new Promise<EstimationAnswer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker ??= this.#start();
      this.#worker.postMessage({ id, methodology, akims } satisfies EstimationJob);
    });
    if ('error' in answer) throw new Error(answer.error);
    return answer.results;
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
}

async function methodologyOf(wave: StoredWave): Promise<Methodology> {
  const { code, version } = wave.methodology;
  const stored = await methodologyStore.get(code, version);
  if (stored === null) throw new Error(`methodology ${code}@${version} is missing`);
  return stored.methodology;
}

/** Estimates the stale akims of one wave and writes what comes out. */
async function estimateWave(
  thread: EstimationThread,
  waveId: string,
  stale: readonly StoredEstimate[],
  now: Date,
): Promise<void> {
  const wave = await waveStore.get(waveId);
  if (wave === null) throw new Error(`wave ${waveId} is missing`);
  const methodology = await methodologyOf(wave);
  const rows = grouped<EstimationRow>(
    await interviewStore.estimationRows(
      waveId,
      stale.map(({ akimId }) => akimId),
    ),
    ({ akimId }) => akimId,
  );
  const results = await thread.estimate(
    methodology,
    stale.map(({ akimId }) => ({ akimId, rows: rows.get(akimId) ?? [] })),
  );
  const byAkim = new Map<string, EstimateResult>(
    results.map(({ akimId, result }) => [akimId, result]),
  );
  await waveStore.estimatesChanged([waveId]);
  await estimateStore.writeResults(
    stale.map((estimate) => ({ estimate, result: byAkim.get(estimate.akimId)! })),
    now,
  );
}

/**
 * Keeps estimates up to date: whatever is stale is estimated, a few akims at a time, for as long as there
 * is any. Any number of processes may do so at once: estimates are a pure function of the interviews.
 */
export function startEstimator({ now, log }: { now: () => Date; log: Logger }): Estimator {
  const thread = new EstimationThread();
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  async function runUntilFresh(): Promise<void> {
    for (;;) {
      const stale = await estimateStore.listStale(akimsPerRound);
      if (stale.length === 0 || stopped) return;
      for (const [waveId, akims] of grouped(stale, (estimate) => estimate.waveId)) {
        await estimateWave(thread, waveId, akims, now());
      }
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
    wake: () => plan(gatherMs),
    settled: () => run(),
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
      await thread.stop();
    },
  };
}

/**
 * Finds akims whose estimate does not stand on all of their interviews, as after a crash between storing
 * an interview and asking for a new estimate, and marks them stale.
 * @returns how many were found
 */
export async function reconcileEstimates(): Promise<number> {
  let found = 0;
  for (const wave of await waveStore.list()) {
    const [stored, estimated] = await Promise.all([
      interviewStore.countsByAkim(wave._id),
      estimateStore.interviewsSeen(wave._id),
    ]);
    const behind = [...stored].filter(([akimId, count]) => {
      const seen = estimated.get(akimId);
      return seen !== 'stale' && seen !== count;
    });
    const akims = await akimStore.listByIds(behind.map(([akimId]) => akimId));
    await estimateStore.markStale(
      akims.map(({ _id, level, region }) => ({ waveId: wave._id, akimId: _id, level, region })),
    );
    found += akims.length;
  }
  return found;
}
