import { Schema, model } from 'mongoose';
import { upsertAll } from './shared.ts';
import type { Level } from '../contracts/common.ts';
import type { NotRatedReason } from '../contracts/rankings.ts';
import type { WeightingDiagnostics } from '../contracts/weighting.ts';

/** What the interviews of one akim in one wave say; a pure function of them and the methodology. */
export interface EstimateResult {
  /** Interviews stored when it was made. */
  interviews: number;
  /** Interviews the estimate stands on: those with at least one score. */
  n: number;
  effectiveN: number;
  degreesOfFreedom: number;
  /** Indicators in the order of `means` and `covariance`. */
  indicators: string[];
  /** 0–100; null where no interview has the indicator. */
  means: (number | null)[];
  /** Interviews with the indicator present. */
  counts: number[];
  /** Row-major, indicators × indicators; null where it cannot be estimated. */
  covariance: (number | null)[] | null;
  /** Composite index with the methodology's importances, 0–100. */
  score: number | null;
  standardError: number | null;
  interval: [number, number] | null;
  /** Kish, from the weights alone: n Σw² / (Σw)². */
  designEffect: number | null;
  notRated: NotRatedReason | null;
  /** How the akim's calibration group was weighted. */
  weighting: WeightingDiagnostics | null;
}

export interface StoredEstimate {
  /** waveId:akimId */
  _id: string;
  waveId: string;
  akimId: string;
  level: Level;
  region: string;
  /** Grows with every change of the akim's interviews. */
  requested: number;
  /** True until an estimate of the newest `requested` is written. */
  stale: boolean;
  result: EstimateResult | null;
  estimatedAt: Date | null;
  /** Changes of the calibration group that the result has seen: Σ `requested` of its akims. Grows only. */
  revision: number;
}

const EstimateModel = model<StoredEstimate>(
  'Estimate',
  new Schema<StoredEstimate>(
    {
      _id: { type: String, required: true },
      waveId: { type: String, required: true },
      akimId: { type: String, required: true },
      level: { type: String, required: true },
      region: { type: String, required: true },
      requested: { type: Number, required: true },
      stale: { type: Boolean, required: true },
      result: { type: Schema.Types.Mixed, default: null },
      estimatedAt: { type: Date, default: null },
      revision: { type: Number, default: 0 },
    },
    { strict: 'throw', minimize: false, versionKey: false, collection: 'estimates' },
  )
    .index({ waveId: 1, level: 1, stale: 1 })
    .index({ waveId: 1, level: 1, region: 1 })
    .index({ stale: 1 }),
);

/** A whole level is read without what only one akim's page needs. */
export const withoutDetails = {
  'result.covariance': 0,
  'result.weighting.margins': 0,
  'result.weighting.smallCells': 0,
  'result.weighting.faults': 0,
} as const;

/** What other importances need of every akim of a level. */
export const onlyFigures = {
  akimId: 1,
  region: 1,
  'result.means': 1,
  'result.covariance': 1,
  'result.degreesOfFreedom': 1,
  'result.notRated': 1,
  'result.score': 1,
  'result.interval': 1,
} as const;
export interface AkimFigures {
  akimId: string;
  region: string;
  result: Pick<
    EstimateResult,
    'means' | 'covariance' | 'degreesOfFreedom' | 'notRated' | 'score' | 'interval'
  > | null;
}

export interface StaleAkim {
  waveId: string;
  akimId: string;
  level: Level;
  region: string;
}

const idOf = (waveId: string, akimId: string): string => `${waveId}:${akimId}`;

export const estimateStore = {
  /** Asks for new estimates. Written after the interviews; a crash in between is found by the reconciler. */
  async markStale(akims: readonly StaleAkim[]): Promise<void> {
    if (akims.length === 0) return;
    const operations = akims.map(({ waveId, akimId, level, region }) => ({
      updateOne: {
        filter: { _id: idOf(waveId, akimId) as never },
        update: {
          $inc: { requested: 1 },
          $set: { stale: true },
          $setOnInsert: {
            ...{ waveId, akimId, level, region },
            ...{ result: null, estimatedAt: null, revision: 0 },
          },
        },
        upsert: true,
      },
    }));
    await upsertAll(EstimateModel.collection, operations);
  },
  listStale: (limit: number) =>
    EstimateModel.find({ stale: true }, { result: 0 })
      .sort({ waveId: 1 })
      .limit(limit)
      .lean<StoredEstimate[]>()
      .exec(),
  /** Every akim of a level in a region, without what is known of it. */
  listOfRegion: (waveId: string, level: Level, region: string) =>
    EstimateModel.find({ waveId, level, region }, { result: 0 }).lean<StoredEstimate[]>().exec(),
  countStale: (waveId: string, level: Level) =>
    EstimateModel.countDocuments({ waveId, level, stale: true }).exec(),
  /**
   * Writes the results of one calibration group, unless they have seen less than those written meanwhile; an akim that
   * changed since stays stale.
   */
  async writeResults(
    results: readonly { estimate: StoredEstimate; result: EstimateResult }[],
    now: Date,
  ): Promise<void> {
    const revision = results.reduce((sum, { estimate }) => sum + estimate.requested, 0);
    await EstimateModel.collection.bulkWrite(
      results.flatMap(({ estimate, result }) => [
        {
          updateOne: {
            filter: { _id: estimate._id as never, revision: { $not: { $gt: revision } } },
            update: { $set: { result, estimatedAt: now, revision } },
          },
        },
        {
          updateOne: {
            filter: { _id: estimate._id as never, requested: estimate.requested },
            update: { $set: { stale: false } },
          },
        },
      ]),
      { ordered: true },
    );
  },
  listOfLevel: (waveId: string, level: Level) =>
    EstimateModel.find({ waveId, level }, withoutDetails).lean<StoredEstimate[]>().exec(),
  figuresOfLevel: (waveId: string, level: Level) =>
    EstimateModel.find({ waveId, level }, onlyFigures).lean<AkimFigures[]>().exec(),
  get: (waveId: string, akimId: string) =>
    EstimateModel.findById(idOf(waveId, akimId)).lean<StoredEstimate>().exec(),
  listOfWave: (waveId: string) => EstimateModel.find({ waveId }).lean<StoredEstimate[]>().exec(),
  /** Interviews that each akim's estimate has seen, or that it is stale. @param akimIds only these; left out: all */
  async interviewsSeen(
    waveId: string,
    akimIds?: readonly string[],
  ): Promise<Map<string, number | 'stale'>> {
    const found = await EstimateModel.find(
      akimIds ? { _id: { $in: akimIds.map((akimId) => idOf(waveId, akimId)) } } : { waveId },
      { akimId: 1, stale: 1, 'result.interviews': 1 },
    ).lean<{ akimId: string; stale: boolean; result: { interviews: number } | null }[]>();
    return new Map(
      found.map(({ akimId, stale, result }) => [
        akimId,
        stale ? 'stale' : (result?.interviews ?? 0),
      ]),
    );
  },
};
