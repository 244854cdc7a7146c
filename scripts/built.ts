import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
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

/** Changes whenever one of the sources does. */
function stampOf(sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesUnder(join(root, source))) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/**
 * Builds into a directory, unless what it holds is made of these very sources.
 * @param directory where `build` writes; relative to the root of the whole, as the sources are
 * @returns whether it had to build
 */
export async function buildIfStale(
  directory: string,
  sources: readonly string[],
  build: () => Promise<void>,
): Promise<boolean> {
  const stampFile = join(root, directory, '.stamp');
  const stamp = stampOf(sources);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;
  // A build that is cut off leaves half of it: it must not count as built.
  rmSync(stampFile, { force: true });
  await build();
  writeFileSync(stampFile, stamp);
  return true;
}
