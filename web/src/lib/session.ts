import type { Permission } from '@akimetr/api/contracts/roles';
import { getMeta, getSession } from '@akimetr/api/contracts/session';
import type { SessionUser } from '@akimetr/api/contracts/session';
import { may } from '@akimetr/api/domain/permissions';
import { useApi } from './api-hooks.ts';

const anHourMs = 3_600_000;

/** Who is signed in; `data.session` is null when nobody is. */
export function useSession() {
  return useApi(getSession, {}, { freshForMs: 5 * 60_000 });
}

/** What any screen may know before anybody has signed in. */
export function useMeta() {
  return useApi(getMeta, {}, { freshForMs: anHourMs });
}

/** The person signed in. Only on screens behind the sign-in. */
export function useUser(): SessionUser {
  const user = useSession().data?.session?.user;
  if (!user) throw new Error('used outside the signed-in part');
  return user;
}

/** Whether the person signed in may do this, somewhere. */
export function useMay(permission: Permission): boolean {
  const user = useSession().data?.session?.user;
  return user !== undefined && may(user, permission);
}
