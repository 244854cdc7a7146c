import { useEffect } from 'react';
import type { ComponentType } from 'react';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { MemoryRouter, Route, Routes, useLocation } from 'react-router';
import type { Role } from '@akimetr/api/contracts/roles';
import { initI18n, setLocale } from '../../../web/src/lib/i18n.ts';
import type { Locale } from '../../../web/src/lib/i18n.ts';
import { makeQueryClient } from '../../../web/src/lib/query-client.ts';
import { theme } from '../../../web/src/ui/theme.ts';

/** What the network answers to `GET /waves`, by method and path; a function sees the request. */
export type Answers = Record<string, unknown>;

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}

/** An answer that is a problem of the contracts. */
export class Refusal {
  readonly status: number;
  readonly code: string;
  readonly fields: { path: string; message: string }[];
  constructor(status: number, code: string, fields: { path: string; message: string }[] = []) {
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}

/** Lets the network answer; returns everything that was asked, in order. */
export function network(answers: Answers): Asked[] {
  const asked: Asked[] = [];
  globalThis.fetch = (input, init = {}) => {
    const address = new URL(input as string, 'http://localhost');
    const request: Asked = {
      method: init.method ?? 'GET',
      path: address.pathname.replace('/api/v1', ''),
      query: address.searchParams,
      body: init.body,
    };
    asked.push(request);
    const answer = answers[`${request.method} ${request.path}`];
    if (answer === undefined) return Promise.reject(new TypeError(`no answer to ${request.path}`));
    const said: unknown =
      typeof answer === 'function' ? (answer as (asked: Asked) => unknown)(request) : answer;
    return Promise.resolve(responseOf(said));
  };
  return asked;
}

function responseOf(said: unknown): Response {
  const refused = said instanceof Refusal;
  const body = refused
    ? { type: 'about:blank', title: said.code, requestId: 'request-1', ...said }
    : said;
  return {
    ok: !refused,
    status: refused ? said.status : 200,
    headers: { get: () => (refused ? 'application/problem+json' : 'application/json') },
    json: () => Promise.resolve(JSON.parse(JSON.stringify(body))),
  } as unknown as Response;
}

export const meta = {
  version: '0.1.0',
  synthetic: true,
  setupNeeded: false,
  serverTime: '2026-11-22T10:00:00Z',
};

/** A session of this role, as the server answers it. */
export const aSession = (role: Role, regions: string[] = []) => ({
  session: {
    user: {
      id: '0b0e7a52-6f0c-4a53-9d5b-0a3a3c6b8a01',
      login: role,
      name: 'Айгүл Серік',
      role,
      regions,
      locale: 'kk',
    },
    expiresAt: '2026-11-23T10:00:00Z',
  },
});

/** The widths that matter to a layout, and what jsdom lacks. */
export function screenWidth(width: number): void {
  window.matchMedia = (query) => {
    const most = /max-width: ([\d.]+)em/.exec(query)?.[1];
    return {
      matches: most !== undefined && width <= Number(most) * 16,
      media: query,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    } as unknown as MediaQueryList;
  };
  window.scrollTo = () => undefined;
  HTMLCanvasElement.prototype.getContext = blankCanvas as never;
  globalThis.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
}

/** A canvas that takes every stroke and draws none: jsdom has no canvas. */
function blankCanvas(this: HTMLCanvasElement): CanvasRenderingContext2D {
  const known: Record<PropertyKey, unknown> = {
    canvas: this,
    measureText: () => ({ width: 0 }),
  };
  return new Proxy(known, {
    get: (_, name) => (name in known ? known[name] : () => undefined),
    set: () => true,
  }) as unknown as CanvasRenderingContext2D;
}

/** Screens of the office app at an address, in a language. Returns where the address is read. */
export async function openOffice(
  screens: Record<string, ComponentType>,
  address: string,
  locale: Locale = 'en',
): Promise<{ path: string; search: string }> {
  localStorage.clear();
  await initI18n({
    office: (asked) => import(`../../../web/src/lib/locales/${asked}/office.json`),
    faults: (asked) => import(`../../../web/src/lib/locales/${asked}/faults.json`),
  });
  await setLocale(locale);
  const now = { path: '', search: '' };
  function Watch() {
    const { pathname, search } = useLocation();
    useEffect(() => {
      Object.assign(now, { path: pathname, search });
    });
    return null;
  }
  render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={makeQueryClient()}>
        <MemoryRouter initialEntries={[address]}>
          <Watch />
          <Routes>
            {Object.entries(screens).map(([path, Screen]) => (
              <Route key={path} path={path} element={<Screen />} />
            ))}
          </Routes>
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return now;
}
