import { parentPort } from 'node:worker_threads';
import type { Methodology } from '../contracts/methodologies.ts';
import type { EstimateResult } from '../models/estimates.ts';
import type { EstimationRow } from '../models/interviews.ts';
import { estimateAkim } from './estimate-akim.ts';

/** Work for the thread: the interviews of some akims under one methodology. */
export interface EstimationJob {
  id: number;
  methodology: Methodology;
  akims: { akimId: string; rows: EstimationRow[] }[];
}
export type EstimationAnswer =
  | { id: number; results: { akimId: string; result: EstimateResult }[] }
  | { id: number; error: string };

function answer({ id, methodology, akims }: EstimationJob): EstimationAnswer {
  try {
    const results = akims.map(({ akimId, rows }) => ({
      akimId,
      result: estimateAkim(rows, methodology),
    }));
    return { id, results };
  } catch (error) {
    return { id, error: (error as Error).stack ?? String(error) };
  }
}

parentPort?.on('message', (job: EstimationJob) => parentPort?.postMessage(answer(job)));
