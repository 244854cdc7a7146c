import { act, fireEvent, within } from '@testing-library/react';
import { methodology as methodologySchema } from '@akimetr/api/contracts/methodologies';
import { findingsOf } from '@akimetr/api/domain/questionnaire-check';
import { compileScoring } from '@akimetr/api/domain/scoring';
import { CheckContext } from '../../../web/src/features/designer/check/use-findings.ts';
import { flatOf, outlineOf } from '../../../web/src/features/designer/model/outline.ts';
import type { Doc, Plain } from '../../../web/src/features/designer/model/document.ts';
import { IndicatorTree } from '../../../web/src/features/designer/scoring/IndicatorTree.tsx';
import { LiveTest } from '../../../web/src/features/designer/scoring/LiveTest.tsx';
import { showPart } from './support.tsx';

const words = (en: string) => ({ kk: en, ru: en, en });
const rated = (name: string, indicator: string, scores: Record<string, number>): Plain => ({
  type: 'radiogroup',
  name,
  title: words(`${name}?`),
  choices: ['good', 'bad', 'dk'],
  indicator,
  scoring: { kind: 'map', scores },
  missingValues: { dontKnow: ['dk'] },
});
const doc: Doc = {
  pages: [
    {
      name: 'only',
      elements: [
        rated('roads', 'services', { good: 100, bad: 0 }),
        rated('water', 'services', { good: 80, bad: 20 }),
        rated('trust', 'trust', { good: 90, bad: 10 }),
        { type: 'radiogroup', name: 'settlement', title: words('In a town?'), choices: [1, 2] },
        { type: 'comment', name: 'why', title: words('Why?') },
      ],
    },
  ],
};
const indicator = (code: string, importance: number) => ({ code, name: words(code), importance });
const methodology = methodologySchema.parse({
  code: 'm',
  version: 1,
  name: words('m'),
  blocks: [
    {
      code: 'b',
      name: words('b'),
      indicators: [indicator('services', 0.75), indicator('trust', 0.25)],
    },
  ],
  rules: {},
});
const plan = compileScoring(doc, {
  indicators: [{ name: 'services' }, { name: 'trust' }],
}).plan;

describe('the live test', () => {
  it('tells the scores of items, indicators and the index as soon as they are answered', async () => {
    const { screen } = await showPart(
      <LiveTest doc={doc} plan={plan} methodology={methodology} />,
      doc,
    );
    const frame = within(screen.getByRole('region', { name: 'The interview as it looks' }));
    const scores = screen.getByRole('group', { name: 'Scores of indicators and items' });
    const rows = () =>
      [...scores.querySelectorAll('tr')].map(({ cells }) =>
        [...cells].map(({ textContent }) => textContent),
      );
    const changed = () =>
      [...scores.querySelectorAll('[data-changed] code')].map(({ textContent }) => textContent);
    const answer = (question: string, choice: string) =>
      act(() =>
        fireEvent.click(
          within(frame.getByRole('radiogroup', { name: question })).getByRole('radio', {
            name: choice,
          }),
        ),
      );
    expect(screen.getByRole('status').textContent).toBe('Index: —');
    expect(rows()).toEqual([
      ['services', '—'],
      ['trust', '—'],
    ]);

    await answer('roads?', 'good');
    expect(changed()).toEqual(['roads']);
    await answer('water?', 'bad');
    expect(changed()).toEqual(['water']);
    // services: (100 + 20) ÷ 2
    expect(rows()).toEqual([
      ['services', '60.0'],
      ['roads', '100.0'],
      ['water', '20.0'],
      ['trust', '—'],
    ]);
    await answer('trust?', 'good');
    // 0.75 × 60 + 0.25 × 90
    expect(screen.getByRole('status').textContent).toBe('Index: 67.5');

    await answer('trust?', 'dk');
    expect(rows().slice(3)).toEqual([
      ['trust', '—'],
      ['trust', "doesn't know"],
    ]);
    expect(screen.getByRole('status').textContent).toBe('Index: —');
  });
});

describe('the tree of indicators', () => {
  it('says first how many indicators have no question and how many questions no score', async () => {
    const without = { ...doc, pages: [{ name: 'only', elements: elementsWithout('trust') }] };
    const state = { findings: findingsOf(without), minutes: { kk: 1, ru: 1, en: 1 } };
    const { screen } = await showPart(
      <CheckContext value={state}>
        <IndicatorTree
          methodology={methodology}
          questions={flatOf(outlineOf(without)).filter(({ kind }) => kind === 'question')}
          chosen=""
          faultsOf={new Map()}
          edited={null}
          onImportance={() => undefined}
        />
      </CheckContext>,
      without,
    );
    expect(screen.getByRole('status').textContent).toBe(
      '1 indicator without a question · 1 question that could be scored',
    );
    const under = (heading: string) =>
      [
        ...screen
          .getByRole('heading', { name: heading })
          .parentElement!.querySelectorAll('li button'),
      ].map(({ textContent }) => textContent);
    expect(under('Questions that could be scored')).toEqual(['In a town?']);
    expect(under('Other questions without a score')).toEqual(['Why?']);
    screen.getByText('No question tells about this indicator');
  });
});

function elementsWithout(name: string): Plain[] {
  const [page] = doc.pages as { elements: Plain[] }[];
  return page.elements.filter((element) => element.name !== name);
}
