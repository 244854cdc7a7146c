/** Web Locks: two tabs never write one draft, and never send at once. */

const draftPrefix = 'akimetr-draft-';
export const syncLock = 'akimetr-sync';
export const draftLock = (draftId: string): string => `${draftPrefix}${draftId}`;

/**
 * Does the work while holding the lock, when nobody else holds it.
 * @returns what the work returns; null when the lock is taken
 */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) =>
    lock === null ? null : work(),
  );
}

/** A tab that was closed lets go of its locks a moment after it has gone. */
const closingMs = 2000;
const againMs = 100;

/**
 * Takes a lock for as long as a screen is open.
 * @param whoWaits `afterClosing` gives another tab, just closed, the time to let go
 * @returns the release; null when another tab has it
 */
export async function holdLock(
  name: string,
  whoWaits: 'nobody' | 'afterClosing' = 'nobody',
): Promise<(() => void) | null> {
  const attempts = whoWaits === 'nobody' ? 1 : closingMs / againMs;
  for (let attempt = 1; ; attempt += 1) {
    const release = await tryLock(name);
    if (release !== null || attempt >= attempts) return release;
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
}

function tryLock(name: string): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    const held = withLock(name, () => new Promise<true>((end) => resolve(() => end(true))));
    held.then((ended) => ended ?? resolve(null), reject);
  });
}

/** Whether a draft is open in any tab of this browser. */
export async function isAnyDraftOpen(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name?.startsWith(draftPrefix) === true);
}
