/** @jest-environment-options {"globalsCleanup": "off"} */
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import axe from 'axe-core';
import { showEarlyLock } from '../../web/src/features/field/lock/early-lock.ts';
import { appChanges } from '../../web/src/features/field/state/app-changes.ts';
import { type Locale, locales, setLocale } from '../../web/src/lib/i18n.ts';
import { NetworkProblem } from '../../web/src/lib/problems.ts';
import { rememberAccount } from '../../web/src/offline/accounts.ts';
import { recordContact } from '../../web/src/offline/contacts.ts';
import type { FieldDatabase, OutboxRow } from '../../web/src/offline/database.ts';
import { startDraft } from '../../web/src/offline/drafts.ts';
import { draftLock, holdLock } from '../../web/src/offline/locks.ts';
import type { AttentionReason } from '../../web/src/offline/outbox.ts';
import { readOpening } from '../../web/src/offline/opening.ts';
import { lockVault } from '../../web/src/offline/vault.ts';
import {
  type User,
  openFieldApp,
  prepareScreens,
  releaseLocks,
} from '../support/field-on-screen.tsx';
import {
  ScriptedServer,
  aPackage,
  aQuestionnaire,
  aSealed,
  aTabletAtWork,
  anAssignment,
  interviewer,
  noUpdate,
  pin,
  refusingDisk,
  started,
} from './field-surroundings.ts';

/*
 * Every screen and state of the tablet that is not walked through in three languages in real Chromium. Colours, which
 * jsdom does not know and which no language changes, are looked at there.
 */

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
  document.body.replaceChildren();
  jest.restoreAllMocks();
  await setLocale('en');
  await db.delete();
});

const open = (path: string, appUpdate = noUpdate) => openFieldApp(db, server, path, appUpdate);

async function expectOpenIn(locale: Locale): Promise<void> {
  const { violations } = await axe.run(document, {
    rules: { 'color-contrast': { enabled: false } },
    resultTypes: ['violations'],
  });
  expect(violations.map(({ id, nodes }) => `${locale} ${id} ${nodes[0]?.html}`)).toEqual([]);
}

/** What is on the screen keeps nobody out, in any of the three languages. Ends in English. */
async function expectOpenToAll(): Promise<void> {
  for (const locale of locales) {
    await act(() => setLocale(locale));
    await expectOpenIn(locale);
  }
}

const press = async (user: User, name: string | RegExp) =>
  user.click(await screen.findByRole('button', { name }));
const choose = async (user: User, name: string) =>
  user.click(await screen.findByRole('radio', { name }));
const enter = async (user: User, label: string, text: string) =>
  user.type(await screen.findByLabelText(label), `${text}{Enter}`);

const full = new DOMException('full', 'QuotaExceededError');

describe('before and at the lock', () => {
  it('the lock that is there before the app', async () => {
    const root = document.body.appendChild(document.createElement('div'));
    document.title = 'Akimetr';
    for (const locale of locales) {
      document.documentElement.lang = locale;
      const { default: texts } = (await import(
        `../../web/src/lib/locales/${locale}/field.json`
      )) as { default: Parameters<typeof showEarlyLock>[1] };
      showEarlyLock(root, texts, (await readOpening(db.name))!);
      expect(screen.getByRole('heading')).toHaveTextContent(texts.lock.title);
      await expectOpenIn(locale);
    }
  });

  it('a wrong PIN, the wait after the third, and what can be done meanwhile', async () => {
    await aSealed(db);
    await rememberAccount(db, { ...interviewer, id: anAssignment().akimId, name: 'Colleague' });
    await rememberAccount(db, interviewer);
    lockVault(db);
    const { user } = open('');
    await enter(user, 'PIN', '0000');
    await screen.findByText(/Wrong PIN/);
    await expectOpenToAll();
    for (const place of [2, 3]) {
      await enter(user, 'PIN', '0000');
      await waitFor(async () =>
        expect((await db.vaults.get(interviewer.id))?.wrongPins).toBe(place),
      );
      await screen.findByText('Unlock');
    }
    await screen.findByRole('timer');
    await user.click(screen.getByText('Someone else works with this tablet now'));
    await user.click(screen.getByText('1 interview is waiting to be sent'));
    // Let go of after a minute, which on a slow machine is before these tests have ended.
    Object.assign(URL, { createObjectURL: () => 'blob:rescue', revokeObjectURL: () => undefined });
    await press(user, 'Save a rescue file');
    await screen.findByText(/is in the file/);
    await expectOpenToAll();
  });

  it('a forgotten PIN: the new one, the code, and the password that is asked for first', async () => {
    server.user = null;
    lockVault(db);
    const { user } = open('');
    await press(user, 'Forgot the PIN?');
    await enter(user, 'New PIN', '1234');
    await screen.findByText(/Too easy to guess/);
    await expectOpenToAll();
    await enter(user, 'New PIN', '7391');
    await enter(user, 'The same PIN once more', '7391');
    await enter(user, 'Code from the supervisor', '123');
    await screen.findByText('The code has 8 digits.');
    await expectOpenToAll();
    await enter(user, 'Code from the supervisor', '12345678');
    await screen.findByRole('button', { name: 'Sign in again' });
    await expectOpenToAll();
  });

  it('a sign-in and an enrolment that fail', async () => {
    await db.device.update('device', { interviewerId: null });
    server.before = () => {
      throw new NetworkProblem('down');
    };
    const { user } = open('');
    await user.type(await screen.findByLabelText('Login'), 'interviewer');
    await enter(user, 'Password', 'secret');
    await screen.findByRole('alert');
    await expectOpenToAll();
    await press(user, 'I have a code from my supervisor');
    await enter(user, 'Code', 'abc');
    await screen.findByRole('alert');
    await expectOpenToAll();
  });
});

