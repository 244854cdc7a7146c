import { act, fireEvent } from '@testing-library/react';
import { createDraftKeeper } from '../../../web/src/features/designer/draft/draft-keeper.ts';
import { StructureTab } from '../../../web/src/features/designer/structure/StructureTab.tsx';
import { getAt, type Doc } from '../../../web/src/features/designer/model/document.ts';
import { flatOf, outlineOf } from '../../../web/src/features/designer/model/outline.ts';
import { showPart } from './support.tsx';

const doc = (): Doc => ({
  pages: [
    {
      name: 'first',
      elements: [
        {
          type: 'radiogroup',
          name: 'applied',
          title: { kk: 'Өтініш бердіңіз бе?', ru: 'Обращались?', en: 'Did you apply?' },
          choices: ['yes', { value: 'no', text: { en: 'No' } }],
          indicator: 'appeals',
          scoring: { kind: 'map', scores: { yes: 100, no: 0 } },
        },
        { type: 'text', name: 'age', inputType: 'number' },
      ],
    },
    { name: 'second', elements: [{ type: 'comment', name: 'why' }] },
  ],
});
const names = (now: Doc) => flatOf(outlineOf(now)).map(({ name }) => name);

describe('the structure of a questionnaire', () => {
  it('is moved with the keyboard alone, past a neighbour and on to the next page, and told aloud', async () => {
    const { store, screen } = await showPart(<StructureTab />, doc());
    fireEvent.click(screen.getByRole('treeitem', { name: /Did you apply/ }));
    const tree = screen.getByRole('tree');
    fireEvent.keyDown(tree, { key: 'ArrowDown', altKey: true });
    expect(names(store.doc())).toEqual(['first', 'age', 'applied', 'second', 'why']);
    fireEvent.keyDown(tree, { key: 'ArrowDown', altKey: true });
    expect(names(store.doc())).toEqual(['first', 'age', 'second', 'applied', 'why']);
    expect(screen.getByText('Moved into second, place 1')).toBeTruthy();
    fireEvent.keyDown(tree, { key: 'd', ctrlKey: true });
    expect(names(store.doc())).toContain('applied_2');
    fireEvent.keyDown(tree, { key: 'Delete' });
    expect(names(store.doc())).not.toContain('applied_2');
    act(() => {
      for (let step = 0; step < 4; step += 1) store.undo();
    });
    expect(names(store.doc())).toEqual(names(doc()));
  });

  it('shows only what is looked for', async () => {
    const { screen } = await showPart(<StructureTab />, doc());
    fireEvent.change(screen.getByRole('searchbox', { name: 'Find a question' }), {
      target: { value: 'өтініш' },
    });
    expect(screen.getAllByRole('treeitem')).toHaveLength(1);
  });

  it('loses one choice by its button, and has it back by one step', async () => {
    const { store, screen } = await showPart(<StructureTab />, doc());
    fireEvent.click(screen.getByRole('treeitem', { name: /Did you apply/ }));
    fireEvent.click(await screen.findByRole('button', { name: 'Delete Choices 2' }));
    const choices = () => getAt(store.doc(), ['pages', 0, 'elements', 0, 'choices']);
    expect(choices()).toEqual(['yes']);
    act(() => store.undo());
    expect(choices()).toEqual(['yes', { value: 'no', text: { en: 'No' } }]);
  });

  it('writes a title in the language it is typed in', async () => {
    const { store, screen } = await showPart(<StructureTab />, doc());
    fireEvent.click(screen.getByRole('treeitem', { name: /age/ }));
    fireEvent.change(screen.getByRole('textbox', { name: 'Text, Русский' }), {
      target: { value: 'Сколько Вам лет?' },
    });
    expect(getAt(store.doc(), ['pages', 0, 'elements', 1, 'title'])).toEqual({
      ru: 'Сколько Вам лет?',
    });
  });

  it('offers a least value where the text is a number, and not where it is not', async () => {
    const { store, screen } = await showPart(<StructureTab />, doc());
    fireEvent.click(screen.getByRole('treeitem', { name: /age/ }));
    fireEvent.change(screen.getByLabelText('Greatest value'), { target: { value: '100' } });
    expect(getAt(store.doc(), ['pages', 0, 'elements', 1, 'max'])).toBe(100);
    fireEvent.change(screen.getByLabelText('Kind of input'), { target: { value: '' } });
    fireEvent.click(screen.getByRole('treeitem', { name: /why/ }));
    expect(screen.queryByLabelText('Greatest value')).toBeNull();
  });

  it('renames a choice together with its score', async () => {
    const { store, screen } = await showPart(<StructureTab />, doc());
    fireEvent.click(screen.getByRole('treeitem', { name: /Did you apply/ }));
    const code = screen.getByRole('textbox', { name: 'Choices 1: code' });
    fireEvent.change(code, { target: { value: 'agree' } });
    fireEvent.blur(code);
    expect(getAt(store.doc(), ['pages', 0, 'elements', 0])).toMatchObject({
      choices: ['agree', { value: 'no' }],
      scoring: { scores: { agree: 100, no: 0 } },
    });
  });

  it('uses the choices of another question, which are kept once', async () => {
    const pages = [
      ...(doc().pages as object[]),
      { name: 'third', elements: [{ type: 'checkbox', name: 'again' }] },
    ];
    const { store, screen } = await showPart(<StructureTab />, { pages });
    fireEvent.click(screen.getByRole('treeitem', { name: /again/ }));
    fireEvent.click(screen.getByRole('button', { name: /Choices and order/ }));
    const source = screen.getByLabelText('Choices of another question');
    expect([...source.querySelectorAll('option')].map(({ text }) => text)).toEqual([
      'not set',
      'Did you apply?',
    ]);
    fireEvent.change(source, { target: { value: 'applied' } });
    expect(getAt(store.doc(), ['pages', 2, 'elements', 0])).toEqual({
      type: 'checkbox',
      name: 'again',
      choicesFromQuestion: 'applied',
    });
  });

  it('takes choices pasted from a spreadsheet', async () => {
    const { store, screen } = await showPart(<StructureTab />, doc());
    fireEvent.click(screen.getByRole('treeitem', { name: /Did you apply/ }));
    fireEvent.paste(screen.getByRole('textbox', { name: 'Choices 1: code' }), {
      clipboardData: { getData: () => 'yes\tИә\tДа\tYes\ndk\tБілмеймін\tНе знаю\tDon’t know' },
    });
    expect(getAt(store.doc(), ['pages', 0, 'elements', 0, 'choices'])).toEqual([
      { value: 'yes', text: { kk: 'Иә', ru: 'Да', en: 'Yes' } },
      { value: 'no', text: { en: 'No' } },
      { value: 'dk', text: { kk: 'Білмеймін', ru: 'Не знаю', en: 'Don’t know' } },
    ]);
  });

  it('builds a condition from a question, a comparison and a value', async () => {
    const { store, screen } = await showPart(<StructureTab />, doc());
    const path = ['pages', 1, 'elements', 0, 'visibleIf'];
    fireEvent.click(screen.getByRole('treeitem', { name: /why/ }));
    fireEvent.click(screen.getByRole('button', { name: /Logic/ }));
    const condition = screen.getByRole('group', { name: 'Asked if' });
    fireEvent.click(condition.querySelector('button')!);
    expect(getAt(store.doc(), path)).toBe('{applied} notempty');
    fireEvent.change(screen.getByLabelText('Comparison'), { target: { value: 'equal' } });
    fireEvent.change(screen.getByLabelText('Value'), { target: { value: 'no' } });
    expect(getAt(store.doc(), path)).toBe("{applied} = 'no'");
  });

  it('says at once that a condition names a question that is not there', async () => {
    const broken = doc();
    const why = getAt(broken, ['pages', 1, 'elements', 0]) as Record<string, unknown>;
    why.visibleIf = '{aplied} + 1 > 2';
    const { screen } = await showPart(<StructureTab />, broken);
    fireEvent.click(screen.getByRole('treeitem', { name: /why/ }));
    fireEvent.click(screen.getByRole('button', { name: /Logic/ }));
    expect(screen.getByRole('alert').textContent).toContain('aplied');
  });
});

