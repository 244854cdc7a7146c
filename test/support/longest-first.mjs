import Sequencer from '@jest/test-sequencer';

/** Tests that start a browser or a server take the longest: one that began last would leave the other worker idle. */
const rooms = ['/test/e2e/', '/test/scripts/'];
const rankOf = ({ path }) => {
  const rank = rooms.findIndex((room) => path.includes(room));
  return rank < 0 ? rooms.length : rank;
};

/** Jest knows how long a file takes only where it ran before, which on a clean checkout none did: there it goes by size. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rankOf(one) - rankOf(other));
  }
}
