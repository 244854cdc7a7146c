import { fireEvent, waitFor, within } from '@testing-library/react';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { findingsOf, readingMinutes } from '../../../api/src/domain/questionnaire-check.ts';
import { textsOf } from '../../../api/src/domain/questionnaire-texts.ts';
import { CheckTab } from '../../../web/src/features/designer/check/CheckTab.tsx';
import { mendingOf } from '../../../web/src/features/designer/check/mending.ts';
import { CheckContext } from '../../../web/src/features/designer/check/use-findings.ts';
import { LanguagesTab } from '../../../web/src/features/designer/languages/LanguagesTab.tsx';
import { ScoringTab } from '../../../web/src/features/designer/scoring/ScoringTab.tsx';
import { StructureTab } from '../../../web/src/features/designer/structure/StructureTab.tsx';
import { screenWidth } from '../support/office.tsx';
import { showPart } from './support.tsx';

const words = (text: string) => ({ kk: text, ru: text, en: text });
const choice = (value: string, more = {}) => ({ value, text: words(value), ...more });

/** One fault of each kind that has a place of its own. */
const doc = {
  title: words('All that can be wrong'),
  calculatedValues: [
    { name: 'fine', expression: '1' },
    { name: 'sum', expression: '{nobody} +' },
  ],
  pages: [
    {
      name: 'one',
      title: { ru: 'Одна' },
      elements: [
        {
          type: 'radiogroup',
          name: 'roads',
          title: words('Roads'),
          visibleIf: '{gone} = 1',
          choices: [choice('bad'), choice('good', { visibleIf: '{lost} = 1' }), 'so_so'],
        },
        {
          type: 'comment',
          name: 'why',
          title: words('Why?'),
          validators: [
            { type: 'text', maxLength: 100, text: words('Too long') },
            { type: 'expression', expression: '{away} = 1', text: words('No') },
          ],
        },
        {
          type: 'matrixdropdown',
          name: 'visits',
          title: words('Visits'),
          rows: [choice('office'), choice('office')],
          columns: [
            { name: 'when', title: words('When'), cellType: 'text' },
            { name: 'how', title: words('How'), cellType: 'text', visibleIf: '{absent} = 1' },
          ],
        },
        { type: 'comment', name: 'Bad Name', title: words('Name') },
      ],
    },
  ],
};
const findings = findingsOf(doc);
const checked = { findings, minutes: readingMinutes(textsOf(doc)) };
const findingAt = (path: string, code: string) => {
  const found = findings.find((one) => one.path === path && one.code === code);
  if (!found) throw new Error(`no ${code} at ${path}: ${findings.map((one) => one.path).join()}`);
  return found;
};
const question = (place: number) => ['pages', 0, 'elements', place];

describe('the place where a finding is mended', () => {
  it.each([
    ['levels', 'levels_missing', 'structure', [], ['levels']],
    [
      'calculatedValues.1.expression',
      'expression_unreadable',
      'structure',
      [],
      ['calculatedValues', 1, 'expression'],
    ],
    ['pages.0.title', 'text_missing', 'languages', ['pages', 0], ['pages', 0, 'title']],
    [
      'pages.0.elements.0.visibleIf',
      'reference_unknown',
      'structure',
      question(0),
      [...question(0), 'visibleIf'],
    ],
    [
      'pages.0.elements.0.choices.1.visibleIf',
      'reference_unknown',
      'structure',
      question(0),
      [...question(0), 'choices', 1, 'visibleIf'],
    ],
    ['pages.0.elements.0', 'unscored', 'scoring', question(0), [...question(0), 'scoring']],
    ['pages.0.elements.3.name', 'name_form', 'structure', question(3), [...question(3), 'name']],
  ])('of %s (%s) is on the tab %s', (path, code, tab, selected, aim) => {
    expect(mendingOf(doc, findingAt(path, code))).toEqual({ tab, path: selected, aim });
  });

  it('of a choice without a text is its row in the grid of languages', () => {
    const found = findings.find(({ params }) => params.property === 'choices/so_so/text')!;
    expect(mendingOf(doc, found)).toEqual({
      tab: 'languages',
      path: question(0),
      aim: [...question(0), 'choices', 2, 'text'],
    });
  });

  it('of a scale with bare points is the list that they are written in', () => {
    const rated = {
      pages: [
        {
          name: 'one',
          elements: [
            {
              type: 'rating',
              name: 'r',
              rateMax: 10,
              indicator: 'roads',
              scoring: { kind: 'linear', from: 1, to: 10 },
            },
          ],
        },
      ],
    };
    const found = findingsOf(rated).find(({ code }) => code === 'scale_unlabelled')!;
    const path = ['pages', 0, 'elements', 0];
    expect(mendingOf(rated, found)).toEqual({
      tab: 'structure',
      path,
      aim: [...path, 'minRateDescription'],
    });
  });

  it('is the whole questionnaire when the part was deleted meanwhile', () => {
    const found = findingAt('pages.0.elements.3.name', 'name_form');
    expect(mendingOf({ pages: [] }, found)).toMatchObject({ tab: 'structure', path: [] });
  });
});

