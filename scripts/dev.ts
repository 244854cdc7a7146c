/** `npm run dev`: the server and both web apps, each of which takes over what is changed in its sources. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './built.ts';

/** Fixed, because the web's configurations name them. */
const ports = { server: 3000, office: 5173, tablet: 5174 };
const office = `http://localhost:${ports.office}`;
/** Seen through the office's address; there it is sought at this one. */
const tabletItself = `http://127.0.0.1:${ports.tablet}`;

function programOf(workspace: string, packageName: string, file: string): string {
  const from = createRequire(join(root, workspace, 'package.json'));
  return join(dirname(from.resolve(`${packageName}/package.json`)), file);
}

const tsx = programOf('api', 'tsx', 'dist/cli.mjs');
const vite = programOf('web', 'vite', 'bin/vite.js');
const running = new Map<string, ChildProcess>();
let ending = false;

/** Ends every part; the process ends with the last of them. */
function endAll(code: number): void {
  if (ending) return;
  ending = true;
  process.exitCode = code;
  for (const child of running.values()) child.kill('SIGTERM');
}

/** Whoever develops looks at the sources, not at what was built last. */
const toSources = (line: string): string =>
  line.replace(`http://localhost:${ports.server}`, office);

/** Starts one part and shows what it says, line by line, under its name. */
function run(name: string, cwd: string, ...command: string[]): void {
  const child = spawn(process.execPath, command, {
    cwd,
    env: { ...process.env, PORT: String(ports.server) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.set(name, child);
  const show = (line: string): void => {
    if (line.trim() !== '') console.log(`${name} │ ${toSources(line)}`);
  };
  createInterface(child.stdout).on('line', show);
  createInterface(child.stderr).on('line', show);
  child.once('exit', () => {
    running.delete(name);
    if (!ending) console.error(`akimetr: the ${name} has ended, and the others with it.`);
    endAll(1);
  });
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function untilAllAnswer(): Promise<void> {
  const urls = [`http://localhost:${ports.server}/readyz`, office, `${tabletItself}/field/`];
  while (!ending) {
    if ((await Promise.all(urls.map(answers))).every(Boolean)) return;
    await new Promise((later) => setTimeout(later, 200));
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => endAll(0));

const web = join(root, 'web');
run('server', root, tsx, 'watch', '--clear-screen=false', 'api/src/server.ts');
run('office', web, vite, '--logLevel', 'warn');
run(
  'tablet',
  web,
  vite,
  ...['--logLevel', 'warn', '--host', '127.0.0.1', '--config', 'vite.field.config.ts'],
);
await untilAllAnswer();
if (!ending) console.log(`Akimetr in development: ${office} (tablet: ${office}/field/)`);
