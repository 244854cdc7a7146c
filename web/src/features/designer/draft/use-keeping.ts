import { useEffect, useState } from 'react';
import type { DesignerStore } from '../model/designer-store.ts';
import { writeLocalDraft } from './local-draft.ts';
import type { Scenario } from './scenario.ts';

export type Keeping = 'saved' | 'saving' | 'failed';

const quietMs = 700;

/** Keeps the draft in this browser a moment after each change, and at once when the page is left. */
export function useKeeping(
  code: string,
  store: DesignerStore,
  scenarios: readonly Scenario[],
  basedOn: number | null,
): Keeping {
  const [keeping, setKeeping] = useState<Keeping>('saved');
  useEffect(() => {
    let timer: number | undefined;
    let written = store.doc();
    const write = () => {
      window.clearTimeout(timer);
      written = store.doc();
      const kept = writeLocalDraft(code, {
        questionnaire: { ...written },
        scenarios: [...scenarios],
        basedOn,
      });
      setKeeping(kept ? 'saved' : 'failed');
    };
    const later = () => {
      if (store.doc() === written) return;
      setKeeping('saving');
      window.clearTimeout(timer);
      timer = window.setTimeout(write, quietMs);
    };
    const leave = () => {
      if (store.doc() !== written) write();
    };
    if (scenarios.length > 0) write();
    const stop = store.subscribe(later);
    window.addEventListener('pagehide', leave);
    return () => {
      leave();
      stop();
      window.removeEventListener('pagehide', leave);
    };
  }, [code, store, scenarios, basedOn]);
  return keeping;
}
