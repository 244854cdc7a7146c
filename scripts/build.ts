/** `npm run build`: what `npm start` runs, made beforehand. */
import { buildServerIfStale } from './build-server.ts';
import { buildWebIfStale } from './build-web.ts';

try {
  const server = await buildServerIfStale();
  console.log(server ? 'The server is built.' : 'The server is up to date.');
  const web = await buildWebIfStale();
  console.log(web ? 'The web app is built.' : 'The web app is up to date.');
} catch (error) {
  console.error(`akimetr: ${(error as Error).message}`);
  process.exitCode = 1;
}
