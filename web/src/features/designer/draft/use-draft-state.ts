import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { QuestionnaireDraft } from '@akimetr/api/contracts/questionnaire-drafts';
import { createDesignerStore, type DesignerStore } from '../model/designer-store.ts';
import { createBox } from './box.ts';
import type { DraftState } from './draft-context.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import { saveOnServer } from './save-draft.ts';

/** Everything that is open of a draft; whatever changes is saved, and what is not saved yet also when it is left. */
export function useDraftState(draft: QuestionnaireDraft): {
  store: DesignerStore;
  state: DraftState;
} {
  const [made] = useState(() => {
    const store = createDesignerStore(draft.questionnaire, () => performance.now());
    const scenarios = createBox<DraftState['scenarios']>(draft.scenarios);
    const keeper = createDraftKeeper(
      draft.revision,
      () => ({ doc: store.doc(), scenarios: scenarios.get() }),
      (content, revision) => saveOnServer(draft.code, content, revision),
    );
    return { store, scenarios, keeper, unfinishedJson: createBox<string | null>(null) };
  });
  const { store, scenarios, keeper, unfinishedJson } = made;
  useEffect(() => {
    const stops = [store.subscribe(keeper.touch), scenarios.subscribe(keeper.touch)];
    return () => {
      for (const stop of stops) stop();
      void keeper.settle();
    };
  }, [store, scenarios, keeper]);
  const shown = useSyncExternalStore(scenarios.subscribe, scenarios.get);
  const state = useMemo(
    (): DraftState => ({
      code: draft.code,
      keeper,
      scenarios: shown,
      setScenarios: scenarios.set,
      unfinishedJson,
    }),
    [draft.code, keeper, shown, scenarios, unfinishedJson],
  );
  return { store, state };
}
