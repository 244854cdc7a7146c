import { Schema, model } from 'mongoose';

export interface StoredSession {
  /** SHA-256 of the token: who reads the database cannot take over a session. */
  _id: string;
  userId: string;
  createdAt: Date;
  expiresAt: Date;
  /** The tablet it is used on; null at a desk, or before the tablet's first report. */
  deviceId: string | null;
}

const SessionModel = model<StoredSession>(
  'Session',
  new Schema<StoredSession>(
    {
      _id: { type: String, required: true },
      userId: { type: String, required: true },
      createdAt: { type: Date, required: true },
      expiresAt: { type: Date, required: true },
      deviceId: { type: String, default: null },
    },
    { strict: 'throw', versionKey: false, collection: 'sessions' },
  )
    .index({ userId: 1 })
    .index({ deviceId: 1 })
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
  bindToDevice: async (id: string, deviceId: string): Promise<void> => {
    await SessionModel.updateOne({ _id: id, deviceId: { $ne: deviceId } }, { $set: { deviceId } });
  },
  removeOfDevice: async (deviceId: string): Promise<void> => {
    await SessionModel.deleteMany({ deviceId });
  },
  removeExpired: async (now: Date): Promise<void> => {
    await SessionModel.deleteMany({ expiresAt: { $lt: now } });
  },
};
