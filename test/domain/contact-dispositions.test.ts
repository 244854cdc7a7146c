import { contactCodes } from '@akimetr/api/domain/contact-dispositions';

describe('contactCodes', () => {
  it('gives every result at the door its code and group of AAPOR', () => {
    expect(
      Object.entries(contactCodes).map(([name, { code, group }]) => `${name} ${code} ${group}`),
    ).toEqual([
      'complete 1.1 complete',
      'partial 1.2 partial',
      'refusal 2.11 refusal',
      'break_off 2.12 refusal',
      'not_at_home 2.25 non_contact',
      'appointment 2.30 other',
      'unable 2.32 other',
      'language_barrier 2.33 other',
      'other 2.36 other',
      'no_access 3.17 unknown_household',
      'no_answer 3.21 unknown_other',
      'not_a_dwelling 4.50 not_eligible',
      'nobody_eligible 4.70 not_eligible',
    ]);
  });
});
