import { z } from 'zod';

export const role = z.enum([
  'administrator',
  'sociologist',
  'supervisor',
  'interviewer',
  'official',
]);
export type Role = z.infer<typeof role>;

/** Everything a person may be allowed to do. Who may is decided in domain/permissions.ts alone. */
export const permission = z.enum([
  'users.manage',
  'territories.read',
  'territories.import',
  'akims.read',
  'akims.import',
  'questionnaires.read',
  'questionnaires.draft',
  'questionnaires.publish',
  'methodologies.read',
  'methodologies.publish',
  'waves.read',
  'waves.manage',
  'assignments.read',
  'assignments.create',
  'field.work',
  'outcome-rates.read',
  'quarantine.read',
  'rescue.import',
  'pin-resets.create',
  'quarantine.decide',
  'devices.read',
  'devices.manage',
  'rankings.read',
  'rankings.read-unpublished',
  'publications.read',
  'publications.propose',
  'publications.approve',
]);
export type Permission = z.infer<typeof permission>;
