import { Schema, model } from 'mongoose';
import type { Level } from '../contracts/common.ts';
import { onlyFigures, withoutDetails, type AkimFigures, type EstimateResult } from './estimates.ts';

export interface StoredPublication {
  _id: string;
  waveId: string;
  status: 'proposed' | 'published';
  proposedBy: string;
  proposedAt: Date;
  approvedBy: string | null;
  publishedAt: Date | null;
  akims: number;
  interviews: number;
}

/** One akim's estimate as frozen for a publication. */
export interface PublishedEstimate {
  /** publicationId:akimId */
  _id: string;
  publicationId: string;
  akimId: string;
  level: Level;
  region: string;
  result: EstimateResult;
}

const PublicationModel = model<StoredPublication>(
  'Publication',
  new Schema<StoredPublication>(
    {
      _id: { type: String, required: true },
      waveId: { type: String, required: true },
      status: { type: String, required: true },
      proposedBy: { type: String, required: true },
      proposedAt: { type: Date, required: true },
      approvedBy: { type: String, default: null },
      publishedAt: { type: Date, default: null },
      akims: { type: Number, required: true },
      interviews: { type: Number, required: true },
    },
    { strict: 'throw', versionKey: false, collection: 'publications' },
    // A wave is published once; a correction will be a new publication that names this one.
  ).index({ waveId: 1 }, { unique: true }),
);

const PublishedEstimateModel = model<PublishedEstimate>(
  'PublishedEstimate',
  new Schema<PublishedEstimate>(
    {
      _id: { type: String, required: true },
      publicationId: { type: String, required: true },
      akimId: { type: String, required: true },
      level: { type: String, required: true },
      region: { type: String, required: true },
      result: { type: Schema.Types.Mixed, required: true },
    },
    { strict: 'throw', minimize: false, versionKey: false, collection: 'publishedestimates' },
  ).index({ publicationId: 1, level: 1 }),
);

export const publicationStore = {
  /** Freezes the estimates first: a publication that can be seen is whole. */
  async create(
    publication: StoredPublication,
    estimates: readonly PublishedEstimate[],
  ): Promise<void> {
    for (let start = 0; start < estimates.length; start += 200) {
      await PublishedEstimateModel.collection.insertMany(
        estimates.slice(start, start + 200) as never[],
      );
    }
    try {
      await PublicationModel.collection.insertOne(publication as never);
    } catch (error) {
      await PublishedEstimateModel.deleteMany({ publicationId: publication._id });
      throw error;
    }
  },
  get: (id: string) => PublicationModel.findById(id).lean<StoredPublication>().exec(),
  getOfWave: (waveId: string) =>
    PublicationModel.findOne({ waveId }).lean<StoredPublication>().exec(),
  list: () => PublicationModel.find().sort({ proposedAt: -1 }).lean<StoredPublication[]>().exec(),
  approve: (id: string, approvedBy: string, now: Date) =>
    PublicationModel.findOneAndUpdate(
      { _id: id, status: 'proposed' },
      { $set: { status: 'published', approvedBy, publishedAt: now } },
      { returnDocument: 'after' },
    )
      .lean<StoredPublication>()
      .exec(),
  estimatesOfLevel: (publicationId: string, level: Level) =>
    PublishedEstimateModel.find({ publicationId, level }, withoutDetails)
      .lean<PublishedEstimate[]>()
      .exec(),
  figuresOfLevel: (publicationId: string, level: Level) =>
    PublishedEstimateModel.find({ publicationId, level }, onlyFigures).lean<AkimFigures[]>().exec(),
  estimate: (publicationId: string, akimId: string) =>
    PublishedEstimateModel.findById(`${publicationId}:${akimId}`).lean<PublishedEstimate>().exec(),
};
