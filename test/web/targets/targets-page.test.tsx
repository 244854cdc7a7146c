import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { WaveTargets } from '@akimetr/api/contracts/targets';
import { Page } from '../../../web/src/features/targets/TargetsPage.tsx';
import { network, openOffice, screenWidth } from '../support/office.tsx';
import type { Answers } from '../support/office.tsx';
import { aWave, waveId } from '../support/ranking.ts';

const name = (text: string) => ({ kk: text, ru: text, en: text });
const none: WaveTargets = { mayChange: true, wanted: ['sex'], targets: null, gaps: [] };
const some: WaveTargets = {
  ...none,
  targets: {
    source: 'shipped',
    importedAt: '2026-11-01T09:00:00Z',
    importedBy: 'Sociologist',
    hash: 'ab'.repeat(32),
    territories: [
      {
        territory: '150000000',
        territoryName: name('Aktobe Region'),
        level: 'rural',
        basis: 'estimate',
        persons: 400,
        margins: { sex: { male: 100, female: 300 } },
      },
    ],
  },
  gaps: [{ level: 'rural', variable: 'age', regions: [name('Abai Region')] }],
};
const open = async (targets: WaveTargets, over: Answers = {}) => {
  const asked = network({
    'GET /waves': { waves: [aWave()] },
    [`GET /waves/${waveId}/targets`]: targets,
    ...over,
  });
  await openOffice({ '/waves/:waveId/targets': Page }, `/waves/${waveId}/targets`);
  return asked;
};

beforeEach(() => screenWidth(1280));

describe('the targets of a wave', () => {
  it('can be the shipped estimate, by one click', async () => {
    const asked = await open(none, { [`POST /waves/${waveId}/targets/shipped`]: some });
    expect(await screen.findByText('This wave has no targets')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Use the shipped estimate' }));
    expect(asked.some(({ method, path }) => method === 'POST' && path.endsWith('/shipped'))).toBe(
      true,
    );
  });

  it('show shares, what is an estimate, and what the methodology still lacks', async () => {
    await open({ ...some, mayChange: false });
    const row = within(await screen.findByRole('row', { name: /Aktobe Region/ }));
    expect(row.getByText('men 25%')).toBeInTheDocument();
    expect(row.getByText('women 75%')).toBeInTheDocument();
    expect(row.getByText('an estimate, not a count')).toBeInTheDocument();
    expect(screen.getByText(/Age: regions 1 \(Abai Region\)/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Import/ })).not.toBeInTheDocument();
  });

  it('are imported into this wave', async () => {
    const report = { rows: 1, created: 1, changed: 0, unchanged: 0, applied: false, faults: [] };
    const asked = await open(some, { [`POST /waves/${waveId}/targets/import`]: report });
    await userEvent.click(await screen.findByRole('button', { name: 'Import from CSV' }));
    const dialog = await screen.findByRole('dialog');
    const input =
      dialog.querySelector('input[type=file]') ?? document.querySelector('input[type=file]');
    const file = new File(['x'], 't.csv', { type: 'text/csv' });
    Object.assign(file, { text: () => Promise.resolve('territory,persons,basis') });
    await userEvent.upload(input as HTMLInputElement, file);
    expect(await screen.findByText(/No faults/)).toBeInTheDocument();
    expect(asked.at(-1)).toMatchObject({ path: `/waves/${waveId}/targets/import` });
  });
});
