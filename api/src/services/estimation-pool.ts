import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Methodology } from '../contracts/methodologies.ts';
import type { EstimateResult } from '../models/estimates.ts';
import type { CalibrationGroup } from './estimate-group.ts';
import type { EstimationAnswer, EstimationJob } from './estimation-worker.ts';

/** A thread that estimates, so that requests are answered meanwhile; made anew after one has died. */
class EstimationThread {
  #worker: Worker | null = null;
  readonly #waiting = new Map<
    number,
    { resolve: (answer: EstimationAnswer) => void; reject: (error: Error) => void }
  >();
  #lastId = 0;

  get waiting(): number {
    return this.#waiting.size;
  }

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

  async estimate(
    methodology: Methodology,
    group: CalibrationGroup,
  ): Promise<Map<string, EstimateResult>> {
    const id = (this.#lastId += 1);
    const answer = await new Promise<EstimationAnswer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker ??= this.#start();
      this.#worker.postMessage({ id, methodology, group } satisfies EstimationJob);
    });
    if ('error' in answer) throw new Error(answer.error);
    return answer.results;
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }
}

/** One thread per core. A thread starts with its first work: where there is little to do, one is enough. */
export class EstimationPool {
  readonly #threads: EstimationThread[];

  constructor(size = availableParallelism()) {
    this.#threads = Array.from({ length: size }, () => new EstimationThread());
  }

  get size(): number {
    return this.#threads.length;
  }

  /** Estimates a group on the first thread that has least to do. */
  estimate(methodology: Methodology, group: CalibrationGroup) {
    const least = Math.min(...this.#threads.map(({ waiting }) => waiting));
    return this.#threads.find(({ waiting }) => waiting === least)!.estimate(methodology, group);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }
}
