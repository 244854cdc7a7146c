import { Schema, model, type QueryFilter } from 'mongoose';
import type { LocalText, Level } from '../contracts/common.ts';
import { localTextSchema, totalOf, upsertMany } from './shared.ts';

/** One person's tenure in one office. Days are ISO strings: they have no time zone. */
export interface StoredAkim {
  _id: string;
  territory: string;
  region: string;
  level: Level;
  name: LocalText;
  from: string;
  to: string | null;
  tookOffice: 'elected' | 'appointed' | 'acting';
  nominatedBy: 'self' | 'party' | null;
  civilServiceBefore: boolean | null;
  birthYear: number | null;
  term: number;
  /** Folded names of the person and the territory. */
  searchText: string;
}

const AkimModel = model<StoredAkim>(
  'Akim',
  new Schema<StoredAkim>(
    {
      _id: { type: String, required: true },
      territory: { type: String, required: true },
      region: { type: String, required: true },
      level: { type: String, required: true },
      name: { type: localTextSchema, required: true },
      from: { type: String, required: true },
      to: { type: String, default: null },
      tookOffice: { type: String, required: true },
      nominatedBy: { type: String, default: null },
      civilServiceBefore: { type: Boolean, default: null },
      birthYear: { type: Number, default: null },
      term: { type: Number, required: true },
      searchText: { type: String, required: true },
    },
    { strict: 'throw', versionKey: false, collection: 'akims' },
  )
    // A tenure is told apart by its office and its first day.
    .index({ territory: 1, from: 1 }, { unique: true })
    .index({ level: 1, region: 1 }),
);

export interface AkimFilter {
  searchPattern?: string | undefined;
  level?: Level | undefined;
  region?: string | undefined;
  territory?: string | undefined;
  on?: string | undefined;
}

function filterOf(wanted: AkimFilter): QueryFilter<StoredAkim> {
  const filter: QueryFilter<StoredAkim> = {};
  if (wanted.level !== undefined) filter.level = wanted.level;
  if (wanted.region !== undefined) filter.region = wanted.region;
  if (wanted.territory !== undefined) filter.territory = wanted.territory;
  if (wanted.searchPattern !== undefined) filter.searchText = new RegExp(wanted.searchPattern);
  if (wanted.on !== undefined) {
    filter.from = { $lte: wanted.on };
    filter.$or = [{ to: null }, { to: { $gte: wanted.on } }];
  }
  return filter;
}

export const akimStore = {
  get: (id: string) => AkimModel.findById(id).lean<StoredAkim>().exec(),
  listByIds: (ids: readonly string[]) =>
    AkimModel.find({ _id: { $in: [...ids] } })
      .lean<StoredAkim[]>()
      .exec(),
  listByTerritories: (territories: readonly string[]) =>
    AkimModel.find({ territory: { $in: [...territories] } })
      .sort({ territory: 1, from: 1 })
      .lean<StoredAkim[]>()
      .exec(),
  listByLevel: (level: Level) => AkimModel.find({ level }).lean<StoredAkim[]>().exec(),
  async list(wanted: AkimFilter, limit: number, offset: number) {
    const filter = filterOf(wanted);
    const akims = await AkimModel.find(filter)
      .sort({ territory: 1, from: 1 })
      .skip(offset)
      .limit(limit)
      .lean<StoredAkim[]>();
    const total = await totalOf(akims.length, limit, offset, () =>
      AkimModel.countDocuments(filter).exec(),
    );
    return { akims, total };
  },
  replaceMany: (akims: readonly StoredAkim[]) => upsertMany(AkimModel.collection, akims),
};
