import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { wakeWhenOnline } from '../../web/src/app/background-sync.ts';
import type { Sync, SyncState } from '../../web/src/offline/sync.ts';

const tag = 'akimetr-outbox';
const minuteMs = 60_000;

let now = 0;
let asked: string[];
let workers: EventTarget & { getRegistration: jest.Mock };
let register: jest.Mock;
let runs: number;
let show: (state: Partial<SyncState>) => void;

/** The sync as far as it is listened to: what it shows is what the test says. */
function aSync(): Sync {
  let state = { running: false, outcome: 'never' } as SyncState;
  const listeners: (() => void)[] = [];
  show = (next) => {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  };
  return {
    state: () => state,
    subscribe: (listener: () => void) => listeners.push(listener),
    runNow: () => Promise.resolve((runs += 1)),
  } as unknown as Sync;
}

const settled = () => new Promise((later) => setTimeout(later));
/** A sync that finds no network, as the state shows it: first it runs. */
const findNoNetwork = async () => {
  show({ running: true });
  show({ running: false, outcome: 'no-network' });
  await settled();
};
const message = (data: unknown) =>
  workers.dispatchEvent(Object.assign(new Event('message'), { data }));

beforeEach(() => {
  now = minuteMs;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  asked = [];
  runs = 0;
  register = jest.fn((wanted: string) => Promise.resolve(asked.push(wanted)));
  workers = Object.assign(new EventTarget(), {
    getRegistration: jest.fn(() => Promise.resolve({ sync: { register } })),
  });
  Object.defineProperty(navigator, 'serviceWorker', { value: workers, configurable: true });
});
afterEach(() => {
  jest.restoreAllMocks();
  Reflect.deleteProperty(navigator, 'serviceWorker');
});

describe('the app that is cut off from its server', () => {
  it('asks once for each time to be woken, and not while it is connected', async () => {
    wakeWhenOnline(aSync());
    show({ running: true });
    show({ running: false, outcome: 'done' });
    await settled();
    expect(asked).toEqual([]);
    await findNoNetwork();
    show({ outcome: 'no-network' });
    await settled();
    expect(asked).toEqual([tag]);
    expect(workers.getRegistration).toHaveBeenCalledWith('/field/');
    await findNoNetwork();
    expect(asked).toEqual([tag, tag]);
  });

  it('sends at once when it is woken, and not for any other message', () => {
    wakeWhenOnline(aSync());
    message({ type: 'something else' });
    message(null);
    expect(runs).toBe(0);
    message({ type: 'network-is-back' });
    expect(runs).toBe(1);
  });

  it('does not ask again for a minute when it was woken in vain', async () => {
    wakeWhenOnline(aSync());
    message({ type: 'network-is-back' });
    now += minuteMs - 1;
    await findNoNetwork();
    expect(asked).toEqual([]);
    now += 1;
    await findNoNetwork();
    expect(asked).toEqual([tag]);
  });

  it('goes on where the browser does not allow it, has none, or has no worker', async () => {
    register.mockRejectedValueOnce(new Error('NotAllowedError'));
    wakeWhenOnline(aSync());
    await findNoNetwork();
    workers.getRegistration.mockResolvedValueOnce({});
    await findNoNetwork();
    workers.getRegistration.mockResolvedValueOnce(undefined);
    await findNoNetwork();
    expect(asked).toEqual([]);
    await findNoNetwork();
    expect(asked).toEqual([tag]);
    Reflect.deleteProperty(navigator, 'serviceWorker');
    expect(() => wakeWhenOnline(aSync())).not.toThrow();
  });
});

describe('the worker that the browser wakes', () => {
  const source = readFileSync(resolve(__dirname, '../../web/field/public/outbox-wake.js'), 'utf8');

  /** @returns what it lasts until; undefined when it does nothing */
  const wake = (woken: string, tabs: readonly object[]): Promise<void> | undefined => {
    const self = Object.assign(new EventTarget(), {
      clients: {
        matchAll: (which: object) => {
          expect(which).toEqual({ type: 'window', includeUncontrolled: true });
          return Promise.resolve(tabs);
        },
      },
    });
    runInNewContext(source, { self, Error });
    let lasts: Promise<void> | undefined;
    const waitUntil = (work: Promise<void>) => (lasts = work);
    self.dispatchEvent(Object.assign(new Event('sync'), { tag: woken, waitUntil }));
    return lasts;
  };

  it('tells every open tab that the network is back', async () => {
    const tabs = [{ postMessage: jest.fn() }, { postMessage: jest.fn() }];
    await wake(tag, tabs);
    for (const { postMessage } of tabs) {
      expect(postMessage).toHaveBeenCalledWith({ type: 'network-is-back' });
    }
  });

  it('has failed where no tab is open, so that the browser comes back to it', async () => {
    await expect(wake(tag, [])).rejects.toThrow('not open');
  });

  it('leaves alone what another asked for', () => {
    expect(wake('another', [{ postMessage: jest.fn() }])).toBeUndefined();
  });
});
