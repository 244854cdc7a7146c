import type { AppUpdate } from '../features/field/state/field-services.ts';
import { whenIdle } from '../lib/when-idle.ts';
import { isAnyDraftOpen } from '../offline/locks.ts';

const lookAgainMs = 5_000;

/**
 * Puts the app onto the device, and later a newer one in its place: never while a draft is open in any
 * tab, because an interview finishes in the app it was begun in.
 * @returns whether a newer app waits, for the screen to say so
 */
export function keepAppFresh(): AppUpdate {
  let waits = false;
  const listeners = new Set<() => void>();
  const show = (now: boolean) => {
    waits = now;
    for (const listener of listeners) listener();
  };
  const workers = (navigator as Partial<Navigator>).serviceWorker;
  if (workers && !import.meta.env.DEV) watch(workers, show);
  return {
    waits: () => waits,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
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
