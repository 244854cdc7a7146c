import { role as roleSchema } from '@akimetr/api/contracts/roles';
import { homeOf, navigationFor } from '../../../web/src/app/navigation.ts';

const keysOf = (role: (typeof roleSchema.options)[number]) =>
  navigationFor({ role, regions: [] }).map(({ key }) => key);

describe('navigationFor', () => {
  it('shows each role the screens it may open', () => {
    expect(keysOf('official')).toEqual(['rankings', 'akims', 'territories']);
    expect(keysOf('administrator')).toEqual([
      'rankings',
      'devices',
      'tabletHelp',
      'akims',
      'territories',
      'users',
    ]);
    expect(keysOf('supervisor')).toContain('field');
    expect(keysOf('sociologist')).toContain('waves');
  });

  it('never shows scores to an interviewer, nor users to anybody but an administrator', () => {
    expect(keysOf('interviewer')).not.toContain('rankings');
    for (const role of roleSchema.options) {
      expect(keysOf(role).includes('users')).toBe(role === 'administrator');
    }
  });
});

describe('homeOf', () => {
  it('is a screen that the role may open', () => {
    for (const role of roleSchema.options) {
      const paths = navigationFor({ role, regions: [] }).map(({ path }) => path as string);
      expect(paths).toContain(homeOf(role).path);
    }
  });

  it('is the tablet for an interviewer, which is another page', () => {
    expect(homeOf('interviewer')).toEqual({ path: '/field/', fullLoad: true });
    expect(homeOf('official').fullLoad).toBe(false);
  });
});
