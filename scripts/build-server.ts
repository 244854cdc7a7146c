import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { buildIfStale, root } from './built.ts';

const directory = 'api/dist';
/** What Node runs: the sources name the threads' first files by these names too. */
const entryPoints = {
  server: join(root, 'api/src/server.ts'),
  'engine-boot': join(root, 'api/src/store/engine-worker.ts'),
  'estimation-boot': join(root, 'api/src/services/estimation-worker.ts'),
};

/**
 * Arguments of `node` that run the built server. Each of its threads has a heap of its own, and V8 lets a heap grow
 * to several times of what is in use before it looks for what is not: these two keep it to that and a half.
 */
export const builtServer = [
  '--heap-growing-percent=50',
  '--max-semi-space-size=8',
  join(root, directory, 'server.mjs'),
];

async function bundle(): Promise<void> {
  const { outputFiles } = await build({
    entryPoints,
    outdir: join(root, directory),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // Packages stay packages: some bring binaries, and theirs need no compiler.
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    write: false,
  });
  for (const { path, contents } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    // Whole or not at all: another process may be starting from it.
    writeFileSync(`${path}.${process.pid}`, contents);
    renameSync(`${path}.${process.pid}`, path);
  }
}

/**
 * Puts the server and its threads into one file of JavaScript each, unless they are of these very sources:
 * a process that need not compile starts sooner and keeps no compiler in memory.
 */
export function buildServerIfStale(): Promise<boolean> {
  return buildIfStale(directory, ['api/src', 'package-lock.json'], bundle);
}
