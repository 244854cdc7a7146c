import { createContext, useContext, useSyncExternalStore } from 'react';
import type { FieldDatabase } from '../../../offline/database.ts';
import type { FieldApi } from '../../../offline/field-api.ts';
import type { Opening } from '../../../offline/opening.ts';
import type { PinTries } from '../../../offline/pin-tries.ts';
import type { VersionChanges } from './app-changes.ts';
import type { Sync, SyncState } from '../../../offline/sync.ts';

/** What every screen of the tablet works with; made once, when the app starts. */
export interface FieldServices {
  readonly db: FieldDatabase;
  readonly api: FieldApi;
  readonly sync: Sync;
  readonly pinTries: PinTries;
  readonly appVersion: string;
  readonly appUpdate: AppUpdate;
  /** What was read before the first screen. */
  readonly opening?: Opening | null;
}

/** A newer app that waits until no draft is open. */
export interface AppUpdate {
  /** What it changes, as far as that is known by now; null when none waits. */
  readonly waiting: () => readonly VersionChanges[] | null;
  readonly subscribe: (listener: () => void) => () => void;
}

export const FieldServicesContext = createContext<FieldServices | null>(null);

export function useField(): FieldServices {
  const services = useContext(FieldServicesContext);
  if (!services) throw new Error('a field screen outside the field app');
  return services;
}

export function useSyncState(): SyncState {
  const { sync } = useField();
  return useSyncExternalStore(sync.subscribe, sync.state);
}
