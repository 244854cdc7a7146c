/** The tablet's few screens. */
export type FieldRoute =
  | { readonly screen: 'home' | 'outbox' | 'tablet' | 'ready' | 'sign-in' }
  | { readonly screen: 'enrol'; readonly code: string }
  | { readonly screen: 'assignment' | 'interview'; readonly id: string };

const base = '/field/';
/** After the #, so that the code in it is never sent to the server with the page, nor written into a log. */
const enrolHash = '#/enrol';

/** The screen of an address; an unknown one is home, for an interviewer has no use for an error page. */
export function routeOf(address: string): FieldRoute {
  const { pathname, hash } = new URL(address, window.location.origin);
  const [enrol, query] = hash.split('?');
  if (enrol === enrolHash) {
    return { screen: 'enrol', code: new URLSearchParams(query).get('code') ?? '' };
  }
  const [screen, id] = pathname.slice(base.length).split('/');
  if (screen === 'outbox' || screen === 'tablet' || screen === 'ready' || screen === 'sign-in') {
    return { screen };
  }
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
    case 'enrol':
      return base + enrolHash;
    default:
      return base + route.screen;
  }
}
