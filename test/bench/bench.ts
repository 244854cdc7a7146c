/** `npm run bench [part …]`: one JSON line per figure. Parts: server, estimation, field, designer; all unless named. */
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
  field: async () => (await import('./field-bench.ts')).benchField,
  designer: async () => (await import('./designer-bench.ts')).benchDesigner,
};
const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (!(name in parts))
    throw new Error(`No part "${name}"; there are ${Object.keys(parts).join(', ')}.`);
}
for (const [name, load] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await (await load())(print);
}
