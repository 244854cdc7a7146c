import { Schema, model } from 'mongoose';

/** A one-time link that makes the first administrator. */
interface Invitation {
  /** SHA-256 of the token. */
  _id: string;
  expiresAt: Date;
}

const InvitationModel = model<Invitation>(
  'Invitation',
  new Schema<Invitation>(
    { _id: { type: String, required: true }, expiresAt: { type: Date, required: true } },
    { strict: 'throw', versionKey: false, collection: 'invitations' },
  ),
);

export const invitationStore = {
  /** Only the newest link is valid. */
  async replaceAll(id: string, expiresAt: Date): Promise<void> {
    await InvitationModel.deleteMany({});
    await InvitationModel.collection.insertOne({ _id: id, expiresAt } as never);
  },
  /** Takes the link away, so that it works once. @returns whether it was there and valid */
  async use(id: string, now: Date): Promise<boolean> {
    const found = await InvitationModel.findOneAndDelete({ _id: id }).lean<Invitation>();
    return found !== null && found.expiresAt > now;
  },
};
