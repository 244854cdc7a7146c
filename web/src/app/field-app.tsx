import { createRoot } from 'react-dom/client';
import { FieldApp } from '../features/field/FieldApp.tsx';
import { whenIdle } from '../lib/when-idle.ts';
import { initI18n } from '../lib/i18n.ts';
import { payOwedSignOut } from '../offline/accounts.ts';
import { openFieldDatabase } from '../offline/database.ts';
import { lateFieldApi } from '../offline/late-field-api.ts';
import { withLock } from '../offline/locks.ts';
import type { Opening } from '../offline/opening.ts';
import { createPinTries } from '../offline/pin-tries.ts';
import { createSync } from '../offline/sync.ts';
import { describeTablet } from '../offline/this-tablet.ts';
import { wakeWhenOnline } from './background-sync.ts';
import { keepAppFresh } from './field-update.ts';

/** Set by the build. */
declare const __APP_VERSION__: string;

const db = openFieldDatabase();
const fieldApi = lateFieldApi(async () => {
  await new Promise<void>((idle) => whenIdle(idle));
  return (await import('../offline/field-api.ts')).fieldApi;
});
const monotonicNow = () => performance.now();
const pinTries = createPinTries(db, monotonicNow);
const sync = createSync({
  db,
  api: fieldApi,
  monotonicNow,
  now: () => new Date(),
  chance01: Math.random,
  withLock,
  describeTablet,
  appVersion: __APP_VERSION__,
  later: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
});

/** Whenever there may be a network again, what waits is sent. */
function syncOnEveryChance(): void {
  window.addEventListener('online', () => void sync.runNow());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void sync.run();
  });
  wakeWhenOnline(sync);
  // Where there is none, the start is not burdened with finding that out.
  if (navigator.onLine) void payOwedSignOut(db, fieldApi).then(() => sync.run());
}

/**
 * The app itself, in the place of what field-main.ts shows.
 * @param opening what was read for that
 */
export async function startApp(root: HTMLElement, opening: Opening | null): Promise<void> {
  await initI18n({ field: (locale) => import(`../lib/locales/${locale}/field.json`) });
  const workers = import.meta.env.DEV ? undefined : (navigator as Partial<Navigator>).serviceWorker;
  createRoot(root).render(
    <FieldApp
      db={db}
      api={fieldApi}
      sync={sync}
      pinTries={pinTries}
      appVersion={__APP_VERSION__}
      appUpdate={keepAppFresh(workers)}
      opening={opening}
      onShown={syncOnEveryChance}
    />,
  );
}
