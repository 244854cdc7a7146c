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

/**
 * How long a list is of which one page was read. Nobody can read both at one moment: while others write, a count alone
 * might be less than what the page shows.
 * @param found rows on the page
 * @param count of the whole list; asked only where the page does not end it
 */
export async function totalOf(
  found: number,
  limit: number,
  offset: number,
  count: () => PromiseLike<number>,
): Promise<number> {
  const isLast = found < limit && (found > 0 || offset === 0);
  return isLast ? offset + found : Math.max(await count(), found > 0 ? offset + found : 0);
}

type BulkOperations = Parameters<Collection['bulkWrite']>[0];

/**
 * Runs upserts in any order. Two that make the same document at once may both find it missing, and one is
 * then refused as a duplicate: it is run again, when it finds the document.
 */
export async function upsertAll(
  collection: Collection,
  operations: readonly BulkOperations[number][],
): Promise<void> {
  let left = [...operations];
  for (let round = 0; left.length > 0; round += 1) {
    try {
      await collection.bulkWrite(left, { ordered: false });
      return;
    } catch (error) {
      const failures = [
        (error as { writeErrors?: { index: number; code: number }[] }).writeErrors ?? [],
      ].flat();
      const duplicates = failures.length > 0 && failures.every(({ code }) => code === 11000);
      if (!duplicates || round === 5) throw error;
      left = failures.map(({ index }) => left[index]!);
    }
  }
}
