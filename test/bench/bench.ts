/**
 * `npm run bench [part …]`: one JSON line per figure. Parts: server, estimation, coverage, field, designer; all
 * unless named. Of the tablet also one figure alone: field-bundle, field-start, field-tap, field-sync.
 */
import { cpus } from 'node:os';

const machine = {
  cores: cpus().length,
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
};
type Print = (figure: Record<string, unknown>) => void;
const print: Print = (figure) => console.log(JSON.stringify({ ...figure, ...machine }));

// Each part is loaded when its turn comes: the memory of one is not that of another's libraries.
const parts: Record<string, () => Promise<(print: Print) => Promise<void>>> = {
  server: async () => (await import('./server-bench.ts')).benchServer,
  estimation: async () => (await import('./estimation-bench.ts')).benchEstimation,
  coverage: async () => (await import('./estimation-bench.ts')).benchCoverage,
  field: async () => (await import('./field-bench.ts')).benchField,
  ...Object.fromEntries(
    (['bundle', 'start', 'tap', 'sync'] as const).map((figure) => [
      `field-${figure}`,
      async () => (await import('./field-bench.ts')).benchOfField[figure],
    ]),
  ),
  designer: async () => (await import('./designer-bench.ts')).benchDesigner,
};
const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (!(name in parts))
    throw new Error(`No part "${name}"; there are ${Object.keys(parts).join(', ')}.`);
}
for (const [name, load] of Object.entries(parts)) {
  const whole = wanted.length === 0 && !name.startsWith('field-');
  if (whole || wanted.includes(name)) await (await load())(print);
}
