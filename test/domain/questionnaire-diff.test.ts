import { diffQuestionnaires } from '../../api/src/domain/questionnaire-diff.ts';

type Json = Record<string, unknown>;
const whole = (...elements: object[]): Json => ({ pages: [{ name: 'p', elements }] });
const q = (name: string, more: Json = {}): Json => ({ type: 'radiogroup', name, ...more });
/** Every change as [kind, question, page, property, languages, before, after]. */
const changes = (older: Json, newer: Json) =>
  diffQuestionnaires(older, newer).changes.map(
    ({ kind, question, page, property, languages, before, after }) => [
      ...[kind, question, page, property, languages.join(), before, after],
    ],
  );
const indicators = (older: Json, newer: Json) =>
  diffQuestionnaires(older, newer).indicators.map(({ indicator, verdict, reasons }) => [
    ...[indicator, verdict],
    ...reasons.map(({ kind, question, languages }) => `${kind} ${question} ${languages.join()}`),
  ]);

describe('what changed between two texts, told in full', () => {
  it('wordings by language: what was there, what is there', () => {
    const older = q('q', { title: { kk: 'a', ru: 'b' } });
    const newer = q('q', { title: { kk: 'a2', ru: 'b2', en: 'c' } });
    expect(changes(whole(older), whole(newer))).toEqual([
      ['reworded', 'q', 'p', 'title', 'kk,ru,en', 'kk: a\nru: b\nen: –', 'kk: a2\nru: b2\nen: c'],
    ]);
    expect(changes(whole(q('q', { title: { ru: 'b', kk: 'a' } })), whole(older))).toEqual([]);
    const one = q('q', { title: { kk: 'a', ru: 'b3' } });
    expect(changes(whole(older), whole(one))).toEqual([
      ['reworded', 'q', 'p', 'title', 'ru', 'ru: b', 'ru: b3'],
    ]);
  });

  it('a text without a language is read in all of them', () => {
    const plain = q('q', { title: 'a', description: { ru: 'x' } });
    expect(changes(whole(plain), whole(q('q', { title: { kk: 'a' } })))).toEqual([
      ['reworded', 'q', 'p', 'title', 'kk,ru,en', 'kk: a\nru: a\nen: a', 'kk: a\nru: –\nen: –'],
      ['reworded', 'q', 'p', 'description', 'ru', 'ru: x', 'ru: –'],
    ]);
  });

  it('choices that came, went and changed places, without their own properties', () => {
    const older = q('q', { choices: ['a', 'b', 3] });
    const newer = q('q', { choices: [3, 'b', { value: 'x/y', text: { kk: 'X' }, score: 1 }] });
    expect(changes(whole(older), whole(newer))).toEqual([
      ['choice_added', 'q', 'p', 'choices', '', null, 'x/y'],
      ['choice_removed', 'q', 'p', 'choices', '', 'a', null],
      ['choices_reordered', 'q', 'p', 'choices', '', 'a, b, 3', '3, b, x/y'],
    ]);
    expect(changes(whole(newer), whole(older)).map(([kind]) => kind)).toEqual([
      ...['choice_added', 'choice_removed', 'choices_reordered'],
    ]);
    const inserted = q('q', { choices: ['a', 'x=', 'b', 3] });
    expect(changes(whole(older), whole(inserted))).toEqual([
      ['choice_added', 'q', 'p', 'choices', '', null, 'x='],
    ]);
  });

  it('properties of a choice that stays', () => {
    const older = q('q', { choices: [{ value: 'a', text: { kk: 'A' }, score: 1 }, 'b'] });
    const a = { value: 'a', text: { kk: 'A2' }, score: 2, visibleIf: '{x}=1' };
    // A choice that went takes none of the changes of the others with it.
    expect(changes(whole(older), whole(q('q', { choices: [a] })))).toEqual([
      ['choice_removed', 'q', 'p', 'choices', '', 'b', null],
      ['setting_changed', 'q', 'p', 'choices/a/score', '', '1', '2'],
      ['logic_changed', 'q', 'p', 'choices/a/visibleIf', '', null, '{x}=1'],
      ['reworded', 'q', 'p', 'choices/a/text', 'kk', 'kk: A', 'kk: A2'],
    ]);
  });

  it('everything else by what it decides', () => {
    const scoring = (a: number) => ({ kind: 'map', scores: { a } });
    const older = q('q', { scoring: scoring(1), isRequired: true, rateMax: 5, width: '1' });
    const newer = {
      ...q('q', { scoring: scoring(2), missingValues: { refused: [1] }, rateMax: 7 }),
      ...{ visibleIf: '{z}=1', type: 'dropdown' },
    };
    expect(changes(whole(older), whole(newer))).toEqual([
      ['type_changed', 'q', 'p', 'type', '', 'radiogroup', 'dropdown'],
      [
        ...['rescored', 'q', 'p', 'scoring', ''],
        ...['{"kind":"map","scores":{"a":1}}', '{"kind":"map","scores":{"a":2}}'],
      ],
      ['missing_changed', 'q', 'p', 'missingValues', '', null, '{"refused":[1]}'],
      ['scale_changed', 'q', 'p', 'rateMax', '', '5', '7'],
      ['logic_changed', 'q', 'p', 'visibleIf', '', null, '{z}=1'],
      ['logic_changed', 'q', 'p', 'isRequired', '', 'true', null],
      ['setting_changed', 'q', 'p', 'width', '', '1', null],
    ]);
  });

  it('pages and questions that came, went and moved, by what they are called', () => {
    const older = {
      pages: [
        { name: 'a', title: { en: 'A' }, elements: [q('q1'), q('q2'), q('q3')] },
        { name: 'b', elements: [] },
      ],
    };
    const newer = {
      pages: [
        { name: 'b', elements: [q('q1')] },
        {
          ...{ name: 'c', title: 'C' },
          elements: [
            ...[q('q3'), q('q2', { title: { ru: 'Р' } }), q('q4', { title: { kk: 'К' } })],
            { type: 'panel', name: 'box', elements: [] },
          ],
        },
      ],
    };
    expect(changes(older, newer)).toEqual([
      ['question_moved', 'q1', 'b', null, '', 'a', 'b'],
      ['page_added', null, 'c', null, '', null, 'C'],
      ['question_moved', 'q3', 'c', null, '', 'a', 'c'],
      ['question_moved', 'q2', 'c', null, '', 'a', 'c'],
      ['reworded', 'q2', 'c', 'title', 'ru', 'ru: –', 'ru: Р'],
      ['question_added', 'q4', 'c', null, '', null, 'К'],
      ['question_added', 'box', 'c', null, '', null, 'box'],
      ['page_removed', null, 'a', null, '', 'A', null],
    ]);
    const titles = [{ en: 'E', ru: 'R' }, { ru: 'R', kk: 'K' }, 'P', { default: 'D' }];
    const named = titles.map((title, place) => q(`q${place}`, { title }));
    expect(
      changes(whole(...named), whole()).map(([kind, , , , , before]) => [kind, before]),
    ).toEqual([
      ...[
        ['question_removed', 'E'],
        ['question_removed', 'R'],
      ],
      ...[
        ['question_removed', 'P'],
        ['question_removed', 'q3'],
      ],
    ]);
  });

  it('as few moves as there can be', () => {
    const [one, two, three, four] = ['q1', 'q2', 'q3', 'q4'].map((name) => q(name));
    const moved = (...elements: Json[]) =>
      changes(whole(one, two, three, four), whole(...elements)).map(
        ([kind, name]) => `${kind} ${name}`,
      );
    expect(moved(four, one, two, three)).toEqual(['question_moved q4']);
    expect(moved(two, three, four, one)).toEqual(['question_moved q1']);
    expect(moved(one, q('new'), two, three, four)).toEqual(['question_added new']);
    expect(moved(four, three, q('new'))).toEqual([
      ...['question_moved q3', 'question_added new', 'question_removed q1', 'question_removed q2'],
    ]);
    const pages = (...names: string[]) => ({
      pages: names.map((name) => ({ name, elements: [] })),
    });
    expect(changes(pages('a', 'b', 'c'), pages('b', 'c', 'a'))).toEqual([
      ['page_moved', null, 'a', null, '', 'a', 'a'],
    ]);
  });

  it('of the whole too, but not its code and version', () => {
    const older = { ...whole(), title: { kk: 'T' }, code: 'a', version: 1, logo: 'x' };
    expect(changes(older, { ...whole(), title: { kk: 'T2' }, code: 'b', version: 2 })).toEqual([
      ['reworded', null, null, 'title', 'kk', 'kk: T', 'kk: T2'],
      ['reworded', null, null, 'logo', 'kk,ru,en', 'kk: x\nru: x\nen: x', 'kk: –\nru: –\nen: –'],
    ]);
  });
});

