import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Operation } from '../../api/src/contracts/operation.ts';

const folder = resolve(__dirname, '../../api/src/contracts');

/** Every operation of every contract, those of tomorrow too. */
export const operations = readdirSync(folder)
  .map((file) => jest.requireActual<Record<string, unknown>>(resolve(folder, file)))
  .flatMap((contract) => Object.values(contract))
  .filter(
    (value): value is Operation =>
      typeof value === 'object' && value !== null && 'access' in value && 'path' in value,
  );
