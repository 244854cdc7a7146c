import { spawn, type ChildProcess } from 'node:child_process';
import { builtServer, buildServerIfStale } from './build-server.ts';
import { root } from './built.ts';

export interface ServerProcess {
  child: ChildProcess;
  /** Address of the server, once it is ready. */
  url: string;
  /** One-time token for the first administrator; null when there is one already. */
  setupToken: string | null;
}

const linkLine = /^First administrator.*\?token=(\S+)$/;
const readyLine = /^Akimetr is ready: (\S+)$/;

/**
 * Starts the server and waits until it is ready. What it prints goes on to this console, but for the two
 * lines that tell its state, which the caller puts in words of its own.
 * @throws Error with what the server said when it ends before
 */
export async function startServer(environment: NodeJS.ProcessEnv): Promise<ServerProcess> {
  await buildServerIfStale();
  const child = spawn(process.execPath, builtServer, {
    cwd: root,
    env: environment,
    // By the fourth, the server notices when this process dies without a word.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  passSignals(child);
  return new Promise((resolve, reject) => {
    let setupToken: string | null = null;
    let rest = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const link = linkLine.exec(line);
        const ready = readyLine.exec(line);
        if (link !== null) setupToken = link[1]!;
        else if (ready !== null) resolve({ child, url: ready[1], setupToken });
        else console.log(line);
      }
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new ServerEnded(code ?? 1)));
  });
}

/** The server ended before it was ready; it has said why. */
export class ServerEnded extends Error {
  readonly exitCode: number;
  constructor(exitCode: number) {
    super('The server has ended.');
    this.exitCode = exitCode;
  }
}

/** Ctrl-C and SIGTERM are the server's to answer; this process ends when it has. */
export function passSignals(child: ChildProcess): void {
  const pass = (signal: NodeJS.Signals): void => {
    // A terminal sends Ctrl-C to the whole group, so the server has it already.
    if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, pass);
    child.once('exit', () => process.off(signal, pass));
  }
}

/** Resolves with the exit code of a process, now or when it ends. */
export function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode ?? 1);
    else child.on('exit', (code) => resolve(code ?? 1));
  });
}
