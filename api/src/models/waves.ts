import { Schema, model } from 'mongoose';
import type { LocalText, Level } from '../contracts/common.ts';
import { localTextSchema } from './shared.ts';

export type WaveStatus = 'draft' | 'locked' | 'open' | 'closed';

export interface StoredWave {
  _id: string;
  code: string;
  name: LocalText;
  status: WaveStatus;
  questionnaires: { level: Level; code: string; version: number }[];
  methodology: { code: string; version: number };
  opensOn: string;
  closesOn: string;
  synthetic: boolean;
  lockHash: string | null;
  createdAt: Date;
  /** Grows with every change of an estimate: what is computed from estimates is cached under it. */
  estimatesRevision: number;
}

const WaveModel = model<StoredWave>(
  'Wave',
  new Schema<StoredWave>(
    {
      _id: { type: String, required: true },
      code: { type: String, required: true },
      name: { type: localTextSchema, required: true },
      status: { type: String, required: true },
      questionnaires: {
        type: [
          new Schema(
            {
              level: { type: String, required: true },
              code: { type: String, required: true },
              version: { type: Number, required: true },
            },
            { _id: false, strict: 'throw' },
          ),
        ],
        required: true,
      },
      methodology: {
        type: new Schema(
          { code: { type: String, required: true }, version: { type: Number, required: true } },
          { _id: false, strict: 'throw' },
        ),
        required: true,
      },
      opensOn: { type: String, required: true },
      closesOn: { type: String, required: true },
      synthetic: { type: Boolean, required: true },
      lockHash: { type: String, default: null },
      createdAt: { type: Date, required: true },
      estimatesRevision: { type: Number, required: true },
    },
    { strict: 'throw', versionKey: false, collection: 'waves' },
  ).index({ code: 1 }, { unique: true }),
);

export const waveStore = {
  create: async (wave: StoredWave): Promise<void> => {
    await WaveModel.collection.insertOne(wave as never);
  },
  get: (id: string) => WaveModel.findById(id).lean<StoredWave>().exec(),
  list: () => WaveModel.find().sort({ createdAt: -1 }).lean<StoredWave[]>().exec(),
  listByIds: (ids: readonly string[]) =>
    WaveModel.find({ _id: { $in: [...ids] } })
      .lean<StoredWave[]>()
      .exec(),
  /** Changes the status only from the one expected. @returns null when it was another */
  step: (id: string, from: WaveStatus, changes: Partial<Pick<StoredWave, 'status' | 'lockHash'>>) =>
    WaveModel.findOneAndUpdate(
      { _id: id, status: from },
      { $set: changes },
      { returnDocument: 'after' },
    )
      .lean<StoredWave>()
      .exec(),
  estimatesChanged: async (ids: readonly string[]): Promise<void> => {
    await WaveModel.updateMany({ _id: { $in: [...ids] } }, { $inc: { estimatesRevision: 1 } });
  },
};
