import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { Page } from '../../../web/src/features/questionnaires/QuestionnairesPage.tsx';
import { aSession, meta, network, openOffice, Refusal, screenWidth } from '../support/office.tsx';
import type { Answers } from '../support/office.tsx';

const draft = {
  code: 'household-2027',
  revision: 3,
  title: { ru: 'Опрос домохозяйств' },
  basedOn: null,
  questions: 12,
  createdAt: '2026-11-22T10:00:00Z',
  createdBy: 'Айгүл Серік',
  changedAt: '2026-11-23T10:00:00Z',
  changedBy: 'Ерлан Ахмет',
};
const form = {
  questionnaire: { pages: [{ name: 'page_1', elements: [{ type: 'text', name: 'age' }] }] },
  unsupported: [
    {
      ...{ sheet: 'survey', row: 7, column: 'appearance', name: 'map', message: 'in English' },
      ...{ code: 'appearance_left_out', params: { appearance: 'maps' } },
    },
  ],
};
const answers = (over: Answers = {}): Answers => ({
  'GET /meta': meta,
  'GET /session': aSession('sociologist'),
  'GET /questionnaires': { questionnaires: [] },
  'GET /questionnaire-drafts': { drafts: [draft] },
  'POST /questionnaires/import': form,
  ...over,
});
const open = () => openOffice({ '/questionnaires': Page }, '/questionnaires');
const choose = async (name: string) => {
  fireEvent.click(await screen.findByRole('button', { name: 'From XLSForm' }));
  const dialog = await screen.findByRole('dialog', { name: 'Questionnaire from XLSForm' });
  const file = Object.assign(new File(['x'], name), {
    arrayBuffer: () => Promise.resolve(new ArrayBuffer(1)),
  });
  fireEvent.change(document.querySelector('input[type=file]')!, { target: { files: [file] } });
  return dialog;
};

beforeEach(() => screenWidth(1280));

describe('a questionnaire from an XLSForm', () => {
  it('lists what is left out with its sheet and row before a draft is made', async () => {
    const asked = network(
      answers({
        'POST /questionnaire-drafts/household-2027': { ...draft, questionnaire: {}, scenarios: [] },
      }),
    );
    const address = await open();
    const dialog = await choose('Household 2027.xlsx');
    const table = await within(dialog).findByRole('table', { name: 'What is left out' });
    expect(table.textContent).toContain('survey, row 7, appearance');
    expect(table.textContent).toContain('The appearance “maps” is left out.');
    expect(dialog.textContent).toContain('Questions read: 1. 1 part is left out');
    expect(asked.some(({ path }) => path.startsWith('/questionnaire-drafts/'))).toBe(false);
    const code = within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'Code' });
    expect(code.value).toBe('household-2027');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Create the draft' }));
    await waitFor(() => expect(address.path).toBe('/questionnaires/household-2027/design'));
    const sent = asked.find(({ path }) => path.startsWith('/questionnaire-drafts/'));
    expect(JSON.parse(sent?.body as string)).toEqual({
      from: 'json',
      questionnaire: { code: 'household-2027', ...form.questionnaire },
    });
  });

  it('has the code that the form itself says', async () => {
    const questionnaire = { ...form.questionnaire, code: 'village-2026' };
    network(answers({ 'POST /questionnaires/import': { questionnaire, unsupported: [] } }));
    await open();
    const dialog = await choose('Household 2027.xlsx');
    const code = await within(dialog).findByRole<HTMLInputElement>('textbox', { name: 'Code' });
    expect(code.value).toBe('village-2026');
  });

  it('says that a code is taken, and that a workbook is no form', async () => {
    network(answers({ 'POST /questionnaire-drafts/household-2027': new Refusal(409, 'conflict') }));
    await open();
    const dialog = await choose('household-2027.xlsx');
    fireEvent.click(await within(dialog).findByRole('button', { name: 'Create the draft' }));
    expect(await within(dialog).findByText(/There is a draft with this code/)).toBeTruthy();
    const fields = [{ path: 'body.file', message: 'the workbook has no sheet "survey"' }];
    network(answers({ 'POST /questionnaires/import': new Refusal(400, 'invalid_input', fields) }));
    const file = Object.assign(new File(['x'], 'other.xlsx'), {
      arrayBuffer: () => Promise.resolve(new ArrayBuffer(1)),
    });
    fireEvent.change(document.querySelector('input[type=file]')!, { target: { files: [file] } });
    expect((await within(dialog).findByRole('alert')).textContent).toContain('no sheet "survey"');
    expect(within(dialog).queryByRole('button', { name: 'Create the draft' })).toBeNull();
  });

  it('is found again among the drafts', async () => {
    network(answers());
    await open();
    const link = await screen.findByRole('link', { name: 'Опрос домохозяйств' });
    expect(link.getAttribute('href')).toBe('/questionnaires/household-2027/design');
  });

  it('is not offered to whoever may not write questionnaires', async () => {
    const asked = network(answers({ 'GET /session': aSession('supervisor') }));
    await open();
    await screen.findByRole('heading', { name: 'Questionnaires' });
    await waitFor(() => expect(asked.some(({ path }) => path === '/questionnaires')).toBe(true));
    expect(screen.queryByRole('button', { name: 'From XLSForm' })).toBeNull();
    expect(asked.some(({ path }) => path === '/questionnaire-drafts')).toBe(false);
  });

  it('keeps nobody out', async () => {
    network(answers());
    await open();
    const dialog = await choose('household-2027.xlsx');
    await within(dialog).findByRole('table');
    const { violations } = await axe.run(dialog, {
      rules: { 'color-contrast': { enabled: false } },
    });
    // The dialog's own header stands in a dialog, which axe in jsdom does not see.
    const serious = violations.filter(({ impact }) => impact !== 'moderate');
    expect(serious.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  });
});
