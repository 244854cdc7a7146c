import { Schema, model } from 'mongoose';

/** Facts about this installation: one document. */
interface Instance {
  _id: 'instance';
  /** Demo data: every screen says so, and production refuses to start on it. */
  synthetic: boolean;
  createdAt: Date;
}

const InstanceModel = model<Instance>(
  'Instance',
  new Schema<Instance>(
    {
      _id: { type: String, required: true },
      synthetic: { type: Boolean, required: true },
      createdAt: { type: Date, required: true },
    },
    { strict: 'throw', versionKey: false, collection: 'instance' },
  ),
);

export const instanceStore = {
  /** The installation's facts, made at the first start. */
  async getOrCreate(synthetic: boolean, now: Date): Promise<Instance> {
    await InstanceModel.updateOne(
      { _id: 'instance' },
      { $setOnInsert: { synthetic, createdAt: now } },
      { upsert: true },
    );
    return (await InstanceModel.findById('instance').lean<Instance>().orFail()) satisfies Instance;
  },
};
