import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import type { Operation, ReplyOf } from '@akimetr/api/contracts/operation';
import { call } from './api-client.ts';
import type { CallOptions } from './api-client.ts';

type Options<O extends Operation> = Omit<CallOptions<O>, 'signal' | 'gzip'>;
type AnyCall = (op: Operation, options: object) => Promise<unknown>;

/** Where the replies of an operation are cached: all of them, or those to one question. */
export function keyOf(op: Operation, options?: object): readonly unknown[] {
  return options ? [op.path, op.method, options] : [op.path, op.method];
}

const againMs = 10_000;

interface Reading<O extends Operation> {
  /** False while the question cannot be asked yet. */
  enabled?: boolean;
  /** Keep the last reply on screen while the next one comes: paging and filtering do not jump. */
  keep?: boolean;
  /** How long a reply is taken as fresh; half a minute unless said. */
  freshForMs?: number;
  /** Asks again while this says so of the last reply; every ten seconds. */
  againWhile?: (reply: ReplyOf<O>) => boolean;
}

/** A question to the API and where its reply is cached. */
export const queryOf = <O extends Operation>(op: O, options: Options<O>) => ({
  queryKey: keyOf(op, options),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    (call as AnyCall)(op, { ...options, signal }) as Promise<ReplyOf<O>>,
});

/** Reads an operation of the API, cached by its question. */
export function useApi<O extends Operation>(
  op: O,
  options: Options<O>,
  { enabled = true, keep = false, freshForMs, againWhile }: Reading<O> = {},
): UseQueryResult<ReplyOf<O>> {
  return useQuery<ReplyOf<O>>({
    ...queryOf(op, options),
    enabled,
    ...(freshForMs !== undefined && { staleTime: freshForMs }),
    ...(againWhile && {
      refetchInterval: ({ state: { data } }) => data !== undefined && againWhile(data) && againMs,
    }),
    ...(keep && { placeholderData: keepPreviousData }),
  });
}

/**
 * Calls an operation that changes something.
 * @param refreshes the operations whose cached replies are no longer right afterwards
 */
export function useCommand<O extends Operation>(
  op: O,
  refreshes: readonly Operation[] = [],
): UseMutationResult<ReplyOf<O>, Error, Options<O>> {
  const client = useQueryClient();
  return useMutation<ReplyOf<O>, Error, Options<O>>({
    mutationFn: (options) => (call as AnyCall)(op, options) as Promise<ReplyOf<O>>,
    onSuccess: () =>
      Promise.all(refreshes.map((read) => client.invalidateQueries({ queryKey: keyOf(read) }))),
  });
}
