import { fireEvent, screen, within } from '@testing-library/react';
import { BankDialog } from '../../../web/src/features/designer/bank/BankDialog.tsx';
import { getAt } from '../../../web/src/features/designer/model/document.ts';
import { network, screenWidth } from '../support/office.tsx';
import { aSummary, showPart } from './support.tsx';

const roads = {
  type: 'radiogroup',
  name: 'roads',
  title: { kk: 'Жолдар қандай?', ru: 'Какие дороги?', en: 'How are the roads?' },
  choices: ['good', 'bad'],
  indicator: 'roads',
  scoring: { kind: 'map', scores: { good: 100, bad: 0 } },
};
const summary = aSummary('akim-district', 4);

beforeEach(() => screenWidth(1280));

describe('the question bank', () => {
  it('inserts a published question with its translations and scoring, behind what is chosen', async () => {
    const water = { type: 'comment', name: 'water', title: { en: 'And the water?' } };
    network({
      'GET /questionnaires': { questionnaires: [summary] },
      'GET /questionnaires/akim-district/versions/4': {
        ...summary,
        questionnaire: { pages: [{ name: 'p', elements: [roads, water] }] },
      },
    });
    const { store } = await showPart(<BankDialog onClose={() => undefined} />, {
      pages: [{ name: 'first', elements: [{ type: 'text', name: 'roads' }] }],
    });
    store.select(['pages', 0, 'elements', 0]);
    const source = await screen.findByLabelText('From which questionnaire');
    fireEvent.change(source, { target: { value: 'akim-district@4' } });
    fireEvent.change(await screen.findByRole('searchbox', { name: 'Find a question' }), {
      target: { value: 'дороги' },
    });
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getAllByRole('button', { name: /^Insert/ })).toHaveLength(1);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Insert roads' }));
    // The name is taken already: the copy has the next free one, and all else of it.
    expect(getAt(store.doc(), ['pages', 0, 'elements', 1])).toEqual({ ...roads, name: 'roads_2' });
    expect(screen.getByRole('status').textContent).toBe('roads has been inserted');
    store.undo();
    expect(getAt(store.doc(), ['pages', 0, 'elements'])).toHaveLength(1);
  });

  it('says when nothing is published', async () => {
    network({ 'GET /questionnaires': { questionnaires: [] } });
    await showPart(<BankDialog onClose={() => undefined} />, { pages: [] });
    expect(await screen.findByText('No questionnaire has been published yet.')).toBeTruthy();
  });
});
