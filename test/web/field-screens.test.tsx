/** @jest-environment-options {"globalsCleanup": "off"} */
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { NetworkProblem } from '../../web/src/lib/api-client.ts';
import { currentAccount } from '../../web/src/offline/accounts.ts';
import type { FieldDatabase } from '../../web/src/offline/database.ts';
import { openDraft, saveDraft, startDraft } from '../../web/src/offline/drafts.ts';
import { draftLock, holdLock } from '../../web/src/offline/locks.ts';
import { sealedTexts } from '../../web/src/offline/outbox-store.ts';
import { lockVault, openVault } from '../../web/src/offline/vault.ts';
import { receiptCode } from '../../web/src/offline/outbox.ts';
import {
  type User,
  openFieldApp,
  prepareScreens,
  releaseLocks,
} from '../support/field-on-screen.tsx';
import {
  ScriptedServer,
  aDatabase,
  aPackage,
  aQuestionnaire,
  aSealed,
  aTabletAtWork,
  anAssignment,
  interviewer,
  pin,
  refusingDisk,
  started,
} from './field-surroundings.ts';

let db: FieldDatabase;
let server: ScriptedServer;

beforeAll(prepareScreens);

beforeEach(async () => {
  releaseLocks();
  server = new ScriptedServer();
  db = await aTabletAtWork();
});
afterEach(async () => {
  cleanup();
  await db.delete();
});

const open = (path: string) => openFieldApp(db, server, path);

const aDraft = () => startDraft(db, anAssignment(), aQuestionnaire(), 'en', started);

describe('the first screen', () => {
  it('shows the assignment with target, taken and held by the server, and what waits', async () => {
    await aSealed(db);
    open('');
    const card = await screen.findByRole('button', { name: /Akim of Akkol district/ });
    expect(card).toHaveTextContent('Target10');
    expect(card).toHaveTextContent('Taken1');
    expect(card).toHaveTextContent('On server0');
    expect(screen.getByText('1 interview waiting to be sent')).toBeInTheDocument();
    expect(screen.getByText(/Synthetic demo data/)).toBeInTheDocument();
  });

  it('says in words why one should not leave yet', async () => {
    await db.packages.clear();
    open('');
    expect(await screen.findByText('Do not leave yet')).toBeInTheDocument();
    const wanting = screen.getByText('Do not leave yet').closest('.note') as HTMLElement;
    expect(
      within(wanting).getAllByText('The work package has not been downloaded')[0],
    ).toBeInTheDocument();
  });

  it('asks to sign in when nobody is, and keeps the work of whoever was there', async () => {
    await aSealed(db);
    await db.device.update('device', { interviewerId: null });
    const { user } = open('');
    await user.type(await screen.findByLabelText('Login'), 'Interviewer ');
    await user.type(screen.getByLabelText('Password'), 'secret');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByRole('heading', { name: interviewer.name })).toBeInTheDocument();
    await waitFor(async () => expect((await db.outbox.toArray())[0]?.custody.state).toBe('held'));
  });

  it('lets nobody in who does no fieldwork', async () => {
    await db.device.update('device', { interviewerId: null });
    server.signIn = () => Promise.resolve({ ...interviewer, role: 'official' });
    const { user } = open('');
    await user.type(await screen.findByLabelText('Login'), 'official');
    await user.type(screen.getByLabelText('Password'), 'secret');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText(/does no fieldwork/)).toBeInTheDocument();
    expect(await currentAccount(db)).toBeNull();
  });
});

describe('demo data', () => {
  const line = /Synthetic demo data/;

  it('say so before anybody has signed in, and go on saying so without network', async () => {
    await db.delete();
    db = aDatabase();
    open('');
    expect(await screen.findByText(line)).toBeVisible();
    expect(screen.getByRole('heading', { name: 'Fieldwork' })).toBeVisible();
    cleanup();
    server.before = () => {
      throw new NetworkProblem('down');
    };
    open('#/enrol');
    expect(await screen.findByText(line)).toBeVisible();
  });

  it('say so on the lock, and when the app has failed', async () => {
    lockVault(db);
    open('');
    await screen.findByLabelText('PIN');
    expect(screen.getByText(line)).toBeVisible();
    cleanup();
    await openVault(db, interviewer.id, pin);
    jest.spyOn(console, 'error').mockImplementation();
    jest.spyOn(db.packages, 'get').mockRejectedValue(new Error('unreadable'));
    open('');
    await screen.findByText('The app has failed');
    expect(screen.getByText(line)).toBeVisible();
    jest.restoreAllMocks();
  });

  it('are not spoken of where the answers are real ones', async () => {
    await db.delete();
    db = aDatabase();
    server.package = aPackage({ synthetic: false });
    open('');
    await waitFor(async () => expect((await db.device.get('device'))?.synthetic).toBe(false));
    expect(screen.queryByText(line)).toBeNull();
  });
});

