import mongoose from 'mongoose';

export interface Database {
  close(): Promise<void>;
  /** Resolves when the server answers; throws otherwise. */
  ping(): Promise<void>;
}

/**
 * Connects mongoose and builds every collection's indexes.
 * @param uri of MongoDB or of the embedded engine; they are not told apart here
 */
export async function connectDatabase(uri: string): Promise<Database> {
  mongoose.set('strictQuery', 'throw');
  await mongoose.connect(uri, {
    serverSelectionTimeoutMS: 5000,
    autoIndex: false,
    autoCreate: false,
    maxPoolSize: 20,
  });
  for (const name of mongoose.modelNames()) await mongoose.model(name).createIndexes();
  return {
    close: () => mongoose.disconnect(),
    ping: async () => {
      await mongoose.connection.db?.command({ ping: 1 });
    },
  };
}

/** Whether a write failed because a unique index already holds the key. */
export function isDuplicateKey(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 11000;
}
