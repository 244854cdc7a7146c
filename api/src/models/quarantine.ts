import { Schema, model, type QueryFilter } from 'mongoose';
import type { InterviewReason } from '../contracts/interviews.ts';
import type { FieldFault } from '../contracts/problem.ts';
import type { DeviceSequence } from './interviews.ts';
import { totalOf } from './shared.ts';

/** Something handed in that was not stored, kept as it came until a person has decided. */
export interface Quarantined {
  _id: string;
  interviewId: string | null;
  waveId: string | null;
  /** Region of the akim it is about; of the one who handed it in when that is not known. */
  regions: string[];
  status: 'quarantined' | 'refused';
  reasons: { code: InterviewReason; fields: FieldFault[] }[];
  hash: string;
  submittedBy: string;
  receivedAt: Date;
  sizeBytes: number;
  raw: Buffer;
  /** As far as they could be read: what is kept aside has come, and is no gap in its device's numbers. */
  deviceId: string | null;
  deviceSequence: number | null;
}

export interface Decision {
  outcome: 'released' | 'rejected';
  by: string;
  at: Date;
  reason: string;
}

/** `decision` is null while nobody has decided. */
type Kept = Quarantined & { decision: Decision | null };
export type KeptWithoutRaw = Omit<Kept, 'raw'>;

const QuarantineModel = model<Kept>(
  'Quarantined',
  new Schema<Kept>(
    {
      _id: { type: String, required: true },
      interviewId: { type: String, default: null },
      waveId: { type: String, default: null },
      regions: { type: [String], required: true },
      status: { type: String, required: true },
      reasons: { type: Schema.Types.Mixed, required: true },
      hash: { type: String, required: true },
      submittedBy: { type: String, required: true },
      receivedAt: { type: Date, required: true },
      sizeBytes: { type: Number, required: true },
      raw: { type: Buffer, required: true },
      deviceId: { type: String, default: null },
      deviceSequence: { type: Number, default: null },
      decision: { type: Schema.Types.Mixed, default: null },
    },
    { strict: 'throw', versionKey: false, collection: 'quarantine' },
  )
    // The same bytes sent again by the same person are one thing to decide on.
    .index({ submittedBy: 1, hash: 1 }, { unique: true })
    .index({ receivedAt: -1 })
    .index({ deviceId: 1 }),
);

function filterOf(regions: readonly string[] | null): QueryFilter<Kept> {
  return regions === null ? {} : { regions: { $in: [...regions] } };
}

export const quarantineStore = {
  /** Keeps what was not stored; the same again only updates why and when: a decision stands. */
  async keep(kept: Quarantined): Promise<void> {
    const { _id, ...rest } = kept;
    await QuarantineModel.collection.updateOne(
      { submittedBy: kept.submittedBy, hash: kept.hash },
      { $setOnInsert: { _id: _id, decision: null }, $set: rest },
      { upsert: true },
    );
  },
  async list(regions: readonly string[] | null, limit: number, offset: number) {
    const filter = filterOf(regions);
    const quarantine = await QuarantineModel.find(filter, { raw: 0 })
      .sort({ receivedAt: -1 })
      .skip(offset)
      .limit(limit)
      .lean<KeptWithoutRaw[]>();
    const total = await totalOf(quarantine.length, limit, offset, () =>
      QuarantineModel.countDocuments(filter).exec(),
    );
    return { quarantine, total };
  },
  get: (id: string, regions: readonly string[] | null) =>
    QuarantineModel.findOne({ _id: id, ...filterOf(regions) })
      .lean<KeptWithoutRaw & { raw: { buffer: Uint8Array } }>()
      .exec(),
  /** Writes a decision, unless it was released before. @returns whether it was written */
  async decide(id: string, decision: Decision): Promise<boolean> {
    const open = { _id: id, 'decision.outcome': { $ne: 'released' as const } };
    const changed = await QuarantineModel.updateOne(open, { $set: { decision } });
    return changed.modifiedCount === 1;
  },
  /** Numbers of what devices handed in and was kept aside. */
  sequencesOfDevices: (deviceIds: readonly string[]): Promise<DeviceSequence[]> =>
    QuarantineModel.collection
      .find<DeviceSequence>(
        { deviceId: { $in: [...deviceIds] } },
        { projection: { _id: 0, deviceId: 1, deviceSequence: 1 } },
      )
      .toArray(),
};
