/** @jest-environment-options {"globalsCleanup": "off"} */
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import type { FieldPackage } from '@akimetr/api/contracts/interviews';
import { selectByKish } from '@akimetr/api/domain/respondent-selection';
import type { FieldDatabase } from '../../web/src/offline/database.ts';
import { contactsOf } from '../../web/src/offline/contacts.ts';
import { openDraft } from '../../web/src/offline/drafts.ts';
import { sealedTexts } from '../../web/src/offline/outbox-store.ts';
import { type User, openFieldApp, prepareScreens } from '../support/field-on-screen.tsx';
import {
  ScriptedServer,
  aPackage,
  aQuestionnaire,
  aTabletAtWork,
  anAssignment,
  interviewer,
} from './field-surroundings.ts';

/** Consent, a page with a warning and a "don't know", two pages of the respondent's own, and a last one. */
const questionnaire = aQuestionnaire({
  questionnaire: {
    pages: [
      {
        name: 'introduction',
        elements: [
          {
            type: 'boolean',
            name: 'consent',
            title: 'Do you agree?',
            renderAs: 'radio',
            isRequired: true,
          },
        ],
      },
      {
        name: 'age',
        elements: [
          {
            type: 'text',
            name: 'age',
            title: 'How old?',
            inputType: 'number',
            validators: [
              {
                type: 'numeric',
                maxValue: 90,
                text: 'Over 90: are you sure?',
                notificationType: 'warning',
              },
            ],
          },
          {
            type: 'radiogroup',
            name: 'trust',
            title: 'Do you trust them?',
            choices: ['much', 'little', 'dont_know'],
            missingValues: { dontKnow: ['dont_know'] },
          },
        ],
      },
      {
        name: 'bribes',
        privateBlock: true,
        elements: [
          { type: 'radiogroup', name: 'bribe', title: 'A bribe?', choices: ['asked', 'not asked'] },
        ],
      },
      {
        name: 'fear',
        privateBlock: true,
        elements: [
          {
            type: 'radiogroup',
            name: 'fear',
            title: 'Afraid?',
            isRequired: true,
            choices: ['afraid', 'not afraid'],
          },
        ],
      },
      { name: 'last', elements: [{ type: 'text', name: 'more', title: 'Anything else?' }] },
    ],
  },
});

let db: FieldDatabase;
let server: ScriptedServer;
const path = `assignments/${anAssignment().id}`;

beforeAll(prepareScreens);

const prepare = async (over: Partial<FieldPackage> = {}) => {
  server = new ScriptedServer();
  server.package = aPackage({ questionnaires: [questionnaire], ...over });
  db = await aTabletAtWork(server.package);
  await db.accounts.update(interviewer.id, { clockOffsetMs: -90_000 });
};
afterEach(async () => {
  cleanup();
  Reflect.deleteProperty(navigator, 'geolocation');
  await db.delete();
});

const open = (at = path) => openFieldApp(db, server, at);

const press = async (user: User, name: string | RegExp) =>
  user.click(await screen.findByRole('button', { name }));
const answer = async (user: User, name: string) =>
  user.click(await screen.findByRole('radio', { name }));
const addAdult = async (user: User, age: string, sex: 'woman' | 'man') => {
  await user.type(await screen.findByLabelText('Age'), age);
  await press(user, `Add a ${sex}`);
};

/** From the assignment to the first question, alone in the household. */
const begin = async (user: User) => {
  const start = (await screen.findByText(/^Household/)).closest('section')!;
  await user.click(within(start).getByRole('button', { name: 'English' }));
  await addAdult(user, '45', 'woman');
  await press(user, 'Begin the interview');
  await screen.findByText('Do you agree?');
};
const draftContent = async () => {
  const [{ id }] = await db.drafts.toArray();
  return (await openDraft(db, id))!.draft.content;
};
const attempts = async () => (await contactsOf(db, interviewer.id)).map(({ attempt }) => attempt);