describe('the search for a property', () => {
  it('says where there is none of that name, and shows all again without it', async () => {
    const { screen } = await showPart(<StructureTab />, doc());
    fireEvent.click(screen.getByRole('treeitem', { name: /age/ }));
    const search = await screen.findByRole('searchbox', { name: 'Find a property' });
    fireEvent.change(search, { target: { value: 'zzz' } });
    screen.getByText('No such property.');
    expect(screen.queryByRole('button', { name: /Main/ })).toBeNull();
    fireEvent.change(search, { target: { value: '' } });
    screen.getByRole('button', { name: /Main/ });
  });
});

describe('while somebody types', () => {
  afterEach(() => jest.useRealTimers());

  it('holds every key at once: saving, undo and leaving the field need not wait for the screen', async () => {
    const saved: Doc[] = [];
    const scenarios: never[] = [];
    const { store, screen } = await showPart(<StructureTab />, doc());
    const keeper = createDraftKeeper(
      1,
      () => ({ doc: store.doc(), scenarios }),
      (content) => {
        saved.push(content.doc);
        return Promise.resolve({ saved: 2 });
      },
    );
    fireEvent.click(screen.getByRole('treeitem', { name: /age/ }));
    jest.useFakeTimers();
    const field = screen.getByRole('textbox', { name: 'Text, English' });
    fireEvent.change(field, { target: { value: 'How old' } });
    const title = ['pages', 0, 'elements', 1, 'title', 'en'];
    // The field and the document have the key; the tree, which only follows, is a pause behind.
    expect(field).toHaveProperty('value', 'How old');
    expect(getAt(store.doc(), title)).toBe('How old');
    expect(screen.queryByRole('treeitem', { name: /How old/ })).toBeNull();
    await act(() => keeper.settle());
    expect(saved.map((one) => getAt(one, title))).toEqual(['How old']);
    act(() => jest.advanceTimersByTime(300));
    screen.getByRole('treeitem', { name: /How old/ });

    fireEvent.change(field, { target: { value: 'How old are you?' } });
    fireEvent.click(screen.getByRole('treeitem', { name: /why/ }));
    screen.getByRole('treeitem', { name: /How old are you/ });
    act(() => store.undo());
    expect(getAt(store.doc(), title)).toBe('How old');
    screen.getByRole('treeitem', { name: /^▸?How old\s*age/ });
  });
});

