/** Before each file of the node project: threads run the built file, as in the server; compiling it takes three times as long as starting it. */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import threads from 'node:worker_threads';

const sources = resolve(__dirname, '../../api/src');
const built = resolve(__dirname, '../../api/dist');

const isOfSources = (file: string) => file.startsWith(sources) && file.endsWith('-boot.mjs');

const { Worker } = threads;
// The module is Node's own, the same for every test file of this process.
if (Worker.name === 'Worker') {
  threads.Worker = class BuiltWorker extends Worker {
    constructor(file: string | URL, options?: threads.WorkerOptions) {
      const path = file instanceof URL ? fileURLToPath(file) : file;
      super(isOfSources(path) ? join(built, path.split('/').at(-1)!) : path, options);
    }
  };
}
