import { act, fireEvent, within } from '@testing-library/react';
import { PreviewTab } from '../../../web/src/features/designer/preview/PreviewTab.tsx';
import { setAt, type Doc } from '../../../web/src/features/designer/model/document.ts';
import { showPart } from './support.tsx';

const words = (en: string) => ({ kk: `${en} (kk)`, ru: `${en} (ru)`, en });
const doc = (): Doc => ({
  pages: [
    {
      name: 'only',
      elements: [
        {
          type: 'radiogroup',
          name: 'solves',
          title: words('Does the akim solve problems?'),
          choices: [
            { value: 'yes', text: words('Yes') },
            { value: 'no', text: words('No') },
          ],
        },
        { type: 'comment', name: 'why', title: words('Why?'), visibleIf: "{solves} = 'no'" },
      ],
    },
  ],
});
const title = ['pages', 0, 'elements', 0, 'title', 'en'];

describe('the preview of a questionnaire', () => {
  const open = async () => {
    const { store, screen, scenarios } = await showPart(<PreviewTab />, doc());
    const frame = within(screen.getByRole('region', { name: 'The interview as it looks' }));
    const chosen = (name: string) => frame.getByRole<HTMLInputElement>('radio', { name }).checked;
    return { store, screen, scenarios, frame, chosen };
  };

  it('keeps what was answered when the questionnaire changes, and when that is undone', async () => {
    const { store, frame, chosen } = await open();
    await act(() => fireEvent.click(frame.getByRole('radio', { name: 'No' })));
    fireEvent.change(await frame.findByRole('textbox', { name: 'Why?' }), {
      target: { value: 'The road' },
    });
    for (const [change, asked] of [
      [() => store.change(setAt(store.doc(), title, 'Does he?')), 'Does he?'],
      [() => store.undo(), 'Does the akim solve problems?'],
    ] as const) {
      act(change);
      frame.getByRole('radiogroup', { name: asked });
      expect(chosen('No')).toBe(true);
      expect(frame.getByRole('textbox', { name: 'Why?' })).toHaveValue('The road');
    }
  });

  it('keeps it in another language, and begins anew only when it is told to', async () => {
    const { screen, frame, chosen } = await open();
    fireEvent.click(frame.getByRole('radio', { name: 'Yes' }));
    fireEvent.click(screen.getByRole('radio', { name: 'Русский' }));
    expect(chosen('Yes (ru)')).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Begin again' }));
    expect(chosen('Yes (ru)')).toBe(false);
  });

  it('stays on its page in another language and when the questionnaire changes', async () => {
    const question = (name: string) => ({ type: 'text', name, title: words(name) });
    const pages = ['first', 'second', 'third'].map((name) => ({
      name,
      elements: [question(`of ${name}`)],
    }));
    const { store, screen } = await showPart(<PreviewTab />, { pages });
    const frame = within(screen.getByRole('region', { name: 'The interview as it looks' }));
    await act(() => fireEvent.click(frame.getByRole('button', { name: 'Next' })));
    frame.getByRole('textbox', { name: 'of second' });
    fireEvent.click(screen.getByRole('radio', { name: 'Русский' }));
    frame.getByRole('textbox', { name: 'of second (ru)' });
    const other = ['pages', 2, 'elements', 0, 'title', 'ru'];
    act(() => store.change(setAt(store.doc(), other, 'иначе')));
    frame.getByRole('textbox', { name: 'of second (ru)' });
    act(() => store.change(setAt(store.doc(), ['pages', 1], undefined)));
    frame.getByRole('textbox', { name: 'of first (ru)' });
    fireEvent.click(screen.getByRole('button', { name: 'Begin again' }));
    frame.getByRole('textbox', { name: 'of first (ru)' });
  });

  it('shows a recorded respondent, whatever was answered since', async () => {
    const { screen, scenarios, frame, chosen } = await open();
    fireEvent.click(frame.getByRole('radio', { name: 'No' }));
    fireEvent.change(screen.getByRole('textbox', { name: 'Who answered' }), {
      target: { value: 'Dissatisfied' },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Record the answers' }));
    expect(scenarios()).toMatchObject([{ name: 'Dissatisfied', answers: { solves: 'no' } }]);
    expect(chosen('No')).toBe(true);
  });
});
