/**
 * Where to go after the sign-in: only an address of this site, since the parameter can be written by anybody.
 * @param next the `next` parameter of the address
 */
export function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
}
