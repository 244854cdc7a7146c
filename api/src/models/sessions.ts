import { Schema, model } from 'mongoose';

export interface StoredSession {
  /** SHA-256 of the token: who reads the database cannot take over a session. */
  _id: string;
  userId: string;
  createdAt: Date;
  expiresAt: Date;
}

const SessionModel = model<StoredSession>(
  'Session',
  new Schema<StoredSession>(
    {
      _id: { type: String, required: true },
      userId: { type: String, required: true },
      createdAt: { type: Date, required: true },
      expiresAt: { type: Date, required: true },
    },
    { strict: 'throw', versionKey: false, collection: 'sessions' },
  )
    .index({ userId: 1 })
    .index({ expiresAt: 1 }),
);

export const sessionStore = {
  create: async (session: StoredSession): Promise<void> => {
    await SessionModel.collection.insertOne(session as never);
  },
  get: (id: string) => SessionModel.findById(id).lean<StoredSession>().exec(),
  extend: async (id: string, expiresAt: Date): Promise<void> => {
    await SessionModel.updateOne({ _id: id }, { $set: { expiresAt } });
  },
  remove: async (id: string): Promise<void> => {
    await SessionModel.deleteOne({ _id: id });
  },
  /** Ends every session of an account, but for one that may be kept. */
  removeOfUser: async (userId: string, keep?: string): Promise<void> => {
    await SessionModel.deleteMany(keep === undefined ? { userId } : { userId, _id: { $ne: keep } });
  },
  removeExpired: async (now: Date): Promise<void> => {
    await SessionModel.deleteMany({ expiresAt: { $lt: now } });
  },
};
