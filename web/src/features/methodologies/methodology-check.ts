import { methodology as methodologySchema, ruleFaults } from '@akimetr/api/contracts/methodologies';
import type { Methodology, MethodologyRuleFault } from '@akimetr/api/contracts/methodologies';

/** What can be wrong with a methodology's file; `path` is where, for those who wrote it. */
export interface MethodologyFault {
  kind: 'shape' | 'sum' | 'twice' | MethodologyRuleFault['kind'];
  path: string;
  /** The sum of the importances, or what stands twice or in the wrong order. */
  found: string;
}

export type MethodologyCheck =
  { methodology: Methodology; faults: [] } | { methodology: null; faults: MethodologyFault[] };

/** Checks a file before it is sent: its shape by the contract, and that importances sum to 1. */
export function checkMethodology(value: unknown): MethodologyCheck {
  const parsed = methodologySchema.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path }) => ({
      kind: 'shape' as const,
      path: path.join('.'),
      found: '',
    }));
    return { methodology: null, faults };
  }
  const indicators = parsed.data.blocks.flatMap(({ indicators: inBlock }) => inBlock);
  const faults: MethodologyFault[] = [];
  const sum = indicators.reduce((total, { importance }) => total + importance, 0);
  if (Math.abs(sum - 1) > 1e-9) {
    faults.push({ kind: 'sum', path: 'blocks', found: String(Number(sum.toFixed(6))) });
  }
  const codes = indicators.map(({ code }) => code);
  const repeated = new Set(codes.filter((code, place) => codes.indexOf(code) !== place));
  for (const code of repeated) faults.push({ kind: 'twice', path: 'blocks', found: code });
  faults.push(...ruleFaults(parsed.data));
  return faults.length > 0
    ? { methodology: null, faults }
    : { methodology: parsed.data, faults: [] };
}
