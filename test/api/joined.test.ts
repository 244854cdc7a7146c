import { Joined } from '../../api/src/services/joined.ts';
import fc from '../support/fast-check.ts';

/** Work that ends when the test says so. */
function held() {
  const pieces: { items: readonly number[]; end: () => void; fail: (error: Error) => void }[] = [];
  const work = (items: readonly number[]) =>
    new Promise<number[]>((resolve, reject) => {
      pieces.push({ items, end: () => resolve(items.map((item) => item * 10)), fail: reject });
    });
  return { pieces, work };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('Joined', () => {
  it('does at once what comes alone, and in one piece what comes while it is busy', async () => {
    const { pieces, work } = held();
    const joined = new Joined(work, 100);
    const first = joined.run([1]);
    const others = [joined.run([2, 3]), joined.run([4])];
    expect(pieces.map(({ items }) => items)).toEqual([[1]]);
    pieces[0].end();
    expect(await first).toEqual([10]);
    await turn();
    expect(pieces[1].items).toEqual([2, 3, 4]);
    pieces[1].end();
    expect(await Promise.all(others)).toEqual([[20, 30], [40]]);
  });

  it('fails those of a piece only, and goes on', async () => {
    const { pieces, work } = held();
    const joined = new Joined(work, 100);
    const lost = joined.run([1]);
    const next = joined.run([2]);
    pieces[0].fail(new Error('no database'));
    await expect(lost).rejects.toThrow('no database');
    await turn();
    pieces[1].end();
    expect(await next).toEqual([20]);
  });

  it('gives every call its own results, in pieces of bounded size that never overlap', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer(), { minLength: 1, maxLength: 5 }), { maxLength: 30 }),
        async (calls) => {
          let busy = false;
          const joined = new Joined<number, string>(async (items) => {
            expect(busy).toBe(false);
            expect(items.length).toBeLessThanOrEqual(8);
            busy = true;
            await turn();
            busy = false;
            return items.map(String);
          }, 8);
          const results = await Promise.all(calls.map((items) => joined.run(items)));
          expect(results).toEqual(calls.map((items) => items.map(String)));
        },
      ),
      { numRuns: 30 },
    );
  });
});