describe('a household', () => {
  it('without interview is written down at once with both clocks, and sent once', async () => {
    await prepare({ lastHouseholds: { [anAssignment().id]: 6 } });
    const { sync, user } = open();
    expect(await screen.findByRole('heading', { name: 'Household 7' })).toBeInTheDocument();
    await press(user, 'No interview here');
    await answer(user, 'Refused');
    await press(user, 'Record');
    expect(await screen.findByText(/Choose the reason/)).toBeInTheDocument();
    await answer(user, 'No time');
    await user.type(screen.getByLabelText(/Note/), 'the blue gate');
    await press(user, 'Record');
    expect(await screen.findByRole('heading', { name: 'Household 8' })).toBeInTheDocument();
    expect(await attempts()).toEqual([
      expect.objectContaining({
        household: 7,
        disposition: 'refusal',
        reason: 'no_time',
        nextStep: 'none',
        note: 'the blue gate',
        clockOffsetMs: -90_000,
      }),
    ]);
    await act(() => sync.run());
    await act(() => sync.run());
    expect(server.contacts.size).toBe(1);
    const card = screen.getByText('Household 7').closest('li')!;
    await waitFor(() => expect(card).toHaveTextContent('On server'));
  });

  it('with an appointment is offered again under its own number', async () => {
    await prepare();
    const { user } = open();
    await press(user, 'No interview here');
    await answer(user, 'Agreed on another time');
    await press(user, 'Record');
    expect(await screen.findByText(/for an appointment, when/)).toBeInTheDocument();
    await user.type(screen.getByLabelText('When may you come?'), '2026-11-28T18:00');
    await press(user, 'Record');
    expect(await screen.findByRole('heading', { name: 'Household 2' })).toBeInTheDocument();
    await press(user, 'Try household 1 again');
    expect(await screen.findByRole('heading', { name: 'Household 1' })).toBeInTheDocument();
  });

  it('is let go from the tablet only when the server has it and its assignment is over', async () => {
    await prepare();
    const { sync, user } = open();
    await press(user, 'No interview here');
    await answer(user, 'Nobody opened');
    await press(user, 'Record');
    await screen.findByRole('heading', { name: 'Household 2' });
    server.package = aPackage({ assignments: [] });
    server.etag = '"2"';
    server.before = (call) => {
      if (call === 'submitContacts') throw new Error('lost');
    };
    await act(() => sync.run());
    expect(await db.contacts.count()).toBe(1);
    server.before = () => {};
    await act(() => sync.runNow());
    expect(await db.contacts.count()).toBe(0);
  });
});

describe('the respondent', () => {
  it('is whoever had a birthday last, and is stored without a list of the household', async () => {
    await prepare();
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'English' }));
    await addAdult(user, '70', 'woman');
    await addAdult(user, '41', 'man');
    expect(screen.getByRole('button', { name: 'Begin the interview' })).toBeDisabled();
    await answer(user, '2. woman, 70');
    expect(screen.getByText('woman, 70')).toBeInTheDocument();
    await press(user, 'Begin the interview');
    await screen.findByText('Do you agree?');
    await waitFor(async () =>
      expect((await draftContent()).selection).toEqual({
        method: 'last-birthday',
        adults: 2,
        position: 2,
      }),
    );
  });

  it('is chosen by the Kish grid where the wave says so, the same however often it is listed', async () => {
    const [wave] = aPackage().waves;
    await prepare({ waves: [{ ...wave, respondentSelection: 'kish' }] });
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'English' }));
    for (const [age, sex] of [
      ['30', 'woman'],
      ['33', 'man'],
      ['60', 'woman'],
    ] as const) {
      await addAdult(user, age, sex);
    }
    const expected = selectByKish(3, `${anAssignment().id}/1`);
    await press(user, 'Begin the interview');
    await waitFor(async () => expect((await draftContent()).selection).toEqual(expected));
  });
});