describe('behind the lock', () => {
  it('a newer app that waits, and what the last one brought', async () => {
    window.localStorage.setItem('akimetr.field.seenVersion', '0.0.9');
    const newer = { version: '0.2.0', changes: [{ kk: 'жаңа', ru: 'новое', en: 'brand new' }] };
    const waiting = [newer, ...appChanges];
    open('', { ...noUpdate, waiting: () => waiting });
    await screen.findByText(/takes over when no interview is open/);
    await screen.findByText('brand new');
    await screen.findByText('What is new in version 0.1.0');
    await expectOpenToAll();
    window.localStorage.removeItem('akimetr.field.seenVersion');
  });

  it('a tablet that was withdrawn, and a session that has ended', async () => {
    server.revoked = true;
    const { sync } = open('');
    await screen.findByRole('heading', { name: 'Assignments' });
    await act(() => sync.run());
    await screen.findByText('This tablet was withdrawn');
    await expectOpenToAll();
    server.revoked = false;
    server.user = null;
    await aSealed(db);
    await act(() => sync.runNow());
    await screen.findByText('Sign in again to send');
    await expectOpenToAll();
  });

  it('an outbox with an interview in every state, and attempts beside it', async () => {
    const fields = [{ path: 'answers.satisfied', message: 'not one of the choices' }];
    const reasons: AttentionReason[] = [
      { code: 'invalid_answers', fields },
      { code: 'not_accepted', fields: [], problem: 'invalid_input' },
    ];
    const receivedAt = '2026-11-22T10:00:00Z';
    const states: (Pick<OutboxRow, 'custody'> & Partial<OutboxRow>)[] = [
      { custody: { state: 'queued' }, failures: 4 },
      { custody: { state: 'sending' } },
      { custody: { state: 'held', receivedAt, graceEndsAt: null } },
      ...(['refused', 'quarantined', 'unproven'] as const).map((status) => ({
        custody: { state: 'attention' as const, status, reasons },
      })),
    ];
    for (const state of states) await db.outbox.update((await aSealed(db)).id, state);
    const { id: assignmentId, waveId } = anAssignment();
    const entry = { waveId, assignmentId, household: 1, appVersion: '0.1.0' };
    const outcome = { disposition: 'no_answer', nextStep: 'come_back' } as const;
    await recordContact(db, interviewer.id, { ...entry, ...outcome }, started);
    open('outbox');
    await screen.findByText('Need attention: 3');
    await screen.findByText('Waiting to be sent: 2');
    await screen.findByText('Held by the server: 1');
    await screen.findByText(/contact attempt is not counted/);
    await expectOpenToAll();
  });

  it('a PIN that is changed, with each of its steps, and the question before signing out', async () => {
    await aSealed(db);
    const { user } = open('tablet');
    await press(user, 'Change the PIN');
    await enter(user, 'Your present PIN', '0000');
    await screen.findByText(/Wrong PIN/);
    await expectOpenToAll();
    await enter(user, 'Your present PIN', pin);
    await enter(user, 'New PIN', '7391');
    await screen.findByLabelText('The same PIN once more');
    await expectOpenToAll();
    await enter(user, 'The same PIN once more', '7391');
    await screen.findByText('The PIN is changed.');
    await press(user, 'Sign out');
    await screen.findByText(/Some interviews are not sent yet/);
    await expectOpenToAll();
  });

  it('a household without interview, those tried before, and a draft about to be deleted', async () => {
    await startDraft(db, anAssignment(), aQuestionnaire(), 'en', started, 9);
    const { user } = open(`assignments/${anAssignment().id}`);
    await press(user, 'No interview here');
    await press(user, 'Record');
    await screen.findByText(/Say what happened/);
    await choose(user, 'Agreed on another time');
    await user.type(screen.getByLabelText('When may you come?'), '2026-11-28T18:00');
    await expectOpenToAll();
    await press(user, 'Record');
    await press(user, /Try household \d+ again/);
    await press(user, 'Delete');
    await screen.findByText(/Its answers cannot be brought back/);
    await expectOpenToAll();
  });

  it('an interview that is open in another tab, and one that is not here', async () => {
    const { id } = await startDraft(db, anAssignment(), aQuestionnaire(), 'en', started);
    await holdLock(draftLock(id));
    open(`interviews/${id}`);
    await screen.findByText(/open in another tab/);
    await expectOpenToAll();
    cleanup();
    open('interviews/none');
    await screen.findByText('This interview is not on this tablet.');
    await expectOpenToAll();
    cleanup();
    open('assignments/none');
    await screen.findByText(/no longer yours/);
    await expectOpenToAll();
  });

  it('the app when it has failed', async () => {
    jest.spyOn(console, 'error').mockImplementation();
    jest.spyOn(db.packages, 'get').mockRejectedValue(new Error('unreadable'));
    open('');
    await screen.findByText('The app has failed');
    await expectOpenToAll();
  });
});

