/** Production: builds the web app where that is needed, then runs the server. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildWebIfStale, root } from './build-web.ts';
import { exitOf, passSignals } from './run-server.ts';

async function main(): Promise<number> {
  if (await buildWebIfStale()) console.log('The web app is built.');
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'api/src/server.ts')], {
    cwd: root,
    // By the fourth, the server notices when this process dies without a word.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  passSignals(child);
  return exitOf(child);
}

try {
  process.exit(await main());
} catch (error) {
  console.error(`akimetr: ${(error as Error).message}`);
  process.exit(1);
}
