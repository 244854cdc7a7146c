import { Schema, model } from 'mongoose';
import { methodology as schema, type Methodology } from '../contracts/methodologies.ts';

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

/** A rule that a methodology is older than has its default. */
const withDefaults = (stored: StoredMethodology): StoredMethodology => ({
  ...stored,
  methodology: schema.parse(stored.methodology),
});

export const methodologyStore = {
  create: async (version: StoredMethodology): Promise<void> => {
    await MethodologyModel.collection.insertOne(version as never);
  },
  async get(code: string, version: number): Promise<StoredMethodology | null> {
    const stored = await MethodologyModel.findById(`${code}@${version}`).lean<StoredMethodology>();
    return stored && withDefaults(stored);
  },
  async list(): Promise<StoredMethodology[]> {
    const all = await MethodologyModel.find().sort({ publishedAt: -1 }).lean<StoredMethodology[]>();
    return all.map(withDefaults);
  },
};
