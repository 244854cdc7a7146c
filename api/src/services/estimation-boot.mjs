/** Lets the estimation thread read TypeScript: a thread does not take the loader over from its process. */
import { register } from 'tsx/esm/api';

register();
await import('./estimation-worker.ts');
