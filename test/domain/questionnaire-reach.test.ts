import { findingsOf } from '../../api/src/domain/questionnaire-check.ts';

type Json = Record<string, unknown>;
const about = (questionnaire: Json, code: string) =>
  findingsOf(questionnaire)
    .filter((one) => one.code === code)
    .map((one) => one);
/** Names of the questions that nobody can be asked. */
const never = (...elements: object[]) =>
  about({ pages: [{ name: 'p', elements }] }, 'never_asked').map(({ question }) => question);
/** Whether a question under this condition on q can be asked. */
const reachable = (question: Json, visibleIf: string, ...others: object[]) =>
  !never({ name: 'q', ...question }, ...others, { type: 'text', name: 'then', visibleIf }).includes(
    'then',
  );

describe('questions that nobody can be asked', () => {
  const radio = { type: 'radiogroup', choices: ['a', { value: 2 }, { value: 'c' }] };
  const number = { type: 'text', inputType: 'number', min: 0, max: 10 };
  const several = (count: number) => ({
    type: 'checkbox',
    choices: Array.from({ length: count }, (_, place) => `c${place}`),
  });

  it.each<[string, Json, string, boolean]>([
    ['one of the values', radio, "{q} = 'a' or {q} = 'x'", true],
    ['no such value', radio, "{q} = 'x'", false],
    ['a number among the values', radio, '{q} > 1', true],
    ['no such number among the values', { ...radio, choices: [1, { value: 2 }] }, '{q} > 5', false],
    ['values that are no numbers', { ...radio, choices: ['1', '2'] }, '{q} > 5', true],
    ['yes by itself', { type: 'boolean' }, '{q}', true],
    ['no named point so high', { type: 'rating', rateValues: [7, { value: 8 }] }, '{q} > 9', false],
    ['a named point so high', { type: 'rating', rateValues: [7, { value: 8 }] }, '{q} > 7', true],
    ['a value in an object', radio, "{q} = 'c'", true],
    ['two values at once', radio, "{q} = 'a' and {q} = 'c'", false],
    ['no answer', radio, '{q} empty', true],
    ['no answer and an answer', radio, "{q} empty and {q} = 'a'", false],
    ['a value that SurveyJS adds', { ...radio, showDontKnowItem: true }, "{q} = 'dontknow'", true],
    ['a value that SurveyJS does not add', radio, "{q} = 'dontknow'", false],
    ['yes', { type: 'boolean' }, '{q} = true', true],
    ['yes and no', { type: 'boolean' }, '{q} = true and {q} = false', false],
    ['no', { type: 'boolean' }, '{q} = false', true],
    ['own words for yes', { type: 'boolean', valueTrue: 'y' }, "{q} = 'y'", true],
    ['own words for no', { type: 'boolean', valueFalse: 'n' }, "{q} = 'n'", true],
    ['no in place of own words', { type: 'boolean', valueFalse: 'n' }, '{q} = false', false],
    ['yes in place of own words', { type: 'boolean', valueTrue: 'y' }, '{q} = true', false],
    ['a point of a scale', { type: 'rating' }, '{q} >= 5', true],
    ['beyond the scale', { type: 'rating' }, '{q} > 5', false],
    ['a named point', { type: 'rating', rateValues: [7, 'x'], choices: ['z'] }, '{q} = 7', true],
    ['a point by its word', { type: 'rating', rateValues: [7, 'x'] }, "{q} = 'x'", true],
    [
      'no named point',
      { type: 'rating', rateValues: [7, 'x'], choices: ['z'] },
      "{q} = 'z'",
      false,
    ],
    ['a number between', number, '{q} > 3 and {q} < 4', true],
    ['just below a number', number, '{q} < 4 and {q} > 3.2', true],
    ['just above a number', number, '{q} > 4 and {q} < 4.6', true],
    ['not as near below a number', number, '{q} < 4 and {q} > 3.4', true],
    ['a whole number', number, '{q} = 7', true],
    ['the least', number, '{q} <= 0', true],
    ['the greatest', number, '{q} >= 10', true],
    ['over the greatest', number, '{q} > 10', false],
    ['under the least', number, '{q} < 0', false],
    ['two numbers', number, '{q} > 7 and {q} < 5', false],
    ['no number', number, '{q} empty', true],
    ['a number without limits', { type: 'text', inputType: 'number' }, '{q} > 7 and {q} < 5', true],
    ['a text', { type: 'comment' }, "{q} = 'a' and {q} = 'b'", true],
    ['two of several', several(3), "{q} contains 'c0' and {q} contains 'c2'", true],
    ['none of several', several(3), '{q} empty', true],
    ['what is not among several', several(3), "{q} contains 'x'", false],
    ['with and without', several(3), "{q} contains 'c0' and {q} notcontains 'c0'", false],
    ['six of them are tried', several(6), "{q} contains 'x'", false],
    ['seven are too many to try', several(7), "{q} contains 'x'", true],
    ['an order', { type: 'ranking', choices: ['a'] }, "{q} = 'x'", true],
    ['a matrix', { type: 'matrix', columns: ['a'], rows: ['r'] }, "{q} = 'x'", true],
    [
      'a grid',
      { type: 'matrixdropdown', columns: [{ name: 'a' }], rows: ['r'] },
      "{q} = 'x'",
      true,
    ],
    ['a value of another name', { ...radio, valueName: 'v' }, "{q} = 'x'", true],
    ['an answer nobody can give', { ...radio, valueName: 'v' }, "{v} = 'x'", true],
    ['a default', { ...radio, defaultValue: 'x' }, "{q} = 'x'", true],
    ['a function', radio, "iif({q} = 'a', 1, 2) = 3", true],
    ['a calculated sum', radio, '{q} + 1 = 99', true],
    ['a condition that cannot be read', radio, "{q} = 'x' and", true],
    ['a name of nothing', radio, "{gone} = 1 and {q} = 'x'", true],
    ['another spelling of the name', radio, "{Q} = 'x'", true],
  ])('%s', (_what, question, condition, expected) => {
    expect([condition, reachable(question, condition)]).toEqual([condition, expected]);
  });

  it('are not looked for among choices of another question', () => {
    const source = { type: 'radiogroup', name: 'source', choices: ['a'] };
    const copied = { type: 'radiogroup', choicesFromQuestion: 'source' };
    expect(reachable(copied, "{q} = 'x'", source)).toBe(true);
  });

  it('are not looked for among too many combinations', () => {
    const scales = Array.from({ length: 4 }, (_, place) => ({
      type: 'rating',
      name: `r${place}`,
      rateMax: 11,
    }));
    const asked = (count: number) =>
      never(...scales.slice(0, count), {
        type: 'text',
        name: 'then',
        visibleIf: scales
          .slice(0, count)
          .map(({ name }) => `{${name}} > 11`)
          .join(' and '),
      });
    // 12³ = 1,728 are tried, 12⁴ = 20,736 are not.
    expect(asked(3)).toEqual(['then']);
    expect(asked(4)).toEqual([]);
  });

  it('make what depends on their answers impossible too, and are named once for all inside', () => {
    const dead = { ...radio, name: 'dead', visibleIf: "{q} = 'x'" };
    const q = { ...radio, name: 'q' };
    const after = (visibleIf: string) => ({ type: 'text', name: 'after', visibleIf });
    expect(never(q, dead, after('{dead} notempty'))).toEqual(['dead', 'after']);
    expect(never(q, dead, after('{dead} empty'))).toEqual(['dead']);
    const panel = { type: 'panel', name: 'box', visibleIf: "{q} = 'x'" };
    const inside = [after("{q} = 'a'"), { type: 'panel', name: 'deep', elements: [dead] }];
    expect(never(q, { ...panel, elements: inside })).toEqual(['box']);
    expect(
      never(q, { ...panel, elements: [{ ...radio, name: 'in' }] }, after("{in} = 'a'")),
    ).toEqual(['box', 'after']);
  });

  it('contradict a panel or a page that they stand in', () => {
    const q = { ...radio, name: 'q' };
    const then = { type: 'text', name: 'then', visibleIf: "{q} = 'a'" };
    const panel = { type: 'panel', name: 'box', visibleIf: "{q} = 'c'", elements: [then] };
    expect(never(q, panel)).toEqual(['then']);
    const pages = [
      { name: 'p', elements: [q] },
      { name: 'q2', visibleIf: "{q} = 'c'", elements: [then] },
      { name: 'q3', visibleIf: "{q} = 'x'", elements: [{ type: 'text', name: 'lost' }] },
    ];
    expect(about({ pages }, 'never_asked').map(({ question, page }) => [question, page])).toEqual([
      ['then', 'q2'],
      [null, 'q3'],
    ]);
  });

  it('are found by what shows them only', () => {
    const then = { type: 'text', name: 'then', enableIf: "{q} = 'x'", requiredIf: "{q} = 'x'" };
    expect(never({ ...radio, name: 'q' }, then)).toEqual([]);
  });
});

