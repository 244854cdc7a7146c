/** `npm run demo`: the whole product with synthetic data, on this machine, with nothing else running. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildWebIfStale } from './build-web.ts';
import { passwordFrom } from './demo-plan.ts';
import { HttpClient } from './http-client.ts';
import { demoAccounts, loadDemo } from './load-demo.ts';
import { exitOf, ServerEnded, startServer, type ServerProcess } from './run-server.ts';

const startedAt = performance.now();
const say = (line: string): void => {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(5);
  console.log(`${seconds} s  ${line}`);
};

const dataDir = resolve(process.env.DATA_DIR ?? 'demo-data');
const environment = { ...process.env, AKIMETR_DEMO: 'true', DATA_DIR: dataDir };
/** What a restart must know: that the data are whole, and the password they were made with. */
const noteFile = join(dataDir, 'demo.json');
interface Note {
  complete: boolean;
  password: string;
}

function readNote(): Note | null {
  return existsSync(noteFile) ? (JSON.parse(readFileSync(noteFile, 'utf8')) as Note) : null;
}

function writeNote(note: Note): void {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(noteFile, JSON.stringify(note), { mode: 0o600 });
}

const chosenPassword = process.env.AKIMETR_DEMO_PASSWORD;

/** Loading was cut off last time: demo data can be made again, so they are. */
async function removeHalfLoaded(): Promise<void> {
  // Only a server that starts on them proves that they are the demo's and that nobody uses them.
  const server = await startServer(environment);
  server.child.kill('SIGTERM');
  await exitOf(server.child);
  rmSync(join(dataDir, 'store'), { recursive: true, force: true });
}

async function fill(server: ServerProcess, password: string): Promise<void> {
  const client = new HttpClient(server.url);
  await client.post('/setup', {
    token: server.setupToken,
    login: 'admin',
    name: 'Demo administrator',
    password,
  });
  await loadDemo({ url: server.url, password, progress: say });
}

/** A password chosen after the data were made replaces theirs. */
async function changePasswords(server: ServerProcess, from: string, to: string): Promise<void> {
  const admin = await new HttpClient(server.url).signIn('admin', from);
  const { users } = await admin.get<{ users: { id: string; login: string }[] }>('/users');
  for (const { id, login } of users) {
    if (login !== 'admin') await admin.patch(`/users/${id}`, { password: to });
  }
  await admin.post('/session/password', { currentPassword: from, newPassword: to });
}

function announce(server: ServerProcess, password: string): void {
  const logins = ['admin', ...demoAccounts.map(({ login }) => login)].join(', ');
  say('All data are synthetic; akims are offices, not persons.');
  console.log(`\nAkimetr is ready: ${server.url}`);
  console.log(`Demo accounts: ${logins}`);
  console.log(`Password: ${password}`);
}

/** Everything between a server that runs and a demo that is ready. */
async function makeReady(
  server: ServerProcess,
  found: Note | null,
  built: Promise<boolean>,
): Promise<void> {
  const webReady = built.then((wasStale) => {
    if (wasStale) say('The web app is built.');
  });
  let password = chosenPassword ?? passwordFrom(randomBytes(32));
  if (found?.complete !== true || server.setupToken !== null) {
    writeNote({ complete: false, password });
    await Promise.all([fill(server, password), webReady]);
  } else if (chosenPassword !== undefined && chosenPassword !== found.password) {
    await changePasswords(server, found.password, chosenPassword);
  } else ({ password } = found);
  await webReady;
  writeNote({ complete: true, password });
  announce(server, password);
}

let askedToEnd = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => (askedToEnd = true));
}

async function main(): Promise<number> {
  if (chosenPassword !== undefined && chosenPassword.length < 8) {
    console.error('akimetr: AKIMETR_DEMO_PASSWORD needs at least 8 characters.');
    return 1;
  }
  const found = readNote();
  say(found?.complete ? 'Starting with the demo data of last time.' : 'Starting the server.');
  const built = buildWebIfStale();
  built.catch(() => undefined); // told when it is waited for
  if (found?.complete === false) await removeHalfLoaded();
  const server = await startServer(environment);
  say('The server runs.');
  const ended = exitOf(server.child);
  try {
    await Promise.race([makeReady(server, found, built), ended]);
  } catch (error) {
    if (askedToEnd) return ended;
    server.child.kill('SIGTERM');
    await ended;
    throw error;
  }
  return ended;
}

try {
  process.exit(await main());
} catch (error) {
  if (error instanceof ServerEnded) process.exit(error.exitCode);
  console.error(`akimetr: ${(error as Error).message}`);
  process.exit(1);
}
