import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { getSession } from '@akimetr/api/contracts/session';
import { ApiProblem, NetworkProblem } from './api-client.ts';
import { keyOf } from './api-hooks.ts';

/** One cache for the app. When the server says that nobody is signed in, the session is over on every screen. */
export function makeQueryClient(): QueryClient {
  const endSession = (error: Error) => {
    if (error instanceof ApiProblem && error.code === 'not_signed_in') {
      client.setQueryData(keyOf(getSession, {}), { session: null });
    }
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: endSession }),
    mutationCache: new MutationCache({ onError: endSession }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // A refusal does not change by asking again; a broken line may mend.
        retry: (times, error) => error instanceof NetworkProblem && times < 1,
        retryDelay: 800,
        networkMode: 'always',
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
