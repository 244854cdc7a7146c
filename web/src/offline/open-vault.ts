import type { Key } from '@akimetr/api/contracts/encryption';

/** The interviewer's data are locked in this tab. */
export class VaultLocked extends Error {
  constructor() {
    super('the data of this interviewer are locked');
    this.name = 'VaultLocked';
  }
}

/** Whose data this tab can read, and with which key. */
export interface Opened {
  readonly interviewerId: string;
  readonly key: Key;
}

/** The data key that is open in this tab: in memory only, so that a reload locks. */
export interface OpenVault {
  readonly current: () => Opened | null;
  readonly set: (opened: Opened | null) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function nothingOpen(): OpenVault {
  let current: Opened | null = null;
  const listeners = new Set<() => void>();
  return {
    current: () => current,
    set: (opened) => {
      current = opened;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
