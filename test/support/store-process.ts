import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

export interface StoreProcess {
  readonly uri: string;
  /** SIGKILL: nothing is flushed, closed or said. */
  kill(): Promise<void>;
  end(): Promise<void>;
}

/** The embedded engine in a process of its own, as `npm run store` starts it. */
export async function startStoreProcess(dataDir: string): Promise<StoreProcess> {
  const cli = resolve(__dirname, '../../api/src/store/store-cli.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', cli, '--dir', dataDir, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const uri = await addressOf(child);
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    child.kill(name);
    await gone;
  };
  return { uri, kill: () => signal('SIGKILL'), end: () => signal('SIGTERM') };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let output = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const address = /MONGODB_URI=(\S+)\n/.exec(output)?.[1];
      if (address) found(address.replace('/?', '/akimetr?'));
    });
    child.once('exit', (code) => failed(new Error(`the store ended with ${code}`)));
  });
}
