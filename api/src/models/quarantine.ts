import { Schema, model, type QueryFilter } from 'mongoose';
import type { InterviewReason } from '../contracts/interviews.ts';
import type { FieldFault } from '../contracts/problem.ts';

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
}

const QuarantineModel = model<Quarantined>(
  'Quarantined',
  new Schema<Quarantined>(
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
    },
    { strict: 'throw', versionKey: false, collection: 'quarantine' },
  )
    // The same bytes sent again by the same person are one thing to decide on.
    .index({ submittedBy: 1, hash: 1 }, { unique: true })
    .index({ receivedAt: -1 }),
);

function filterOf(regions: readonly string[] | null): QueryFilter<Quarantined> {
  return regions === null ? {} : { regions: { $in: [...regions] } };
}

export const quarantineStore = {
  /** Keeps what was not stored; the same again only updates why and when. */
  async keep(kept: Quarantined): Promise<void> {
    const { _id, ...rest } = kept;
    await QuarantineModel.collection.updateOne(
      { submittedBy: kept.submittedBy, hash: kept.hash },
      { $setOnInsert: { _id: _id }, $set: rest },
      { upsert: true },
    );
  },
  async list(regions: readonly string[] | null, limit: number, offset: number) {
    const filter = filterOf(regions);
    const [quarantine, total] = await Promise.all([
      QuarantineModel.find(filter, { raw: 0 })
        .sort({ receivedAt: -1 })
        .skip(offset)
        .limit(limit)
        .lean<Omit<Quarantined, 'raw'>[]>(),
      QuarantineModel.countDocuments(filter),
    ]);
    return { quarantine, total };
  },
  get: (id: string, regions: readonly string[] | null) =>
    QuarantineModel.findOne({ _id: id, ...filterOf(regions) })
      .lean<Omit<Quarantined, 'raw'> & { raw: { buffer: Uint8Array } }>()
      .exec(),
};
