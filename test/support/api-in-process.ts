import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { buildApp } from '../../api/src/app.ts';
import { connectDatabase } from '../../api/src/models/database.ts';
import type { Deps } from '../../api/src/services/deps.ts';
import { startEstimator, type Estimator } from '../../api/src/services/estimator.ts';
import { loadShippedTerritories } from '../../api/src/services/territories.ts';
import { inviteFirstAdministrator } from '../../api/src/services/users.ts';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { HttpClient } from '../../scripts/http-client.ts';
import { password } from './running-app.ts';
import { freshStore } from './store.ts';

export interface Reply {
  status: number;
  headers: Headers;
  /** Parsed JSON; null when it is none. */
  body: any;
}

/** The whole HTTP side in this process, on a database of its own. */
export interface InProcessApi {
  readonly url: string;
  readonly deps: Deps;
  readonly estimator: Estimator;
  /** Moves the server's clock on. */
  passTime(ms: number): void;
  signIn(login: string): Promise<HttpClient>;
  /** The cookie of somebody signed in anew. */
  cookieOf(login: string, withPassword?: string): Promise<string>;
  /** One request as it is given, whatever comes back. */
  send(
    method: string,
    path: string,
    sent?: { cookie?: string; headers?: Record<string, string>; body?: unknown },
  ): Promise<Reply>;
  stop(): Promise<void>;
}

const territories = resolve(__dirname, '../../api/data/territories.csv');

/** Starts it on the embedded store, or on a fresh database of MONGODB_URI, with the administrator `admin`. */
export async function startApi({
  metricsToken,
}: { metricsToken?: string } = {}): Promise<InProcessApi> {
  const store = await freshStore();
  const database = await connectDatabase(store.uri);
  let passedMs = 0;
  const now = () => new Date(Date.now() + passedMs);
  const log = pino({ level: 'fatal' });
  const estimator = startEstimator({ now, log });
  const deps: Deps = {
    now,
    log,
    version: 'tests',
    synthetic: true,
    adultsCsv: () => readFileSync(resolve(__dirname, '../../api/data/adults.csv'), 'utf8'),
    fontsDir: resolve(__dirname, '../../api/data/fonts'),
    wakeEstimator: () => estimator.wake(),
  };
  await loadShippedTerritories(readFileSync(territories, 'utf8'));
  const ping = () => database.ping();
  const app = buildApp(deps, { webDir: null, trustedProxies: 1, metricsToken, ping });
  const server = createServer(app);
  // A busy machine may let a connection idle longer than the 5 s after which it would be closed under a request.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new HttpClient(url).post('/setup', {
    token: await inviteFirstAdministrator(deps),
    login: 'admin',
    name: 'Administrator',
    password,
  });

  const send: InProcessApi['send'] = async (method, path, { cookie, headers = {}, body } = {}) => {
    const isPlain = body !== undefined && typeof body !== 'string' && !Buffer.isBuffer(body);
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(cookie === undefined ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: isPlain ? JSON.stringify(body) : (body as string | undefined),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parsed(text) };
  };
  return {
    url,
    deps,
    estimator,
    passTime: (ms) => {
      passedMs += ms;
    },
    signIn: (login) => new HttpClient(url).signIn(login, password),
    cookieOf: async (login, withPassword = password) => {
      const { headers } = await send('POST', '/session', {
        body: { login, password: withPassword },
      });
      return headers.getSetCookie()[0]?.split(';')[0] ?? '';
    },
    send,
    stop: async () => {
      await new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      });
      await estimator.stop();
      await database.close();
      await store.close();
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
