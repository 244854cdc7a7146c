import { useSyncExternalStore } from 'react';
import { addressOf, routeOf } from './field-address.ts';
import type { FieldRoute } from './field-address.ts';

const changed = 'akimetr-route';

export function goTo(route: FieldRoute, how: 'push' | 'replace' = 'push'): void {
  window.history[how === 'push' ? 'pushState' : 'replaceState'](null, '', addressOf(route));
  window.dispatchEvent(new Event(changed));
  window.scrollTo(0, 0);
}

function subscribe(listener: () => void) {
  window.addEventListener('popstate', listener);
  window.addEventListener('hashchange', listener);
  window.addEventListener(changed, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener('hashchange', listener);
    window.removeEventListener(changed, listener);
  };
}

export function useRoute(): FieldRoute {
  return routeOf(useSyncExternalStore(subscribe, () => window.location.href));
}
