import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import type { Changes } from '@akimetr/api/contracts/changes';
import type { IndicatorFigures } from '@akimetr/api/contracts/rankings';
import { importancesOf, sharesOf } from '../../../web/src/features/rankings/what-if/importances.ts';
import { Page } from '../../../web/src/features/rankings/RankingsPage.tsx';
import { aSession, meta, network, openOffice, Refusal, screenWidth } from '../support/office.tsx';
import type { Answers, Asked } from '../support/office.tsx';
import { aNotRatedAkim, aRankedAkim, aRanking, aWave, waveId } from '../support/ranking.ts';

const answers = (over: Answers = {}): Answers => ({
  'GET /meta': meta,
  'GET /session': aSession('official'),
  'GET /waves': { waves: [aWave()] },
  'GET /territories': { territories: [], total: 0 },
  [`GET /waves/${waveId}/ranking`]: aRanking(),
  ...over,
});

const open = (address: string, locale: 'kk' | 'ru' | 'en' = 'en') =>
  openOffice({ '/rankings': Page }, address, locale);

const table = () => screen.findByRole('table', { name: /rank with its interval/ });
const names = async () =>
  within(await table())
    .getAllByRole('rowheader')
    .map((cell) => within(cell).getByRole('link').textContent);

beforeEach(() => {
  screenWidth(1280);
});

