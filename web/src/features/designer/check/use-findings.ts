import { createContext, useContext, useEffect, useState } from 'react';
import type { Locale } from '@akimetr/api/contracts/common';
import type { QuestionnaireFault } from '@akimetr/api/contracts/questionnaires';
import type { DesignerStore } from '../model/designer-store.ts';

/** What was found in the draft as it was a moment ago. */
export interface Checked {
  readonly findings: readonly QuestionnaireFault[];
  /** Minutes it takes to read everything aloud. */
  readonly minutes: Readonly<Record<Locale, number>>;
}

/** `failed`: the check itself could not be loaded or broke off; the server still checks on publishing. */
export type CheckState = Checked | 'running' | 'failed';

export const CheckContext = createContext<CheckState>('running');

const none: readonly QuestionnaireFault[] = [];
export const findingsIn = (state: CheckState) =>
  typeof state === 'string' ? none : state.findings;
export const useFindings = (): readonly QuestionnaireFault[] =>
  findingsIn(useContext(CheckContext));

/** Whether a question or page of this name is found at fault; of a circle, every part of it is. */
export const concerns = ({ code, question, page, params }: QuestionnaireFault, name: string) =>
  (question ?? page) === name ||
  (code === 'cycle' && String(params.names).split(', ').includes(name));

const gravity = { error: 0, warning: 1, note: 2 } as const;

export const gravestFirst = (findings: readonly QuestionnaireFault[]): QuestionnaireFault[] =>
  [...findings].sort((one, other) => gravity[one.severity] - gravity[other.severity]);

/** About a pause between two words. */
const quietMs = 600;

/** Checks the draft beside the page when it has been quiet for a moment, so that nobody waits for it while typing. */
export function useCheck(store: DesignerStore): CheckState {
  const [state, setState] = useState<CheckState>('running');
  useEffect(() => {
    const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Checked>) => setState(data);
    worker.onerror = () => setState('failed');
    let timer: number | undefined;
    let sent: unknown = null;
    const check = () => {
      sent = store.doc();
      worker.postMessage(sent);
    };
    const later = () => {
      if (store.doc() === sent) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(check, quietMs);
    };
    later();
    const stop = store.subscribe(later);
    return () => {
      stop();
      window.clearTimeout(timer);
      worker.terminate();
    };
  }, [store]);
  return state;
}
