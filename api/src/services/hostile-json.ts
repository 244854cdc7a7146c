import { faultMessage } from '../contracts/fault-messages.ts';
const deepest = 40;
/** Keys that a database or JavaScript itself would take for more than a name. */
const hostileKey = /^\$|[.\0]|^(__proto__|constructor|prototype)$/;

/**
 * What makes a parsed JSON value unfit to be kept as it is: nesting that would exhaust the stack of what
 * works on it afterwards, or keys with a meaning of their own. Walks without recursion.
 * @returns the reason; null when there is none
 */
export function hostileReason(value: unknown): string | null {
  const waiting: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth >= deepest) return faultMessage('too_deep', { levels: deepest });
    for (const [key, child] of Object.entries(next.value)) {
      if (hostileKey.test(key)) return faultMessage('hostile_key', { key: key.slice(0, 50) });
      if (typeof child === 'object') waiting.push({ value: child, depth: next.depth + 1 });
    }
  }
  return null;
}
