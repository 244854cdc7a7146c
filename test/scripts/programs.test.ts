import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expectOneClearLine, isRefused, ready, server, usePrograms } from '../support/programs.ts';

const { place, run } = usePrograms();

describe('npm run demo', () => {
  it('refuses a directory with real data and touches nothing in it, however often', async () => {
    const real = run(server, {});
    await ready(real);
    await real.signal('SIGTERM');
    writeFileSync(join(place(), 'data', 'letter.txt'), 'dear');
    for (let time = 0; time < 2; time += 1) {
      const ended = await run('scripts/demo.ts', {}).ended;
      expectOneClearLine(ended, /^akimetr: .*real data.* DATA_DIR/);
      expect(readdirSync(join(place(), 'data')).sort()).toEqual(['letter.txt', 'store']);
    }
  });

  it('ends as a whole while it loads, leaving another window nothing, and begins anew the next time', async () => {
    const first = run('scripts/demo.ts', {});
    await first.says(/The server runs/);
    expectOneClearLine(await run('scripts/demo.ts', {}).ended, /already used by a running Akimetr/);
    await first.says(/Demo accounts are made/);
    expect(await first.signal('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(join(place(), 'data')).sort()).toEqual(['demo.json', 'store']);

    const again = run('scripts/demo.ts', {});
    await again.says(/Demo accounts are made/);
    expect(await again.signal('SIGINT')).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(join(place(), 'data')).sort()).toEqual(['demo.json', 'store']);
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
      const program = open('--dir', join(place(), 'data'), '--port', '0');
      await program.says(/^MONGODB_URI=mongodb:\/\/127\.0\.0\.1:\d+\//m);
      expect(await program.signal(signal)).toMatchObject({ code: 0, stderr: '' });
    }
  });

  it('says in one line what is wrong', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const port = String((other.address() as AddressInfo).port);
    const dir = ['--dir', join(place(), 'data')];
    expectOneClearLine(await open(...dir, '--port', port).ended, new RegExp(`port ${port}.*taken`));
    other.close();
    expectOneClearLine(await open('--port', '0').ended, /--dir is missing.*usage/);
  });
});
