import type { VersionChanges } from '../features/field/state/app-changes.ts';
import type { AppUpdate } from '../features/field/state/field-services.ts';
import { whenIdle } from '../lib/when-idle.ts';
import { isAnyDraftOpen } from '../offline/locks.ts';

const lookAgainMs = 5_000;

/**
 * Puts the app onto the device, and later a newer one in its place: never while a draft is open in any
 * tab, because an interview finishes in the app it was begun in.
 * @param workers none where the browser has none, or the app is not built
 * @returns what a newer app that waits changes, for the screen to say so
 */
export function keepAppFresh(workers: ServiceWorkerContainer | undefined): AppUpdate {
  let waiting: readonly VersionChanges[] | null = null;
  const listeners = new Set<() => void>();
  const tell = (now: typeof waiting) => {
    waiting = now;
    for (const listener of listeners) listener();
  };
  const show = (waits: boolean) => {
    if (!waits) return tell(null);
    if (waiting === null) tell([]);
    if (waiting?.length === 0) void changesThere().then((found) => waiting && tell(found));
  };
  if (workers) watch(workers, show);
  return {
    waiting: () => waiting,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What the app on the server has changed, this one's versions and newer ones; nothing while it cannot be asked. */
async function changesThere(): Promise<readonly VersionChanges[]> {
  try {
    const answer = await fetch('/field/changes.json', { cache: 'no-store' });
    return (await answer.json()) as VersionChanges[];
  } catch {
    return [];
  }
}

function watch(workers: ServiceWorkerContainer, show: (waits: boolean) => void): void {
  // The first worker only takes its place; a later one means that the page runs an older app.
  let hadOne = workers.controller !== null;
  workers.addEventListener('controllerchange', () => {
    if (hadOne) window.location.reload();
    hadOne = true;
  });
  const look = (registration: ServiceWorkerRegistration) => void letIn(registration, show);
  const register = async () => {
    const registration = await workers.register('/field/sw.js', { scope: '/field/' });
    look(registration);
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', () => look(registration));
    });
  };
  whenIdle(() => void register());
}

/** Lets a newer app that waits take over, as soon as no draft is open. */
async function letIn(
  registration: ServiceWorkerRegistration,
  show: (waits: boolean) => void,
): Promise<void> {
  const isWaiting = registration.waiting !== null;
  show(isWaiting);
  if (!isWaiting) return;
  if (await isAnyDraftOpen()) setTimeout(() => void letIn(registration, show), lookAgainMs);
  else registration.waiting?.postMessage({ type: 'SKIP_WAITING' });
}
