import { Schema, model } from 'mongoose';
import type { Level } from '../contracts/common.ts';
import type { TargetBasis } from '../contracts/targets.ts';

/** Persons of one cell of a territory; null: not broken down by it. */
export interface TargetCell {
  territory: string;
  /** Level of the akims it is for; null: every level without cells of its own. */
  level: Level | null;
  settlement: 'urban' | 'rural' | null;
  sex: 'male' | 'female' | null;
  /** Name of the band as in the file: 18-29, 61+. */
  age: string | null;
  persons: number;
  basis: TargetBasis;
}

/** Every target of a wave in one document, so that an import replaces all of them or none. */
export interface StoredTargets {
  /** Wave. */
  _id: string;
  source: 'file' | 'shipped';
  hash: string;
  importedAt: Date;
  importedBy: string;
  cells: TargetCell[];
}

const TargetsModel = model<StoredTargets>(
  'Targets',
  new Schema<StoredTargets>(
    {
      _id: { type: String, required: true },
      source: { type: String, required: true },
      hash: { type: String, required: true },
      importedAt: { type: Date, required: true },
      importedBy: { type: String, required: true },
      cells: { type: Schema.Types.Mixed as never, required: true },
    },
    { strict: 'throw', minimize: false, versionKey: false, collection: 'targets' },
  ),
);

export const targetStore = {
  get: (waveId: string) => TargetsModel.findById(waveId).lean<StoredTargets>().exec(),
  replace: async (targets: StoredTargets): Promise<void> => {
    await TargetsModel.replaceOne({ _id: targets._id }, targets, { upsert: true });
  },
};
