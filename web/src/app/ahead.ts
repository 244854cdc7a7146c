import type { QueryClient } from '@tanstack/react-query';
import { matchPath } from 'react-router';
import { getMeta, getSession } from '@akimetr/api/contracts/session';
import { queryOf } from '../lib/api-hooks.ts';
import { designPath } from './designer.ts';

/**
 * Asks for what the first screen needs while the app is still being set up, each without waiting for the other: who is
 * signed in, and of a designer's address its code and its draft. A question that fails is asked again by the screen.
 */
export function askAhead(client: QueryClient, address: string): void {
  void client.prefetchQuery(queryOf(getSession, {}));
  void client.prefetchQuery(queryOf(getMeta, {}));
  const code = matchPath(designPath, address)?.params.code;
  if (code === undefined) return;
  // The router imports it again, with its texts, and tells what is wrong.
  import('../features/designer/DesignPage.tsx').catch(() => undefined);
  import('@akimetr/api/contracts/questionnaire-drafts').then(
    ({ getDraft }) => client.prefetchQuery(queryOf(getDraft, { params: { code } })),
    () => undefined,
  );
}
