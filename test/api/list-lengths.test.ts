import { totalOf } from '../../api/src/models/shared.ts';

describe('how long a list is of which a page is shown', () => {
  const counted = (count: number) => jest.fn(() => Promise.resolve(count));

  it('is never less than what the page shows, though somebody took rows away meanwhile', async () => {
    expect(await totalOf(10, 10, 20, counted(25))).toBe(30);
    expect(await totalOf(10, 10, 20, counted(31))).toBe(31);
  });

  it('is told by the page itself where that ends the list', async () => {
    const count = counted(99);
    expect(await totalOf(3, 10, 0, count)).toBe(3);
    expect(await totalOf(3, 10, 20, count)).toBe(23);
    expect(await totalOf(0, 10, 0, count)).toBe(0);
    expect(count).not.toHaveBeenCalled();
  });

  it('is counted on a page beyond its end', async () => {
    expect(await totalOf(0, 10, 40, counted(25))).toBe(25);
  });
});