describe('an interview', () => {
  it('that is not agreed to ends as a refusal with its reason, and no answer is left', async () => {
    await prepare();
    const { user } = open();
    await begin(user);
    await answer(user, 'No');
    expect(await screen.findByText('The respondent does not agree')).toBeInTheDocument();
    await answer(user, 'Does not trust such questions');
    await press(user, 'Record');
    expect(await screen.findByRole('heading', { name: 'Household 2' })).toBeInTheDocument();
    expect(await attempts()).toEqual([
      expect.objectContaining({ household: 1, disposition: 'refusal', reason: 'distrust' }),
    ]);
    expect([await db.drafts.count(), await db.outbox.count()]).toEqual([0, 0]);
  });

  it('goes on when they agree after all', async () => {
    await prepare();
    const { user } = open();
    await begin(user);
    await answer(user, 'No');
    await press(user, 'They agree after all');
    await answer(user, 'Yes');
    await press(user, 'Next');
    expect(await screen.findByText('How old?')).toBeInTheDocument();
    expect(await db.contacts.count()).toBe(0);
  });

  it('warns once and then lets the answer be, and marks what is no answer', async () => {
    await prepare();
    const { user } = open();
    await begin(user);
    await answer(user, 'Yes');
    await press(user, 'Next');
    // The button for a note is no part of what its question is called.
    expect(await screen.findByRole('radiogroup', { name: 'Do you trust them?' })).toBeVisible();
    await user.type(screen.getByLabelText('How old?'), '95');
    const missing = screen.getByRole('radio', { name: 'dont_know' });
    expect(missing.closest('.not-an-answer')).not.toBeNull();
    expect(screen.getByRole('radio', { name: 'much' }).closest('.not-an-answer')).toBeNull();
    await press(user, 'Next');
    expect(await screen.findByText('Over 90: are you sure?')).toBeInTheDocument();
    await press(user, 'Next');
    expect(await screen.findByText('Hand the tablet to the respondent')).toBeInTheDocument();
  });

  it('keeps the respondent’s own part from the interviewer, also after a reload, and sends it', async () => {
    await prepare();
    const { user } = open();
    await begin(user);
    await answer(user, 'Yes');
    await press(user, 'Next');
    await screen.findByText('How old?');
    await press(user, 'Next');
    // The interviewer can still go back before the tablet changes hands.
    expect(await screen.findByText('Hand the tablet to the respondent')).toBeInTheDocument();
    // Each reads the own language: the interviewer English, the respondent Russian.
    await press(user, 'Рус');
    await press(user, 'Я респондент: начать');
    expect(await screen.findByText('A bribe?')).toBeInTheDocument();
    expect(screen.getByText(/^На эти вопросы вы отвечаете сами/)).toHaveAttribute('lang', 'ru');
    await press(user, 'Eng');
    expect(await screen.findByText(/^You answer these questions yourself/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Go on later/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Note' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Previous' })).toBeNull();
    await answer(user, 'asked');
    await waitFor(async () =>
      expect((await draftContent()).answers).toMatchObject({ bribe: 'asked' }),
    );

    // The tablet is closed in the middle: whoever opens it sees no answer.
    const [{ id }] = await db.drafts.toArray();
    cleanup();
    const again = open(`interviews/${id}`).user;
    expect(await screen.findByText('Hand the tablet to the respondent')).toBeInTheDocument();
    expect(screen.queryByText('A bribe?')).toBeNull();
    await press(again, 'I am the respondent: begin');
    expect(await screen.findByText('Afraid?')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Previous' })).toBeNull();
    await press(again, 'Next');
    expect(await screen.findByText('Response required.')).toBeInTheDocument();
    await answer(again, 'not afraid');
    await press(again, 'Next');
    await press(again, 'I have finished: lock my answers');
    await press(again, 'Interviewer: go on');
    expect(await screen.findByText('Anything else?')).toBeInTheDocument();

    // Back goes round the block, and so does a reload.
    await press(again, 'Previous');
    expect(await screen.findByText('How old?')).toBeInTheDocument();
    await press(again, 'Next');
    expect(await screen.findByText('Anything else?')).toBeInTheDocument();
    await waitFor(async () => expect((await draftContent()).privateBlock).toBe('ended'));
    cleanup();
    const last = open(`interviews/${id}`).user;
    expect(await screen.findByText('Anything else?')).toBeInTheDocument();
    await press(last, 'Finish');
    await press(last, 'Seal the interview');
    await screen.findByText(/Receipt code/);
    const [text] = await sealedTexts(db, [id]);
    expect(JSON.parse(text)).toMatchObject({
      answers: { consent: true, bribe: 'asked', fear: 'not afraid' },
      household: 1,
      selection: { method: 'last-birthday', adults: 1, position: 1 },
      location: { status: 'unavailable' },
      clockOffsetMs: -90_000,
    });
    const { pageTimes } = JSON.parse(text) as { pageTimes: { page: string }[] };
    expect(pageTimes.map(({ page }) => page).sort()).toEqual([
      'age',
      'bribes',
      'fear',
      'introduction',
      'last',
    ]);
  });

  it('carries notes to its questions, changed and taken back', async () => {
    await prepare();
    const { user } = open();
    await begin(user);
    await press(user, 'Note');
    expect(await screen.findByText('No names, phone numbers or addresses.')).toBeInTheDocument();
    await user.type(screen.getByLabelText('For whoever checks the interview'), 'hesitated');
    await press(user, 'Keep the note');
    await waitFor(async () =>
      expect((await draftContent()).notes).toEqual({ consent: 'hesitated' }),
    );
    await press(user, 'Note ✓');
    await user.clear(await screen.findByLabelText('For whoever checks the interview'));
    await press(user, 'Keep the note');
    await waitFor(async () => expect((await draftContent()).notes).toEqual({}));
  });

  it('asks once where it is, and goes on whatever the answer', async () => {
    await prepare();
    const ask = jest.fn((good: (found: object) => void) =>
      good({ coords: { latitude: 50.2812345678, longitude: 57.1, accuracy: 8.44 } }),
    );
    Object.defineProperty(navigator, 'geolocation', {
      value: { getCurrentPosition: ask },
      configurable: true,
    });
    const { user } = open();
    await begin(user);
    await answer(user, 'Yes');
    await waitFor(async () =>
      expect((await draftContent()).location).toEqual({
        status: 'measured',
        latitude: 50.281235,
        longitude: 57.1,
        accuracyM: 8.4,
        measuredAt: expect.any(String),
      }),
    );
    const [{ id }] = await db.drafts.toArray();
    cleanup();
    open(`interviews/${id}`);
    await screen.findByText('Do you agree?');
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('that is broken off is recorded with its reason', async () => {
    await prepare();
    const { user } = open();
    await begin(user);
    await answer(user, 'Yes');
    await press(user, 'The respondent breaks off');
    await answer(user, 'No time');
    await press(user, 'Record');
    await screen.findByRole('heading', { name: 'Household 2' });
    expect(await attempts()).toEqual([expect.objectContaining({ disposition: 'break_off' })]);
    expect(await db.drafts.count()).toBe(0);
  });
});
