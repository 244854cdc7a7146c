import { createContext, useContext, useEffect, useState } from 'react';
import type { Locale } from '@akimetr/api/contracts/common';
import { checkQuestionnaire } from '@akimetr/api/contracts/questionnaires';
import type { QuestionnaireFault } from '@akimetr/api/contracts/questionnaires';
import { useCommand } from '../../../lib/api-hooks.ts';
import type { DesignerStore } from '../model/designer-store.ts';

/** What was found in the draft as it was a moment ago. */
export interface Checked {
  readonly findings: readonly QuestionnaireFault[];
  /** Minutes it takes to read everything aloud. */
  readonly minutes: Readonly<Record<Locale, number>>;
  /** Whether the server has added what only it can tell, or was not reached; nothing until then. */
  readonly server?: 'told' | 'unreached';
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

/**
 * Checks the draft: beside the page when it has been quiet for a moment, so that nobody waits for it while typing, and with
 * the server where somebody reads what is found.
 * @param reading whether the findings are being read
 */
export function useCheck(store: DesignerStore, code: string, reading: boolean): CheckState {
  return useServerCheck(store, code, useOwnCheck(store), reading);
}

/**
 * With what only the server can tell: types and properties that survey-core does not know, and names to which published
 * versions gave another meaning.
 */
function useServerCheck(
  store: DesignerStore,
  code: string,
  own: CheckState,
  reading: boolean,
): CheckState {
  const [last, setLast] = useState<{ own: CheckState; whole: CheckState }>({ own, whole: own });
  const { mutate } = useCommand(checkQuestionnaire);
  useEffect(() => {
    if (!reading || own === 'running') return;
    const unreached = own === 'failed' ? own : { ...own, server: 'unreached' as const };
    mutate(
      { body: { questionnaire: { ...store.doc(), code } } },
      {
        onSuccess: ({ faults, readingMinutes }) =>
          setLast({ own, whole: { findings: faults, minutes: readingMinutes, server: 'told' } }),
        onError: () => setLast({ own, whole: unreached }),
      },
    );
  }, [mutate, store, code, own, reading]);
  return last.own === own ? last.whole : own;
}

function useOwnCheck(store: DesignerStore): CheckState {
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
