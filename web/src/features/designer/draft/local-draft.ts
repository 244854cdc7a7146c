import { z } from 'zod';
import { questionnaireJson } from '@akimetr/api/contracts/questionnaires';
import { scenario } from './scenario.ts';

const localDraft = z.object({
  questionnaire: questionnaireJson,
  scenarios: z.array(scenario),
  /** The published version it was begun from; null when from nothing. */
  basedOn: z.number().int().nullable(),
});
export type LocalDraft = z.infer<typeof localDraft>;

const keyFor = (code: string) => `akimetr.designer.${code}`;

/** The draft kept in this browser; null when there is none. */
export function readLocalDraft(code: string): LocalDraft | null {
  try {
    const read = localDraft.safeParse(JSON.parse(window.localStorage.getItem(keyFor(code)) ?? ''));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** @returns whether the browser kept it */
export function writeLocalDraft(code: string, draft: LocalDraft): boolean {
  try {
    window.localStorage.setItem(keyFor(code), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropLocalDraft(code: string): void {
  try {
    window.localStorage.removeItem(keyFor(code));
  } catch {
    // Nothing is kept where nothing can be kept.
  }
}
