import { createContext, useContext } from 'react';
import type { Scenario } from '@akimetr/api/contracts/questionnaire-drafts';
import type { Box } from './box.ts';
import type { DraftKeeper } from './draft-keeper.ts';

/** What belongs to the draft and is no part of the questionnaire itself. */
export interface DraftState {
  readonly code: string;
  readonly keeper: DraftKeeper;
  readonly scenarios: readonly Scenario[];
  readonly setScenarios: (scenarios: readonly Scenario[]) => void;
  /** Text of the JSON tab that is not JSON yet: kept while other tabs are open. */
  readonly unfinishedJson: Box<string | null>;
}

export const DraftContext = createContext<DraftState | null>(null);

export function useDraft(): DraftState {
  const draft = useContext(DraftContext);
  if (!draft) throw new Error('no draft around this part');
  return draft;
}
