import { Schema, model } from 'mongoose';
import type { Locale } from '../contracts/common.ts';
import type { Role } from '../contracts/roles.ts';

export interface StoredUser {
  _id: string;
  login: string;
  name: string;
  role: Role;
  regions: string[];
  locale: Locale;
  /** argon2id, in PHC form. */
  passwordHash: string;
  disabled: boolean;
  failedAttempts: number;
  lockedUntil: Date | null;
  createdAt: Date;
}

const UserModel = model<StoredUser>(
  'User',
  new Schema<StoredUser>(
    {
      _id: { type: String, required: true },
      login: { type: String, required: true },
      name: { type: String, required: true },
      role: { type: String, required: true },
      regions: { type: [String], required: true },
      locale: { type: String, required: true },
      passwordHash: { type: String, required: true },
      disabled: { type: Boolean, required: true },
      failedAttempts: { type: Number, required: true },
      lockedUntil: { type: Date, default: null },
      createdAt: { type: Date, required: true },
    },
    { strict: 'throw', versionKey: false, collection: 'users' },
  )
    .index({ login: 1 }, { unique: true })
    .index({ role: 1 }),
);

export type UserChanges = Partial<
  Pick<StoredUser, 'name' | 'regions' | 'disabled' | 'passwordHash' | 'failedAttempts'> & {
    lockedUntil: Date | null;
  }
>;

export const userStore = {
  create: async (user: StoredUser): Promise<void> => {
    await UserModel.collection.insertOne(user as never);
  },
  getByLogin: (login: string) => UserModel.findOne({ login }).lean<StoredUser>().exec(),
  get: (id: string) => UserModel.findById(id).lean<StoredUser>().exec(),
  list: () => UserModel.find().sort({ login: 1 }).lean<StoredUser[]>().exec(),
  listByRole: (role: Role) =>
    UserModel.find({ role }).sort({ login: 1 }).lean<StoredUser[]>().exec(),
  listByIds: (ids: readonly string[]) =>
    UserModel.find({ _id: { $in: [...ids] } })
      .lean<StoredUser[]>()
      .exec(),
  hasRole: async (role: Role): Promise<boolean> => (await UserModel.exists({ role })) !== null,
  /** @returns the account after the change; null when there is none */
  change: (id: string, changes: UserChanges) =>
    UserModel.findByIdAndUpdate(id, { $set: changes }, { returnDocument: 'after' })
      .lean<StoredUser>()
      .exec(),
  /** Counts one wrong password. @returns wrong passwords since the last right one */
  async countFailure(id: string): Promise<number> {
    const user = await UserModel.findByIdAndUpdate(
      id,
      { $inc: { failedAttempts: 1 } },
      { returnDocument: 'after' },
    ).lean<StoredUser>();
    return user?.failedAttempts ?? 0;
  },
};
