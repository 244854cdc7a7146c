import { findingsOf, readingMinutes } from '../../api/src/domain/questionnaire-check.ts';
import { textsOf } from '../../api/src/domain/questionnaire-texts.ts';
import { choice, page, radio, t, whole } from '../support/small-questionnaire.ts';

const unscored = 'it can be scored and is not; right for facts about the respondent';
/** Everything found but "not scored", as `code severity question page path: message`. */
const said = (questionnaire: object, context = {}) =>
  findingsOf(questionnaire as Record<string, unknown>, context)
    .filter(({ message }) => message !== unscored)
    .map(
      ({ code, severity, question, page: place, path, message }) =>
        `${code} ${severity} ${question} ${place} ${path}: ${message}`,
    );

describe('what is said of a questionnaire with every slip', () => {
  it('names the question, the page, the place in the JSON and the reason', () => {
    const wrong = {
      title: { kk: 'Т', ru: '', en: 'T' },
      levels: [],
      pages: [
        {
          name: 'first',
          title: { kk: 'Бет' },
          elements: [
            radio('a'),
            radio('a'),
            radio('Bad Name', {
              title: t('{nobody}, {a} of {office}, { not a name}, {nobody}, {lost too }'),
            }),
            radio('later', { visibleIf: "{second} = 'maybe' or {gone.deep} notempty" }),
            { type: 'file', name: 'photo', title: t('Photo?') },
            {
              type: 'panel',
              name: 'box',
              title: t('Box {lost}'),
              visibleIf: '{a} =',
              elements: [radio('in_box', { enableIf: "{in_box} = 'yes'" })],
            },
            radio('never', { visibleIf: "{second} = 'yes' and {second} = 'no'" }),
            radio('checked', {
              validators: [
                { type: 'expression', expression: "{checked} = 'yes'", text: t('No') },
                { type: 'expression', expression: '{missing} > 1' },
              ],
            }),
            { type: 'text', name: 'bare' },
          ],
        },
        {
          name: 'last',
          elements: [
            radio('second', { choices: ['Yes', choice('no')], requiredIf: '{pageno} > 1' }),
          ],
        },
      ],
    };
    const at = (place: string) => `first pages.0.elements.${place}`;
    expect(said(wrong)).toEqual([
      'title_missing error null null title: title: give it in kk, ru and en',
      'levels_missing error null null levels: levels: name at least one of region, district, rural',
      `name_twice error a ${at('1.name')}: another question has the same name`,
      `name_form error Bad Name ${at('2.name')}: the name must be lower_snake_case`,
      `identifies_people error photo ${at('4.type')}: "file" collects pictures, files or signatures: they tell who answered, so no interview holds them`,
      'text_missing error null first pages.0.title: title: missing in ru, en',
      `text_missing warning bare ${at('8')}: title: missing in kk, ru, en`,
      'text_missing warning second last pages.1.elements.0.choices.0: choices/Yes/text: missing in kk, ru, en',
      `reference_forward warning later ${at('3.visibleIf')}: visibleIf depends on "second", which is asked on a later page`,
      `reference_unknown error later ${at('3.visibleIf')}: visibleIf names "gone.deep", which does not exist`,
      `expression_unreadable error box ${at('5.visibleIf')}: visibleIf cannot be read at character 5`,
      `reference_self error in_box ${at('5.elements.0.enableIf')}: enableIf depends on the answer to the question itself`,
      `reference_forward warning never ${at('6.visibleIf')}: visibleIf depends on "second", which is asked on a later page`,
      `reference_unknown error checked ${at('7.validators.1.expression')}: validators.1.expression names "missing", which does not exist`,
      `reference_unknown warning Bad Name ${at('2.title')}: title names "nobody", which does not exist`,
      `reference_unknown warning Bad Name ${at('2.title')}: title names "lost too", which does not exist`,
      `reference_unknown warning box ${at('5.title')}: title names "lost", which does not exist`,
      `value_unknown warning later ${at('3.visibleIf')}: visibleIf compares "second" with "maybe", which cannot be answered`,
      `never_asked warning never ${at('6.visibleIf')}: no answers make it asked: its conditions can never hold`,
      `scoring_fault error a ${at('0.name')}: two questions have this name`,
    ]);
  });

  it('says that there is no question where nothing is asked', () => {
    const none = 'no_questions error null null : there is no question';
    const html = { type: 'html', name: 'hello', html: t('Hello') };
    expect(said(whole([]))).toEqual([
      none,
      'scoring_fault error null null : the questionnaire has no questions',
    ]);
    expect(said(whole([page('p', html)]))).toEqual([none]);
    expect(said(whole([page('p', html, radio('a'))]))).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['none', undefined],
    ['a text without language', 'Title'],
    ['null', null],
    ['a missing language', { kk: 'T', en: 'T' }],
    ['no words in any language', { kk: '', ru: '', en: '' }],
    ['no text', { kk: 1, ru: 'T', en: 'T' }],
  ])('wants a title in every language: %s', (_what, title) => {
    expect(said(whole([page('p', radio('a'))], { title }))).toContain(
      'title_missing error null null title: title: give it in kk, ru and en',
    );
  });

  it('speaks once of a title of the whole, and of a description begun in one language', () => {
    const found = said(
      whole([page('p', radio('a'))], { title: { kk: 'T' }, description: { ru: 'x' } }),
    );
    expect(found).toEqual([
      'title_missing error null null title: title: give it in kk, ru and en',
      'text_missing error null null description: description: missing in kk, en',
    ]);
  });

  it('takes two levels, and no level that is not known', () => {
    const levels = (list: unknown) => said(whole([page('p', radio('a'))], { levels: list }));
    expect(levels(['district', 'rural'])).toEqual([]);
    expect(levels(['village'])).toHaveLength(1);
    expect(levels('district')).toHaveLength(1);
  });
});