/** The tab of the address, as the designer shows it, and the part of it, which can be left and come back. */
function Shown({ part }: { part: ReactNode }) {
  const [params] = useSearchParams();
  const [away, setAway] = useState(false);
  return (
    <>
      <p data-testid="tab">{params.get('tab')}</p>
      <button type="button" onClick={() => setAway(!away)}>
        Away and back
      </button>
      {!away && part}
    </>
  );
}

async function shown(part: ReactNode) {
  const all = await showPart(
    <CheckContext value={checked}>
      <section aria-label="findings">
        <CheckTab />
      </section>
      <Shown part={part} />
    </CheckContext>,
    doc,
  );
  const press = (said: RegExp) => {
    const list = within(all.screen.getByRole('region', { name: 'findings' }));
    fireEvent.click(list.getAllByRole('button', { name: said })[0]);
  };
  return { ...all, press, tab: () => all.screen.getByTestId('tab').textContent };
}

const focused = () => document.activeElement as HTMLElement;
/** The property whose field has the focus. */
function property(): string | null {
  for (let node: HTMLElement | null = focused(); node; node = node.parentElement) {
    const label = node.querySelector<HTMLElement>(':scope > label[title]');
    if (label) return label.title;
  }
  return null;
}

beforeEach(() => screenWidth(1280));

describe('a finding that is pressed', () => {
  it('opens the closed group and gives the focus to the property', async () => {
    const { press, tab, store, screen } = await shown(<StructureTab />);
    press(/“Asked if” refers to “gone”/);
    await waitFor(() => expect(property()).toBe('visibleIf'));
    expect(screen.getByRole('button', { name: /^Logic/ }).ariaExpanded).toBe('true');
    expect(screen.getByRole('button', { name: /^Look/ }).ariaExpanded).toBe('false');
    expect(store.history().present.selected).toBe('["pages",0,"elements",0]');
    expect(tab()).toBe('structure');
  });

  it('opens the entry of a list that it is about: a choice, a check, a column', async () => {
    const { press, screen } = await shown(<StructureTab />);
    press(/“lost”/);
    await waitFor(() => expect(property()).toBe('visibleIf'));
    const choices = screen.getByRole('group', { name: 'Choices' });
    expect(choices.contains(focused())).toBe(true);
    const more = (place: number) =>
      screen.getByRole('button', { name: `More of Choices ${place}` });
    expect([1, 2, 3].map((place) => more(place).ariaExpanded)).toEqual(['false', 'true', 'false']);

    press(/“away”/);
    await waitFor(() => expect(property()).toBe('expression'));
    screen.getByRole('button', { name: /^Expression$/, expanded: true });
    screen.getByRole('button', { name: /^Length of text$/, expanded: false });

    press(/“absent”/);
    await waitFor(() => expect(property()).toBe('visibleIf'));
    screen.getByRole('button', { name: /^how/, expanded: true });
    screen.getByRole('button', { name: /^when/, expanded: false });
  });

  it('gives the focus to the name, to the levels, to a calculated value', async () => {
    const { press, screen } = await shown(<StructureTab />);
    press(/lower-case Latin letter/);
    await waitFor(() => expect(focused().hasAttribute('data-name-field')).toBe(true));
    expect((focused() as HTMLInputElement).value).toBe('Bad Name');
    press(/at least one level/);
    await waitFor(() => expect(focused().closest('fieldset')).not.toBeNull());
    press(/cannot be read/);
    await waitFor(() => expect(property()).toBe('expression'));
    screen.getByRole('button', { name: /^sum$/, expanded: true });
    screen.getByRole('button', { name: /^fine$/, expanded: false });
  });

  it('gives the focus to the later of two entries with one value', async () => {
    const { press, store } = await shown(<StructureTab />);
    press(/“office” stands more than once in “Rows”/);
    await waitFor(() => expect(focused().ariaLabel).toBe('Rows 2: code'));
    expect(store.history().present.selected).toBe('["pages",0,"elements",2]');
  });

  it('leads to the language that is missing', async () => {
    const { press, tab } = await shown(<LanguagesTab />);
    press(/“Text” is missing in: Қазақша, English/);
    await waitFor(() => expect(focused().ariaLabel).toBe('one, Text, Қазақша'));
    press(/“Choices: so_so” is missing/);
    await waitFor(() => expect(focused().ariaLabel).toBe('roads, Choices: so_so, Қазақша'));
    expect(tab()).toBe('languages');
  });

  it('leads to the rule of scores', async () => {
    const { press, tab } = await shown(<ScoringTab />);
    press(/could be scored/);
    await waitFor(() => expect(focused().closest('article')?.ariaLabel).toBe('roads'));
    expect(tab()).toBe('scoring');
  });

  it('takes the focus once, and again when it is pressed again', async () => {
    const { press, screen } = await shown(<StructureTab />);
    press(/“Asked if” refers to “gone”/);
    await waitFor(() => expect(property()).toBe('visibleIf'));
    const away = screen.getByRole('button', { name: 'Away and back' });
    away.focus();
    fireEvent.click(away);
    fireEvent.click(away);
    await screen.findByRole('textbox', { name: 'Name (code)' });
    expect(focused()).toBe(away);
    press(/“Asked if” refers to “gone”/);
    await waitFor(() => expect(property()).toBe('visibleIf'));
  });
});
