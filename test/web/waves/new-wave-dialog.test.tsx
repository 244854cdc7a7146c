import { screen, within } from '@testing-library/react';
import { NewWaveDialog } from '../../../web/src/features/waves/NewWaveDialog.tsx';
import { meta, network, openOffice, screenWidth } from '../support/office.tsx';

const aVersion = (version: number, retired: object | null) => ({
  code: 'akim-district',
  version,
  hash: 'a'.repeat(64),
  title: { kk: 'Аудан', ru: 'Район', en: 'District' },
  levels: ['district'],
  questions: 40,
  publishedAt: '2026-11-22T10:00:00Z',
  publishedBy: 'Айгүл Серік',
  retired,
});

describe('a new wave', () => {
  it('may be asked with every published version but the retired ones', async () => {
    screenWidth(1280);
    const retired = { at: '2026-11-23T10:00:00Z', by: 'Айгүл Серік', reason: 'a slip' };
    network({
      'GET /meta': meta,
      'GET /questionnaires': { questionnaires: [aVersion(2, null), aVersion(1, retired)] },
      'GET /methodologies': { methodologies: [] },
    });
    const Dialog = () => <NewWaveDialog onClose={() => undefined} />;
    await openOffice({ '/waves': Dialog }, '/waves');
    await screen.findAllByRole('option', { name: 'District (2)' });
    const choice = screen.getByRole('combobox', { name: /Districts/ });
    const offered = within(choice).getAllByRole('option');
    expect(offered.map(({ textContent }) => textContent)).toEqual([
      'This level is not surveyed',
      'District (2)',
    ]);
  });
});
