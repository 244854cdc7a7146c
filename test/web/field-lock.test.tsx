/** @jest-environment-options {"globalsCleanup": "off"} */
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exportKey, toBase64Url } from '@akimetr/api/contracts/encryption';
import { showEarlyLock, showMissingApp } from '../../web/src/features/field/lock/early-lock.ts';
import { pinFault } from '../../web/src/features/field/lock/pin-rules.ts';
import texts from '../../web/src/lib/locales/en/field.json';
import { rememberAccount } from '../../web/src/offline/accounts.ts';
import type { FieldDatabase } from '../../web/src/offline/database.ts';
import { thisDevice } from '../../web/src/offline/database.ts';
import { readOpening } from '../../web/src/offline/opening.ts';
import { storePackage } from '../../web/src/offline/field-package.ts';
import {
  hiddenLimitMs,
  idleLimitMs,
  stopwatch,
  watchIdleness,
} from '../../web/src/offline/idle-lock.ts';
import { isOpen, lockVault, openVault } from '../../web/src/offline/vault.ts';
import { openFieldApp, prepareScreens } from '../support/field-on-screen.tsx';
import {
  ScriptedServer,
  aDatabase,
  aPackage,
  anOpenVault,
  interviewer,
  pin,
} from './field-surroundings.ts';

let db: FieldDatabase;
const colleague = { ...interviewer, id: '00000000-0000-4000-8000-000000000002', name: 'Colleague' };

beforeAll(prepareScreens);
beforeEach(async () => {
  db = aDatabase();
  await thisDevice(db);
  await rememberAccount(db, interviewer);
  await storePackage(db, aPackage(), '"1"', new Date('2026-11-22T09:00:00Z'));
});
afterEach(async () => {
  cleanup();
  await db.delete();
});

const open = (api = new ScriptedServer()) => openFieldApp(db, api).user;
const assignments = () => screen.findByRole('heading', { name: 'Assignments' });

