import { useState } from 'react';
import type { z } from 'zod';
import { ApiProblem } from './api-client.ts';

/** What a form shows: its values, and which of them (dotted paths) are not right. */
export interface ContractForm<Values> {
  values: Values;
  /** Changes some values and takes their faults away. */
  set: (patch: Partial<Values>) => void;
  faulty: (path: string) => boolean;
  anyFault: boolean;
  /** Checks against the contract; the values as the operation wants them, or null and the faults are marked. */
  check: () => Values | null;
  /** Marks the fields that the server named. @param inside where in the request these values stand; the body unless said */
  markFrom: (inside?: string) => (problem: unknown) => void;
}

/**
 * A form over a body of the contracts: what the server will check is checked here, by the same schema.
 * @param schema the operation's body; only which fields are wrong is taken from it, the words are the screen's
 */
export function useContractForm<Values extends object>(
  schema: z.ZodType,
  initial: Values,
): ContractForm<Values> {
  const [values, setValues] = useState(initial);
  const [faults, setFaults] = useState<readonly string[]>([]);
  return {
    values,
    set: (patch) => {
      setValues((now) => ({ ...now, ...patch }));
      setFaults((now) => now.filter((path) => !Object.hasOwn(patch, path.split('.')[0] ?? '')));
    },
    faulty: (path) => faults.some((fault) => fault === path || fault.startsWith(`${path}.`)),
    anyFault: faults.length > 0,
    check: () => {
      const { success, error } = schema.safeParse(values);
      setFaults(success ? [] : error.issues.map((issue) => issue.path.join('.')));
      return success ? values : null;
    },
    markFrom:
      (inside = 'body') =>
      (problem) => {
        if (!(problem instanceof ApiProblem)) return;
        setFaults(problem.fields.map(({ path }) => path.replace(`${inside}.`, '')));
      },
  };
}
