import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { PluginKind, declareFactoryPlugin } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  TestStatus,
  determineHitLimitReached,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { build } from 'esbuild';
import { expect } from 'expect';
import fc from 'fast-check';
import { bind } from 'jest-each';

/**
 * Runs the domain's tests for Stryker inside its own process. They are loaded once, and a mutant is switched on
 * between two runs: with jest each of some thousands of mutants costs seconds, here milliseconds. That is sound
 * because the domain is pure: no module keeps anything from one call to the next. What a mutant changes while
 * modules are loaded is not seen, so static mutants must be ignored (`ignoreStatic`).
 */
const require = createRequire(import.meta.url);

/** A few examples of each property tell a mutant; always the same ones, so that a mutant's fate is repeatable. */
fc.configureGlobal({ numRuns: 12, seed: 2026 });

/** What a test gets for a package: of fast-check one whose properties cannot ask for more examples than that. */
function packageOf(name) {
  const loaded = require(name);
  if (name !== 'fast-check') return loaded;
  const { assert } = loaded.default;
  const few = (property, { numRuns, ...options } = {}) =>
    assert(property, numRuns < 12 ? { ...options, numRuns } : options);
  return { __esModule: true, ...loaded, default: { ...loaded.default, assert: few } };
}

/** Imports of the API's package, which would lead out of Stryker's copy of the code, are those of the copy. */
const ownSources = (root) => ({
  name: 'own-sources',
  setup(bundling) {
    bundling.onResolve({ filter: /^@akimetr\/api\// }, ({ path: name }) => ({
      path: path.join(root, 'api/src', `${name.slice('@akimetr/api/'.length)}.ts`),
    }));
  },
});

const domainTests = (root) =>
  readdirSync(path.join(root, 'test/domain'), { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .sort();

async function loadTests(root) {
  const tests = [];
  for (const name of domainTests(root)) {
    const file = `test/domain/${name}`;
    const bundle = await build({
      entryPoints: [path.join(root, file)],
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      logLevel: 'silent',
      plugins: [ownSources(root), externalPackages],
    });
    tests.push(...testsOf(file, path.join(root, file), bundle.outputFiles[0].text));
  }
  return tests;
}

/** Packages are not bundled, so that every test shares one fast-check and its settings. */
const externalPackages = {
  name: 'external-packages',
  setup(bundling) {
    bundling.onResolve({ filter: /^[a-z@]/ }, ({ path: name, kind }) =>
      kind === 'entry-point' ? null : { path: name, external: true },
    );
  },
};

/** What `describe` and `it` of one file declare. */
function testsOf(file, absolute, code) {
  const tests = [];
  const names = [];
  const describe = (name, declare) => {
    names.push(name);
    declare();
    names.pop();
  };
  const it = (name, body) => {
    const id = `${file} ${[...names, name].join(' ')}`;
    tests.push({ id, name: id, fileName: file, body });
  };
  describe.each = bind(describe);
  it.each = bind(it, false);
  const module = { exports: {} };
  const globals = { describe, it, expect, module, exports: module.exports, require: packageOf };
  const evaluate = new Function(...Object.keys(globals), '__dirname', code);
  evaluate(...Object.values(globals), path.dirname(absolute));
  return tests;
}

async function runTest({ id, name, fileName, body }) {
  const begun = performance.now();
  const result = (more) => ({
    id,
    name,
    fileName,
    timeSpentMs: performance.now() - begun,
    ...more,
  });
  try {
    await body();
    return result({ status: TestStatus.Success });
  } catch (error) {
    return result({ status: TestStatus.Failed, failureMessage: String(error?.message ?? error) });
  }
}

class InProcessRunner {
  #tests = [];

  /** Stryker's own account of mutants, which the mutated code looks at. */
  get #context() {
    return (globalThis.__stryker__ ??= {});
  }

  /** Nothing is tainted that would have to be loaded anew: no mutant is on while modules are loaded. */
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    this.#tests = await loadTests(process.cwd());
  }

  /** Measures every test, and orders them by cost: a mutant that a quick test kills never meets a slow one. */
  async dryRun() {
    const tests = [];
    for (const test of this.#tests) {
      this.#context.currentTestId = test.id;
      tests.push(await runTest(test));
    }
    this.#context.currentTestId = undefined;
    const cost = new Map(tests.map(({ id, timeSpentMs }) => [id, timeSpentMs]));
    this.#tests.sort((one, other) => cost.get(one.id) - cost.get(other.id));
    const { mutantCoverage } = this.#context;
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail }) {
    const context = this.#context;
    const wanted = new Set(testFilter);
    context.hitLimit = hitLimit;
    context.hitCount = hitLimit === undefined ? undefined : 0;
    context.activeMutant = activeMutant.id;
    const tests = [];
    for (const test of this.#tests) {
      if (testFilter !== undefined && !wanted.has(test.id)) continue;
      const result = await runTest(test);
      tests.push(result);
      if (result.status === TestStatus.Failed && !disableBail) break;
    }
    context.activeMutant = undefined;
    const endless = determineHitLimitReached(context.hitCount, context.hitLimit);
    return endless ?? toMutantRunResult({ status: DryRunStatus.Complete, tests }, disableBail);
  }
}

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'in-process', () => new InProcessRunner()),
];
