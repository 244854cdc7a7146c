import { useSyncExternalStore } from 'react';

/** The tablet's few screens. */
export type FieldRoute =
  | { readonly screen: 'home' | 'outbox' | 'tablet' | 'sign-in' }
  | { readonly screen: 'assignment' | 'interview'; readonly id: string };

const base = '/field/';

/** The screen of an address; an unknown one is home, for an interviewer has no use for an error page. */
export function routeOf(pathname: string): FieldRoute {
  const [screen, id] = pathname.slice(base.length).split('/');
  if (screen === 'outbox' || screen === 'tablet' || screen === 'sign-in') return { screen };
  if (screen === 'assignments' && id) return { screen: 'assignment', id };
  if (screen === 'interviews' && id) return { screen: 'interview', id };
  return { screen: 'home' };
}

export function addressOf(route: FieldRoute): string {
  switch (route.screen) {
    case 'home':
      return base;
    case 'assignment':
      return `${base}assignments/${route.id}`;
    case 'interview':
      return `${base}interviews/${route.id}`;
    default:
      return base + route.screen;
  }
}

const changed = 'akimetr-route';

export function goTo(route: FieldRoute, how: 'push' | 'replace' = 'push'): void {
  window.history[how === 'push' ? 'pushState' : 'replaceState'](null, '', addressOf(route));
  window.dispatchEvent(new Event(changed));
  window.scrollTo(0, 0);
}

function subscribe(listener: () => void) {
  window.addEventListener('popstate', listener);
  window.addEventListener(changed, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(changed, listener);
  };
}

export function useRoute(): FieldRoute {
  return routeOf(useSyncExternalStore(subscribe, () => window.location.pathname));
}
