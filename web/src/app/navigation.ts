import type { Permission, Role } from '@akimetr/api/contracts/roles';
import { may } from '@akimetr/api/domain/permissions';
import type { Actor } from '@akimetr/api/domain/permissions';

const places = [
  { key: 'rankings', path: '/rankings', permission: 'rankings.read' },
  { key: 'waves', path: '/waves', permission: 'waves.manage' },
  { key: 'assignments', path: '/assignments', permission: 'assignments.read' },
  { key: 'devices', path: '/devices', permission: 'devices.read' },
  { key: 'quarantine', path: '/quarantine', permission: 'quarantine.read' },
  { key: 'tabletHelp', path: '/tablet-help', permission: 'rescue.import' },
  { key: 'questionnaires', path: '/questionnaires', permission: 'questionnaires.read' },
  { key: 'methodologies', path: '/methodologies', permission: 'methodologies.read' },
  { key: 'akims', path: '/akims', permission: 'akims.read' },
  { key: 'territories', path: '/territories', permission: 'territories.read' },
  { key: 'users', path: '/users', permission: 'users.manage' },
  { key: 'field', path: '/field/', permission: 'field.work' },
] as const satisfies readonly { key: string; path: string; permission: Permission }[];

export type Place = (typeof places)[number];

/** The screens that a person may open, in the order of work. */
export function navigationFor(actor: Actor): readonly Place[] {
  return places.filter(({ permission }) => may(actor, permission));
}

/** Where a person's day begins. The tablet's app is a separate page, so its address is for a full load. */
export function homeOf(role: Role): { path: string; fullLoad: boolean } {
  const paths: Record<Role, string> = {
    official: '/rankings',
    sociologist: '/waves',
    supervisor: '/assignments',
    administrator: '/users',
    interviewer: '/field/',
  };
  return { path: paths[role], fullLoad: role === 'interviewer' };
}
