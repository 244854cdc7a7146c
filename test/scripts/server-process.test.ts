import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { expectOneClearLine, isRefused, ready, server, usePrograms } from '../support/programs.ts';

const { place, run } = usePrograms();

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
    const file = join(place(), 'file');
    writeFileSync(file, 'no directory');
    expectOneClearLine(
      await run(server, { DATA_DIR: join(file, 'data') }).ended,
      /^akimetr: The data directory .*file\/data cannot be written/,
    );
  });

  // Rights do not bind the superuser.
  if (process.getuid?.() !== 0) {
    it('names a DATA_DIR without rights', async () => {
      const DATA_DIR = join(place(), 'closed');
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
      await run(server, { PORT: port, DATA_DIR: join(place(), 'other') }).ended,
      new RegExp(`^akimetr: Port ${port} is taken\\..* PORT`),
    );
    expectOneClearLine(
      await run(server, {}).ended,
      /^akimetr: The data directory .* is already used by a running Akimetr/,
    );
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('names a DATA_DIR with files that are not its own, and leaves them', async () => {
    const folder = join(place(), 'data', 'store');
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
});

/** A request whose body comes bit by bit, so that it is under way for as long as wanted. */
async function slowRequest(url: string): Promise<{ finish: () => Promise<number> }> {
  const body = JSON.stringify({ login: 'nobody', password: 'nothing at all' });
  const sent = request(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': body.length },
  });
  const begun = new Promise((written) => sent.write(body.slice(0, 10), written));
  const status = new Promise<number>((done, failed) => {
    sent.once('error', failed);
    sent.once('response', (response) => {
      response.resume();
      done(response.statusCode!);
    });
  });
  await begun;
  return {
    finish: () => {
      sent.end(body.slice(10));
      return status;
    },
  };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((later) => setTimeout(later, 20));
}

describe('a server that is asked to end', () => {
  it('ends with exit code 0 as soon as it has said that it is ready', async () => {
    const program = run(server, {});
    await ready(program);
    expect(await program.signal('SIGINT')).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(join(place(), 'data'))).toEqual(['store']);
  });

  it('answers the requests under way, and takes no others', async () => {
    const program = run(server, {});
    const url = await ready(program);
    const slow = await Promise.all([slowRequest(url), slowRequest(url)]);
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
