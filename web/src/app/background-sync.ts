import type { Sync } from '../offline/sync.ts';

/** The same in public/outbox-wake.js. */
const tag = 'akimetr-outbox';
const wake = 'network-is-back';

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
  workers.addEventListener('message', ({ data }: MessageEvent<{ type?: string } | null>) => {
    if (data?.type === wake) void sync.runNow();
  });
  let asked = false;
  sync.subscribe(() => {
    const { running, outcome } = sync.state();
    const cutOff = !running && outcome === 'no-network';
    if (cutOff && !asked) void ask(workers);
    asked = cutOff;
  });
}

async function ask(workers: ServiceWorkerContainer): Promise<void> {
  const registration = (await workers.getRegistration('/field/')) as WithSync | undefined;
  // A browser may have it and not allow it; focus and the online event do without.
  await registration?.sync?.register(tag).catch(() => undefined);
}
