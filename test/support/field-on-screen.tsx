/** The field app in jsdom: what the tests of its screens begin with. */
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FieldApp } from '../../web/src/features/field/FieldApp.tsx';
import { initI18n, setLocale } from '../../web/src/lib/i18n.ts';
import type { FieldDatabase } from '../../web/src/offline/database.ts';
import { createPinTries } from '../../web/src/offline/pin-tries.ts';
import { createSync } from '../../web/src/offline/sync.ts';
import type { Sync } from '../../web/src/offline/sync.ts';
import { type ScriptedServer, aTablet, noUpdate } from '../web/field-surroundings.ts';

export type User = ReturnType<typeof userEvent.setup>;

const held = new Set<string>();
/** What of the Web Locks the app uses; jsdom has none. */
const locks = {
  async request<T>(name: string, _options: object, work: (lock: object | null) => Promise<T>) {
    if (held.has(name)) return work(null);
    held.add(name);
    try {
      return await work({ name });
    } finally {
      held.delete(name);
    }
  },
  query: () => Promise.resolve({ held: [...held].map((name) => ({ name })) }),
};

/** Before all tests of a file: English, and what a browser has and jsdom lacks. */
export async function prepareScreens(): Promise<void> {
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true });
  window.scrollTo = () => {};
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
  await initI18n({ field: (locale) => import(`../../web/src/lib/locales/${locale}/field.json`) });
  await setLocale('en');
}

/** The tab that was open is gone, and its locks with it. */
export const releaseLocks = (): void => held.clear();

/**
 * The app as it opens on a tablet: this database, this server, at this address.
 * @param path below /field/
 */
export function openFieldApp(
  db: FieldDatabase,
  api: ScriptedServer,
  path = '',
  appUpdate = noUpdate,
): { sync: Sync; user: User } {
  window.history.replaceState(null, '', `/field/${path}`);
  const monotonicNow = () => performance.now();
  const sync = createSync({
    db,
    api,
    monotonicNow,
    now: () => new Date(),
    chance01: () => 0,
    withLock: (_, work) => work(),
    describeTablet: () => Promise.resolve(aTablet),
    appVersion: '0.1.0',
    later: () => () => {},
  });
  const pinTries = createPinTries(db, monotonicNow);
  render(
    <FieldApp
      db={db}
      api={api}
      sync={sync}
      pinTries={pinTries}
      appVersion="0.1.0"
      appUpdate={appUpdate}
    />,
  );
  return { sync, user: userEvent.setup() };
}
