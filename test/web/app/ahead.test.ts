import { waitFor } from '@testing-library/react';
import { getSession } from '@akimetr/api/contracts/session';
import { getDraft } from '@akimetr/api/contracts/questionnaire-drafts';
// Compiled before the clock of a test runs.
import '../../../web/src/features/designer/DesignPage.tsx';
import { askAhead } from '../../../web/src/app/ahead.ts';
import { addressOf } from '../../../web/src/lib/api-client.ts';
import { keyOf } from '../../../web/src/lib/api-hooks.ts';
import { makeQueryClient } from '../../../web/src/lib/query-client.ts';

const asked: string[] = [];
const before = globalThis.fetch;
beforeEach(() => {
  asked.length = 0;
  globalThis.fetch = (address) => {
    asked.push(address as string);
    return Promise.reject(new Error('no server in this test'));
  };
});
afterEach(() => {
  globalThis.fetch = before;
});

describe('what is asked before the app is set up', () => {
  it('is who is signed in, and of a designer its draft, under the keys of the screens', async () => {
    const client = makeQueryClient();
    askAhead(client, '/questionnaires/akim-short/design');
    await waitFor(() => expect(asked).toContain('/api/v1/questionnaire-drafts/akim-short'));
    expect(asked).toEqual(expect.arrayContaining(['/api/v1/session', '/api/v1/meta']));
    const keys = client.getQueryCache().getAll();
    expect(keys.map(({ queryKey }) => queryKey)).toEqual(
      expect.arrayContaining([
        keyOf(getSession, {}),
        keyOf(getDraft, { params: { code: 'akim-short' } }),
      ]),
    );
    client.clear();
  });

  it.each([
    ['/questionnaires/akim-short/design', addressOf(getDraft, { params: { code: 'akim-short' } })],
    ['/questionnaires/akim-short/1', undefined],
  ])('begins with the draft, by the browser, at %s: %s', async (address, draft) => {
    window.history.pushState(null, '', address);
    await jest.isolateModulesAsync(async () => {
      await import('../../../web/src/app/draft-ahead.ts');
    });
    const asked = document.head.querySelector('link[rel=preload]');
    expect(asked?.getAttribute('href') ?? undefined).toBe(draft);
    asked?.remove();
  });

  it('is no draft at another address', async () => {
    const client = makeQueryClient();
    askAhead(client, '/questionnaires/akim-short/1');
    await new Promise((done) => setTimeout(done));
    expect(asked).toEqual(['/api/v1/session', '/api/v1/meta']);
    client.clear();
  });
});
