import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');
/** What a program under test must not inherit: it would decide where it listens and what it stores. */
const ours = /^(PORT|HOST|DATA_DIR|MONGODB_URI|AKIMETR_.*|LOG_LEVEL|TRUSTED_PROXIES|NODE_ENV)$/;

/** This process's environment without anything that Akimetr or a test run sets. */
export function cleanEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return { ...Object.fromEntries(kept), ...more };
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program of the project in a process of its own, and all that it says. */
export class Program {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  #stdout = '';
  #stderr = '';
  readonly #listeners = new Set<() => void>();

  /** @param file a source relative to the project's root, or what `node` is given to run something built */
  constructor(
    file: string | readonly string[],
    environment: NodeJS.ProcessEnv,
    ...arguments_: string[]
  ) {
    const program = typeof file === 'string' ? ['--import', 'tsx', file] : file;
    this.child = spawn(process.execPath, [...program, ...arguments_], {
      cwd: root,
      env: cleanEnvironment({ LOG_LEVEL: 'error', HOST: '127.0.0.1', PORT: '0', ...environment }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const hear = (chunk: Buffer, add: (text: string) => void) => {
      add(chunk.toString('utf8'));
      for (const listener of this.#listeners) listener();
    };
    this.child.stdout!.on('data', (chunk: Buffer) => hear(chunk, (t) => (this.#stdout += t)));
    this.child.stderr!.on('data', (chunk: Buffer) => hear(chunk, (t) => (this.#stderr += t)));
    this.ended = new Promise((done, failed) => {
      this.child.once('error', failed);
      this.child.once('close', (code, signal) =>
        done({ code, signal, stdout: this.#stdout, stderr: this.#stderr }),
      );
    });
  }

  /** Resolves when what it printed matches; rejects with all it said when it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((found, failed) => {
      const look = () => {
        const match = pattern.exec(this.#stdout);
        if (match === null) return;
        this.#listeners.delete(look);
        found(match);
      };
      this.#listeners.add(look);
      look();
      this.ended.then(({ code, signal, stdout, stderr }) => {
        look();
        failed(new Error(`ended (${code ?? signal}) before ${pattern}:\n${stdout}${stderr}`));
      }, failed);
    });
  }

  async signal(name: NodeJS.Signals): Promise<Ended> {
    this.child.kill(name);
    return this.ended;
  }
}
