import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Absolute: jest would take a relative one of a project from the root of the whole. */
const rootDir = fileURLToPath(new URL('..', import.meta.url));

const transform = {
  '^.+\\.(t|j|mj)sx?$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic' } },
        target: 'es2022',
      },
      module: { type: 'commonjs' },
    },
  ],
};

/** Packages that ship ES modules only and must be transformed for jest. */
const esmOnly = ['qr', '@akimetr', '@tanstack', 'chart.js', '@kurkle'];

const shared = {
  rootDir,
  modulePathIgnorePatterns: ['<rootDir>/reports/'],
  transform,
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: {
    '^@akimetr/api/(contracts|domain)/(.*)$': '<rootDir>/api/src/$1/$2.ts',
    '\\.(css|woff2)$': '<rootDir>/test/support/empty-module.ts',
  },
};

const project = (displayName, folders, testEnvironment, more = {}) => ({
  ...shared,
  displayName,
  testEnvironment,
  testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.{ts,tsx}`),
  ...more,
});

const projects = [
  project('node', ['domain', 'api', 'surveys', 'scripts'], 'node', {
    globalSetup: '<rootDir>/test/support/node-setup.ts',
    setupFiles: ['<rootDir>/test/support/built-threads.ts'],
  }),
  project('jsdom', ['web'], 'jsdom', {
    setupFilesAfterEnv: ['<rootDir>/test/support/jsdom-setup.ts'],
  }),
  project('e2e', ['e2e'], 'node', { globalSetup: '<rootDir>/test/support/e2e-setup.ts' }),
];

export default {
  rootDir,
  projects,
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  // Many tests wait for another process: on two cores one worker, jest's own choice, would leave a core idle.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // Only what hangs comes to it, however slow the machine is.
  testTimeout: 300_000,
  // On a busy machine a worker that leaves nothing behind may need longer to end than jest's half second.
  workerGracefulExitTimeout: 60_000,
};
