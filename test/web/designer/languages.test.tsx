import { act, fireEvent, within } from '@testing-library/react';
import axe from 'axe-core';
import { LanguagesTab } from '../../../web/src/features/designer/languages/LanguagesTab.tsx';
import type { Doc } from '../../../web/src/features/designer/model/document.ts';
import { network, screenWidth } from '../support/office.tsx';
import { showPart } from './support.tsx';

const doc = (): Doc => ({
  title: { kk: 'Сауалнама', ru: 'Анкета', en: 'Questionnaire' },
  pages: [
    {
      name: 'first',
      elements: [
        {
          type: 'radiogroup',
          name: 'applied',
          title: { kk: 'Өтініш бердіңіз бе?', ru: 'Обращались?' },
          choices: ['yes', { value: 'no', text: { kk: 'Жоқ', ru: 'Нет', en: 'No' } }],
        },
        { type: 'text', name: 'age', title: 'Жасыңыз' },
      ],
    },
  ],
});
const applied = (now: Doc) => (now as { pages: { elements: unknown[] }[] }).pages[0].elements[0];

beforeEach(() => screenWidth(1280));

describe('the texts in three languages', () => {
  it('shows each text once, how complete a language is, and what is missing', async () => {
    const { screen } = await showPart(<LanguagesTab />, doc());
    const rows = screen.getAllByRole('row').slice(1);
    expect(rows).toHaveLength(5);
    expect(screen.getByRole('columnheader', { name: /Русский 3 of 5/ })).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Show'), { target: { value: 'en' } });
    expect(screen.getAllByRole('row').slice(1)).toHaveLength(3);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'обращ' } });
    expect(screen.getAllByRole('rowheader').map((cell) => cell.textContent)).toEqual([
      'appliedText',
    ]);
  });

  it('writes a cell as a step that can be undone, and keeps its row in sight', async () => {
    const before = doc();
    const { store, screen } = await showPart(<LanguagesTab />, before);
    fireEvent.change(screen.getByLabelText('Show'), { target: { value: 'missing' } });
    fireEvent.change(screen.getByRole('textbox', { name: 'applied, Text, English' }), {
      target: { value: 'Did you apply?' },
    });
    expect(applied(store.doc())).toMatchObject({ title: { en: 'Did you apply?' } });
    expect(screen.getByRole('textbox', { name: 'applied, Text, English' })).toBeTruthy();
    // A choice that was a value alone gets a text, and is the value alone again without one.
    const yes = screen.getByRole('textbox', { name: /applied, Choices: yes, Қазақша/ });
    fireEvent.change(yes, { target: { value: 'Иә' } });
    expect(applied(store.doc())).toMatchObject({
      choices: [{ value: 'yes', text: { kk: 'Иә' } }, {}],
    });
    fireEvent.change(yes, { target: { value: '' } });
    expect(applied(store.doc())).toMatchObject({ choices: ['yes', {}] });
    act(() => {
      for (let step = 0; step < 3; step += 1) store.undo();
    });
    expect(store.doc()).toBe(before);
  });

  it('leads to the question that a text belongs to', async () => {
    const { store, screen } = await showPart(<LanguagesTab />, doc());
    fireEvent.click(screen.getByRole('button', { name: 'age' }));
    expect(store.history().present.selected).toBe('["pages",0,"elements",1]');
  });

  it('takes a translators’ workbook in one step, and says first what it changes and what it cannot use', async () => {
    network({
      'POST /questionnaires/translations/read': {
        rows: [
          {
            key: 'question:applied/title',
            row: 2,
            texts: { ru: 'Вы обращались?', en: 'Applied?' },
          },
          { key: 'question:age/title', row: 3, texts: { en: 'Жасыңыз' } },
          { key: 'question:gone/title', row: 4, texts: { en: 'Gone' } },
        ],
      },
    });
    const before = doc();
    const { store, screen } = await showPart(<LanguagesTab />, before);
    const file = Object.assign(new File(['x'], 'ru.xlsx'), {
      arrayBuffer: () => Promise.resolve(new ArrayBuffer(1)),
    });
    fireEvent.change(document.querySelector('input[type=file]')!, { target: { files: [file] } });
    const dialog = await screen.findByRole('dialog', { name: /ru.xlsx/ });
    expect(dialog.textContent).toContain('New texts: 1, replaced: 1, unchanged: 1.');
    expect(within(dialog).getByRole('alert').textContent).toContain('row 4: question:gone/title');
    expect(store.doc()).toBe(before);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Take 2 texts' }));
    expect(applied(store.doc())).toMatchObject({
      title: { kk: 'Өтініш бердіңіз бе?', ru: 'Вы обращались?', en: 'Applied?' },
    });
    act(() => store.undo());
    expect(store.doc()).toBe(before);
  });

  it('keeps nobody out', async () => {
    const { screen } = await showPart(<LanguagesTab />, doc());
    const { violations } = await axe.run(screen.container, {
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  });
});
