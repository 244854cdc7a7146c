import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Page } from '../../../web/src/features/territories/TerritoriesPage.tsx';
import { aSession, meta, network, openOffice, Refusal, screenWidth } from '../support/office.tsx';
import type { Answers, Asked } from '../support/office.tsx';

const report = { rows: 2, created: 1, changed: 1, unchanged: 0, applied: false, faults: [] };
/** A file with these bytes; jsdom's own cannot be read as text. */
const csv = (bytes: Uint8Array | string) => {
  const text = typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);
  const file = new File([text], 'territories.csv', { type: 'text/csv' });
  return Object.assign(file, { text: () => Promise.resolve(text) });
};

async function open(answers: Answers) {
  const asked = network({
    'GET /meta': meta,
    'GET /session': aSession('administrator'),
    'GET /territories': { territories: [], total: 0 },
    ...answers,
  });
  await openOffice({ '/territories': Page }, '/territories');
  await userEvent.click(await screen.findByRole('button', { name: 'Import from CSV' }));
  return asked;
}

const choose = (file: File) =>
  userEvent.upload(document.querySelector<HTMLInputElement>('input[type=file]')!, file);
const imports = (asked: Asked[]) => asked.filter(({ path }) => path.endsWith('/import'));

beforeEach(() => screenWidth(1280));

describe('the import of a CSV', () => {
  it('only checks at first, and applies when told to', async () => {
    const asked = await open({
      'POST /territories/import': ({ query }: Asked) => ({
        ...report,
        applied: query.get('check') !== 'true',
      }),
    });
    await choose(csv('kato\n1'));
    expect(await screen.findByText('No faults. The file can be imported.')).toBeInTheDocument();
    expect(imports(asked).map(({ query }) => query.get('check'))).toEqual(['true']);
    await userEvent.click(screen.getByRole('button', { name: 'Import 2 rows' }));
    expect(await screen.findByText('The file has been imported.')).toBeInTheDocument();
    expect(imports(asked).map(({ query }) => query.get('check'))).toEqual(['true', null]);
    expect(screen.queryByRole('button', { name: /Import 2 rows/ })).not.toBeInTheDocument();
  });

  it('names every fault with row, column, value and what it must be, and applies nothing', async () => {
    await open({
      'POST /territories/import': {
        ...report,
        faults: [
          { row: 3, column: 'kato', value: '12', message: 'nine digits of the KATO classifier' },
          { row: 4, column: 'name_kk', value: '', message: 'must not be empty' },
        ],
      },
    });
    await choose(csv('kato\n1'));
    expect(await screen.findByText('2 faults. Nothing has been imported.')).toBeInTheDocument();
    const faults = within(screen.getByRole('table', { name: 'Faults' }));
    expect(faults.getByRole('row', { name: /^3 kato 12/ })).toHaveTextContent(
      'Nine digits; not twice in the file',
    );
    expect(faults.getByRole('row', { name: /^4 name_kk empty/ })).toHaveTextContent(
      'Name in Kazakh',
    );
    expect(screen.queryByRole('button', { name: /^Import \d/ })).not.toBeInTheDocument();
  });

  it('names the columns that the file lacks', async () => {
    await open({
      'POST /territories/import': new Refusal(422, 'invalid_input', [
        { path: 'csv.1.name_kk', message: 'column is missing' },
        { path: 'csv.1.kind', message: 'column is missing' },
      ]),
    });
    await choose(csv('kato\n1'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The file lacks these columns: name_kk, kind.',
    );
  });

  it('does not send a file that is not UTF-8, whose Kazakh would be lost', async () => {
    const asked = await open({});
    await choose(csv(new Uint8Array([0xcd, 0xf3, 0xf0])));
    expect(await screen.findByRole('alert')).toHaveTextContent('The file is not in UTF-8.');
    expect(imports(asked)).toEqual([]);
  });
});
