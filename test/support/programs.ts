import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServerIfStale, builtServer } from '../../scripts/build-server.ts';
import { type Ended, Program } from './program.ts';

/** The server as `npm start` runs it. */
export const server = builtServer;

/** Programs of one test file: each test has a directory of its own, and none outlives its test. */
export function usePrograms() {
  const started: Program[] = [];
  let place = '';
  beforeAll(buildServerIfStale);
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'akimetr-process-'));
  });
  afterEach(async () => {
    for (const program of started.splice(0)) await program.signal('SIGKILL');
    rmSync(place, { recursive: true, force: true });
  });
  return {
    /** The directory of the test. */
    place: () => place,
    run: (
      file: string | readonly string[],
      environment: NodeJS.ProcessEnv,
      ...arguments_: string[]
    ): Program => {
      const program = new Program(
        file,
        { DATA_DIR: join(place, 'data'), ...environment },
        ...arguments_,
      );
      started.push(program);
      return program;
    },
  };
}

/** @returns the address of a server that is ready */
export const ready = async (program: Program): Promise<string> =>
  (await program.says(/^Akimetr is ready: (\S+)$/m))[1];

/** It could not start, and says why in one line that an operator can act on. */
export function expectOneClearLine({ code, stderr, stdout }: Ended, line: RegExp): void {
  expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(line)]);
  expect(stdout).not.toContain('    at ');
  expect(code).toBe(1);
}

export async function isRefused(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    () => false,
    () => true,
  );
}
