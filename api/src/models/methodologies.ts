import { Schema, model } from 'mongoose';
import type { Methodology } from '../contracts/methodologies.ts';

/** One published version. Never changed. */
export interface StoredMethodology {
  /** code@version */
  _id: string;
  hash: string;
  publishedAt: Date;
  publishedBy: string;
  methodology: Methodology;
}

const MethodologyModel = model<StoredMethodology>(
  'Methodology',
  new Schema<StoredMethodology>(
    {
      _id: { type: String, required: true },
      hash: { type: String, required: true },
      publishedAt: { type: Date, required: true },
      publishedBy: { type: String, required: true },
      methodology: { type: Schema.Types.Mixed, required: true },
    },
    { strict: 'throw', minimize: false, versionKey: false, collection: 'methodologies' },
  ),
);

export const methodologyStore = {
  create: async (version: StoredMethodology): Promise<void> => {
    await MethodologyModel.collection.insertOne(version as never);
  },
  get: (code: string, version: number) =>
    MethodologyModel.findById(`${code}@${version}`).lean<StoredMethodology>().exec(),
  list: () => MethodologyModel.find().sort({ publishedAt: -1 }).lean<StoredMethodology[]>().exec(),
};
