// On Node 20 a worker thread ignores `--import tsx` for its own first file, so this one, in JavaScript, registers it.
import { register } from 'tsx/esm/api';

register();
await import('./engine-worker.ts');
