import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buildIfStale, root } from './built.ts';

const web = join(root, 'web');
/** What the built web app is made of. */
const sources = ['web', 'api/src/contracts', 'api/src/domain', 'package-lock.json'];

function vite(...arguments_: string[]): Promise<void> {
  const viteRoot = dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json'));
  return new Promise((resolve, reject) => {
    const output: Buffer[] = [];
    const child = spawn(process.execPath, [join(viteRoot, 'bin/vite.js'), 'build', ...arguments_], {
      cwd: web,
      // Whatever this process runs under (a test, a developer's shell), what is built is the product.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const endWithUs = () => child.kill();
    process.once('exit', endWithUs);
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', reject);
    child.on('exit', (code) => {
      process.off('exit', endWithUs);
      if (code === 0) resolve();
      else reject(new Error(`The web build failed:\n${Buffer.concat(output).toString('utf8')}`));
    });
  });
}

/**
 * Builds the office and the field app, unless what is built is of these very sources.
 * @returns whether it had to build
 */
export function buildWebIfStale(): Promise<boolean> {
  return buildIfStale('web/dist', sources, async () => {
    await vite();
    await vite('--config', 'vite.field.config.ts');
  });
}
