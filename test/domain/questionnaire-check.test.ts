import { ConditionRunner } from 'survey-core';
import { findingsOf } from '../../api/src/domain/questionnaire-check.ts';
import { type Answer, holds, NotSimple } from '../../api/src/domain/expression-values.ts';
import { parseExpression } from '../../api/src/domain/expressions.ts';
import { choice, page, radio, t, whole } from '../support/small-questionnaire.ts';
import fc from '../support/fast-check.ts';

const codes = (questionnaire: object, context = {}) =>
  findingsOf(questionnaire as Record<string, unknown>, context)
    .filter(({ code }) => code !== 'unscored')
    .map(({ code, question, severity }) => `${code} ${question} ${severity}`);

describe('the check of a questionnaire', () => {
  it.each<[string, object]>([
    ['a scale of endless points', { type: 'rating', name: 'a', rateMax: 1e308, rateStep: 1e-9 }],
    ['an endless chain', { type: 'text', name: 'a', visibleIf: `${'{b} + '.repeat(20_000)}1` }],
  ])('ends on %s', (_, question) => {
    expect(() => findingsOf(whole([page('p', question)]), {})).not.toThrow();
  });

  it('finds nothing in a sound one', () => {
    expect(codes(whole([page('p', radio('a'), radio('b', { visibleIf: "{a} = 'yes'" }))]))).toEqual(
      [],
    );
  });

  it.each<[string, object, string]>([
    ['a name that leads nowhere', { visibleIf: "{gone} = 'yes'" }, 'reference_unknown b error'],
    ['an expression that cannot be read', { visibleIf: '{a} =' }, 'expression_unreadable b error'],
    ['its own answer', { visibleIf: "{b} = 'yes'" }, 'reference_self b error'],
    ['an answer that cannot be given', { visibleIf: "{a} = 'maybe'" }, 'value_unknown b warning'],
    ['a later page', { visibleIf: "{later} = 'yes'" }, 'reference_forward b warning'],
    [
      'conditions that contradict',
      { visibleIf: "{a} = 'yes' and {a} = 'no'" },
      'never_asked b warning',
    ],
    ['no label in one language', { title: { kk: 'x', ru: 'y' } }, 'text_missing b error'],
    ['a question that takes pictures of people', { type: 'file' }, 'identifies_people b error'],
    ['a text filled with nothing', { title: t('{gone}?') }, 'reference_unknown b warning'],
  ])('finds %s', (_what, more, expected) => {
    const found = codes(
      whole([page('p', radio('a'), radio('b', more)), page('q', radio('later'))]),
    );
    expect(found).toContain(expected);
  });

  it('finds a question whose condition contradicts its panel, and what depends on it', () => {
    const panel = {
      type: 'panel',
      name: 'inside',
      visibleIf: "{a} = 'yes'",
      elements: [radio('b', { visibleIf: "{a} = 'no'" })],
    };
    const found = codes(
      whole([page('p', radio('a'), panel, radio('c', { visibleIf: "{b} = 'yes'" }))]),
    );
    expect(found).toEqual(['never_asked b warning', 'never_asked c warning']);
  });

  it('finds circles, also through calculated values', () => {
    const pages = [
      page('p', radio('a', { visibleIf: "{b} = 'yes'" }), radio('b', { visibleIf: '{total} > 1' })),
    ];
    const calculatedValues = [{ name: 'total', expression: "iif({a} = 'yes', 2, 0)" }];
    expect(codes(whole(pages, { calculatedValues })).join()).toMatch(/^cycle [ab] error$/);
  });

  it('finds scales that lean, bare numbers, no way out, and indicators that do not fit', () => {
    const scored = radio('s', {
      isRequired: true,
      choices: [choice('a'), choice('b'), 3, choice('c')],
      indicator: 'trust',
      scoring: { kind: 'map', scores: { a: 100, b: 80, 3: 70, c: 0 } },
    });
    const context = { indicators: [{ name: 'roads' }] };
    expect(codes(whole([page('p', scored)]), context).sort()).toEqual([
      'indicator_unknown s error',
      'indicator_without_items null error',
      'no_dont_know s warning',
      'scale_unbalanced s warning',
      'scale_unlabelled s warning',
    ]);
  });

  it('finds names that stand twice or are none, and missing levels, title and questions', () => {
    const found = codes({
      pages: [{ name: 'p', elements: [radio('a'), radio('a'), radio('Bad Name')] }],
    });
    const expected = [
      'title_missing null error',
      'levels_missing null error',
      'name_twice a error',
      'name_form Bad Name error',
    ];
    expect(found).toEqual(expect.arrayContaining(expected));
    expect(codes(whole([]))).toContain('no_questions null error');
  });

  it('finds a name that an earlier version gave to something else', () => {
    const earlier = [
      { version: 1, questionnaire: whole([page('p', radio('a', { title: t('Bus and roads') }))]) },
    ];
    expect(codes(whole([page('p', radio('a'))]), { earlier })).toEqual(['name_reused a warning']);
    expect(codes(earlier[0].questionnaire, { earlier })).toEqual([]);
  });

  const conditions = fc.constantFrom(
    "{a} = 'yes'",
    "{a} != 'YES'",
    '{a} empty',
    '{a} notempty',
    '{n} > 5',
    '{n} <= 5',
    '{n} >= 5',
    '{n} = 5',
    '{n} < 5',
    "{m} contains 'x'",
    "{m} notcontains 'x'",
    "{m} anyof ['x', 'y']",
    "{a} anyof ['yes', 'z']",
    "{m} noneof ['x']",
    "!({a} = 'no')",
  );
  const answers = fc.record({
    a: fc.constantFrom(undefined, 'yes', 'no'),
    n: fc.constantFrom(undefined, 4, 5, 6),
    m: fc.constantFrom(undefined, ['x'], ['y'], ['x', 'z']),
  });
  it('decides simple conditions as survey-core does', () => {
    fc.assert(
      fc.property(
        conditions,
        conditions,
        fc.constantFrom('and', 'or'),
        answers,
        (one, other, join, given) => {
          const text = `(${one}) ${join} (${other})`;
          const parsed = parseExpression(text) as { expression: Parameters<typeof holds>[0] };
          const known = JSON.parse(JSON.stringify(given));
          let ours: boolean;
          try {
            ours = holds(parsed.expression, (name) => known[name] as Answer);
          } catch (error) {
            if (error instanceof NotSimple) return;
            throw error;
          }
          expect([text, given, ours]).toEqual([
            text,
            given,
            !!new ConditionRunner(text).runValues(known),
          ]);
        },
      ),
      { numRuns: 400 },
    );
  });
});
