import { Schema, model, type QueryFilter } from 'mongoose';
import type { ContactAttempt, ContactReason } from '../contracts/contact-attempts.ts';

/** One attempt at one household. Never updated. */
export interface StoredContactAttempt extends Omit<
  ContactAttempt,
  'id' | 'attemptedAt' | 'appointmentAt'
> {
  /** UUID made on the tablet; with its hash behind it where it is kept aside. */
  _id: string;
  attemptedAt: Date;
  appointmentAt?: Date;
  /** Of the assignment; null when that is not known. */
  region: string | null;
  submittedBy: string;
  hash: string;
  receivedAt: Date;
  /** Why it is held without being counted; null when it counts. */
  keptAside: ContactReason[] | null;
}

/** What the outcome rates need of an attempt. */
export type ContactOutcome = Pick<
  StoredContactAttempt,
  'assignmentId' | 'household' | 'disposition' | 'reason'
>;

const ContactAttemptModel = model<StoredContactAttempt>(
  'ContactAttempt',
  new Schema<StoredContactAttempt>(
    {
      _id: { type: String, required: true },
      waveId: { type: String, required: true },
      assignmentId: { type: String, required: true },
      region: { type: String, default: null },
      household: { type: Number, required: true },
      attemptedAt: { type: Date, required: true },
      clockOffsetMs: { type: Number, default: null },
      disposition: { type: String, required: true },
      reason: { type: String },
      appointmentAt: { type: Date },
      nextStep: { type: String, required: true },
      note: { type: String },
      deviceId: { type: String, required: true },
      appVersion: { type: String, required: true },
      submittedBy: { type: String, required: true },
      hash: { type: String, required: true },
      receivedAt: { type: Date, required: true },
      keptAside: { type: [String], default: null },
    },
    { strict: 'throw', versionKey: false, collection: 'contact_attempts' },
  )
    .index({ waveId: 1, region: 1 })
    .index({ assignmentId: 1 }),
);

interface BulkFailure {
  writeErrors?: { index: number; code: number }[] | { index: number; code: number };
}

export const contactAttemptStore = {
  /** Inserts those whose id is free. @returns indexes of those whose id is taken */
  async insertNew(attempts: readonly StoredContactAttempt[]): Promise<Set<number>> {
    if (attempts.length === 0) return new Set();
    try {
      await ContactAttemptModel.collection.insertMany(attempts as never[], { ordered: false });
      return new Set();
    } catch (error) {
      const failures = [(error as BulkFailure).writeErrors ?? []].flat();
      if (failures.length === 0 || failures.some(({ code }) => code !== 11000)) throw error;
      return new Set(failures.map(({ index }) => index));
    }
  },
  async hashes(ids: readonly string[]): Promise<Map<string, string>> {
    const found = await ContactAttemptModel.find({ _id: { $in: [...ids] } }, { hash: 1 }).lean<
      Pick<StoredContactAttempt, '_id' | 'hash'>[]
    >();
    return new Map(found.map(({ _id, hash }) => [_id, hash]));
  },
  /** Attempts of a wave that count. @param regions null for all of them */
  outcomes(waveId: string, regions: readonly string[] | null): Promise<ContactOutcome[]> {
    const filter: QueryFilter<StoredContactAttempt> = { waveId, keptAside: null };
    if (regions !== null) filter.region = { $in: [...regions] };
    return ContactAttemptModel.find(filter, {
      _id: 0,
      assignmentId: 1,
      household: 1,
      disposition: 1,
      reason: 1,
    }).lean<ContactOutcome[]>();
  },
  /** Attempts at these assignments that count. */
  outcomesOfAssignments: (
    assignmentIds: readonly string[],
  ): Promise<Pick<ContactOutcome, 'assignmentId' | 'household' | 'disposition'>[]> =>
    ContactAttemptModel.find(
      { assignmentId: { $in: [...assignmentIds] }, keptAside: null },
      { _id: 0, assignmentId: 1, household: 1, disposition: 1 },
    ).lean<Pick<ContactOutcome, 'assignmentId' | 'household' | 'disposition'>[]>(),
  /** Attempts of a wave that are held without counting. @param regions null for all of them */
  keptAside(waveId: string, regions: readonly string[] | null): Promise<StoredContactAttempt[]> {
    const filter: QueryFilter<StoredContactAttempt> = { waveId, keptAside: { $ne: null } };
    if (regions !== null) filter.region = { $in: [...regions] };
    return ContactAttemptModel.find(filter).lean<StoredContactAttempt[]>();
  },
  /** The household numbers in use at these assignments, each as often as it was visited. */
  households: (assignmentIds: readonly string[]) =>
    ContactAttemptModel.find(
      { assignmentId: { $in: [...assignmentIds] } },
      { _id: 0, assignmentId: 1, household: 1 },
    ).lean<Pick<StoredContactAttempt, 'assignmentId' | 'household'>[]>(),
};
