import { readUrlState, writeUrlState } from '../../../web/src/lib/url-state.ts';

const defaults = { level: '', page: '1' };

describe('the state in an address', () => {
  it('is the default where the address does not say', () => {
    expect(readUrlState(new URLSearchParams('level=rural&other=1'), defaults)).toEqual({
      level: 'rural',
      page: '1',
    });
  });

  it('leaves defaults and nothing else out of the address', () => {
    const now = new URLSearchParams('level=rural&page=3&other=1');
    expect(writeUrlState(now, defaults, { page: '1' }).toString()).toBe('level=rural&other=1');
    expect(writeUrlState(now, defaults, { level: 'region', page: '1' }).toString()).toBe(
      'level=region&other=1',
    );
    expect(now.toString()).toBe('level=rural&page=3&other=1');
  });
});
