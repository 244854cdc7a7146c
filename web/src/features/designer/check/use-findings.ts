import { createContext, useContext, useEffect, useState } from 'react';
import type { QuestionnaireFault } from '@akimetr/api/contracts/questionnaires';
import { findingsOf } from '@akimetr/api/domain/questionnaire-check';
import type { DesignerStore } from '../model/designer-store.ts';

/** Everything found in the draft as it was a moment ago. */
export const FindingsContext = createContext<readonly QuestionnaireFault[]>([]);
export const useFindings = (): readonly QuestionnaireFault[] => useContext(FindingsContext);

/** Longer than a pause between two words: the check of a long questionnaire would hold up the next key. */
const quietMs = 1_000;

/** Checks the draft when it has been quiet for a moment, so that nobody waits for it while typing. */
export function useCheck(store: DesignerStore): readonly QuestionnaireFault[] {
  const [findings, setFindings] = useState<readonly QuestionnaireFault[]>([]);
  useEffect(() => {
    let timer: number | undefined;
    let checked: unknown = null;
    const check = () => {
      checked = store.doc();
      setFindings(findingsOf(store.doc()));
    };
    const later = () => {
      if (store.doc() === checked) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(check, quietMs);
    };
    later();
    const stop = store.subscribe(later);
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [store]);
  return findings;
}
