import { Schema, model } from 'mongoose';
import type { LocalText, Level } from '../contracts/common.ts';
import type { QuestionnaireJson } from '../contracts/questionnaires.ts';
import { localTextSchema } from './shared.ts';

/** One published version. Never changed: a new text is a new version. */
export interface StoredQuestionnaire {
  /** code@version */
  _id: string;
  code: string;
  version: number;
  hash: string;
  title: LocalText;
  levels: Level[];
  questions: number;
  publishedAt: Date;
  publishedBy: string;
  /** Who took it out of use; null or missing while new waves may choose it. */
  retired?: { at: Date; by: string; reason: string } | null;
  /** Recorded scenarios it was published with, as JSON text; not part of the hash. */
  scenarios?: string;
  /** As text: the hash is of exactly this, and no key of it can trouble the database. */
  json: string;
}

const QuestionnaireModel = model<StoredQuestionnaire>(
  'Questionnaire',
  new Schema<StoredQuestionnaire>(
    {
      _id: { type: String, required: true },
      code: { type: String, required: true },
      version: { type: Number, required: true },
      hash: { type: String, required: true },
      title: { type: localTextSchema, required: true },
      levels: { type: [String], required: true },
      questions: { type: Number, required: true },
      publishedAt: { type: Date, required: true },
      publishedBy: { type: String, required: true },
      retired: {
        type: new Schema(
          {
            at: { type: Date, required: true },
            by: { type: String, required: true },
            reason: { type: String, required: true },
          },
          { _id: false, strict: 'throw' },
        ),
        default: null,
      },
      scenarios: { type: String },
      json: { type: String, required: true },
    },
    { strict: 'throw', versionKey: false, collection: 'questionnaires' },
  ).index({ code: 1, version: -1 }),
);

export const questionnaireId = (code: string, version: number): string => `${code}@${version}`;
export const questionnaireOf = (stored: StoredQuestionnaire): QuestionnaireJson =>
  JSON.parse(stored.json) as QuestionnaireJson;

export const questionnaireStore = {
  create: async (version: StoredQuestionnaire): Promise<void> => {
    await QuestionnaireModel.collection.insertOne(version as never);
  },
  get: (code: string, version: number) =>
    QuestionnaireModel.findById(questionnaireId(code, version)).lean<StoredQuestionnaire>().exec(),
  list: () =>
    QuestionnaireModel.find({}, { json: 0, scenarios: 0 })
      .sort({ code: 1, version: -1 })
      .lean<Omit<StoredQuestionnaire, 'json' | 'scenarios'>[]>()
      .exec(),
  /** The newest versions of one code with their texts, newest first. */
  versionsOf: (code: string, most = 20) =>
    QuestionnaireModel.find({ code })
      .sort({ version: -1 })
      .limit(most)
      .lean<StoredQuestionnaire[]>()
      .exec(),
  /** Retires a version that is in use. @returns null when it is not there or is retired already */
  retire: (code: string, version: number, retired: NonNullable<StoredQuestionnaire['retired']>) =>
    QuestionnaireModel.findOneAndUpdate(
      { _id: questionnaireId(code, version), retired: null },
      { $set: { retired } },
      { returnDocument: 'after' },
    )
      .lean<StoredQuestionnaire>()
      .exec(),
  async newestVersion(code: string): Promise<number> {
    const newest = await QuestionnaireModel.findOne({ code }, { version: 1 })
      .sort({ version: -1 })
      .lean<{ version: number }>();
    return newest?.version ?? 0;
  },
};
