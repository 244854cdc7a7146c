/** Whether the browser keeps what it was given: how much room there is, and whether it promised not to evict. */

export interface StorageHealth {
  /** The browser promised not to evict; null where it cannot be asked. */
  readonly persisted: boolean | null;
  /** Bytes this site may still write; null where unknown. */
  readonly freeBytes: number | null;
  /** Bytes this site may write altogether; null where unknown. */
  readonly quotaBytes: number | null;
}

/** A day of interviews is under 1 MB; below this much the interviewer is told before leaving for the field. */
export const enoughFreeBytes = 50_000_000;

/** A busy device answers late. */
const patienceMs = 5_000;

/** What the browser answers; null when it cannot be asked, refuses, or does not answer: sending must not wait for it. */
export function answerOf<T>(asked: Promise<T> | undefined): Promise<T | null> {
  if (!asked) return Promise.resolve(null);
  const nothing = new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs));
  return Promise.race([asked.catch(() => null), nothing]);
}

/** Asks the browser not to evict (the question may be answered by itself), and how much room there is. */
export async function askStorageHealth(): Promise<StorageHealth> {
  const storage = (navigator as Partial<Navigator>).storage as Partial<StorageManager> | undefined;
  // A promise once given stands, also where the browser would not give it again.
  const kept = await answerOf(storage?.persisted?.());
  const persisted = kept === true || (await answerOf(storage?.persist?.()));
  const estimate = (await answerOf(storage?.estimate?.())) ?? {};
  const known = estimate.quota !== undefined && estimate.usage !== undefined;
  return {
    persisted,
    freeBytes: known ? Math.max(0, estimate.quota! - estimate.usage!) : null,
    quotaBytes: estimate.quota ?? null,
  };
}

/** Whether a failed write means that the device is full. Dexie hides the cause inside its own errors. */
export function isStorageFull(error: unknown): boolean {
  for (let cause = error, depth = 0; depth < 5 && isObject(cause); depth += 1) {
    if (cause.name === 'QuotaExceededError') return true;
    if (typeof cause.message === 'string' && cause.message.includes('QuotaExceededError'))
      return true;
    cause = cause.inner ?? cause.cause;
  }
  return false;
}

interface ErrorLike {
  name?: unknown;
  message?: unknown;
  inner?: unknown;
  cause?: unknown;
}
const isObject = (value: unknown): value is ErrorLike =>
  typeof value === 'object' && value !== null;
