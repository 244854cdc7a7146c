/** Production: builds the web app where that is needed, then runs the server. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildWebIfStale, root } from './build-web.ts';
import { exitOf, passSignals } from './run-server.ts';

if (await buildWebIfStale()) console.log('The web app is built.');
const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'api/src/server.ts')], {
  cwd: root,
  stdio: 'inherit',
});
passSignals(child);
process.exit(await exitOf(child));