describe('an interview', () => {
  /** Consent, a question with a note, one that the respondent answers alone, and the last. */
  const questionnaire = aQuestionnaire({
    questionnaire: {
      pages: [
        {
          name: 'consent',
          elements: [
            { type: 'boolean', name: 'consent', title: 'Do you agree?', renderAs: 'radio' },
          ],
        },
        {
          name: 'alone',
          privateBlock: true,
          elements: [{ type: 'radiogroup', name: 'bribe', title: 'A bribe?', choices: ['a', 'b'] }],
        },
        { name: 'last', elements: [{ type: 'text', name: 'more', title: 'Anything else?' }] },
      ],
    },
  });
  const begin = async () => {
    await db.delete();
    db = await aTabletAtWork(aPackage({ questionnaires: [questionnaire] }));
    const { id } = await startDraft(db, anAssignment(), questionnaire, 'en', started, 1);
    const { user } = open(`interviews/${id}`);
    for (const age of ['44', '51']) {
      await user.type(await screen.findByLabelText('Age'), age);
      await press(user, 'Add a woman');
    }
    return user;
  };
  const ask = async (user: User) => {
    await choose(user, '2. woman, 44');
    await press(user, 'Begin the interview');
    await screen.findByText('Do you agree?');
  };

  it('from the choice of the respondent to the refusal', async () => {
    const user = await begin();
    await screen.findByText('Which of them had a birthday last?');
    await expectOpenToAll();
    await ask(user);
    await choose(user, 'No');
    await screen.findByText('The respondent does not agree');
    await press(user, 'Record');
    await screen.findByText(/Choose the reason/);
    await expectOpenToAll();
    await press(user, 'They agree after all');
    await press(user, 'The respondent breaks off');
    await screen.findByText(/The answers will be deleted/);
    await expectOpenToAll();
  });

  it('with a note, and through other hands', async () => {
    const user = await begin();
    await ask(user);
    await choose(user, 'Yes');
    await press(user, 'Note');
    await user.type(await screen.findByLabelText('For whoever checks the interview'), 'hesitated');
    await expectOpenToAll();
    await press(user, 'Keep the note');
    await screen.findByRole('button', { name: 'Note ✓' });
    await expectOpenToAll();
    await press(user, 'Next');
    await screen.findByText('Hand the tablet to the respondent');
    await expectOpenToAll();
    await press(user, 'I am the respondent: begin');
    await screen.findByText('A bribe?');
    await expectOpenToAll();
    await choose(user, 'a');
    await press(user, 'Next');
    await screen.findByText('Is that all?');
    await expectOpenToAll();
    await press(user, 'I have finished: lock my answers');
    await screen.findByText('Thank you. Give the tablet back');
    await expectOpenToAll();
    await press(user, 'Interviewer: go on');
    await screen.findByText('Anything else?');
  });

  it('at its seal, also on a tablet that is full then', async () => {
    const { id } = await startDraft(db, anAssignment(), aQuestionnaire(), 'en', started);
    const { user } = open(`interviews/${id}`);
    await choose(user, 'yes');
    await press(user, 'Next');
    await press(user, 'Finish');
    await screen.findByText('Finish the interview');
    await expectOpenToAll();
    jest.spyOn(db.outbox, 'add').mockRejectedValueOnce(full);
    await press(user, 'Seal the interview');
    await screen.findByText(/The tablet is full/);
    await expectOpenToAll();
    await press(user, 'Open the interview');
    await press(user, 'Finish');
    await press(user, 'Seal the interview');
    await screen.findByText('The interview is sealed');
    await expectOpenToAll();
  });

  it('on a tablet that is full, and on one that cannot write', async () => {
    const { id } = await startDraft(db, anAssignment(), aQuestionnaire(), 'en', started);
    const { user } = open(`interviews/${id}`);
    const disk = refusingDisk(db, full);
    await choose(user, 'yes');
    await screen.findByText(/The tablet is full/);
    await screen.findByRole('button', { name: 'Save a rescue file' });
    await expectOpenToAll();
    disk.mockRestore();
    const broken = refusingDisk(db, new Error('broken'));
    await press(user, 'Save again');
    await screen.findByText('The last answer is not saved');
    await expectOpenToAll();
    broken.mockRestore();
    await press(user, 'Save again');
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });
});
