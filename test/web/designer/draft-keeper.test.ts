import {
  createDraftKeeper,
  type Content,
  type SaveResult,
} from '../../../web/src/features/designer/draft/draft-keeper.ts';

jest.useFakeTimers();

/** A keeper whose server answers as told, and what was sent to it. */
function keeping(...answers: SaveResult[]) {
  let now: Content = { doc: { title: 'first' }, scenarios: [] };
  const sent: { title: unknown; revision: number }[] = [];
  const keeper = createDraftKeeper(
    1,
    () => now,
    (content, revision) => {
      sent.push({ title: content.doc.title, revision });
      return Promise.resolve(answers.shift() ?? { saved: revision + 1 });
    },
  );
  const write = (title: string) => {
    now = { ...now, doc: { title } };
    keeper.touch();
  };
  return { keeper, sent, write };
}
const wait = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('keeping a draft', () => {
  it('saves once it has been quiet, each time from the revision before', async () => {
    const { keeper, sent, write } = keeping();
    write('a');
    write('b');
    expect(keeper.keeping().state).toBe('saving');
    await wait(1_000);
    write('c');
    await wait(1_000);
    expect(sent).toEqual([
      { title: 'b', revision: 1 },
      { title: 'c', revision: 2 },
    ]);
    expect(keeper.keeping().state).toBe('saved');
  });

  it('tries again by itself when the server was not reached, and loses nothing', async () => {
    const { keeper, sent, write } = keeping({ failed: true });
    write('a');
    await wait(1_000);
    expect(keeper.keeping().state).toBe('failed');
    write('b');
    await wait(6_000);
    expect(sent.at(-1)).toEqual({ title: 'b', revision: 1 });
    expect(keeper.keeping().state).toBe('saved');
  });

  it('never saves over a newer revision: it stops and says whose it is', async () => {
    const newer = { revision: 5, by: 'Asel', at: '2026-11-27T10:00:00Z' };
    const { keeper, sent, write } = keeping({ newer });
    write('a');
    await wait(1_000);
    write('b');
    await wait(60_000);
    expect(await keeper.settle()).toBe(false);
    expect(sent).toHaveLength(1);
    expect(keeper.keeping()).toEqual({ state: 'conflict', newer });
  });

  it('goes on from the newer revision once a person has merged the two', async () => {
    const newer = { revision: 5, by: 'Asel', at: '2026-11-27T10:00:00Z' };
    const { keeper, sent, write } = keeping({ newer });
    write('a');
    await wait(1_000);
    write('merged');
    expect(keeper.base().doc).toEqual({ title: 'first' });
    const theirs = { doc: { title: 'theirs' }, scenarios: [] };
    keeper.continueFrom(5, theirs);
    expect(keeper.base()).toBe(theirs);
    await wait(1_000);
    expect(sent.at(-1)).toEqual({ title: 'merged', revision: 5 });
    expect(keeper.revision()).toBe(6);
  });

  it('saves at once what is not saved yet when it is left or published', async () => {
    const { keeper, sent, write } = keeping();
    write('a');
    expect(await keeper.settle()).toBe(true);
    expect(sent).toEqual([{ title: 'a', revision: 1 }]);
  });
});