describe('the ranking', () => {
  it('never shows a rank or a score without its interval', async () => {
    network(answers());
    await open('/rankings?level=district');
    const rows = within(await table())
      .getAllByRole('row')
      .slice(1);
    expect(rows).toHaveLength(4);
    for (const row of rows) {
      const [rank, score] = within(row).getAllByRole('cell');
      expect(rank?.textContent).toMatch(/^\d+ \(\d+–\d+\)$/);
      expect(score?.textContent).toMatch(/^[\d.]+ \([\d.]+–[\d.]+\)$/);
    }
  });

  it('names the tier in words beside its colour', async () => {
    network(answers());
    await open('/rankings?level=district');
    expect(within(await table()).getAllByText('Tier 1')).toHaveLength(2);
    expect(within(await table()).getAllByText('Tier 2')).toHaveLength(2);
  });

  it('turns on columns that few need, and keeps them in the address', async () => {
    network(answers({ [`GET /waves/${waveId}/ranking`]: aRanking({ uncalibratedAkims: 2 }) }));
    const address = await open('/rankings?level=district&columns=designEffect');
    const shown = async () =>
      within(await table())
        .getAllByRole('columnheader')
        .map((cell) => cell.textContent?.replace(/[↕↑↓]/, ''));
    expect(await shown()).toContain('Design effect');
    expect(screen.getByText(/on base weights.*akims: 2/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    await userEvent.click(await screen.findByLabelText('Chance of the best tenth'));
    expect(await shown()).toEqual(
      expect.arrayContaining(['Design effect', 'Chance of the best tenth']),
    );
    expect(address.search).toContain('columns=designEffect%2CtopTenth');
    // 69 ± 1.5 against 68 ± 1.5 and worse: better than every other in about two draws of three.
    const [first] = within(await table())
      .getAllByRole('row')
      .slice(1);
    const chance = within(first).getAllByRole('cell').at(-1)!.textContent;
    expect(Number.parseInt(chance, 10)).toBeGreaterThan(40);
    expect(Number.parseInt(chance, 10)).toBeLessThan(80);
    expect(screen.getByText(/2,000 draws/)).toBeInTheDocument();
  });

  it('sorts by a header, says so to a screen reader and keeps it in the address', async () => {
    network(answers());
    const address = await open('/rankings?level=district');
    expect(await names()).toEqual(['Person 1', 'Person 2', 'Person 3', 'Person 4']);
    const header = within(await table()).getByRole('columnheader', { name: /Interviews/ });
    expect(header).toHaveAttribute('aria-sort', 'none');
    await userEvent.click(within(header).getByRole('button'));
    expect(await names()).toEqual(['Person 4', 'Person 3', 'Person 2', 'Person 1']);
    expect(address.search).toContain('sort=-n');
    expect(within(await table()).getByRole('columnheader', { name: /Interviews/ })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
  });

  it('lists who is not rated with the reason in words, without rank or score', async () => {
    network(answers());
    await open('/rankings?level=district');
    const list = await screen.findByRole('table', { name: 'Not enough interviews' });
    const row = within(list).getByRole('row', { name: /Person 5/ });
    expect(row).toHaveTextContent('Too few interviews');
    expect(row).toHaveTextContent('12');
    expect(row.textContent).not.toMatch(/–/);
  });

  it('says that unpublished figures are for sociologists only', async () => {
    network(answers({ [`GET /waves/${waveId}/ranking`]: aRanking({ basis: 'unpublished' }) }));
    await open('/rankings');
    expect(await screen.findByText('Not published: for sociologists only')).toBeInTheDocument();
  });

  it('pages through many akims', async () => {
    const ranked = Array.from({ length: 120 }, (_, index) => aRankedAkim(index + 1));
    network(answers({ [`GET /waves/${waveId}/ranking`]: aRanking({ ranked }) }));
    const address = await open('/rankings?level=district');
    expect(within(await table()).getAllByRole('rowheader')).toHaveLength(50);
    const pages = screen.getByRole('navigation', { name: 'Pages of the ranking' });
    await userEvent.click(within(pages).getByRole('button', { name: 'Next' }));
    expect(within(await table()).getByText('Person 51')).toBeInTheDocument();
    expect(address.search).toContain('page=2');
  });

  it('shows cards with the same figures on a phone', async () => {
    screenWidth(390);
    network(answers());
    await open('/rankings?level=district');
    const cards = await screen.findByRole('list', { name: /rank with its interval/ });
    const first = within(cards).getAllByRole('listitem')[0];
    expect(first).toHaveTextContent('Person 1');
    expect(first).toHaveTextContent('1 (1–3)');
    expect(first).toHaveTextContent('69.0 (66.0–72.0)');
  });

  it('says the same in Kazakh', async () => {
    network(answers());
    await open('/rankings?level=district', 'kk');
    const rows = within(await screen.findByRole('table', { name: /сенім аралығы/ }));
    expect(rows.getAllByRole('cell')[1]).toHaveTextContent('69,0 (66,0–72,0)');
    expect(screen.getByText('Сұхбат саны тым аз')).toBeInTheDocument();
  });

  it('has no fault that axe can find', async () => {
    network(answers());
    await open('/rankings?level=district');
    await table();
    const { violations } = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });
});

describe('the filters of the ranking', () => {
  const levelsAsked = (asked: Asked[]) =>
    asked.filter(({ path }) => path.endsWith('/ranking')).map(({ query }) => query.toString());

  it('come from the address', async () => {
    const asked = network(answers());
    await open('/rankings?level=district&region=100000000&q=person+3');
    expect(await names()).toEqual(['Person 3']);
    expect(levelsAsked(asked)).toEqual(['level=district&region=100000000']);
    expect(screen.getByRole('searchbox')).toHaveValue('person 3');
  });

  it('go into the address and begin at the first page', async () => {
    const asked = network(answers());
    const address = await open('/rankings?level=district&region=100000000&page=2');
    await table();
    await userEvent.click(screen.getByRole('radio', { name: 'Regions' }));
    expect(address.search).toBe('?level=region');
    await waitFor(() => expect(levelsAsked(asked).at(-1)).toBe('level=region'));
  });

  it('go with the link to a profile, which leads back to the same', async () => {
    network(answers());
    await open('/rankings?level=district&q=person');
    const link = within(await table()).getByRole('link', { name: 'Person 1' });
    expect(link).toHaveAttribute('href', expect.stringMatching(/^\/akims\/[0-9-]+\?.*q=person/));
    expect(link).toHaveAttribute('href', expect.stringContaining(`wave=${waveId}`));
  });

  it('ignore a level that the wave did not survey', async () => {
    const asked = network(answers());
    await open('/rankings?level=rural');
    await table();
    expect(levelsAsked(asked)).toEqual(['level=region']);
    expect(screen.queryByRole('radio', { name: 'Rural okrugs' })).not.toBeInTheDocument();
  });
});

describe('a ranking that cannot be shown', () => {
  it('tells an official that nothing is published yet', async () => {
    network(answers({ 'GET /waves': { waves: [] } }));
    await open('/rankings');
    expect(await screen.findByText('Nothing has been published yet')).toBeInTheDocument();
  });

  it('gives the number of the request and a new try when the server fails', async () => {
    let failing = true;
    network(
      answers({
        [`GET /waves/${waveId}/ranking`]: () =>
          failing ? new Refusal(500, 'internal') : aRanking({ notRated: [aNotRatedAkim(5)] }),
      }),
    );
    await open('/rankings');
    expect(await screen.findByText('Request number: request-1')).toBeInTheDocument();
    failing = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await table()).toBeInTheDocument();
  });
});

describe('other importances', () => {
  /** Akims 1 … 4 are better in the first indicator, and the other way round in the second. */
  const figures: IndicatorFigures = {
    waveId,
    level: 'district',
    region: null,
    basis: 'published',
    indicators: ['Openness', 'Roads'].map((name, place) => ({
      code: name.toLowerCase(),
      name: { kk: name, ru: name, en: name },
      block: { kk: 'Block', ru: 'Block', en: 'Block' },
      importance: [0.75, 0.25][place],
    })),
    rules: {
      confidenceLevel: 0.95,
      intervalScale: 'automatic',
      maximumStandardError: 10,
      missingIndicator: 'undefined',
    },
    akims: [1, 2, 3, 4].map((place) => ({
      akimId: aRankedAkim(place).akimId,
      means: [80 - place, 40 + 10 * place],
      covariance: [1, 0, 1],
      degreesOfFreedom: 20,
    })),
  };
  const withFigures = () => answers({ [`GET /waves/${waveId}/indicators`]: figures });
  const tried = () => screen.findByRole('table', { name: /Not the published ranking/ });
  const rows = async () =>
    within(await tried())
      .getAllByRole('row')
      .slice(1)
      .map((row) => within(row).getAllByRole('link')[0].textContent);

  it('re-rank at once, say that nothing of it is published, and lead back', async () => {
    network(withFigures());
    const address = await open('/rankings?level=district');
    const before = await names();
    await userEvent.click(screen.getByRole('button', { name: 'Try other importances' }));
    expect(await screen.findByText('This is not the published ranking.')).toBeInTheDocument();
    const openness = await screen.findByRole('slider', { name: /Openness/ });
    expect(openness).toHaveAttribute('aria-valuetext', '75%');
    fireEvent.change(openness, { target: { value: '0' } });
    expect(await rows()).toEqual([...before].reverse());
    expect(openness).toHaveAttribute('aria-valuetext', '0%');
    const [best] = within(await tried())
      .getAllByRole('row')
      .slice(1);
    expect(best.textContent).toContain('80.0'); // 40 + 10 · 4
    expect(best.textContent).toContain('4 (2–6)'); // its rank by the methodology
    fireEvent.keyUp(openness);
    await waitFor(() => expect(address.search).toContain('importances=0-25'));
    await userEvent.click(screen.getByRole('button', { name: 'Back to the published ranking' }));
    expect(await names()).toEqual(before);
    expect(screen.queryByText('This is not the published ranking.')).toBeNull();
    expect(address.search).not.toContain('importances');
  });

  it('stand in the address, go back to those of the methodology, and may all count the same', async () => {
    network(withFigures());
    const address = await open('/rankings?level=district&importances=0-25');
    expect((await rows())[0]).toBe('Person 4');
    await userEvent.click(screen.getByRole('button', { name: 'All equal' }));
    await waitFor(() => expect(address.search).toContain('importances=10-10'));
    await userEvent.click(screen.getByRole('button', { name: 'Importances of the methodology' }));
    expect(screen.getByRole('slider', { name: /Openness/ })).toHaveAttribute(
      'aria-valuetext',
      '75%',
    );
  });

  it('rank nobody while nothing counts', async () => {
    network(withFigures());
    await open('/rankings?level=district&importances=0-0');
    expect(await screen.findByText('There is no ranking at this level yet')).toBeInTheDocument();
    expect(screen.getByText('This is not the published ranking.')).toBeInTheDocument();
  });

  it('do not fit an address with other indicators: then it is those of the methodology', () => {
    const { indicators } = figures;
    expect(importancesOf('1-2-3', indicators)).toEqual([75, 25]);
    expect(importancesOf('x-2', indicators)).toEqual([75, 25]);
    expect(importancesOf('published', indicators)).toEqual([75, 25]);
    expect(importancesOf('12.5-0', indicators)).toEqual([12.5, 0]);
    expect(sharesOf([0, 0])).toEqual([0, 0]);
  });

  it('have no barriers for assistive technology', async () => {
    network(withFigures());
    await open('/rankings?level=district&importances=10-10');
    await tried();
    const { violations } = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });
});

describe('the change since the wave before', () => {
  const territory = '100000000';
  const changes: Changes = {
    ...{ waveId, level: 'district', region: null, comparable: true },
    against: { waveId, waveName: { kk: 'К', ru: 'В', en: 'Spring 2026' }, publishedAt: null },
    ...{ adjustment: 'holm', confidenceLevel: 0.95 },
    offices: [
      {
        ...{ kind: 'change', akimId: aRankedAkim(1).akimId, territory, verdict: 'rise' },
        ...{ difference: 5.24, standardError: 1, interval: [3.28, 7.2], adjustedP: 0.001 },
      },
      {
        ...{ kind: 'change', akimId: aRankedAkim(2).akimId, territory, verdict: 'no_change_told' },
        ...{ difference: -0.5, standardError: 1, interval: [-2.46, 1.46], adjustedP: 1 },
      },
      {
        ...{ kind: 'hand_over', akimId: aRankedAkim(3).akimId, territory, from: '2026-06-15' },
        beforeName: { kk: 'О', ru: 'О', en: 'Old' },
      },
      { kind: 'only_after', akimId: aRankedAkim(4).akimId, territory },
    ],
  };
  const withChanges = (over: Partial<Changes> = {}) =>
    answers({ [`GET /waves/${waveId}/changes`]: { ...changes, ...over } });
  const shown = async () =>
    within(await table())
      .getAllByRole('row')
      .slice(1)
      .map((row) => within(row).getAllByRole('cell').at(-1)!.textContent);

  it('has its interval and what may be said of it; after a hand-over there is none', async () => {
    network(withChanges());
    await open('/rankings?level=district&columns=change');
    await screen.findByText(/Change since: Spring 2026/);
    expect(await shown()).toEqual([
      '+5.2 (+3.3…+7.2)▲ rise',
      '−0.5 (−2.5…+1.5)no change can be told',
      'new akim since 15 June 2026',
      'not rated before',
    ]);
    expect(screen.getByText(/with 95% confidence for all akims together/)).toBeInTheDocument();
  });

  it('is not given between waves that asked other things', async () => {
    network(withChanges({ comparable: false, offices: [] }));
    await open('/rankings?level=district&columns=change');
    expect(await screen.findByText(/had other indicators or importances/)).toBeInTheDocument();
    expect(await shown()).toEqual(['—', '—', '—', '—']);
  });

  it('is not given without an earlier wave', async () => {
    network(withChanges({ against: null, comparable: false, offices: [] }));
    await open('/rankings?level=district&columns=change');
    expect(await screen.findByText(/no earlier published wave/)).toBeInTheDocument();
  });
});
