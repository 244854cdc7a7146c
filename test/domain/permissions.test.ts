import { may, mayIn, reachOf, regionLimit, type Actor } from '@akimetr/api/domain/permissions';
import { permission, role, type Permission, type Role } from '@akimetr/api/contracts/roles';

/** Who may do what, as the institute decided it: A administrator, S sociologist, V supervisor, I interviewer, O official; small: own regions. */
const decided: Record<Permission, string> = {
  'users.manage': 'A',
  'territories.read': 'ASVIO',
  'territories.import': 'A',
  'akims.read': 'ASVIO',
  'akims.import': 'A',
  'questionnaires.read': 'SV',
  'questionnaires.draft': 'S',
  'questionnaires.publish': 'S',
  'methodologies.read': 'S',
  'methodologies.publish': 'S',
  'waves.read': 'ASVO',
  'waves.manage': 'S',
  'assignments.read': 'Sv',
  'assignments.create': 'Sv',
  'field.work': 'vi',
  'outcome-rates.read': 'Sv',
  'quarantine.read': 'Sv',
  'rescue.import': 'Av',
  'pin-resets.create': 'v',
  'quarantine.decide': 'S',
  'devices.read': 'ASv',
  'devices.manage': 'Av',
  'rankings.read': 'ASVO',
  'rankings.read-unpublished': 'S',
  'publications.read': 'ASVO',
  'publications.propose': 'S',
  'publications.approve': 'S',
};
const letters: Record<Role, string> = {
  administrator: 'a',
  sociologist: 's',
  supervisor: 'v',
  interviewer: 'i',
  official: 'o',
};
const actorOf = (who: Role): Actor => ({ role: who, regions: ['750000000', '710000000'] });

describe('the permissions table', () => {
  it.each(role.options)('gives the %s what was decided and nothing else', (who) => {
    for (const one of permission.options) {
      const letter = letters[who];
      const reach = decided[one].includes(letter.toUpperCase())
        ? 'everywhere'
        : decided[one].includes(letter)
          ? 'own-regions'
          : null;
      expect([one, reachOf(actorOf(who), one)]).toEqual([one, reach]);
      expect(may(actorOf(who), one)).toBe(reach !== null);
    }
  });
});

describe('regions', () => {
  it('bind whoever works in their own', () => {
    const supervisor = actorOf('supervisor');
    expect(mayIn(supervisor, 'assignments.read', '750000000')).toBe(true);
    expect(mayIn(supervisor, 'assignments.read', '390000000')).toBe(false);
    expect(regionLimit(supervisor, 'assignments.read')).toEqual(supervisor.regions);
  });

  it('bind nobody whose permission reaches everywhere', () => {
    const sociologist: Actor = { role: 'sociologist', regions: [] };
    expect(mayIn(sociologist, 'assignments.read', '390000000')).toBe(true);
    expect(regionLimit(sociologist, 'assignments.read')).toBeNull();
  });

  it('give nothing to whoever has no permission', () => {
    expect(mayIn(actorOf('official'), 'assignments.read', '750000000')).toBe(false);
    expect(mayIn(actorOf('interviewer'), 'users.manage', '750000000')).toBe(false);
  });
});
