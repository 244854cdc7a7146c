import { Schema, model } from 'mongoose';

/** A code that lets one interviewer set a new PIN; at most one for each. */
interface PinReset {
  /** Id of the interviewer. */
  _id: string;
  /** argon2id, in PHC form. */
  codeHash: string;
  createdBy: string;
  expiresAt: Date;
  tries: number;
}

const PinResetModel = model<PinReset>(
  'PinReset',
  new Schema<PinReset>(
    {
      _id: { type: String, required: true },
      codeHash: { type: String, required: true },
      createdBy: { type: String, required: true },
      expiresAt: { type: Date, required: true },
      tries: { type: Number, required: true },
    },
    { strict: 'throw', versionKey: false, collection: 'pin-resets' },
  ),
);

export const pinResetStore = {
  /** The newest code is the only valid one. */
  async put({ _id, ...reset }: PinReset): Promise<void> {
    await PinResetModel.updateOne({ _id }, { $set: reset }, { upsert: true });
  },
  /** Counts a try before it is made. @returns the code with its tries; null when there is none */
  countTry: (interviewerId: string): Promise<PinReset | null> =>
    PinResetModel.findByIdAndUpdate(
      interviewerId,
      { $inc: { tries: 1 } },
      { returnDocument: 'after' },
    ).lean<PinReset>(),
  /** Takes the code away, so that it works once. @returns whether it was still there */
  async use({ _id, codeHash }: PinReset): Promise<boolean> {
    return (await PinResetModel.findOneAndDelete({ _id, codeHash }).lean<PinReset>()) !== null;
  },
};
