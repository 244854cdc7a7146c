/** @jest-environment-options {"globalsCleanup": "off"} */
import { cleanup, screen, within } from '@testing-library/react';
import type { Quota } from '@akimetr/api/contracts/assignments';
import type { FieldDatabase } from '../../web/src/offline/database.ts';
import { startDraft } from '../../web/src/offline/drafts.ts';
import { storePackage } from '../../web/src/offline/field-package.ts';
import { applyToOutbox, noWaiting } from '../../web/src/offline/outbox-store.ts';
import { quotaOf } from '../../web/src/offline/quota.ts';
import { openFieldApp, prepareScreens, releaseLocks } from '../support/field-on-screen.tsx';
import {
  ScriptedServer,
  aPackage,
  aQuestionnaire,
  aSealed,
  aTabletAtWork,
  anAssignment,
  interviewer,
  started,
} from './field-surroundings.ts';

let db: FieldDatabase;
const quota: Quota = {
  sexQuestion: 'sex',
  ageQuestion: 'years',
  cells: [
    { sex: 'female', age: '18-29', target: 5 },
    { sex: 'female', age: '30+', target: 0 },
    { sex: 'male', age: '18-29', target: 1 },
    { sex: 'male', age: '30+', target: 2 },
  ],
};
const assignment = anAssignment({ quota });
const withQuota = (received: number[]) =>
  aPackage({ assignments: [assignment], quotaReceived: { [assignment.id]: received } });

beforeAll(prepareScreens);
beforeEach(async () => {
  releaseLocks();
  db = await aTabletAtWork(withQuota([2, 0, 0, 0]));
});
afterEach(async () => {
  cleanup();
  await db.delete();
});

const seal = (sex: string, years: unknown) => aSealed(db, { sex, years }, assignment);
const taken = async () =>
  (await quotaOf(db, interviewer.id, assignment.id))?.map((cell) => cell.taken);

describe('the quota of an assignment', () => {
  it('counts what the server had and what was sealed here since, and once only when that has come up', async () => {
    const woman = await seal('female', 19);
    await seal('male', 30);
    await seal('refused', 40);
    expect(await taken()).toEqual([3, 0, 0, 1]);
    const receivedAt = '2026-11-22T10:00:00Z';
    const receipts = [{ id: woman.id, hash: woman.hash, status: 'stored' as const, receivedAt }];
    const arrived = { type: 'receiptsArrived', sentIds: [woman.id], receipts } as const;
    await applyToOutbox(db, interviewer.id, noWaiting, arrived, new Date(receivedAt));
    expect(await taken()).toEqual([3, 0, 0, 1]);
    await storePackage(db, withQuota([3, 0, 0, 0]), '"2"', new Date('2026-11-22T10:00:01Z'));
    expect(await taken()).toEqual([3, 0, 0, 1]);
  });

  it('is nothing where the wave has no figures by sex and age', async () => {
    await storePackage(db, aPackage(), '"2"', started);
    expect(await quotaOf(db, interviewer.id, assignment.id)).toBeNull();
    openFieldApp(db, new ScriptedServer(), `assignments/${assignment.id}`);
    expect(await screen.findByText('Household 1')).toBeVisible();
    expect(screen.queryByText('By sex and age')).toBeNull();
  });

  it('is shown on the assignment, full cells marked, empty ones as a dash', async () => {
    await seal('male', 20);
    openFieldApp(db, new ScriptedServer(), `assignments/${assignment.id}`);
    const section = (await screen.findByText('By sex and age')).closest('section')!;
    const [, young, older] = within(section)
      .getAllByRole('row')
      .map((row) =>
        [...row.children].map(({ textContent, className }) => [textContent, className]),
      );
    expect(young).toEqual([
      ['18–29', ''],
      ['2 of 5', ''],
      ['1 of 1', 'quota-full'],
    ]);
    expect(older?.[1]?.[0]).toBe('–');
  });

  it('is a hint beside the respondent chosen, and stops nobody', async () => {
    await seal('male', 20);
    const draft = await startDraft(db, assignment, aQuestionnaire(), 'en', started, 3);
    const { user } = openFieldApp(db, new ScriptedServer(), `interviews/${draft.id}`);
    await user.type(await screen.findByLabelText('Age'), '24');
    await user.click(screen.getByRole('button', { name: 'Add a man' }));
    expect(
      await screen.findByText(
        'Men 18–29: 1 of 1 taken. Interview all the same: the selection decides.',
      ),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Begin the interview' }));
    expect(await screen.findByRole('radio', { name: 'yes' })).toBeVisible();
  });
});
