import jest from './jest.config.mjs';

/** Mutation testing of the domain, outside the suite: npm run mutation [-- --mutate api/src/domain/ranking.ts] */
const [node] = jest.projects;

export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: {
    config: {
      ...node,
      rootDir: '.',
      testMatch: ['<rootDir>/test/domain/**/*.test.ts'],
      setupFiles: ['<rootDir>/test/support/few-examples.ts'],
    },
  },
  mutate: ['api/src/domain/*.ts'],
  ignorePatterns: [
    '/web',
    '/data',
    '/surveys',
    '/scripts',
    '/reports',
    '/api/data',
    '/test/e2e',
    '/test/bench',
    'dist',
  ],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  concurrency: 1,
  timeoutMS: 20_000,
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: true },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  tempDirName: 'reports/stryker',
};
