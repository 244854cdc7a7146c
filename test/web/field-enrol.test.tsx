/** @jest-environment-options {"globalsCleanup": "off"} */
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FieldApp } from '../../web/src/features/field/FieldApp.tsx';
import { ApiProblem } from '../../web/src/lib/api-client.ts';
import { currentAccount, rememberAccount } from '../../web/src/offline/accounts.ts';
import { thisDevice } from '../../web/src/offline/database.ts';
import type { FieldDatabase } from '../../web/src/offline/database.ts';
import type { Sync, SyncState } from '../../web/src/offline/sync.ts';
import { prepareScreens } from '../support/field-on-screen.tsx';
import { ScriptedServer, aDatabase, interviewer, noUpdate } from './field-surroundings.ts';

let db: FieldDatabase;
let server: ScriptedServer;

const state: SyncState = { running: false, answered: 0, total: 0, outcome: 'never', error: null };
/** A sync that was asked for is all that matters here. */
const aSync = (): Sync => ({
  state: () => state,
  subscribe: () => () => {},
  run: () => Promise.resolve(),
  runNow: () => Promise.resolve(),
  signedIn: () => {},
  sendAgain: () => Promise.resolve(),
  stop: () => {},
});

beforeAll(prepareScreens);
beforeEach(async () => {
  db = aDatabase();
  server = new ScriptedServer();
  await thisDevice(db);
});
afterEach(async () => {
  cleanup();
  await db.delete();
});

const open = (address: string) => {
  window.history.replaceState(null, '', address);
  const services = { db, api: server, sync: aSync(), appVersion: '0.1.0', appUpdate: noUpdate };
  render(<FieldApp {...(services as unknown as Parameters<typeof FieldApp>[0])} />);
  return userEvent.setup();
};
const notValid = new ApiProblem({
  type: 'about:blank',
  title: 'no',
  requestId: 'r',
  status: 403,
  code: 'code_not_valid',
});

describe('the code of a supervisor', () => {
  it('makes the tablet the interviewer’s as soon as the camera has opened its address', async () => {
    const used = jest.spyOn(server, 'enrol');
    open('/field/#/enrol?code=abcd-2345');
    await waitFor(async () =>
      expect((await currentAccount(db))?.interviewerId).toBe(interviewer.id),
    );
    const { deviceId } = await thisDevice(db);
    expect(used).toHaveBeenCalledWith('ABCD2345', deviceId, expect.any(String));
    expect(window.location.href).not.toContain('2345');
  });

  it('says in words that it is wrong, used or too old, and can be typed again', async () => {
    server.before = (call) => {
      if (call === 'enrol') throw notValid;
    };
    const user = open('/field/#/enrol');
    await user.type(await screen.findByLabelText('Code'), 'abcd 2345');
    await user.click(screen.getByRole('button', { name: 'Enrol' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'works once, for a quarter of an hour',
    );
    expect(await currentAccount(db)).toBeNull();
  });

  it('is told apart from a slip of the fingers before anything is sent', async () => {
    const used = jest.spyOn(server, 'enrol');
    const user = open('/field/#/enrol');
    await user.type(await screen.findByLabelText('Code'), 'abc');
    await user.click(screen.getByRole('button', { name: 'Enrol' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('eight letters and digits');
    expect(used).not.toHaveBeenCalled();
  });

  it('is not used by itself while somebody works on the tablet', async () => {
    await rememberAccount(db, interviewer);
    const used = jest.spyOn(server, 'enrol');
    open('/field/#/enrol?code=ABCD-2345');
    expect(await screen.findByText(/Somebody works on this tablet already/)).toBeInTheDocument();
    expect(used).not.toHaveBeenCalled();
  });
});
