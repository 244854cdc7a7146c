/** `npm run bench [part …]`: one JSON line per figure. Parts: server, estimation, field, designer; all unless named. */
import { cpus } from 'node:os';
import { benchDesigner } from './designer-bench.ts';
import { benchEstimation } from './estimation-bench.ts';
import { benchField } from './field-bench.ts';
import { benchServer } from './server-bench.ts';

const machine = {
  cores: cpus().length,
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
};
const print = (figure: Record<string, unknown>): void =>
  console.log(JSON.stringify({ ...figure, ...machine }));

const parts = {
  server: benchServer,
  estimation: benchEstimation,
  field: benchField,
  designer: benchDesigner,
};
const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (!(name in parts))
    throw new Error(`No part "${name}"; there are ${Object.keys(parts).join(', ')}.`);
}
for (const [name, run] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await run(print);
}
