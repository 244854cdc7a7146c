import { isAnyDraftOpen } from '../offline/locks.ts';

const lookAgainMs = 60_000;

/**
 * Puts the app onto the device, and later a newer one in its place: never while a draft is open in any
 * tab, because an interview finishes in the app it was begun in.
 */
export function keepAppFresh(): void {
  const workers = (navigator as Partial<Navigator>).serviceWorker;
  if (!workers || import.meta.env.DEV) return;
  // The first worker only takes its place; a later one means that the page runs an older app.
  let hadOne = workers.controller !== null;
  workers.addEventListener('controllerchange', () => {
    if (hadOne) window.location.reload();
    hadOne = true;
  });
  void workers.register('/field/sw.js', { scope: '/field/' }).then((registration) => {
    void letIn(registration);
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', () => void letIn(registration));
    });
  });
}

/** Lets a newer app that waits take over, as soon as no draft is open. */
async function letIn(registration: ServiceWorkerRegistration): Promise<void> {
  if (!registration.waiting) return;
  if (await isAnyDraftOpen()) setTimeout(() => void letIn(registration), lookAgainMs);
  else registration.waiting?.postMessage({ type: 'SKIP_WAITING' });
}