describe('a tree of hundreds of questions', () => {
  const many = (): Doc => ({
    pages: [
      {
        name: 'only',
        elements: Array.from({ length: 300 }, (_, place) => ({ type: 'text', name: `q${place}` })),
      },
    ],
  });
  const observers = globalThis.ResizeObserver;
  beforeEach(() => {
    globalThis.ResizeObserver = class {
      observe() {}
      unobserve() {}
      disconnect() {}
    };
    Element.prototype.scrollTo = () => undefined;
  });
  afterEach(() => {
    globalThis.ResizeObserver = observers;
  });

  it('draws what is in sight, counts all, and reaches the last by key with the focus on it', async () => {
    const { screen } = await showPart(<StructureTab />, many());
    const drawn = () => screen.getAllByRole('treeitem').map((row) => row.textContent);
    expect(drawn().length).toBeLessThan(100);
    expect(screen.getByRole('treeitem', { name: /q0/ }).getAttribute('aria-setsize')).toBe('300');
    const first = screen.getByRole('treeitem', { name: /q0/ });
    fireEvent.click(first);
    act(() => first.focus());
    fireEvent.keyDown(screen.getByRole('tree'), { key: 'End' });
    const last = screen.getByRole('treeitem', { name: /q299/ });
    expect(last.getAttribute('aria-posinset')).toBe('300');
    expect(document.activeElement).toBe(last);
    // The first row is drawn no more once the tree has scrolled on; the focus must not go with it.
    fireEvent.scroll(screen.getByRole('tree'), { target: { scrollTop: 9_000 } });
    expect(screen.queryByRole('treeitem', { name: /q0\b/ })).toBeNull();
    fireEvent.keyDown(screen.getByRole('tree'), { key: 'Home' });
    expect(document.activeElement?.getAttribute('aria-selected')).toBe('true');
  });
});
