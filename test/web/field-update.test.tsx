/** @jest-environment-options {"globalsCleanup": "off"} */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { WhatsNew } from '../../web/src/features/field/parts/WhatsNew.tsx';
import { appChanges } from '../../web/src/features/field/state/app-changes.ts';
import { FieldServicesContext } from '../../web/src/features/field/state/field-services.ts';
import type { AppUpdate } from '../../web/src/features/field/state/field-services.ts';
import { keepAppFresh } from '../../web/src/app/field-update.ts';
import { draftLock, holdLock } from '../../web/src/offline/locks.ts';
import { prepareScreens } from '../support/field-on-screen.tsx';
import { noUpdate } from './field-surroundings.ts';

const [{ version, changes }] = appChanges as [(typeof appChanges)[number]];

/** The first screen's part of it, in an app of the newest version. */
function open(appUpdate: AppUpdate = noUpdate) {
  const services = { appVersion: version, appUpdate } as never;
  render(
    <FieldServicesContext value={services}>
      <WhatsNew />
    </FieldServicesContext>,
  );
}
const seen = (last: string) => window.localStorage.setItem('akimetr.field.seenVersion', last);

/** The browser's side of an update: a newer worker that is installed and waits. */
function aWaitingWorker() {
  const waiting = { postMessage: jest.fn() };
  const registration = Object.assign(new EventTarget(), { waiting, installing: null });
  const workers = Object.assign(new EventTarget(), {
    controller: {},
    register: () => Promise.resolve(registration),
  });
  return { waiting, workers: workers as unknown as ServiceWorkerContainer };
}

beforeAll(prepareScreens);
beforeEach(() => window.localStorage.clear());
afterEach(cleanup);

describe('a newer app', () => {
  it('says what is different, until that was read', async () => {
    seen('0.0.9');
    open();
    expect(screen.getByText(`What is new in version ${version}`)).toBeVisible();
    for (const { en } of changes) expect(screen.getByText(en)).toBeVisible();
    cleanup();
    open();
    await userEvent.click(screen.getByRole('button', { name: 'Understood' }));
    expect(screen.queryByText(/What is new/)).toBeNull();
    cleanup();
    open();
    expect(screen.queryByText(/What is new/)).toBeNull();
  });

  it('says nothing to whoever has just got the app', () => {
    open();
    expect(screen.queryByText(/What is new/)).toBeNull();
  });

  it('says while it waits that it does, and what it changes', () => {
    const newer = {
      version: '9.0.0',
      changes: [{ kk: 'Жаңа', ru: 'Новое', en: 'Something new' }],
    };
    const waiting = [newer, ...appChanges];
    open({ ...noUpdate, waiting: () => waiting });
    expect(screen.getByText(/it takes over when no interview is open/)).toBeVisible();
    expect(screen.getByText('What is new in version 9.0.0')).toBeVisible();
    expect(screen.getByText('Something new')).toBeVisible();
    expect(screen.queryByText(`What is new in version ${version}`)).toBeNull();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says that it waits where what it changes could not be asked', () => {
    const unknown: [] = [];
    open({ ...noUpdate, waiting: () => unknown });
    expect(screen.getByText(/it takes over when no interview is open/)).toBeVisible();
    expect(screen.queryByText(/What is new/)).toBeNull();
  });

  it('waits until no draft is open, meanwhile tells what the server’s app changes, then takes over', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
    const { waiting, workers } = aWaitingWorker();
    const newer = [{ version: '9.0.0', changes: [] }];
    const ask = jest.fn(() => Promise.resolve({ json: () => Promise.resolve(newer) }));
    globalThis.fetch = ask as never;
    const release = await holdLock(draftLock('a draft'));
    const update = keepAppFresh(workers);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(ask).toHaveBeenCalledWith('/field/changes.json', { cache: 'no-store' });
    expect(update.waiting()).toEqual(newer);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(waiting.postMessage).not.toHaveBeenCalled();
    release?.();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(waiting.postMessage).toHaveBeenCalledWith({ type: 'SKIP_WAITING' });
    jest.useRealTimers();
  });

  it('does not ship without words: the version that is built is the one that is described', () => {
    const file = resolve(__dirname, '../../web/package.json');
    expect((JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version).toBe(version);
  });
});
