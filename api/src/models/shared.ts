import { Schema, type Collection } from 'mongoose';

/** A text in three languages, inside a document. */
export const localTextSchema = new Schema(
  {
    kk: { type: String, required: true },
    ru: { type: String, required: true },
    en: { type: String, required: true },
  },
  { _id: false, strict: 'throw' },
);

/** Writes whole documents under their _id, new or not, in batches. */
export async function upsertMany(
  collection: Collection,
  documents: readonly { _id: string }[],
): Promise<void> {
  for (let start = 0; start < documents.length; start += 500) {
    const batch = documents.slice(start, start + 500);
    await collection.bulkWrite(
      batch.map((document) => ({
        replaceOne: {
          filter: { _id: document._id as never },
          replacement: document,
          upsert: true,
        },
      })),
      { ordered: false },
    );
  }
}
