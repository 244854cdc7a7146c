/** `npm run store -- --dir DIR --port PORT`: the embedded engine alone, for a shell, a viewer or a comparison. */
import { parseArgs } from 'node:util';
import { openStore } from './open-store.ts';
import { StoreError } from './store-error.ts';

const USAGE = 'usage: npm run store -- --dir DIR [--port PORT]';

function readArguments(): { dataDir: string; port: number } {
  try {
    const { values } = parseArgs({
      options: { dir: { type: 'string' }, port: { type: 'string', default: '27017' } },
    });
    const port = Number(values.port);
    if (!values.dir) throw new Error('--dir is missing');
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      throw new Error(`--port ${values.port} is not a port`);
    }
    return { dataDir: values.dir, port };
  } catch (error) {
    throw new StoreError(
      'failed',
      `${error instanceof Error ? error.message : 'bad arguments'}; ${USAGE}`,
    );
  }
}

try {
  const store = await openStore(readArguments());
  const end = (): void => {
    void store.close().then(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  console.log(`MONGODB_URI=${store.uri.replace('/akimetr?', '/?')}`);
} catch (error) {
  console.error(error instanceof StoreError ? error.message : error);
  process.exitCode = 1;
}
