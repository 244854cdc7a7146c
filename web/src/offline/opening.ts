import { databaseName } from './database-name.ts';
import type { AccountRow, DeviceRow, VaultRow } from './database.ts';

/** What the first screen depends on. */
export interface Opening {
  /** Who works on the device. */
  readonly account: AccountRow;
  /** How their data are locked. */
  readonly vault: VaultRow;
  /** Whether the server's data are synthetic; undefined while the tablet has not heard it. */
  readonly synthetic: boolean | undefined;
}

/**
 * Read by the browser's own means, because somebody waits for it and Dexie is not here yet.
 * @returns null when nobody is signed in, no PIN is set, or the database is not as this app makes it: then the app
 *   finds out itself
 */
export async function readOpening(name = databaseName): Promise<Opening | null> {
  const db = await openExisting(name);
  if (!db) return null;
  try {
    const transaction = db.transaction(['device', 'accounts', 'vaults']);
    const get = <Row>(store: string, key: string): Promise<Row | undefined> =>
      answered<Row | undefined>(transaction.objectStore(store).get(key));
    const device = await get<DeviceRow>('device', 'device');
    if (!device?.interviewerId) return null;
    const { interviewerId, synthetic } = device;
    const [account, vault] = await Promise.all([
      get<AccountRow>('accounts', interviewerId),
      get<VaultRow>('vaults', interviewerId),
    ]);
    return account && vault ? { account, vault, synthetic } : null;
  } catch {
    // An older app's database lacks some of the stores.
    return null;
  } finally {
    // Whoever brings the database to a newer version waits until nobody has it open.
    db.close();
  }
}

/** Makes no database where there is none. */
function openExisting(name: string): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onsuccess = () => resolve(request.result);
    request.onerror = (event) => {
      event.preventDefault();
      resolve(null);
    };
  });
}

function answered<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(new Error('the database failed', { cause: request.error }));
  });
}
