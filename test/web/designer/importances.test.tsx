import { fireEvent, screen, waitFor } from '@testing-library/react';
import {
  methodology as methodologySchema,
  type Methodology,
} from '@akimetr/api/contracts/methodologies';
import {
  broughtToHundred,
  isWhole,
  percentagesOf,
  sumOf,
  withImportances,
} from '../../../web/src/features/designer/scoring/importances.ts';
import { ScoringTab } from '../../../web/src/features/designer/scoring/ScoringTab.tsx';
import { network, screenWidth } from '../support/office.tsx';
import { showPart } from './support.tsx';
import fc from '../../support/fast-check.ts';

const named = (name: string) => ({ kk: name, ru: name, en: name });
const methodology = methodologySchema.parse({
  code: 'whole',
  version: 3,
  name: named('Whole'),
  blocks: [
    {
      code: 'block',
      name: named('Block'),
      indicators: [
        { code: 'roads', name: named('Roads'), importance: 0.75 },
        { code: 'trust', name: named('Trust'), importance: 0.25 },
      ],
    },
  ],
  rules: {},
});
const published = (one: Methodology) => ({
  methodology: one,
  hash: 'a'.repeat(64),
  publishedAt: '2026-11-22T10:00:00Z',
  publishedBy: 'Айгүл Серік',
});

describe('importances in per cent', () => {
  it('are brought to exactly a hundred, and to shares that sum to one', () => {
    const percentages = fc
      .array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 30 })
      .map((list) => new Map(list.map((one, place) => [`i${place}`, one / 10])));
    fc.assert(
      fc.property(percentages, (given) => {
        const whole = broughtToHundred(given);
        expect(sumOf(whole)).toBe(100);
        expect([...whole.keys()]).toEqual([...given.keys()]);
      }),
    );
    const [block] = withImportances(
      methodology,
      new Map([
        ['roads', 60],
        ['trust', 60],
      ]),
    ).blocks;
    expect(block.indicators.map(({ importance }) => importance)).toEqual([0.5, 0.5]);
    expect(
      isWhole(
        new Map([
          ['roads', 100],
          ['trust', 0],
        ]),
      ),
    ).toBe(false);
    expect(withImportances(methodology, percentagesOf(methodology))).toEqual(methodology);
    expect(withImportances(methodology, new Map())).toBe(methodology);
  });
});

describe('the importances in the designer', () => {
  it('are tried, brought to a hundred, and published as the next version', async () => {
    screenWidth(1280);
    const next = { ...methodology, version: 4 };
    const asked = network({
      'GET /methodologies': { methodologies: [published(methodology)] },
      'POST /methodologies': published(next),
    });
    await showPart(<ScoringTab />, { pages: [{ name: 'page_1', elements: [] }] });
    fireEvent.click(await screen.findByRole('button', { name: 'Change the importances' }));
    const roads = screen.getByLabelText<HTMLInputElement>('Importance of Roads, %');
    expect(roads.value).toBe('75');
    fireEvent.change(roads, { target: { value: '50' } });
    const publish = () => screen.getByRole<HTMLButtonElement>('button', { name: /^Publish as/ });
    expect(screen.getByText('They sum to 75%. To be published they must make 100%.')).toBeTruthy();
    expect(publish().disabled).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Bring to 100%' }));
    expect(roads.value).toBe('66.7');
    fireEvent.click(publish());
    await waitFor(() => expect(asked.some(({ method }) => method === 'POST')).toBe(true));
    const sent = JSON.parse(asked.find(({ method }) => method === 'POST')!.body as string) as {
      methodology: Methodology;
    };
    expect(sent.methodology.version).toBe(4);
    const shares = sent.methodology.blocks[0].indicators.map(({ importance }) => importance);
    expect(shares.map((share) => share.toFixed(3))).toEqual(['0.667', '0.333']);
    expect(await screen.findByRole('button', { name: 'Change the importances' })).toBeTruthy();
  });
});
