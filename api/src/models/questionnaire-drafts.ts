import { Schema, model } from 'mongoose';

/** The text being written of a questionnaire: one for each code. */
export interface StoredDraft {
  /** code */
  _id: string;
  revision: number;
  basedOn: number | null;
  questions: number;
  createdAt: Date;
  createdBy: string;
  changedAt: Date;
  changedBy: string;
  /** Title as JSON text, so that a list need not read the whole. */
  title: string;
  /** As text: no key of it can trouble the database. */
  json: string;
  scenarios: string;
}

export type DraftContent = Pick<
  StoredDraft,
  'title' | 'questions' | 'json' | 'scenarios' | 'changedAt' | 'changedBy'
>;

const DraftModel = model<StoredDraft>(
  'QuestionnaireDraft',
  new Schema<StoredDraft>(
    {
      _id: { type: String, required: true },
      revision: { type: Number, required: true },
      basedOn: { type: Number, default: null },
      questions: { type: Number, required: true },
      createdAt: { type: Date, required: true },
      createdBy: { type: String, required: true },
      changedAt: { type: Date, required: true },
      changedBy: { type: String, required: true },
      title: { type: String, required: true },
      json: { type: String, required: true },
      scenarios: { type: String, required: true },
    },
    { strict: 'throw', versionKey: false, collection: 'questionnaireDrafts' },
  ),
);

export const draftStore = {
  create: async (draft: StoredDraft): Promise<void> => {
    await DraftModel.collection.insertOne(draft as never);
  },
  get: (code: string) => DraftModel.findById(code).lean<StoredDraft>().exec(),
  list: () =>
    DraftModel.find({}, { json: 0, scenarios: 0 })
      .sort({ changedAt: -1 })
      .lean<Omit<StoredDraft, 'json' | 'scenarios'>[]>()
      .exec(),
  /** Saves over the very revision that was read. @returns null when it is not the present one */
  save: (code: string, revision: number, content: DraftContent) =>
    DraftModel.findOneAndUpdate(
      { _id: code, revision },
      { $set: { ...content, revision: revision + 1 } },
      { returnDocument: 'after' },
    )
      .lean<StoredDraft>()
      .exec(),
  /** @returns whether the draft was there at this revision */
  async remove(code: string, revision: number): Promise<boolean> {
    const { deletedCount } = await DraftModel.deleteOne({ _id: code, revision });
    return deletedCount === 1;
  },
};
