import type { Permission, Role } from '../contracts/roles.ts';

/** How far a permission reaches: every region, or only those of the account. */
export type Reach = 'everywhere' | 'own-regions';

/** The one table of who may do what. A role that is not named may not. */
const table: Record<Permission, Partial<Record<Role, Reach>>> = {
  'users.manage': { administrator: 'everywhere' },
  'territories.read': {
    administrator: 'everywhere',
    sociologist: 'everywhere',
    supervisor: 'everywhere',
    interviewer: 'everywhere',
    official: 'everywhere',
  },
  'territories.import': { administrator: 'everywhere' },
  'akims.read': {
    administrator: 'everywhere',
    sociologist: 'everywhere',
    supervisor: 'everywhere',
    interviewer: 'everywhere',
    official: 'everywhere',
  },
  'akims.import': { administrator: 'everywhere' },
  'questionnaires.read': { sociologist: 'everywhere', supervisor: 'everywhere' },
  'questionnaires.draft': { sociologist: 'everywhere' },
  'questionnaires.publish': { sociologist: 'everywhere' },
  'methodologies.read': { sociologist: 'everywhere' },
  'methodologies.publish': { sociologist: 'everywhere' },
  'waves.read': {
    administrator: 'everywhere',
    sociologist: 'everywhere',
    supervisor: 'everywhere',
    official: 'everywhere',
  },
  'waves.manage': { sociologist: 'everywhere' },
  'assignments.read': { sociologist: 'everywhere', supervisor: 'own-regions' },
  'assignments.create': { sociologist: 'everywhere', supervisor: 'own-regions' },
  'field.work': { supervisor: 'own-regions', interviewer: 'own-regions' },
  'outcome-rates.read': { sociologist: 'everywhere', supervisor: 'own-regions' },
  'quarantine.read': { sociologist: 'everywhere', supervisor: 'own-regions' },
  'rescue.import': { administrator: 'everywhere', supervisor: 'own-regions' },
  'pin-resets.create': { supervisor: 'own-regions' },
  // Who runs the fieldwork does not decide which of its doubtful interviews count: decision 6.
  'quarantine.decide': { sociologist: 'everywhere' },
  'devices.read': {
    administrator: 'everywhere',
    sociologist: 'everywhere',
    supervisor: 'own-regions',
  },
  'devices.manage': { administrator: 'everywhere', supervisor: 'own-regions' },
  'rankings.read': {
    administrator: 'everywhere',
    sociologist: 'everywhere',
    supervisor: 'everywhere',
    official: 'everywhere',
  },
  'rankings.read-unpublished': { sociologist: 'everywhere' },
  'publications.read': {
    administrator: 'everywhere',
    sociologist: 'everywhere',
    supervisor: 'everywhere',
    official: 'everywhere',
  },
  'publications.propose': { sociologist: 'everywhere' },
  'publications.approve': { sociologist: 'everywhere' },
};

/** Whoever acts: a role, and the regions (KATO) of a supervisor or interviewer. */
export interface Actor {
  readonly role: Role;
  readonly regions: readonly string[];
}

/**
 * How far the actor's permission reaches; null when the role does not have it.
 * @example a supervisor and 'assignments.read' → 'own-regions'; an official → null
 */
export function reachOf(actor: Actor, permission: Permission): Reach | null {
  return table[permission][actor.role] ?? null;
}

/**
 * Whether the actor may do this at all, somewhere.
 * @example a supervisor and 'assignments.read' → true; an official → false
 */
export function may(actor: Actor, permission: Permission): boolean {
  return reachOf(actor, permission) !== null;
}

/**
 * Whether the actor may do this in a region.
 * @param region KATO code of the region
 * @example a supervisor of region 750000000 and 'assignments.read' in 390000000 → false
 */
export function mayIn(actor: Actor, permission: Permission, region: string): boolean {
  const reach = reachOf(actor, permission);
  return reach === 'everywhere' || (reach === 'own-regions' && actor.regions.includes(region));
}

/**
 * The regions a list must be cut to; null when it need not be cut.
 * @example a supervisor of region 750000000 and 'assignments.read' → ['750000000']; a sociologist → null
 */
export function regionLimit(actor: Actor, permission: Permission): readonly string[] | null {
  return reachOf(actor, permission) === 'everywhere' ? null : actor.regions;
}
