import { thisDevice } from './database.ts';
import type { FieldDatabase } from './database.ts';
import type { FieldApi } from './field-api.ts';

/**
 * Asks the server whether its data are synthetic, for a tablet on which nobody has signed in yet.
 * @throws NetworkProblem, ApiProblem
 */
export async function learnSynthetic(db: FieldDatabase, api: FieldApi): Promise<void> {
  const synthetic = await api.isSynthetic();
  await thisDevice(db);
  await db.device.update('device', { synthetic });
}