describe('names in expressions', () => {
  /** Names that lead nowhere, of a question with this condition. */
  const unknown = (visibleIf: unknown, more: Json = {}) =>
    about(
      {
        pages: [
          {
            name: 'p',
            elements: [
              { type: 'text', name: 'Age' },
              { type: 'text', name: 'a.b' },
              { type: 'text', name: 'shared_1', valueName: 'Shared' },
              { type: 'panel', name: 'box', elements: [{ type: 'text', name: 'inside' }] },
              { type: 'text', name: 'then', visibleIf },
            ],
          },
        ],
        ...more,
      },
      'reference_unknown',
    ).map(({ params }) => params.name);

  it.each<[string, string[]]>([
    ['{age} = 1 and {AGE} = 1', []],
    ['{age.row.column} = 1 and {age[0].x} = 1', []],
    ['{a.b} = 1 and {a.b.c} = 1', []],
    ['{a.c} = 1', ['a.c']],
    ['{a} = 1', ['a']],
    ['{shared} = 1 and {shared_1} = 1', []],
    ['{#age} = 1 and {age-Comment} = 1', []],
    ['{age-comment-x} = 1', ['age-comment-x']],
    ['{a#ge} = 1', ['a#ge']],
    ['{box} = 1', ['box']],
    ['{inside} = 1', []],
    ['{p} = 1', ['p']],
    ['{office} = 1 and {row.x} = 1 and {panel[0]} = 1 and {PageNo} = 1', []],
    ['{$self} = 1 and {!x} = 1', []],
    ['{x$} = 1', ['x$']],
    ['{gone} = 1 and {gone} = 2', ['gone']],
  ])('%s: unknown %j', (condition, expected) => {
    expect(unknown(condition)).toEqual(expected);
  });

  it('are those of calculated values and of triggers too', () => {
    const calculatedValues = [{ name: 'Total', expression: '1' }];
    const triggers = [
      { type: 'setvalue', setToName: 'Flag', setValue: 1 },
      { type: 'setvalue', setToName: 'age' },
      { type: 'complete', setToName: 5 },
      'odd',
      null,
    ];
    const condition = '{total} = 1 and {flag} = 1 and {age} = 1';
    expect(unknown(condition, { calculatedValues, triggers })).toEqual([]);
    expect(unknown(condition)).toEqual(['total', 'flag']);
    expect(unknown(condition, { triggers: 'x' })).toEqual(['total', 'flag']);
    // A question's own name wins over a trigger's: it still may not ask for itself.
    const pages = [{ name: 'p', elements: [{ type: 'text', name: 'q', visibleIf: '{q} = 1' }] }];
    const set = [{ type: 'setvalue', setToName: 'q' }];
    expect(about({ pages, triggers: set }, 'reference_self')).toHaveLength(1);
  });

  it('are read in conditions of choices, validators and triggers, and nowhere else', () => {
    const names = (element: object, more: Json = {}) =>
      about(
        {
          pages: [{ name: 'p', elements: [{ type: 'radiogroup', name: 'q', ...element }] }],
          ...more,
        },
        'reference_unknown',
      ).map(({ path, params }) => `${path} ${params.name}`);
    expect(names({ choices: [{ value: 1, visibleIf: '{c} = 1' }] })).toEqual([
      'pages.0.elements.0.choices.0.visibleIf c',
    ]);
    expect(
      names({ validators: [{ type: 'expression', expression: '{v} = 1' }, 'odd', null] }),
    ).toEqual(['pages.0.elements.0.validators.0.expression v']);
    expect(names({}, { triggers: [{ type: 'complete', expression: '{t} = 1' }] })).toEqual([
      'triggers.0.expression t',
    ]);
    expect(names({ visibleIf: '  ', enableIf: 5, requiredIf: '' })).toEqual([]);
    expect(names({ visibleIf: null, tag: '{not} read' })).toEqual([]);
  });
});
