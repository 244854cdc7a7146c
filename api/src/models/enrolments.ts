import { Schema, model } from 'mongoose';

/** A code that makes one tablet an interviewer's, once. */
export interface StoredEnrolment {
  /** SHA-256 of the code. */
  _id: string;
  interviewerId: string;
  label: string;
  createdBy: string;
  expiresAt: Date;
}

const EnrolmentModel = model<StoredEnrolment>(
  'Enrolment',
  new Schema<StoredEnrolment>(
    {
      _id: { type: String, required: true },
      interviewerId: { type: String, required: true },
      label: { type: String, default: '' },
      createdBy: { type: String, required: true },
      expiresAt: { type: Date, required: true },
    },
    { strict: 'throw', versionKey: false, collection: 'enrolments' },
  ).index({ expiresAt: 1 }),
);

export const enrolmentStore = {
  create: async (enrolment: StoredEnrolment): Promise<void> => {
    await EnrolmentModel.collection.insertOne(enrolment as never);
  },
  /** Takes the code away, so that it works once. @returns what it was for; null when there was none */
  take: (id: string) => EnrolmentModel.findOneAndDelete({ _id: id }).lean<StoredEnrolment>().exec(),
  removeExpired: async (now: Date): Promise<void> => {
    await EnrolmentModel.deleteMany({ expiresAt: { $lt: now } });
  },
};
