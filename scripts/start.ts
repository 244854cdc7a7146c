/** Production: builds the web app where that is needed, then runs the server. */
import { spawn } from 'node:child_process';
import { builtServer, buildServerIfStale } from './build-server.ts';
import { buildWebIfStale } from './build-web.ts';
import { root } from './built.ts';
import { exitOf, passSignals } from './run-server.ts';

async function main(): Promise<number> {
  if (await buildWebIfStale()) console.log('The web app is built.');
  await buildServerIfStale();
  const child = spawn(process.execPath, builtServer, {
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
