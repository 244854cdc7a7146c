import { Schema, model, type QueryFilter } from 'mongoose';
import { totalOf } from './shared.ts';

/** What a tablet told of itself at its last sync. */
export interface StoredReport {
  at: Date;
  appVersion: string;
  userAgentFamily: string;
  /** The tablet's clock minus the server's. */
  clockOffsetMs: number;
  lastSequence: number;
  unsent: number;
  unsentSequences: number[];
  drafts: number;
  freeBytes: number | null;
  quotaBytes: number | null;
  persisted: boolean | null;
  battery01: number | null;
}

/** A tablet. It outlives its accounts' sessions: what it took must come in whatever happens to them. */
export interface StoredDevice {
  /** UUID made on the tablet. */
  _id: string;
  label: string;
  /** Who worked on it, the last one first. */
  interviewerIds: string[];
  /** Regions of the last one: whose supervisor answers for it. */
  regions: string[];
  enrolledAt: Date;
  /** Who made the enrolment; null when a sign-in on it made it known. */
  enrolledBy: string | null;
  /** SHA-256 of the credential; null before the tablet was given one. */
  credentialHash: string | null;
  revokedAt: Date | null;
  revokedBy: string | null;
  revokedReason: string | null;
  report: StoredReport | null;
  /** Of the last report; the enrolment until there is one: a list begins with the longest silence. */
  lastSeenAt: Date;
}

const DeviceModel = model<StoredDevice>(
  'Device',
  new Schema<StoredDevice>(
    {
      _id: { type: String, required: true },
      label: { type: String, required: true },
      interviewerIds: { type: [String], required: true },
      regions: { type: [String], required: true },
      enrolledAt: { type: Date, required: true },
      enrolledBy: { type: String, default: null },
      credentialHash: { type: String, default: null },
      revokedAt: { type: Date, default: null },
      revokedBy: { type: String, default: null },
      revokedReason: { type: String, default: null },
      report: { type: Schema.Types.Mixed, default: null },
      lastSeenAt: { type: Date, required: true },
    },
    { strict: 'throw', versionKey: false, collection: 'devices' },
  )
    .index({ lastSeenAt: 1 })
    .index({ credentialHash: 1 }),
);

type Changes = Partial<Omit<StoredDevice, '_id'>>;

const blank: Omit<StoredDevice, '_id' | 'label' | 'enrolledAt' | 'lastSeenAt'> = {
  interviewerIds: [],
  regions: [],
  enrolledBy: null,
  credentialHash: null,
  revokedAt: null,
  revokedBy: null,
  revokedReason: null,
  report: null,
};

function filterOf(regions: readonly string[] | null): QueryFilter<StoredDevice> {
  return regions === null ? {} : { regions: { $in: [...regions] } };
}

export const deviceStore = {
  get: (id: string) => DeviceModel.findById(id).lean<StoredDevice>().exec(),
  getByCredential: (credentialHash: string) =>
    DeviceModel.findOne({ credentialHash }).lean<StoredDevice>().exec(),
  listByIds: (ids: readonly string[]) =>
    DeviceModel.find({ _id: { $in: [...ids] } })
      .lean<StoredDevice[]>()
      .exec(),
  async list(regions: readonly string[] | null, limit: number, offset: number) {
    const filter = filterOf(regions);
    const devices = await DeviceModel.find(filter)
      .sort({ lastSeenAt: 1, _id: 1 })
      .skip(offset)
      .limit(limit)
      .lean<StoredDevice[]>();
    const total = await totalOf(devices.length, limit, offset, () =>
      DeviceModel.countDocuments(filter).exec(),
    );
    return { devices, total };
  },
  /** Changes a device; one that is not known yet is made, with what is `atFirst` as well. */
  async upsert(id: string, atFirst: Changes, changes: Changes): Promise<void> {
    const first = Object.entries({ ...blank, ...atFirst }).filter(([name]) => !(name in changes));
    await DeviceModel.collection.updateOne(
      { _id: id as never },
      { $setOnInsert: Object.fromEntries(first), $set: changes },
      { upsert: true },
    );
  },
  change: async (id: string, changes: Changes): Promise<void> => {
    await DeviceModel.updateOne({ _id: id }, { $set: changes });
  },
  /** Ids of those of the devices that were withdrawn. */
  async revokedAmong(ids: readonly string[]): Promise<Set<string>> {
    const found = await DeviceModel.find(
      { _id: { $in: [...ids] }, revokedAt: { $ne: null } },
      { _id: 1 },
    ).lean<{ _id: string }[]>();
    return new Set(found.map(({ _id }) => _id));
  },
};
