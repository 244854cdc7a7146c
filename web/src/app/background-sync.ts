import type { Sync } from '../offline/sync.ts';

/** The same in public/outbox-wake.js. */
const tag = 'akimetr-outbox';
const wake = 'network-is-back';
/** The browser wakes at once where it sees a network; when the server is not reached by it, asking again is no use. */
const restMs = 60_000;

interface WithSync {
  sync?: { register(tag: string): Promise<void> };
}

/**
 * Background Sync, where the browser has it: it wakes the app when the network is back, also while it is out of
 * sight, when the page hears nothing of it. Without an open tab nothing can be sent: what waits is encrypted,
 * and the key is in the tab alone.
 */
export function wakeWhenOnline(sync: Sync): void {
  const workers = (navigator as Partial<Navigator>).serviceWorker;
  if (!workers) return;
  let wokenAt = -Infinity;
  workers.addEventListener('message', ({ data }: MessageEvent<{ type?: string } | null>) => {
    if (data?.type !== wake) return;
    wokenAt = performance.now();
    void sync.runNow();
  });
  let asked = false;
  sync.subscribe(() => {
    const { running, outcome } = sync.state();
    const cutOff = !running && outcome === 'no-network';
    const inVain = performance.now() - wokenAt < restMs;
    if (cutOff && !asked && !inVain) void ask(workers);
    asked = cutOff;
  });
}

async function ask(workers: ServiceWorkerContainer): Promise<void> {
  const registration = (await workers.getRegistration('/field/')) as WithSync | undefined;
  // A browser may have it and not allow it; focus and the online event do without.
  await registration?.sync?.register(tag).catch(() => undefined);
}
