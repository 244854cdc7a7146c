import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServerIfStale, builtServer } from '../../scripts/build-server.ts';
import { type Ended, Program } from '../support/program.ts';

/** Each test starts two to five processes, on a machine that may be busy. */
jest.setTimeout(120_000);

/** As `npm start` runs it. */
const server = builtServer;
const started: Program[] = [];
let place: string;

function run(
  file: string | readonly string[],
  environment: NodeJS.ProcessEnv,
  ...arguments_: string[]
): Program {
  const program = new Program(
    file,
    { DATA_DIR: join(place, 'data'), ...environment },
    ...arguments_,
  );
  started.push(program);
  return program;
}

const ready = async (program: Program): Promise<string> =>
  (await program.says(/^Akimetr is ready: (\S+)$/m))[1];

beforeAll(buildServerIfStale);

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'akimetr-process-'));
});

afterEach(async () => {
  for (const program of started.splice(0)) await program.signal('SIGKILL');
  rmSync(place, { recursive: true, force: true });
});

/** It could not start, and says why in one line that an operator can act on. */
function expectOneClearLine({ code, stderr, stdout }: Ended, line: RegExp): void {
  expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(line)]);
  expect(stdout).not.toContain('    at ');
  expect(code).toBe(1);
}

describe('a server that cannot start', () => {
  it('names every wrong setting at once, and what is right', async () => {
    expectOneClearLine(
      await run(server, { PORT: '70000', LOG_LEVEL: 'loud', MONGODB_URI: 'http://localhost' })
        .ended,
      new RegExp(
        '^akimetr: Wrong settings\\. PORT: must be a whole number from 0 to 65535; ' +
          'MONGODB_URI: must begin with mongodb:.*; LOG_LEVEL: must be one of silent, error, warn',
      ),
    );
  });

  it.each([
    ['a broken address', 'mongodb://a:b:c/akimetr', /cannot be used.*MONGODB_URI/],
    ['a name nobody has', 'mongodb+srv://no-such-host.invalid/x', /MONGODB_URI/],
    ['an address nobody listens on', 'mongodb://127.0.0.1:1/x', /does not answer.*MONGODB_URI/],
  ])('names MONGODB_URI with %s', async (_, MONGODB_URI, line) => {
    expectOneClearLine(await run(server, { MONGODB_URI }).ended, line);
  });

  it('names a HOST that is no address of this machine', async () => {
    expectOneClearLine(await run(server, { HOST: 'no-such-host.invalid' }).ended, /HOST/);
  });

  it('names a DATA_DIR that cannot be made', async () => {
    const file = join(place, 'file');
    writeFileSync(file, 'no directory');
    expectOneClearLine(
      await run(server, { DATA_DIR: join(file, 'data') }).ended,
      /^akimetr: The data directory .*file\/data cannot be written/,
    );
  });

  // Rights do not bind the superuser.
  if (process.getuid?.() !== 0) {
    it('names a DATA_DIR without rights', async () => {
      const DATA_DIR = join(place, 'closed');
      mkdirSync(DATA_DIR, { mode: 0o500 });
      expectOneClearLine(
        await run(server, { DATA_DIR }).ended,
        /^akimetr: The data directory .* cannot be written/,
      );
    });
  }

  it('names a taken port and a DATA_DIR in use; who has them goes on', async () => {
    const first = run(server, {});
    const url = await ready(first);
    const { port } = new URL(url);
    expectOneClearLine(
      await run(server, { PORT: port, DATA_DIR: join(place, 'other') }).ended,
      new RegExp(`^akimetr: Port ${port} is taken\\..* PORT`),
    );
    expectOneClearLine(
      await run(server, {}).ended,
      /^akimetr: The data directory .* is already used by a running Akimetr/,
    );
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('names a DATA_DIR with files that are not its own, and leaves them', async () => {
    const folder = join(place, 'data', 'store');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'letter.txt'), 'dear');
    expectOneClearLine(await run(server, {}).ended, /letter\.txt.*DATA_DIR/);
    expect(readdirSync(folder)).toEqual(['letter.txt']);
  });
});

describe('demo data and real data are never mixed', () => {
  it('production refuses a directory with demo data', async () => {
    const demo = run(server, { AKIMETR_DEMO: 'true' });
    await ready(demo);
    await demo.signal('SIGINT');
    expectOneClearLine(await run(server, {}).ended, /^akimetr: .*synthetic demo data.* DATA_DIR/);
  });

  it('the demo refuses a directory with real data and touches nothing in it, however often', async () => {
    const real = run(server, {});
    await ready(real);
    await real.signal('SIGTERM');
    writeFileSync(join(place, 'data', 'letter.txt'), 'dear');
    for (let time = 0; time < 2; time += 1) {
      const ended = await run('scripts/demo.ts', {}).ended;
      expectOneClearLine(ended, /^akimetr: .*real data.* DATA_DIR/);
      expect(readdirSync(join(place, 'data')).sort()).toEqual(['letter.txt', 'store']);
    }
  });
});

