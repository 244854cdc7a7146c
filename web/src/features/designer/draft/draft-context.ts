import { createContext, useContext } from 'react';
import type { Scenario } from './scenario.ts';

/** What belongs to the draft and is no part of the questionnaire itself. */
export interface DraftState {
  readonly code: string;
  readonly scenarios: readonly Scenario[];
  readonly setScenarios: (scenarios: readonly Scenario[]) => void;
}

export const DraftContext = createContext<DraftState | null>(null);

export function useDraft(): DraftState {
  const draft = useContext(DraftContext);
  if (!draft) throw new Error('no draft around this part');
  return draft;
}
