import type { LocalText } from '@akimetr/api/contracts/common';
import written from './app-changes.json';

export interface VersionChanges {
  readonly version: string;
  /** What an interviewer notices, a line each. */
  readonly changes: readonly LocalText[];
}

/** The newest first; a version that changes something for interviewers adds itself in the file. */
export const appChanges: readonly VersionChanges[] = written;

/**
 * What changed since a version was last seen.
 * @param seen null on a tablet that has just got the app: then nothing has changed for its interviewer
 */
export function changesSince(
  seen: string | null,
  versions: readonly VersionChanges[] = appChanges,
): readonly VersionChanges[] {
  if (seen === null) return [];
  const known = versions.findIndex(({ version }) => version === seen);
  return versions.slice(0, known === -1 ? 1 : known);
}
