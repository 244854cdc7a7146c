import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const web = join(root, 'web');
const stampFile = join(web, 'dist', '.stamp');
/** What the built web app is made of. */
const sources = ['web', 'api/src/contracts', 'api/src/domain', 'package-lock.json'];
const left = new Set(['node_modules', 'dist', '.stamp']);

function* filesUnder(path: string): Generator<string> {
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (!left.has(name)) yield* filesUnder(join(path, name));
  }
}

/** Changes whenever a source of the web app does. */
function stampOfSources(): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesUnder(join(root, source))) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

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
export async function buildWebIfStale(): Promise<boolean> {
  const stamp = stampOfSources();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;
  // A build that is cut off leaves half an app: it must not count as built.
  rmSync(stampFile, { force: true });
  await vite();
  await vite('--config', 'vite.field.config.ts');
  writeFileSync(stampFile, stamp);
  return true;
}

async function main(): Promise<void> {
  const built = await buildWebIfStale();
  console.log(built ? 'The web app is built.' : 'The web app is up to date.');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error: unknown) => {
    console.error(`akimetr: ${(error as Error).message}`);
    process.exitCode = 1;
  });
}