describe('reading aloud', () => {
  const questionnaire = whole(
    [
      page(
        'a page greets nobody by name',
        {
          type: 'radiogroup',
          name: 'q',
          title: { kk: 'бір екі үш', ru: 'раз <b class="x">два</b> – три,  четыре', en: 'one' },
          description: t('not read'),
          choices: [{ value: 'a', text: t('5 answers') }],
          validators: [{ type: 'expression', expression: '{q} = 1', text: t('never read aloud') }],
          minErrorText: t('never read aloud'),
        },
        { type: 'boolean', name: 'b', title: t('x'), labelTrue: t('yes'), labelFalse: t('no') },
      ),
    ],
    { title: t('the title of the whole is not read') },
  );

  it('counts the words of questions and answers, without marks, instructions and error texts', () => {
    const { kk, ru, en } = readingMinutes(textsOf(questionnaire));
    // Three, four and one words, two of the answer, and three of the second question.
    expect(kk * 166).toBeCloseTo(8, 10);
    expect(ru * 184).toBeCloseTo(9, 10);
    expect(en * 228).toBeCloseTo(6, 10);
  });

  it('warns above twenty minutes in a language', () => {
    const long = (words: number) => {
      const title = { ...t('word'), ru: 'слово '.repeat(words), kk: 'w' };
      return said(whole([page('p', { type: 'text', name: 'q', title })]));
    };
    expect(long(20 * 184)).toEqual([]);
    expect(long(20 * 184 + 100)).toEqual([
      'reading_long warning null null : reading it aloud takes 21 minutes in ru, more than 20',
    ]);
  });
});

describe('indicators of the methodology', () => {
  const scored = (name: string, indicator: string) =>
    radio(name, {
      indicator,
      scoring: { kind: 'map', scores: { yes: 100, no: 0 } },
      showDontKnowItem: true,
    });
  const context = { indicators: [{ name: 'trust' }, { name: 'roads' }] };

  it('need an item each, and items need one of them', () => {
    const panel = { type: 'panel', name: 'c', title: t('Panel'), elements: [radio('z')] };
    const found = said(
      whole([page('p', panel, scored('a', 'trust'), scored('c', 'water'))]),
      context,
    );
    expect(found).toEqual([
      'indicator_without_items error null null : no question measures the indicator "roads"',
      'indicator_unknown error c p pages.0.elements.2.scoring: the methodology has no indicator "water"',
    ]);
    expect(said(whole([page('p', scored('a', 'trust'), scored('b', 'roads'))]), context)).toEqual(
      [],
    );
    expect(said(whole([page('p', scored('a', 'water'))]))).toEqual([]);
  });

  it('are not measured by a rule that does not fit its question', () => {
    const misfit = radio('a', {
      indicator: 'trust',
      scoring: { kind: 'map', scores: { maybe: 1 } },
    });
    const [first, ...rest] = said(whole([page('p', misfit)]));
    expect(first).toMatch(/^scoring_fault error a p pages\.0\.elements\.0\.scoring: .*maybe/);
    expect(rest).toEqual(expect.arrayContaining([expect.stringMatching(/^scoring_fault/)]));
  });
});

