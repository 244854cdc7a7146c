import { fireEvent, screen, waitFor } from '@testing-library/react';
import { Page as DesignPage } from '../../../web/src/features/designer/DesignPage.tsx';
import { Page as VersionPage } from '../../../web/src/features/questionnaires/QuestionnairePage.tsx';
import { aSession, meta, network, openOffice, Refusal, screenWidth } from '../support/office.tsx';
import type { Answers } from '../support/office.tsx';

const version = (number: number) => ({
  code: 'akim-rural',
  version: number,
  hash: 'a'.repeat(64),
  title: { kk: 'Ауыл', ru: 'Село', en: 'Rural' },
  levels: ['rural'],
  questions: 1,
  publishedAt: '2026-11-22T10:00:00Z',
  publishedBy: 'Айгүл Серік',
  retired: null,
  questionnaire: { pages: [{ name: 'p', elements: [{ type: 'comment', name: 'why' }] }] },
});
const answers = (over: Answers = {}): Answers => ({
  'GET /meta': meta,
  'GET /session': aSession('sociologist'),
  'GET /questionnaires': { questionnaires: [version(2), version(1)] },
  'GET /questionnaires/akim-rural/versions/2': version(2),
  'GET /questionnaire-drafts': { drafts: [] },
  'GET /questionnaire-drafts/akim-rural': new Refusal(404, 'not_found'),
  ...over,
});
const screens = {
  '/questionnaires/:code/design': DesignPage,
  '/questionnaires/:code/:version': VersionPage,
};
const posted = (asked: ReturnType<typeof network>) =>
  asked.filter(({ method }) => method === 'POST').map(({ path, body }) => [path, body]);

beforeEach(() => screenWidth(1280));

describe('a published questionnaire', () => {
  it('is only read when it is opened for design, until somebody wants a new version', async () => {
    const asked = network(
      answers({ 'POST /questionnaire-drafts/akim-rural': new Refusal(500, 'internal') }),
    );
    const address = await openOffice(screens, '/questionnaires/akim-rural/design');
    const edit = await screen.findByRole('button', { name: 'Edit as a new version' });
    expect(address.path).toBe('/questionnaires/akim-rural/2');
    expect(posted(asked)).toEqual([]);
    fireEvent.click(edit);
    await waitFor(() =>
      expect(posted(asked)).toEqual([
        ['/questionnaire-drafts/akim-rural', JSON.stringify({ from: 'version', version: 2 })],
      ]),
    );
  });

  it('leads to the draft that there is', async () => {
    const draft = {
      ...{ code: 'akim-rural', revision: 1, title: {}, basedOn: 2, questions: 1 },
      ...{ createdAt: '2026-11-22T10:00:00Z', createdBy: 'A' },
      ...{ changedAt: '2026-11-22T10:00:00Z', changedBy: 'A' },
    };
    network(answers({ 'GET /questionnaire-drafts': { drafts: [draft] } }));
    await openOffice(screens, '/questionnaires/akim-rural/2');
    const open = await screen.findByRole('link', { name: 'Open the draft' });
    expect(open.getAttribute('href')).toBe('/questionnaires/akim-rural/design');
  });

  it('offers no new version to whoever may not write one', async () => {
    network(answers({ 'GET /session': aSession('supervisor') }));
    await openOffice(screens, '/questionnaires/akim-rural/2');
    await screen.findByRole('heading', { name: 'Rural' });
    expect(screen.queryByRole('button', { name: 'Edit as a new version' })).toBeNull();
  });
});
