import { act, fireEvent, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import type { Scenario } from '@akimetr/api/contracts/questionnaire-drafts';
import { KeepingNote } from '../../../web/src/features/designer/draft/KeepingNote.tsx';
import { mergeScenarios } from '../../../web/src/features/designer/merge/merge-scenarios.ts';
import { setAt, type Doc } from '../../../web/src/features/designer/model/document.ts';
import { Refusal, network, screenWidth } from '../support/office.tsx';
import { showPart } from './support.tsx';

const base: Doc = {
  pages: [
    {
      name: 'first',
      elements: [
        { type: 'text', name: 'age', title: { kk: 'Жасыңыз', ru: 'Возраст' } },
        { type: 'text', name: 'job', title: { kk: 'Жұмысыңыз' } },
        { type: 'text', name: 'why', title: { kk: 'Неге' } },
      ],
    },
  ],
};
const title = (place: number, language: string) => [
  ...['pages', 0, 'elements', place, 'title', language],
];
// Both reword the age in Russian; one adds English, the other removes a question.
const mine = setAt(
  setAt(base, title(0, 'ru'), 'Сколько Вам лет?'),
  title(1, 'en'),
  'What is your job?',
);
const theirs = setAt(
  setAt(base, title(0, 'ru'), 'Ваш возраст'),
  ['pages', 0, 'elements', 2],
  undefined,
);
const newer = { revision: 5, by: 'Ерлан Ахмет', at: '2026-11-27T10:00:00Z' };
const theirDraft = {
  code: 'akim-test',
  revision: 5,
  title: {},
  basedOn: null,
  questions: 2,
  createdAt: '2026-11-22T10:00:00Z',
  createdBy: 'Айгүл Серік',
  changedAt: newer.at,
  changedBy: newer.by,
  questionnaire: theirs,
  scenarios: [],
};

/** The notice after a save that met a newer revision, with the dialog open. */
async function conflict(ours: Doc) {
  const results = [{ newer }, { saved: 6 }];
  const part = await showPart(<KeepingNote />, base, [], () => Promise.resolve(results.shift()!));
  part.store.change(ours);
  await act(async () => {
    await part.keeper.settle();
  });
  expect(part.screen.getByRole('alert').textContent).toContain('Ерлан Ахмет');
  fireEvent.click(part.screen.getByRole('button', { name: 'Compare and merge…' }));
  const dialog = await part.screen.findByRole('dialog', { name: 'Merge two texts' });
  return { ...part, dialog };
}

beforeEach(() => screenWidth(1280));

describe('saving over a newer revision', () => {
  it('joins the two, and asks only where both changed the same', async () => {
    network({ 'GET /questionnaire-drafts/akim-test': theirDraft });
    const { store, keeper, dialog } = await conflict(mine);
    const choice = await within(dialog).findByRole('group', { name: 'age · Text · Русский' });
    expect(within(dialog).getAllByRole('group')).toHaveLength(1);
    expect(choice.textContent).toContain('It was: Возраст');
    const take = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Merge and go on' });
    expect(take.disabled).toBe(true);
    fireEvent.click(within(choice).getByRole('radio', { name: /Ерлан Ахмет/ }));
    fireEvent.click(take);
    const merged = setAt(theirs, title(1, 'en'), 'What is your job?');
    expect(store.doc()).toEqual(merged);
    expect(store.history().past).toEqual([]);
    await waitFor(() => expect(keeper.keeping().state).toBe('saved'));
    expect(keeper.revision()).toBe(6);
  });

  it('keeps what one removed and the other changed until a person decides', async () => {
    network({ 'GET /questionnaire-drafts/akim-test': theirDraft });
    const { store, dialog } = await conflict(setAt(base, title(2, 'ru'), 'Почему?'));
    const choice = await within(dialog).findByRole('group', { name: /^why/ });
    fireEvent.click(within(choice).getByRole('radio', { name: /Mine/ }));
    fireEvent.click(within(dialog).getByRole('button', { name: 'Merge and go on' }));
    expect(JSON.stringify(store.doc())).toContain('Почему?');
    expect(JSON.stringify(store.doc())).toContain('Ваш возраст');
  });

  it('changes nothing when it is cancelled, or when the newer text cannot be fetched', async () => {
    network({ 'GET /questionnaire-drafts/akim-test': new Refusal(503, 'store_unavailable') });
    const { store, keeper, dialog } = await conflict(mine);
    expect(await within(dialog).findByRole('alert')).toBeTruthy();
    expect(within(dialog).queryByRole('button', { name: 'Merge and go on' })).toBeNull();
    network({ 'GET /questionnaire-drafts/akim-test': theirDraft });
    fireEvent.click(within(dialog).getByRole('button', { name: /Try again/ }));
    fireEvent.click(await within(dialog).findByRole('button', { name: 'Cancel' }));
    expect(store.doc()).toBe(mine);
    expect(keeper.keeping()).toEqual({ state: 'conflict', newer });
  });

  it('keeps nobody out', async () => {
    network({ 'GET /questionnaire-drafts/akim-test': theirDraft });
    const { dialog } = await conflict(mine);
    await within(dialog).findByRole('group');
    const { violations } = await axe.run(dialog, {
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  });
});

describe('test respondents of two texts', () => {
  const one = (name: string, age = 30): Scenario => ({
    ...{ name, language: 'kk', answers: { age }, expected: null },
  });

  it('are joined by name, and of one that both changed both stay', () => {
    const was = [one('same'), one('mine'), one('theirs'), one('both'), one('gone'), one('left')];
    const ours = [
      one('same'),
      one('mine', 31),
      one('theirs'),
      one('both', 31),
      one('gone'),
      one('new'),
    ];
    const other = [
      one('same'),
      one('mine'),
      one('theirs', 32),
      one('both', 32),
      one('left'),
      one('other'),
    ];
    expect(mergeScenarios(was, ours, other, 'Asel')).toEqual([
      one('same'),
      one('mine', 31),
      one('theirs', 32),
      one('both', 31),
      one('both (Asel)', 32),
      one('new'),
      one('other'),
    ]);
  });
});
