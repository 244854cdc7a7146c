import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { canonicalJson } from '../../api/src/contracts/canonical-json.ts';
import { diffQuestionnaires } from '../../api/src/domain/questionnaire-diff.ts';
import { mergeQuestionnaires } from '../../api/src/domain/questionnaire-merge.ts';
import { aQuestionnaire } from '../support/random-questionnaire.ts';
import fc from '../support/fast-check.ts';

const shipped = JSON.parse(
  readFileSync(resolve(__dirname, '../../surveys/akim-district.json'), 'utf8'),
);
const changed = (change: (questionnaire: any) => void, from = shipped) => {
  const copy = structuredClone(from);
  change(copy);
  return copy;
};
const find = (questionnaire: any, name: string): any =>
  questionnaire.pages.flatMap((page: any) => page.elements).find((one: any) => one.name === name);
const verdictOf = (diff: any, indicator: string) =>
  diff.indicators.find((one: any) => one.indicator === indicator).verdict;

describe('the difference of two texts', () => {
  const diff = (change: (questionnaire: any) => void) =>
    diffQuestionnaires(shipped, changed(change));
  const trust = shipped.pages
    .flatMap((page: any) => page.elements)
    .find((one: any) => one.indicator === 'trust');

  it('is nothing for a text and itself', () => {
    const { changes, indicators } = diffQuestionnaires(shipped, structuredClone(shipped));
    expect(changes).toEqual([]);
    expect(new Set(indicators.map(({ verdict }) => verdict))).toEqual(new Set(['comparable']));
    fc.assert(
      fc.property(aQuestionnaire, (one) => {
        expect(diffQuestionnaires(one, one).changes).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('names a wording that changed in one language, and asks to check it', () => {
    const found = diff((q) => (find(q, trust.name).title.kk = 'Басқаша?'));
    expect(found.changes).toMatchObject([
      { kind: 'reworded', question: trust.name, property: 'title', languages: ['kk'] },
    ]);
    expect(verdictOf(found, 'trust')).toBe('check');
    expect(verdictOf(found, 'overall')).toBe('comparable');
  });

  it.each<[string, (question: any) => void, string]>([
    ['another scoring', (one) => (one.scoring.scores = {}), 'rescored'],
    ['another indicator', (one) => (one.indicator = 'overall'), 'indicator_changed'],
    ['another type', (one) => (one.type = 'dropdown'), 'type_changed'],
    ['a choice more', (one) => one.choices.splice(1, 0, { value: 'extra' }), 'choice_added'],
    ['a choice less', (one) => one.choices.splice(1, 1), 'choice_removed'],
  ])('says that %s breaks the comparison', (_what, change, kind) => {
    const found = diff((q) => change(find(q, trust.name)));
    expect(found.changes.map((one) => one.kind)).toContain(kind);
    expect(verdictOf(found, 'trust')).toBe('not_comparable');
  });

  it('names what was added, removed, moved, reordered and put under a condition', () => {
    const found = diff((q) => {
      const [first, second] = [q.pages[2].elements, q.pages[3].elements];
      second.push(first.shift());
      q.pages[1].elements.push({ type: 'text', name: 'brand_new', title: { en: 'New?' } });
      q.pages[1].elements.shift();
      find(q, trust.name).choices.reverse();
      find(q, trust.name).visibleIf = '{age} > 20';
    });
    const kinds = found.changes.map(({ kind, question }) => `${kind} ${question}`);
    expect(kinds).toEqual(
      expect.arrayContaining([
        'question_added brand_new',
        'question_removed settlement',
        'question_moved knows_akim',
        `choices_reordered ${trust.name}`,
        `logic_changed ${trust.name}`,
      ]),
    );
    expect(kinds).toHaveLength(5);
  });
});

describe('two drafts written from one text', () => {
  const merged = (mine: any, theirs: any, choices = {}) =>
    mergeQuestionnaires(shipped, mine, theirs, choices);

  it('give the text of whoever changed something', () => {
    fc.assert(
      fc.property(aQuestionnaire, aQuestionnaire, (base, other) => {
        const same = (a: unknown, b: unknown) => expect(canonicalJson(a)).toBe(canonicalJson(b));
        same(mergeQuestionnaires(base, base, base).questionnaire, base);
        same(mergeQuestionnaires(base, other, base).questionnaire, other);
        same(mergeQuestionnaires(base, base, other).questionnaire, other);
        const both = mergeQuestionnaires(base, other, other);
        same(both.questionnaire, other);
        expect(both.conflicts).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('are joined without a question when they touch different things', () => {
    const mine = changed((q) => {
      find(q, 'sex').title.kk = 'Менің';
      q.pages[1].elements.push({ type: 'text', name: 'mine_new' });
      find(q, 'settlement').choices.push({ value: 'other' });
    });
    const theirs = changed((q) => {
      find(q, 'sex').title.ru = 'Их';
      q.pages[2].elements.reverse();
      q.pages[1].elements.splice(0, 0, { type: 'text', name: 'their_new' });
      find(q, 'settlement').choices[0].text.en = 'Town';
    });
    for (const [one, other] of [
      [mine, theirs],
      [theirs, mine],
    ]) {
      const { questionnaire, conflicts } = merged(one, other);
      expect(conflicts).toEqual([]);
      expect(find(questionnaire, 'sex').title).toMatchObject({ kk: 'Менің', ru: 'Их' });
      const names = (questionnaire as any).pages[1].elements.map(({ name }: any) => name);
      expect(names).toEqual(['their_new', 'settlement', 'sex', 'age', 'mine_new']);
      expect(find(questionnaire, 'settlement').choices).toHaveLength(3);
      expect(find(questionnaire, 'settlement').choices[0].text.en).toBe('Town');
      expect((questionnaire as any).pages[2]).toEqual(theirs.pages[2]);
    }
  });

  it('conflict in one property and language, and each choice is obeyed', () => {
    const mine = changed((q) => (find(q, 'sex').title.kk = 'Менің'));
    const theirs = changed((q) => (find(q, 'sex').title.kk = 'Олардың'));
    const { questionnaire, conflicts } = merged(mine, theirs);
    expect(conflicts).toMatchObject([
      {
        key: 'question:sex/title@kk',
        question: 'sex',
        property: 'title',
        language: 'kk',
        mine: 'Менің',
        theirs: 'Олардың',
      },
    ]);
    expect(questionnaire).toEqual(mine);
    const chosen = merged(mine, theirs, { 'question:sex/title@kk': 'theirs' });
    expect(chosen.questionnaire).toEqual(theirs);
  });

  it('lose no change to a question that the other side removed, until somebody says so', () => {
    const mine = changed((q) => q.pages[1].elements.splice(1, 1));
    const theirs = changed((q) => (find(q, 'sex').title.kk = 'Олардың'));
    const { questionnaire, conflicts } = merged(mine, theirs);
    expect(conflicts).toMatchObject([{ key: 'question:sex/*', question: 'sex', property: null }]);
    expect(find(questionnaire, 'sex').title.kk).toBe('Олардың');
    const gone = merged(mine, theirs, { 'question:sex/*': 'mine' });
    expect(gone.questionnaire).toEqual(mine);
  });

  it('lose no change to a choice that the other side removed, until somebody says so', () => {
    const mine = changed((q) => find(q, 'sex').choices.splice(0, 1));
    const theirs = changed((q) => (find(q, 'sex').choices[0].text.kk = 'Еркек'));
    const { questionnaire, conflicts } = merged(mine, theirs);
    expect(conflicts.map(({ key }) => key)).toEqual(['question:sex/choices/male/']);
    expect(
      find(questionnaire, 'sex')
        .choices.map(({ value }: any) => value)
        .sort(),
    ).toEqual(['female', 'male']);
    const gone = merged(mine, theirs, { 'question:sex/choices/male/': 'mine' });
    expect(gone.questionnaire).toEqual(mine);
  });

  it('keep a question once when both moved it, or when its page went away', () => {
    const move = (to: number) =>
      changed((q) => q.pages[to].elements.push(q.pages[1].elements.splice(1, 1)[0]));
    const { questionnaire, conflicts } = merged(move(2), move(3));
    const text = JSON.stringify(questionnaire);
    expect(text.match(/"name":"sex"/g)).toHaveLength(1);
    expect(conflicts.map(({ property }) => property)).toEqual(['place']);
    const withoutPage = changed((q) => q.pages.splice(1, 1));
    const added = changed((q) => q.pages[1].elements.push({ type: 'text', name: 'added_there' }));
    const both = JSON.stringify(merged(withoutPage, added).questionnaire);
    expect(both.match(/"name":"added_there"/g)).toHaveLength(1);
  });
});
