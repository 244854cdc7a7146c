import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

type Texts = Record<string, string>;

/** The values that stand in the address, each with its default where the address does not name it. */
export function readUrlState<T extends Texts>(params: URLSearchParams, defaults: T): T {
  const pairs = Object.entries(defaults).map(([name, value]) => [name, params.get(name) ?? value]);
  return Object.fromEntries(pairs) as T;
}

/** The address after a change: defaults are not written, other parameters stay. */
export function writeUrlState<T extends Texts>(
  params: URLSearchParams,
  defaults: T,
  change: Partial<T>,
): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries<string | undefined>(change)) {
    if (value === undefined || value === defaults[name]) next.delete(name);
    else next.set(name, value);
  }
  return next;
}

/**
 * Filters that live in the address, so that a link shows the same and Back leads back.
 * @param defaults name → value when the address does not say; must not change between renders
 */
export function useUrlState<T extends Texts>(
  defaults: T,
): [state: T, change: (patch: Partial<T>) => void] {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => readUrlState(params, defaults), [params, defaults]);
  const change = useCallback(
    (patch: Partial<T>) =>
      setParams((now) => writeUrlState(now, defaults, patch), {
        replace: true,
        preventScrollReset: true,
      }),
    [setParams, defaults],
  );
  return [state, change];
}