describe('whether an indicator may still be compared', () => {
  const asked = (more: Json = {}) => q('q', { indicator: 'i', title: { kk: 'a' }, ...more });

  it('says why not, question by question', () => {
    const other = q('other', { indicator: 'j' });
    expect(indicators(whole(asked(), other), whole(asked({ title: { kk: 'b' } }), other))).toEqual([
      ['i', 'check', 'reworded q kk'],
      ['j', 'comparable'],
    ]);
    expect(indicators(whole(asked(), other), whole(asked({ width: '1' }), other))).toEqual([
      ['i', 'comparable'],
      ['j', 'comparable'],
    ]);
    expect(indicators(whole(asked()), whole(asked({ indicator: 'k' })))).toEqual([
      ['i', 'not_comparable', 'indicator_changed q '],
      ['k', 'not_comparable', 'indicator_changed q '],
    ]);
    expect(indicators(whole(asked()), whole(asked(), q('q2', { indicator: 'i' })))).toEqual([
      ['i', 'not_comparable', 'question_added q2 '],
    ]);
  });

  it('asks questions only: panels have no indicator, nor has what is no name', () => {
    const panel = {
      type: 'panel',
      name: 'box',
      indicator: 'x',
      elements: [q('in', { indicator: 5 })],
    };
    expect(indicators(whole(panel), whole({ ...panel, title: 'T' }))).toEqual([]);
    expect(indicators({ ...whole(asked()), title: 'T' }, whole(asked()))).toEqual([
      ['i', 'comparable'],
    ]);
  });
});