/** A request whose body comes bit by bit, so that it is under way for as long as wanted. */
function slowRequest(url: string): { finish: () => Promise<number> } {
  const body = JSON.stringify({ login: 'nobody', password: 'nothing at all' });
  const sent = request(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': body.length },
  });
  sent.write(body.slice(0, 10));
  const status = new Promise<number>((done, failed) => {
    sent.once('error', failed);
    sent.once('response', (response) => {
      response.resume();
      done(response.statusCode!);
    });
  });
  return {
    finish: () => {
      sent.end(body.slice(10));
      return status;
    },
  };
}

async function isRefused(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    () => false,
    () => true,
  );
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((later) => setTimeout(later, 20));
}

describe('a server that is asked to end', () => {
  it('ends with exit code 0 as soon as it has said that it is ready', async () => {
    const program = run(server, {});
    await ready(program);
    expect(await program.signal('SIGINT')).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(join(place, 'data'))).toEqual(['store']);
  });

  it('answers the requests under way, and takes no others', async () => {
    const program = run(server, {});
    const url = await ready(program);
    const slow = [slowRequest(url), slowRequest(url)];
    await fetch(`${url}/readyz`); // the slow ones were sent before, so the server has them by now
    const ended = program.signal('SIGTERM');
    await until(() => isRefused(url));
    expect(await Promise.all(slow.map(({ finish }) => finish()))).toEqual([401, 401]);
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('a server that was killed', () => {
  it('starts again on the same directory and knows what it knew', async () => {
    const first = run(server, {});
    const [, token] = await first.says(/^First administrator.*\?token=(\S+)$/m);
    const url = await ready(first);
    const account = { login: 'admin', password: 'a password of the test' };
    const made = await fetch(`${url}/api/v1/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, name: 'Admin', ...account }),
    });
    expect(made.status).toBe(201);
    await first.signal('SIGKILL');

    const again = run(server, {});
    const session = await fetch(`${await ready(again)}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(account),
    });
    expect(session.status).toBe(200);
    const { stdout, stderr, code } = await again.signal('SIGTERM');
    expect(stdout).not.toContain('First administrator');
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  });
});

describe('npm run demo', () => {
  it('ends as a whole while it loads, leaving another window nothing, and begins anew the next time', async () => {
    const first = run('scripts/demo.ts', {});
    await first.says(/The server runs/);
    expectOneClearLine(await run('scripts/demo.ts', {}).ended, /already used by a running Akimetr/);
    await first.says(/Demo accounts are made/);
    expect(await first.signal('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(join(place, 'data')).sort()).toEqual(['demo.json', 'store']);

    const again = run('scripts/demo.ts', {});
    await again.says(/Demo accounts are made/);
    expect(await again.signal('SIGINT')).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(join(place, 'data')).sort()).toEqual(['demo.json', 'store']);
  });

  it('takes its server along when it is killed', async () => {
    const demo = run('scripts/demo.ts', {});
    await demo.says(/The server runs/);
    await demo.signal('SIGKILL'); // resolves when nobody holds its output any more
    await ready(run(server, { AKIMETR_DEMO: 'true' }));
  });
});

describe('npm start', () => {
  it('ends as a whole on SIGTERM', async () => {
    const program = run('scripts/start.ts', {});
    const url = await ready(program);
    expect(await program.signal('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
    expect(await isRefused(url)).toBe(true);
  });
});

describe('npm run store', () => {
  const store = 'api/src/store/store-cli.ts';
  const open = (...arguments_: string[]) => run(store, {}, ...arguments_);

  it('ends with exit code 0 on SIGTERM and SIGINT', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const program = open('--dir', join(place, 'data'), '--port', '0');
      await program.says(/^MONGODB_URI=mongodb:\/\/127\.0\.0\.1:\d+\//m);
      expect(await program.signal(signal)).toMatchObject({ code: 0, stderr: '' });
    }
  });

  it('says in one line what is wrong', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const port = String((other.address() as AddressInfo).port);
    const dir = ['--dir', join(place, 'data')];
    expectOneClearLine(await open(...dir, '--port', port).ended, new RegExp(`port ${port}.*taken`));
    other.close();
    expectOneClearLine(await open('--port', '0').ended, /--dir is missing.*usage/);
  });
});
