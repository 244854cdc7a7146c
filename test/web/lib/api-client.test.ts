import { getProfile } from '@akimetr/api/contracts/rankings';
import { getMeta, signIn } from '@akimetr/api/contracts/session';
import { importTerritories, listTerritories } from '@akimetr/api/contracts/territories';
import { ApiProblem, NetworkProblem, addressOf, call } from '../../../web/src/lib/api-client.ts';

const meta = {
  version: '0.1.0',
  synthetic: true,
  setupNeeded: false,
  serverTime: '2026-11-22T10:00:00Z',
};

interface Answer {
  status?: number;
  type?: string;
  text: string;
}

/** Lets fetch answer this; returns what it was asked. */
function answer({ status = 200, type = 'application/json', text }: Answer) {
  const fetch = jest.fn<Promise<Response>, Parameters<typeof globalThis.fetch>>(() =>
    Promise.resolve({
      ok: status < 400,
      status,
      headers: { get: () => type },
      json: () => Promise.resolve().then(() => JSON.parse(text) as unknown),
    } as unknown as Response),
  );
  globalThis.fetch = fetch;
  return fetch;
}

describe('addressOf', () => {
  it('fills in parameters and leaves out what was not chosen', () => {
    expect(addressOf(getProfile, { params: { akimId: 'a/b' }, query: { wave: 'w' } })).toBe(
      '/api/v1/akims/a%2Fb/profile?wave=w',
    );
    expect(addressOf(listTerritories, { query: { search: '', level: undefined, limit: 20 } })).toBe(
      '/api/v1/territories?limit=20',
    );
  });
});

describe('call', () => {
  it('returns the reply of the contract', async () => {
    answer({ text: JSON.stringify(meta) });
    await expect(call(getMeta)).resolves.toEqual(meta);
  });

  it('sends JSON with the cookie of this site only', async () => {
    const fetch = answer({ status: 401, type: 'application/problem+json', text: '{}' });
    await call(signIn, { body: { login: 'a', password: 'b' } }).catch(() => null);
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({
      method: 'POST',
      credentials: 'same-origin',
      body: '{"login":"a","password":"b"}',
      headers: { 'Content-Type': 'application/json' },
    });
  });

  it('sends a CSV as it is', async () => {
    const fetch = answer({ status: 500, text: '{}' });
    await call(importTerritories, { body: { csv: 'kato\n1' }, query: { check: 'true' } }).catch(
      () => null,
    );
    expect(fetch.mock.calls[0]?.[0]).toBe('/api/v1/territories/import?check=true');
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({
      body: 'kato\n1',
      headers: { 'Content-Type': 'text/csv' },
    });
  });

  it('throws the problem with its code, fields and request id', async () => {
    const problem = {
      type: 'about:blank',
      code: 'invalid_input',
      title: 'Wrong',
      status: 422,
      requestId: 'r-1',
      fields: [{ path: 'login', message: 'too short' }],
    };
    answer({ status: 422, type: 'application/problem+json', text: JSON.stringify(problem) });
    const thrown: unknown = await call(getMeta).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(ApiProblem);
    expect(thrown).toMatchObject({
      code: 'invalid_input',
      status: 422,
      requestId: 'r-1',
      fields: problem.fields,
    });
  });

  it.each([
    ['a Wi-Fi sign-in page answers instead', { text: '<html>', type: 'text/html' }],
    ['a proxy fails', { text: '<html>', type: 'text/html', status: 502 }],
    ['a foreign JSON error comes', { text: '{"error":"x"}', status: 500 }],
    ['the answer breaks off', { text: '{"versi' }],
  ])('takes it for a network problem when %s', async (_, given) => {
    answer(given);
    await expect(call(getMeta)).rejects.toBeInstanceOf(NetworkProblem);
  });

  it('takes a failed fetch for a network problem', async () => {
    globalThis.fetch = jest.fn(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(call(getMeta)).rejects.toBeInstanceOf(NetworkProblem);
  });

  it('throws the abort itself when the caller gave up', async () => {
    const gone = new DOMException('gone', 'AbortError');
    globalThis.fetch = jest.fn(() => Promise.reject(gone));
    await expect(call(getMeta, { signal: AbortSignal.abort() })).rejects.toBe(gone);
  });
});