describe('names of earlier versions', () => {
  const version = (number: number, ...elements: object[]) => ({
    version: number,
    questionnaire: whole([page('p', ...elements)]),
  });
  const reused = (elements: object[], earlier: object[]) =>
    said(whole([page('p', ...elements)]), { earlier });
  const finding = (name: string, number: number, place = 0) =>
    `name_reused warning ${name} p pages.0.elements.${place}: version ${number} asks something else under this name; answers would be mixed up`;
  const text = (name: string, title: unknown) => ({ type: 'text', name, title });

  it('stand for the same where a fifth of the words is common, in some language', () => {
    const asked = (before: unknown, after: unknown) =>
      reused([text('a', after)], [version(1, text('a', before))]).filter((one) =>
        one.startsWith('name_reused'),
      );
    expect(asked(t('Roads here'), t('Schools there'))).toEqual([finding('a', 1)]);
    // One of five and one of six different words.
    expect(asked(t('one two three'), t('ONE four five'))).toEqual([]);
    expect(asked(t('one two three'), t('one four five six'))).toEqual([finding('a', 1)]);
    expect(asked(t('a-b'), t('b, c'))).toEqual([]);
    expect(asked({ ...t('Roads'), ru: 'Дороги' }, { ...t('Schools'), ru: 'Дороги' })).toEqual([]);
    expect(asked('Roads', 'Schools')).toEqual([finding('a', 1)]);
    expect(asked('Roads', 'Roads!')).toEqual([]);
    // No language in which both ask: nothing can be told.
    expect(asked({ ru: 'Дороги' }, { en: 'Schools' })).toEqual([]);
    expect(asked({ ru: 'Дороги', en: '?' }, { ru: '', en: 'Schools' })).toEqual([]);
    expect(asked(undefined, undefined)).toEqual([]);
  });

  it('stand for something else where another kind of answer is given', () => {
    const title = t('Trust?');
    const several = { type: 'checkbox', name: 'a', title, choices: [choice('x')] };
    const one = { ...several, type: 'radiogroup' };
    expect(reused([several], [version(1, one)])).toEqual([finding('a', 1)]);
    expect(reused([one], [version(1, { ...one, type: 'dropdown' })])).toEqual([]);
    // What cannot be scored has no kind to compare.
    expect(reused([one], [version(1, text('a', title))])).toEqual([]);
    expect(reused([text('a', title)], [version(1, one)])).toEqual([]);
  });

  it('are reported once, for the newest version that differs, and only questions', () => {
    const [roads, schools] = [text('a', t('Roads')), text('a', t('Schools'))];
    const earlier = [version(1, roads), version(3, roads), version(2, roads)];
    expect(reused([schools], earlier)).toEqual([finding('a', 3)]);
    expect(reused([schools], [version(1, roads), version(2, schools)])).toEqual([finding('a', 1)]);
    expect(reused([text('b', t('Schools')), schools], [version(1, roads)])).toEqual([
      finding('a', 1, 1),
    ]);
    const panel = (title: string) => ({
      type: 'panel',
      name: 'x',
      title: t(title),
      elements: [radio('y')],
    });
    expect(reused([panel('Roads')], [version(1, panel('Schools'))])).toEqual([]);
  });
});

describe('values that conditions compare', () => {
  const about = (visibleIf: string, ...asked: object[]) =>
    said(whole([page('p', radio('a'), ...asked, radio('b', { visibleIf }))]))
      .filter((one) => one.startsWith('value_unknown'))
      .map((one) => /compares (.*), which/.exec(one)![1]);

  it.each([
    ["{a} = 'maybe'", ['"a" with "maybe"']],
    ["{a} != 'maybe'", ['"a" with "maybe"']],
    ["{a} contains 'maybe'", ['"a" with "maybe"']],
    ["{a} notcontains 'maybe'", ['"a" with "maybe"']],
    ["{a} anyof ['yes', 'maybe', 'never']", ['"a" with "maybe"', '"a" with "never"']],
    ["{a} allof ['maybe']", ['"a" with "maybe"']],
    ["{a} noneof ['maybe']", ['"a" with "maybe"']],
    ["{a} = 'YES '", []],
    ["{a} = ''", []],
    ["{a} > 'maybe'", []],
    ["{a} + 'maybe' = 'x'", []],
    ["'maybe' = {a}", []],
    ['{a} = {office}', []],
    ["{office} = 'maybe'", []],
    ["!({a} = 'maybe') and {a} notempty", ['"a" with "maybe"']],
  ])('%s: %j', (condition, expected) => {
    expect(about(condition)).toEqual(expected);
  });

  it('are known of questions with a closed list of single values only', () => {
    const number = { type: 'text', name: 'n', title: t('n'), inputType: 'number', min: 0, max: 9 };
    const matrix = {
      type: 'matrix',
      name: 'm',
      title: t('m'),
      columns: [choice('x')],
      rows: [choice('r')],
    };
    const grid = {
      type: 'matrixdropdown',
      name: 'g',
      title: t('g'),
      columns: [{ name: 'c', title: t('c') }],
      rows: [choice('r')],
    };
    expect(about('{n} = 77', number)).toEqual([]);
    expect(about("{m} = 'z'", matrix)).toEqual([]);
    expect(about("{g} = 'z'", grid)).toEqual([]);
    expect(
      about('{rate} = 9', { type: 'rating', name: 'rate', title: t('r'), rateValues: [1, 2] }),
    ).toEqual(['"rate" with "9"']);
  });
});