describe('the outbox screen', () => {
  it('goes from waiting to held by the server, with the receipt code', async () => {
    const row = await aSealed(db);
    const { user } = open('outbox');
    expect(await screen.findByText('Waiting to be sent: 1')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Send now' }));
    expect(await screen.findByText('Held by the server: 1')).toBeInTheDocument();
    expect(screen.getByText(receiptCode(row.hash))).toBeInTheDocument();
    expect(screen.getByText('Everything is sent')).toBeInTheDocument();
  });

  it('says why an interview was not taken, field by field, and sends it again when told to', async () => {
    await aSealed(db);
    const fields = [{ path: 'answers.satisfied', message: 'not one of the choices' }];
    server.answer = (_, receipt) => ({
      ...receipt,
      status: 'refused',
      reasons: [
        { code: 'wave_not_open', fields: [] },
        { code: 'invalid_answers', fields },
      ],
    });
    const { sync, user } = open('outbox');
    await act(() => sync.run());
    expect(await screen.findByText('Need attention: 1')).toBeInTheDocument();
    expect(screen.getByText('The wave is not open')).toBeInTheDocument();
    expect(screen.getByText('answers.satisfied: not one of the choices')).toBeInTheDocument();
    server.answer = (_, receipt) => receipt;
    await user.click(screen.getByRole('button', { name: 'Send again' }));
    expect(await screen.findByText('Held by the server: 1')).toBeInTheDocument();
  });

  it('tells that the server was not reached and keeps what waits', async () => {
    await aSealed(db);
    server.before = () => {
      throw new NetworkProblem('down');
    };
    const { user } = open('outbox');
    await user.click(await screen.findByRole('button', { name: 'Send now' }));
    expect(await screen.findByText(/The server was not reached/)).toBeInTheDocument();
    expect(screen.getByText('Waiting to be sent: 1')).toBeInTheDocument();
  });

  it('asks to sign in again when the session has ended, and goes on after it', async () => {
    await aSealed(db);
    server.user = null;
    const { sync, user } = open('outbox');
    await act(() => sync.run());
    await user.click(await screen.findByRole('button', { name: 'Sign in again' }));
    expect(await screen.findByLabelText('Login')).toHaveValue('interviewer');
    await user.type(screen.getByLabelText('Password'), 'secret');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(async () => expect((await db.outbox.toArray())[0]?.custody.state).toBe('held'));
  });
});

describe('an interview', () => {
  const answer = async (user: User, label: string) =>
    user.click(await screen.findByRole('radio', { name: label }));

  it('starts in the language chosen and names the office in it', async () => {
    const { user } = open(`assignments/${anAssignment().id}`);
    const start = (await screen.findByText('Household 1')).closest('section')!;
    await user.click(within(start).getByRole('button', { name: 'Қазақша' }));
    await user.type(await screen.findByLabelText('Age'), '45');
    await user.click(screen.getByRole('button', { name: 'Add a woman' }));
    await user.click(screen.getByRole('button', { name: 'Begin the interview' }));
    expect(await screen.findByText('Akim of Akkol district kk kk?')).toBeInTheDocument();
  });

  it('writes each answer at once and comes back to its page after the app was closed', async () => {
    const { id } = await aDraft();
    const { user } = open(`interviews/${id}`);
    await answer(user, 'no');
    await waitFor(async () =>
      expect((await openDraft(db, id))?.draft.content.answers).toEqual({ satisfied: 'no' }),
    );
    await user.click(screen.getByRole('button', { name: 'Next' }));
    await user.type(await screen.findByLabelText(/Why\?/), 'dust');
    await waitFor(async () =>
      expect((await openDraft(db, id))?.draft.content).toMatchObject({
        answers: { satisfied: 'no', why: 'dust' },
        pageNo: 1,
      }),
    );
  });

  it('resumes a draft with its answers, on its page', async () => {
    const draft = await aDraft();
    const content = { answers: { satisfied: 'yes', why: 'roads' }, pageNo: 1, uiState: null };
    await saveDraft(db, draft, { ...content, language: 'en' }, 60_000, started);
    const { user } = open(`assignments/${anAssignment().id}`);
    await user.click(await screen.findByRole('button', { name: 'Go on' }));
    expect(await screen.findByLabelText(/Why\?/)).toHaveValue('roads');
    expect(screen.getByText(/Page 2 of 2/)).toBeInTheDocument();
  });

  it('leads back to the other drafts as they are then, never as they were when it began', async () => {
    const { id } = await aDraft();
    const later = new Date(started.getTime() + 60_000);
    const other = await startDraft(db, anAssignment(), aQuestionnaire(), 'en', later);
    const { user } = open(`assignments/${anAssignment().id}`);
    await waitFor(() => expect(screen.getAllByRole('button', { name: 'Go on' })).toHaveLength(2));
    // The latest stands on top.
    await user.click(screen.getAllByRole('button', { name: 'Go on' })[1]);
    await answer(user, 'yes');
    await db.drafts.delete(other.id);
    const counts: number[] = [];
    const watch = new MutationObserver(() =>
      counts.push(screen.queryAllByRole('button', { name: 'Go on' }).length),
    );
    watch.observe(document.body, { childList: true, subtree: true });
    await user.click(screen.getByRole('button', { name: /Go on later/ }));
    expect(await screen.findByText(/1 answer$/)).toBeVisible();
    watch.disconnect();
    expect(Math.max(...counts)).toBe(1);
    expect(await db.drafts.toCollection().primaryKeys()).toEqual([id]);
  });

  it('changes its language in the middle without losing an answer', async () => {
    const { id } = await aDraft();
    const { user } = open(`interviews/${id}`);
    await answer(user, 'yes');
    await user.click(screen.getByRole('button', { name: 'Рус' }));
    expect(await screen.findByText('Akim of Akkol district ru ru?')).toBeInTheDocument();
    expect(screen.getByRole('radio', { name: 'yes' })).toBeChecked();
    await waitFor(async () => expect((await openDraft(db, id))?.draft.content.language).toBe('ru'));
  });

  it('is sealed only after its own checks and a last question, without answers no longer asked for', async () => {
    const { id } = await aDraft();
    const { user } = open(`interviews/${id}`);
    await user.click(await screen.findByRole('button', { name: 'Next' }));
    expect(await screen.findByText('Response required.')).toBeInTheDocument();
    await answer(user, 'no');
    await user.click(screen.getByRole('button', { name: 'Next' }));
    await user.type(await screen.findByLabelText(/Why not\?/), 'never mind');
    await user.click(screen.getByRole('button', { name: 'Previous' }));
    await answer(user, 'yes');
    await user.click(screen.getByRole('button', { name: 'Next' }));
    await user.click(await screen.findByRole('button', { name: 'Finish' }));
    expect(await screen.findByText('Once sealed, nobody can change the answers.')).toBeVisible();
    expect(await db.outbox.count()).toBe(0);
    await user.click(screen.getByRole('button', { name: 'Seal the interview' }));
    expect(await screen.findByText(/Receipt code/)).toBeInTheDocument();
    const [text] = await sealedTexts(
      db,
      (await db.sealed.toArray()).map((row) => row.id),
    );
    expect(JSON.parse(text)).toMatchObject({ answers: { satisfied: 'yes' }, deviceSequence: 1 });
    expect(text).not.toContain('never mind');
  });

  it('says so before an answer is lost when the device is full, and goes on when there is room', async () => {
    const { id } = await aDraft();
    const { user } = open(`interviews/${id}`);
    const full = new DOMException('full', 'QuotaExceededError');
    const disk = refusingDisk(db, full);
    await answer(user, 'yes');
    expect(await screen.findByText(/The tablet is full/)).toBeInTheDocument();
    expect(await screen.findByRole('button', { name: 'Save a rescue file' })).toBeEnabled();
    await user.click(screen.getByRole('button', { name: 'Next' }));
    expect(screen.getByText(/Page 1 of 2/)).toHaveTextContent('NOT SAVED');
    disk.mockRestore();
    await user.click(screen.getByRole('button', { name: 'Save again' }));
    await waitFor(async () =>
      expect((await openDraft(db, id))?.draft.content.answers).toEqual({ satisfied: 'yes' }),
    );
    expect(screen.queryByText(/The tablet is full/)).not.toBeInTheDocument();
  });

  it('is not opened twice at once', async () => {
    const { id } = await aDraft();
    const release = await holdLock(draftLock(id));
    const { user } = open(`interviews/${id}`);
    expect(await screen.findByText(/open in another tab/)).toBeInTheDocument();
    release?.();
    await user.click(screen.getByRole('button', { name: 'Open it here' }));
    expect(await screen.findByRole('radio', { name: 'yes' })).toBeInTheDocument();
  });

  it('leaves nothing behind when nothing was answered', async () => {
    const { id } = await aDraft();
    const { user } = open(`interviews/${id}`);
    await screen.findByRole('radio', { name: 'yes' });
    await user.click(screen.getByRole('button', { name: /Go on later/ }));
    expect(await screen.findByText('Household 1')).toBeInTheDocument();
    expect(await db.drafts.count()).toBe(0);
  });
});

describe('signing out', () => {
  it('tells that the work stays, and keeps it', async () => {
    await aSealed(db);
    const { user } = open('tablet');
    await user.click(await screen.findByRole('button', { name: 'Sign out' }));
    expect(screen.getByText(/Some interviews are not sent yet/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Sign out' }));
    expect(await screen.findByLabelText('Login')).toBeInTheDocument();
    await waitFor(async () =>
      expect(await db.device.get('device')).toMatchObject({ signOutOwed: false }),
    );
    expect(server.user).toBeNull();
    expect(await db.sealed.count()).toBe(1);
  });
});
