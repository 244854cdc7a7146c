import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void) {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

/** Whether the device has a network at all; that the server can be reached only a sync shows. */
export const useNetwork = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);
