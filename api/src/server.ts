import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pino, type Logger } from 'pino';
import { buildApp } from './app.ts';
import { connectDatabase, type Database } from './models/database.ts';
import { instanceStore } from './models/instance.ts';
import type { Deps } from './services/deps.ts';
import { startEstimator, type Estimator } from './services/estimator.ts';
import { reconcileEstimates } from './services/reconcile-estimates.ts';
import { loadShippedTerritories } from './services/territories.ts';
import { inviteFirstAdministrator, setupNeeded } from './services/users.ts';
import { readSettings, type Settings } from './settings.ts';
import { openStore, type OpenStore } from './store/open-store.ts';

/** Something about where the server runs that its operator must mend: one clear line, no stack. */
class StartProblem extends Error {}

interface Running {
  /** Address to reach it from this machine. */
  url: string;
  estimator: Estimator;
  /** Ends everything in order; requests under way are answered first. */
  stop(): Promise<void>;
}

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

const adultsFile = new URL('../data/adults.csv', import.meta.url);
const fontsDir = fileURLToPath(new URL('../data/fonts', import.meta.url));
const territoriesFile = new URL('../data/territories.csv', import.meta.url);

async function connect(store: OpenStore): Promise<Database> {
  try {
    return await connectDatabase(store.uri);
  } catch (error) {
    const { name, message: said, syscall } = error as NodeJS.ErrnoException;
    const [message] = said.split('\n');
    // What DNS says of a mongodb+srv address is no error of MongoDB's.
    if (name.endsWith('ServerSelectionError') || syscall !== undefined) {
      throw new StartProblem(`The database does not answer (${message}). Check MONGODB_URI.`);
    }
    if (name.startsWith('Mongo')) {
      throw new StartProblem(`The database cannot be used (${message}). Check MONGODB_URI.`);
    }
    throw error;
  }
}

function listen(server: Server, settings: Settings): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const what: Record<string, string> = {
        EADDRINUSE: `Port ${settings.port} is taken. Stop the other program, or set PORT to another.`,
        EACCES: `Port ${settings.port} needs more rights. Set PORT to one above 1023.`,
        EADDRNOTAVAIL: `This machine has no address ${settings.host}. Mend HOST.`,
        ENOTFOUND: `Nobody knows the address ${settings.host}. Mend HOST.`,
        EAI_AGAIN: `Nobody knows the address ${settings.host}. Mend HOST.`,
      };
      const line = what[error.code ?? ''];
      reject(line === undefined ? error : new StartProblem(line));
    });
    server.listen(settings.port, settings.host, () =>
      resolve((server.address() as AddressInfo).port),
    );
  });
}

async function checkInstance(settings: Settings, now: Date): Promise<boolean> {
  const { synthetic } = await instanceStore.getOrCreate(settings.demo, now);
  if (synthetic && !settings.demo) {
    throw new StartProblem(
      'This database holds synthetic demo data. Use npm run demo, or another DATA_DIR or MONGODB_URI.',
    );
  }
  if (!synthetic && settings.demo) {
    throw new StartProblem(
      'This database holds real data; the demo does not touch it. Set another DATA_DIR.',
    );
  }
  return synthetic;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection whose request is under way ends with its answer, however long others would be kept.
    server.keepAliveTimeout = 1;
    server.close(() => resolve());
    server.closeIdleConnections();
    // A request that hangs must not hold the process for ever.
    setTimeout(() => server.closeAllConnections(), 10_000).unref();
  });
}

/** Starts everything: store, database, estimator, HTTP. What is half started is ended again on failure. */
export async function start(settings: Settings, log: Logger): Promise<Running> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of undo.splice(0).reverse()) await end();
  };
  try {
    const store = await openStore({ mongodbUri: settings.mongodbUri, dataDir: settings.dataDir });
    undo.push(() => store.close());
    const database = await connect(store);
    undo.push(() => database.close());
    const now = () => new Date();
    const synthetic = await checkInstance(settings, now());
    const estimator = startEstimator({ now, log });
    undo.push(() => estimator.stop());
    const deps: Deps = {
      ...{ now, log, version, synthetic },
      adultsCsv: () => readFileSync(adultsFile, 'utf8'),
      fontsDir,
      wakeEstimator: () => estimator.wake(),
    };
    await loadShippedTerritories(readFileSync(territoriesFile, 'utf8'));
    const webDir = fileURLToPath(new URL('../../web/dist', import.meta.url));
    const app = buildApp(deps, {
      webDir,
      trustedProxies: settings.trustedProxies,
      metricsToken: settings.metricsToken,
      ping: () => database.ping(),
    });
    const server = createServer(app);
    // Longer than proxies keep a connection: whoever closes first while the other sends loses a request.
    server.keepAliveTimeout = 75_000;
    const port = await listen(server, settings);
    undo.push(() => closeServer(server));
    const url = `http://localhost:${port}`;
    if (await setupNeeded()) {
      const token = await inviteFirstAdministrator(deps);
      announce(`First administrator, once, within a day: ${url}/setup?token=${token}`);
    }
    void reconcileEstimates().then(
      () => estimator.wake(),
      (error: unknown) => log.error({ err: error }, 'reconciling estimates failed'),
    );
    return { url, estimator, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** For the person at the console; not a log line, so that no log collector keeps a one-time link. */
function announce(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Failures whose message says all that the operator needs. */
function isOperatorProblem(error: unknown): boolean {
  const { name, message } = error as Error;
  return (
    error instanceof StartProblem || name === 'StoreError' || message.startsWith('Wrong settings')
  );
}

async function main(): Promise<void> {
  try {
    const settings = readSettings(process.env);
    const log = pino({ level: settings.logLevel, redact: ['req.headers.cookie', 'password'] });
    const starting = start(settings, log);
    let ending = false;
    const end = () => {
      if (ending) process.exit(1);
      ending = true;
      starting
        .then((running) => running.stop())
        .then(
          () => process.exit(0),
          (error: unknown) => {
            log.error({ err: error }, 'stopping failed');
            process.exit(1);
          },
        );
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
    // The script that started this server has died and can pass on no signal any more.
    process.once('disconnect', () => {
      if (!ending) end();
    });
    const { url } = await starting;
    if (!ending) announce(`Akimetr is ready: ${url}`);
  } catch (error) {
    process.stderr.write(
      isOperatorProblem(error)
        ? `akimetr: ${(error as Error).message}\n`
        : `akimetr: ${(error as Error).stack ?? String(error)}\n`,
    );
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
