import { Schema, model } from 'mongoose';

/** Who did what, appended and never changed. */
interface AuditEntry {
  _id: string;
  at: Date;
  /** Id of the account; null for the console or a stranger. */
  actorId: string | null;
  action: string;
  /** Id of what it was done to. */
  subject: string;
  details: Record<string, unknown>;
}

const AuditModel = model<AuditEntry>(
  'AuditEntry',
  new Schema<AuditEntry>(
    {
      _id: { type: String, required: true },
      at: { type: Date, required: true },
      actorId: { type: String, default: null },
      action: { type: String, required: true },
      subject: { type: String, required: true },
      details: { type: Schema.Types.Mixed, required: true },
    },
    { strict: 'throw', minimize: false, versionKey: false, collection: 'audit' },
  ).index({ at: 1 }),
);

export const auditStore = {
  append: async (entry: AuditEntry): Promise<void> => {
    await AuditModel.collection.insertOne(entry as never);
  },
};
