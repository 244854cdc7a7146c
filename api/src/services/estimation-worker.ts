import { parentPort } from 'node:worker_threads';
import type { Methodology } from '../contracts/methodologies.ts';
import type { EstimateResult } from '../models/estimates.ts';
import { estimateCalibrationGroup, type CalibrationGroup } from './estimate-group.ts';

/** Work for a thread: the interviews of one calibration group under a methodology. */
export interface EstimationJob {
  id: number;
  methodology: Methodology;
  group: CalibrationGroup;
}
export type EstimationAnswer =
  { id: number; results: Map<string, EstimateResult> } | { id: number; error: string };

function answer({ id, methodology, group }: EstimationJob): EstimationAnswer {
  try {
    return { id, results: estimateCalibrationGroup(group, methodology) };
  } catch (error) {
    return { id, error: (error as Error).stack ?? String(error) };
  }
}

parentPort?.on('message', (job: EstimationJob) => parentPort?.postMessage(answer(job)));
