import i18next from 'i18next';
import { CheckTab } from '../../../web/src/features/designer/check/CheckTab.tsx';
import {
  missingWords,
  scoringWords,
} from '../../../web/src/features/designer/versions/scoring-words.ts';
import { showPart } from './support.tsx';

describe('a scoring rule in words', () => {
  it.each<[unknown, string]>([
    [{ kind: 'linear', from: 1, to: 5 }, 'evenly from 1 to 5: 0 to 100'],
    [
      { kind: 'linear', from: 5, to: 1, reversedRows: ['a'] },
      'evenly from 5 to 1: 0 to 100; rows worded the other way round: A',
    ],
    [{ kind: 'share', of: ['a', 'b'], reversed: true }, 'share ticked of: A, B; reversed'],
    [{ kind: 'count', of: ['a'], full: 1 }, 'number ticked of: A; full score at 1'],
    [{ kind: 'position', choice: 'a' }, 'place of the choice “A”'],
    [
      { kind: 'columns', columns: { mark: { kind: 'map', scores: { a: 100 } } } },
      'column mark: A — 100',
    ],
    [undefined, 'not scored'],
    [{ kind: 'map', scores: 7 }, '{"kind":"map","scores":7}'],
    ['odd', '"odd"'],
  ])('%j', async (rule, words) => {
    await showPart(<CheckTab />, { pages: [] });
    const t = i18next.getFixedT('en', 'designer');
    const nameOf = (value: string) => value.toUpperCase();
    expect(scoringWords(rule, t, nameOf)).toBe(words);
    expect(missingWords({ notApplicable: ['x'] }, t, nameOf)).toBe('not applicable: X');
    expect(missingWords([1], t, nameOf)).toBe('[1]');
  });
});
