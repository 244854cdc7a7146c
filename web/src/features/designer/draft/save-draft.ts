import { saveDraft } from '@akimetr/api/contracts/questionnaire-drafts';
import { ApiProblem, call } from '../../../lib/api-client.ts';
import type { Content, SaveResult } from './draft-keeper.ts';

/** One try to save a draft on the server. */
export async function saveOnServer(
  code: string,
  { doc, scenarios }: Content,
  revision: number,
): Promise<SaveResult> {
  try {
    const body = { revision, questionnaire: { ...doc }, scenarios: [...scenarios] };
    const saved = await call(saveDraft, { params: { code }, body });
    return { saved: saved.revision };
  } catch (error) {
    if (error instanceof ApiProblem && error.newer) return { newer: error.newer };
    const refused = error instanceof ApiProblem && error.status < 500 && error.status !== 429;
    return refused ? { refused: error } : { failed: true };
  }
}