describe('the first PIN', () => {
  it('is asked for before anything else, twice, and not one that is easily guessed', async () => {
    const user = open();
    expect(await screen.findByRole('heading', { name: 'Choose a PIN' })).toBeVisible();
    await user.type(screen.getByLabelText('New PIN'), '1234{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('Too easy to guess');
    await user.type(screen.getByLabelText('New PIN'), '4826{Enter}');
    await user.type(screen.getByLabelText('The same PIN once more'), '4827{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('The two PINs differ');
    await user.type(screen.getByLabelText('New PIN'), '4826{Enter}');
    await user.type(screen.getByLabelText('The same PIN once more'), '4826{Enter}');
    await assignments();
    expect((await db.vaults.get(interviewer.id))?.recovery?.keyId).toBe(aPackage().rescueKey.id);
  });

  it('has at least four digits, not one over and over nor in a row', () => {
    expect(['123', '0000', '4321', '56789', '4826', '1123', '000001'].map(pinFault)).toEqual([
      'short',
      'guessable',
      'guessable',
      'guessable',
      null,
      null,
      null,
    ]);
  });
});

describe('a locked tablet', () => {
  beforeEach(async () => {
    await anOpenVault(db);
    lockVault(db);
  });

  it('shows nothing of the work, says that a wrong PIN loses nothing, and opens with the right one', async () => {
    const user = open();
    const field = await screen.findByLabelText('PIN');
    expect(field).toHaveAttribute('type', 'password');
    expect(screen.queryByText(/Akkol/)).toBeNull();
    await user.type(field, '0000{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('Nothing is lost');
    for (const digit of pin) await user.click(screen.getByRole('button', { name: digit }));
    await user.click(screen.getByRole('button', { name: 'Unlock' }));
    await assignments();
  });

  it('is there before the app, which goes on with what was typed', async () => {
    const root = document.body.appendChild(document.createElement('div'));
    showEarlyLock(root, texts, (await readOpening(db.name))!);
    const early = screen.getByLabelText('PIN');
    expect(early).toHaveFocus();
    expect(screen.getByText(interviewer.name)).toBeVisible();
    expect(screen.getByText(texts.synthetic)).toBeVisible();
    const user = userEvent.setup();
    await user.type(early, pin.slice(0, 3));
    root.remove();
    open();
    const field = await screen.findByLabelText('PIN');
    expect(field).toHaveValue(pin.slice(0, 3));
    expect(field).toHaveFocus();
    await user.type(field, `${pin.slice(3)}{Enter}`);
    await assignments();
  });

  it('opens with a PIN that was entered before the app was there', async () => {
    const root = document.body.appendChild(document.createElement('div'));
    showEarlyLock(root, texts, (await readOpening(db.name))!);
    await userEvent.setup().type(screen.getByLabelText('PIN'), `${pin}{Enter}`);
    expect(screen.getByRole('button', { name: 'Unlock' })).toBeDisabled();
    root.remove();
    open();
    await assignments();
  });

  it('gives way to words when the app cannot be fetched', async () => {
    const root = document.body.appendChild(document.createElement('div'));
    const opening = (await readOpening(db.name))!;
    showEarlyLock(root, texts, opening);
    showMissingApp(root, texts, opening);
    expect(screen.getByText(texts.synthetic)).toBeVisible();
    expect(screen.queryByLabelText('PIN')).toBeNull();
    expect(screen.getByRole('alert')).toHaveTextContent('Your interviews are kept');
    expect(screen.getByRole('button', { name: 'Open again' })).toBeVisible();
    root.remove();
  });

  it('takes a digit back, and takes in nothing but digits', async () => {
    const user = open();
    const field = await screen.findByLabelText('PIN');
    await user.type(field, '4a8 2');
    await user.click(screen.getByRole('button', { name: 'Delete the last digit' }));
    expect(field).toHaveValue('48');
  });

  it('makes wait after the third wrong PIN, and says how long', async () => {
    const user = open();
    for (const place of [1, 2, 3]) {
      await user.type(await screen.findByLabelText('PIN'), '0000{Enter}');
      await waitFor(async () =>
        expect((await db.vaults.get(interviewer.id))?.wrongPins).toBe(place),
      );
      await screen.findByText('Unlock');
    }
    expect(await screen.findByRole('timer')).toHaveTextContent(/Next try in 0:0[45]/);
    expect(screen.getByRole('button', { name: 'Unlock' })).toBeDisabled();
  });

  it('goes over to a colleague, who has a PIN of their own, without network', async () => {
    await rememberAccount(db, colleague);
    await anOpenVault(db, colleague.id);
    await rememberAccount(db, interviewer);
    const user = open();
    await user.click(await screen.findByText('Someone else works with this tablet now'));
    await user.click(screen.getByRole('button', { name: 'Colleague' }));
    await screen.findByText('Interviewer One', { selector: 'button' });
    await user.type(await screen.findByLabelText('PIN'), `${pin}{Enter}`);
    await screen.findByRole('heading', { name: 'Colleague' });
    expect([isOpen(db, interviewer.id), isOpen(db, colleague.id)]).toEqual([false, true]);
  });
});

describe('a forgotten PIN', () => {
  it('is replaced with a supervisor’s code, and the vault opens with the new one', async () => {
    await anOpenVault(db);
    const server = new ScriptedServer();
    server.dataKey = toBase64Url(await exportKey(db.vault.current()!.key));
    lockVault(db);
    const user = open(server);
    await user.click(await screen.findByRole('button', { name: 'Forgot the PIN?' }));
    await user.type(await screen.findByLabelText('New PIN'), '7391{Enter}');
    await user.type(await screen.findByLabelText('The same PIN once more'), '7391{Enter}');
    const code = await screen.findByLabelText('Code from the supervisor');
    await user.type(code, '123{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('The code has 8 digits.');
    await user.type(code, '12345678{Enter}');
    await assignments();
    lockVault(db);
    expect(await openVault(db, interviewer.id, '7391')).toBe(true);
  });

  it('asks for the password first when the server does not know who asks', async () => {
    await anOpenVault(db);
    lockVault(db);
    const server = new ScriptedServer();
    server.user = null;
    const user = open(server);
    await user.click(await screen.findByRole('button', { name: 'Forgot the PIN?' }));
    await user.type(await screen.findByLabelText('New PIN'), '7391{Enter}');
    await user.type(await screen.findByLabelText('The same PIN once more'), '7391{Enter}');
    await user.type(await screen.findByLabelText('Code from the supervisor'), '12345678{Enter}');
    await user.click(await screen.findByRole('button', { name: 'Sign in again' }));
    await user.type(await screen.findByLabelText('Password'), 'secret secret{Enter}');
    expect(await screen.findByRole('heading', { name: 'Forgot the PIN?' })).toBeVisible();
    expect(server.user).toEqual(interviewer);
  });
});

describe('an open tablet', () => {
  it('is locked by its button, and its PIN is changed by who knows it', async () => {
    await anOpenVault(db);
    const user = open();
    await assignments();
    await user.click(screen.getByRole('button', { name: 'This tablet' }));
    await user.click(await screen.findByRole('button', { name: 'Change the PIN' }));
    await user.type(await screen.findByLabelText('Your present PIN'), `${pin}{Enter}`);
    await user.type(await screen.findByLabelText('New PIN'), '7391{Enter}');
    await user.type(screen.getByLabelText('The same PIN once more'), '7391{Enter}');
    expect(await screen.findByText('The PIN is changed.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Lock now' }));
    await user.type(await screen.findByLabelText('PIN'), '7391{Enter}');
    await screen.findByRole('heading', { name: 'This tablet' });
  });
});

describe('watchIdleness', () => {
  let now = { monotonicMs: 0, wallMs: 0 };
  const clocks = { monotonicMs: () => now.monotonicMs, wallMs: () => now.wallMs };
  const pass = (ms: number) => {
    now = { monotonicMs: now.monotonicMs + ms, wallMs: now.wallMs + ms };
    act(() => jest.advanceTimersByTime(ms));
  };
  let visible: DocumentVisibilityState = 'visible';
  const turn = (state: DocumentVisibilityState) => {
    visible = state;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  let locked: jest.Mock;
  let stop: () => void;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask'] });
    jest.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visible);
    now = { monotonicMs: 5, wallMs: 1_700_000_000_000 };
    visible = 'visible';
    locked = jest.fn();
    stop = watchIdleness(clocks, locked);
  });
  afterEach(() => {
    stop();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('locks five minutes after the last touch or key, not before', () => {
    pass(idleLimitMs - 10_000);
    window.dispatchEvent(new Event('keydown'));
    pass(idleLimitMs - 10_000);
    expect(locked).not.toHaveBeenCalled();
    pass(10_000);
    expect(locked).toHaveBeenCalled();
  });

  it('locks on coming back after a minute elsewhere, and not after a glance', () => {
    turn('hidden');
    pass(hiddenLimitMs - 1);
    turn('visible');
    expect(locked).not.toHaveBeenCalled();
    turn('hidden');
    pass(hiddenLimitMs);
    turn('visible');
    expect(locked).toHaveBeenCalledTimes(1);
  });

  it('believes the clock that says more: a tablet that slept, or one whose clock was set back', () => {
    const watch = stopwatch(clocks);
    now = { monotonicMs: now.monotonicMs, wallMs: now.wallMs + 600_000 };
    expect(watch.elapsedMs()).toBe(600_000);
    watch.restart();
    now = { monotonicMs: now.monotonicMs + 400_000, wallMs: now.wallMs - 3_600_000 };
    expect(watch.elapsedMs()).toBe(400_000);
  });

  it('waits with the lock while something is not on the disk', () => {
    const unwritten = (event: Event) => event.preventDefault();
    window.addEventListener('beforeunload', unwritten);
    pass(idleLimitMs);
    expect(locked).not.toHaveBeenCalled();
    window.removeEventListener('beforeunload', unwritten);
    pass(5_000);
    expect(locked).toHaveBeenCalled();
  });
});
