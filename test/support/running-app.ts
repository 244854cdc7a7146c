import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpClient } from '../../scripts/http-client.ts';
import { exitOf, type ServerProcess, startServer } from '../../scripts/run-server.ts';
import { cleanEnvironment } from './program.ts';

/** Every account of a running app; no real one has it. */
export const password = 'a password of the tests';

/** The real server in a process of its own, on the embedded store in a temporary directory. */
export interface RunningApp {
  /** Address of the server; the same after `restart`. */
  readonly url: string;
  readonly dataDir: string;
  /** Signed in anew; sessions outlive a restart. */
  signIn(login: string): Promise<HttpClient>;
  /** SIGKILL: nothing is flushed, closed or said. */
  kill(): Promise<void>;
  /** Starts the server again on the same directory and port. */
  restart(): Promise<void>;
  /** Ends the server as an operator does and removes its directory. @returns its exit code */
  stop(): Promise<number>;
}

/** Below those that the system hands out by itself: nobody gets one by chance while its server is down. */
const ports = { from: 14_000, to: 30_000 } as const;

/** A port to come back to after a restart. */
async function portToKeep(): Promise<string> {
  for (;;) {
    const port = ports.from + Math.floor(Math.random() * (ports.to - ports.from));
    const isFree = await new Promise<boolean>((done) => {
      const trial = createServer();
      trial.once('error', () => done(false));
      trial.listen(port, '127.0.0.1', () => trial.close(() => done(true)));
    });
    if (isFree) return String(port);
  }
}

/**
 * Starts the server and makes its first administrator, `admin`, with the one-time link.
 * @param synthetic as for the demo: every screen says that the data are synthetic
 */
export async function startApp({ synthetic = false } = {}): Promise<RunningApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'akimetr-app-'));
  const start = (port: string) =>
    startServer(
      cleanEnvironment({
        PORT: port,
        HOST: '127.0.0.1',
        DATA_DIR: dataDir,
        AKIMETR_DEMO: String(synthetic),
        LOG_LEVEL: 'error',
      }),
    );
  const port = await portToKeep();
  let server: ServerProcess = await start(port);
  const { url, setupToken } = server;
  const end = (signal: NodeJS.Signals): Promise<number> => {
    server.child.kill(signal);
    return exitOf(server.child);
  };
  const kill = async () => {
    await end('SIGKILL');
  };
  const stop = async () => {
    const code = await end('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
    return code;
  };
  const admin = { login: 'admin', name: 'Administrator', password };
  await new HttpClient(url).post('/setup', { token: setupToken, ...admin });
  return {
    url,
    dataDir,
    signIn: (login) => new HttpClient(url).signIn(login, password),
    kill,
    restart: async () => {
      server = await start(port);
    },
    stop,
  };
}
