import { Schema, model, type QueryFilter } from 'mongoose';
import type { LocalText, Level } from '../contracts/common.ts';
import { localTextSchema, totalOf, upsertMany } from './shared.ts';

export interface StoredTerritory {
  /** KATO */
  _id: string;
  parent: string | null;
  region: string;
  level: Level;
  kind: string;
  name: LocalText;
  office: LocalText;
  population: number | null;
  /** Folded names and KATO: what a search looks at. */
  searchText: string;
}

const TerritoryModel = model<StoredTerritory>(
  'Territory',
  new Schema<StoredTerritory>(
    {
      _id: { type: String, required: true },
      parent: { type: String, default: null },
      region: { type: String, required: true },
      level: { type: String, required: true },
      kind: { type: String, required: true },
      name: { type: localTextSchema, required: true },
      office: { type: localTextSchema, required: true },
      population: { type: Number, default: null },
      searchText: { type: String, required: true },
    },
    { strict: 'throw', versionKey: false, collection: 'territories' },
  ).index({ region: 1, level: 1 }),
);

export interface TerritoryFilter {
  searchPattern?: string | undefined;
  level?: Level | undefined;
  region?: string | undefined;
  parent?: string | undefined;
}

export const territoryStore = {
  /** Counted, not estimated: an estimate may still speak of what is gone, after a crash on MongoDB too. */
  count: () => TerritoryModel.countDocuments().exec(),
  all: () => TerritoryModel.find().sort({ _id: 1 }).lean<StoredTerritory[]>().exec(),
  get: (kato: string) => TerritoryModel.findById(kato).lean<StoredTerritory>().exec(),
  async list(wanted: TerritoryFilter, limit: number, offset: number) {
    const filter: QueryFilter<StoredTerritory> = {};
    if (wanted.level !== undefined) filter.level = wanted.level;
    if (wanted.region !== undefined) filter.region = wanted.region;
    if (wanted.parent !== undefined) filter.parent = wanted.parent;
    if (wanted.searchPattern !== undefined) filter.searchText = new RegExp(wanted.searchPattern);
    const territories = await TerritoryModel.find(filter)
      .sort({ _id: 1 })
      .skip(offset)
      .limit(limit)
      .lean<StoredTerritory[]>();
    const total = await totalOf(territories.length, limit, offset, () =>
      TerritoryModel.countDocuments(filter).exec(),
    );
    return { territories, total };
  },
  /** Adds those that are not there; what is there stays as it is. Another process may be adding the same just now. */
  async addMissing(territories: readonly StoredTerritory[]): Promise<void> {
    try {
      await TerritoryModel.collection.insertMany(territories as never, { ordered: false });
    } catch (error) {
      const failures = [(error as { writeErrors?: { code: number }[] }).writeErrors ?? []].flat();
      if (failures.length === 0 || failures.some(({ code }) => code !== 11000)) throw error;
    }
  },
  replaceMany: (territories: readonly StoredTerritory[]) =>
    upsertMany(TerritoryModel.collection, territories),
};