describe('circles', () => {
  const circles = (pages: object[], more: object = {}) =>
    said(whole(pages, more))
      .filter((one) => one.startsWith('cycle'))
      .map((one) => one.replace('these depend on each other in a circle: ', ''));
  const when = (name: string, on: string, more: object = {}) =>
    radio(name, { visibleIf: `{${on}} = 'yes'`, ...more });

  it('are named with everything that turns, and nothing that only hangs on it', () => {
    expect(circles([page('p', when('a', 'b'), when('b', 'a'))])).toEqual([
      'cycle error a p pages.0.elements.0.visibleIf: a, b',
    ]);
    const two = ['d a', 'a b', 'b c', 'c a', 'e f', 'f e'].map((one) =>
      when(one.slice(0, 1), one.slice(2)),
    );
    expect(circles([page('p', radio('z'), ...two)])).toEqual([
      'cycle error a p pages.0.elements.2.visibleIf: a, b, c',
      'cycle error e p pages.0.elements.5.visibleIf: e, f',
    ]);
    // Two ways to the same end are no circle.
    const diamond = [radio('d'), when('b', 'd'), when('c', 'd')];
    const top = radio('a', { visibleIf: "{b} = 'yes' and {c} = 'yes'" });
    expect(circles([page('p', ...diamond, top)])).toEqual([]);
  });

  it('go through what a question stands in', () => {
    const box = { type: 'panel', name: 'box', title: t('b'), visibleIf: "{in} = 'yes'" };
    expect(circles([page('p', { ...box, elements: [radio('in')] })])).toEqual([
      'cycle error box p pages.0.elements.0.visibleIf: box',
    ]);
    expect(circles([{ ...page('p', radio('in')), visibleIf: "{in} = 'yes'" }])).toEqual([
      'cycle error null p pages.0.visibleIf: p',
    ]);
  });

  it('go through calculated values, and are shown at a question where there is one', () => {
    const total = { name: 'total', expression: "iif({a} = 'yes', 2, 0)" };
    const asked = [page('p', radio('a', { visibleIf: '{total} > 1' }))];
    expect(circles(asked, { calculatedValues: [total] })).toEqual([
      'cycle error a p pages.0.elements.0.visibleIf: total, a',
    ]);
    const values = [
      { name: 'x', expression: '{y} + 1' },
      { name: 'y', expression: '{x} + 1' },
    ];
    expect(circles([page('p', radio('a'))], { calculatedValues: values })).toEqual([
      'cycle error null null calculatedValues.0.expression: x, y',
    ]);
  });

  it('go through whatever decides a value, and through choices', () => {
    const shownFor = (value: string) => ({ ...choice(value), visibleIf: "{a} = 'yes'" });
    const turns = [
      radio('b', { setValueExpression: '{a}' }),
      radio('b', { resetValueIf: '{a}' }),
      radio('b', { choices: [shownFor('yes'), choice('no')] }),
    ];
    for (const b of turns) {
      expect(circles([page('p', when('a', 'b'), b)])).toEqual([
        'cycle error a p pages.0.elements.0.visibleIf: a, b',
      ]);
    }
  });

  it('are none where a rule decides neither a value nor whether something is asked', () => {
    const validators = [{ type: 'expression', expression: "{b} = 'yes'", text: t('No') }];
    expect(circles([page('p', radio('a', { validators }), when('b', 'a'))])).toEqual([]);
    const either = [radio('a', { enableIf: '{b}' }), radio('b', { requiredIf: '{a}' })];
    expect(circles([page('p', ...either)])).toEqual([]);
    const triggers = [{ type: 'runexpression', expression: '{a} = 1', runExpression: '{a}' }];
    expect(circles([page('p', radio('a'))], { triggers })).toEqual([]);
    expect(circles([page('p', when('a', 'a'))])).toEqual([]);
  });
});
