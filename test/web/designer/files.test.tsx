import { act, fireEvent, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { FilesTab } from '../../../web/src/features/designer/files/FilesTab.tsx';
import { network, screenWidth } from '../support/office.tsx';
import { aSummary, showPart } from './support.tsx';

const summary = aSummary('akim-test', 4);

/** Addresses that the browser was told to download. */
function downloads(): string[] {
  const addresses: string[] = [];
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    addresses.push(this.getAttribute('href') ?? '');
  });
  return addresses;
}

beforeEach(() => screenWidth(1280));
afterEach(() => jest.restoreAllMocks());

describe('files of a questionnaire', () => {
  it('are made of the draft once it is saved', async () => {
    network({ 'GET /questionnaires': { questionnaires: [summary] } });
    const got = downloads();
    const { screen, store } = await showPart(<FilesTab />, { pages: [] });
    act(() => store.change({ pages: [], title: 'not saved yet' }));
    fireEvent.click(screen.getByRole('button', { name: 'PDF in Kazakh' }));
    expect(got).toEqual([]);
    await waitFor(() =>
      expect(got).toEqual(['/api/v1/questionnaire-drafts/akim-test/files/form-kk.pdf']),
    );
  });

  it('are not made of a draft that could not be saved', async () => {
    network({ 'GET /questionnaires': { questionnaires: [] } });
    const got = downloads();
    const { screen, store } = await showPart(<FilesTab />, { pages: [] }, [], () =>
      Promise.resolve({ failed: true }),
    );
    act(() => store.change({ pages: [], title: 'not saved yet' }));
    fireEvent.click(screen.getByRole('button', { name: 'PDF in Kazakh' }));
    expect(await screen.findByText(/no file was made/)).toBeTruthy();
    expect(got).toEqual([]);
  });

  it('tell what an XLSForm cannot hold, of the draft and of a version, before it is made', async () => {
    const lost = { type: 'comment', name: 'why', indicator: 'trust', rows: 3 };
    const questionnaire = {
      pages: [{ name: 'page_1', elements: [{ type: 'image', name: 'map' }] }],
    };
    network({
      'GET /questionnaires': { questionnaires: [summary] },
      'GET /questionnaires/akim-test/versions/4': { ...summary, questionnaire },
    });
    const { screen, store } = await showPart(<FilesTab />, {
      pages: [{ name: 'page_1', elements: [lost] }],
    });
    expect(screen.getByText('1 part does not fit into the form')).toBeTruthy();
    const table = screen.getByRole('table', { name: 'What is left out', hidden: true });
    expect(table.textContent).toContain('XLSForm has no place for it: indicator, rows');
    act(() => store.change({ pages: [] }));
    expect(screen.getByText('The form holds everything.')).toBeTruthy();
    await screen.findByRole('option', { name: 'version 4' });
    fireEvent.change(screen.getByLabelText('Made of'), { target: { value: '4' } });
    expect(await screen.findByText(/The type “image” has no counterpart/)).toBeTruthy();
  });

  it('are links where they are made of a published version', async () => {
    network({ 'GET /questionnaires': { questionnaires: [summary] } });
    const { screen } = await showPart(<FilesTab />, { pages: [] });
    await screen.findByRole('option', { name: 'version 4' });
    fireEvent.change(screen.getByLabelText('Made of'), { target: { value: '4' } });
    const codebook = screen.getByRole('heading', { name: 'Codebook' }).closest('li')!;
    const link = within(codebook).getByRole('link', { name: 'Download XLSX' });
    expect(link.getAttribute('href')).toBe(
      '/api/v1/questionnaires/akim-test/versions/4/files/codebook.xlsx',
    );
    const { violations } = await axe.run(screen.container, {
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  });
});
