import { locales } from '../../api/src/contracts/common.ts';
import { defaultWords } from '../../api/src/domain/default-words.ts';
import { codebookOf, labelledValues } from '../../api/src/domain/questionnaire-codebook.ts';

const t = (text: string) => ({ kk: `${text} kk`, ru: `${text} ru`, en: text });
const inThree = (text: string) => [`${text} kk`, `${text} ru`, text];
const same = (text: string) => [text, text, text];
const choices = [{ value: 'bad', text: t('Bad') }, 'so', { value: 'good' }];
const map = { kind: 'map', scores: { bad: 0, so: 50, good: 100 } };

const questionnaire = {
  pages: [
    {
      name: 'p',
      elements: [
        {
          type: 'radiogroup',
          name: 'trust',
          title: t('Trust?'),
          isRequired: true,
          visibleIf: '{age} > 20',
          indicator: 'trust',
          scoring: map,
          missingValues: { dontKnow: ['so'] },
          choices,
          showDontKnowItem: true,
          showRefuseItem: true,
          refuseText: t('No answer'),
          showNoneItem: true,
          showOtherItem: true,
        },
        { type: 'text', name: 'age', title: 'Age', indicator: 5 },
        { type: 'comment' },
        {
          type: 'matrix',
          name: 'services',
          indicator: 'services',
          scoring: { ...map, reversedRows: ['light'] },
          columns: choices,
          rows: ['water', { value: 'light', text: t('Light') }, { value: 'heat' }],
        },
        {
          type: 'matrix',
          name: 'plain',
          indicator: 'services',
          scoring: map,
          columns: choices,
          rows: ['water', 'light'],
        },
        {
          type: 'checkbox',
          name: 'seen',
          indicator: 'trust',
          scoring: { kind: 'share', of: ['bad', 'so'] },
          missingValues: { refused: ['good'] },
          choices,
        },
        { type: 'rating', name: 'stars', rateValues: [1, { value: 2, text: t('Two') }], choices },
      ],
    },
  ],
};

const byDefault = (value: keyof typeof defaultWords) =>
  locales.map((locale) => defaultWords[value][locale]);

describe('the codebook', () => {
  const codebook = () => codebookOf(questionnaire);
  const of = (name: string) =>
    codebook().values.filter(
      ([variable]) => variable === name || String(variable).startsWith(`${name}.`),
    );

  it('has one row for each variable, with its wording, rule and condition', () => {
    expect(codebook().questions).toEqual([
      [
        ...['number', 'variable', 'type', 'question kk', 'question ru', 'question en'],
        ...['indicator', 'scoring', 'asked if', 'required'],
      ],
      [
        ...[1, 'trust', 'radiogroup', ...inThree('Trust?'), 'trust', JSON.stringify(map)],
        ...['{age} > 20', 'yes'],
      ],
      [2, 'age', 'text', ...same('Age'), '5', '', '', ''],
      [3, '', 'comment', ...same(''), '', '', '', ''],
      [
        ...[4, 'services', 'matrix', ...same('services'), 'services'],
        ...[JSON.stringify({ ...map, reversedRows: ['light'] }), '', ''],
      ],
      [5, 'plain', 'matrix', ...same('plain'), 'services', JSON.stringify(map), '', ''],
      [
        ...[6, 'seen', 'checkbox', ...same('seen'), 'trust'],
        ...[JSON.stringify({ kind: 'share', of: ['bad', 'so'] }), '', ''],
      ],
      [7, 'stars', 'rating', ...same('stars'), '', '', '', ''],
    ]);
  });

  it('has one row for each value, with its score or its kind of missing', () => {
    expect(codebook().values[0]).toEqual([
      ...['variable', 'value', 'label kk', 'label ru', 'label en', 'score', 'missing'],
    ]);
    expect(of('trust')).toEqual([
      ['trust', 'bad', ...inThree('Bad'), 0, null],
      ['trust', 'so', ...same('so'), null, 'dontKnow'],
      ['trust', 'good', ...same('good'), 100, null],
      ['trust', 'dontknow', ...byDefault('dontknow'), null, 'dontKnow'],
      ['trust', 'refused', ...inThree('No answer'), null, 'refused'],
      ['trust', 'none', ...byDefault('none'), null, null],
      ['trust', 'other', ...byDefault('other'), null, null],
    ]);
    expect(of('age')).toEqual([]);
  });

  it('gives no score where rows differ in it, and one where all agree', () => {
    expect(of('services')).toEqual([
      ['services', 'bad', ...inThree('Bad'), null, null],
      ['services', 'so', ...same('so'), null, null],
      ['services', 'good', ...same('good'), null, null],
      ['services.water', '', ...same('water'), null, null],
      ['services.light', '', ...inThree('Light'), null, null],
      ['services.heat', '', ...same('heat'), null, null],
    ]);
    expect(of('plain').map(([, value, , , , score]) => [value, score])).toEqual([
      ...[
        ['bad', 0],
        ['so', 50],
        ['good', 100],
      ],
      ...[
        ['', null],
        ['', null],
      ],
    ]);
  });

  it('gives no score to one of several choices, only its kind of missing', () => {
    expect(of('seen').map(([, value, , , , score, missing]) => [value, score, missing])).toEqual([
      ['bad', null, null],
      ['so', null, null],
      ['good', null, 'refused'],
    ]);
  });

  it('has the values of each column of a grid, with their scores, and what fields are called', () => {
    const grid = {
      type: 'matrixdropdown',
      name: 'visits',
      indicator: 'service',
      scoring: {
        kind: 'columns',
        columns: { how: { kind: 'map', scores: { well: 100, badly: 0 } } },
      },
      rows: ['office'],
      choices: ['well', { value: 'badly', text: t('Badly') }],
      columns: [
        { name: 'how', title: t('How was it?') },
        { name: 'why', cellType: 'checkbox', choices: ['queue'] },
        { name: 'said', cellType: 'text' },
        { name: 'again', cellType: 'boolean' },
      ],
    };
    const fields = { type: 'multipletext', name: 'who', items: [{ name: 'role', title: 'Role' }] };
    const { values } = codebookOf({ pages: [{ name: 'one', elements: [grid, fields] }] });
    expect(values.slice(1)).toEqual([
      ['visits.office', '', ...same('office'), null, null],
      ['visits.*.how', '', ...inThree('How was it?'), null, null],
      ['visits.*.how', 'well', ...same('well'), 100, null],
      ['visits.*.how', 'badly', ...inThree('Badly'), 0, null],
      ['visits.*.why', '', ...same('why'), null, null],
      ['visits.*.why', 'queue', ...same('queue'), null, null],
      ['visits.*.said', '', ...same('said'), null, null],
      ['visits.*.again', '', ...same('again'), null, null],
      ['visits.*.again', 'true', ...byDefault('true'), null, null],
      ['visits.*.again', 'false', ...byDefault('false'), null, null],
      ['who.role', '', ...same('Role'), null, null],
    ]);
  });

  it('is only headers for nothing', () => {
    const { questions, values } = codebook();
    expect(codebookOf({})).toEqual({ questions: [questions[0]], values: [values[0]] });
  });
});

describe('the values of a question', () => {
  it.each<[object, unknown[]]>([
    [
      { type: 'boolean' },
      [
        [true, defaultWords.true],
        [false, defaultWords.false],
      ],
    ],
    [
      { type: 'boolean', valueTrue: 'y', valueFalse: 'n', labelTrue: 'Yes', labelFalse: 'No' },
      [
        ['y', 'Yes'],
        ['n', 'No'],
      ],
    ],
    [
      { type: 'rating', rateValues: [1, { value: 2, text: 'Two' }], choices: ['x'] },
      [
        [1, 1],
        [2, 'Two'],
      ],
    ],
    [{ type: 'matrix', columns: ['c'], choices: ['x'] }, [['c', 'c']]],
    [{ type: 'dropdown', choices: 'x' }, []],
    [{ type: 'dropdown', choices: [{ value: 0 }] }, [[0, 0]]],
    [
      { type: 'dropdown', showNoneItem: 'yes', showOtherItem: true, otherText: 'Else' },
      [['other', 'Else']],
    ],
    [{ type: 'dropdown', showNoneItem: true, noneText: 'Nothing' }, [['none', 'Nothing']]],
    [{ type: 'dropdown', showDontKnowItem: true, dontKnowText: 'DK' }, [['dontknow', 'DK']]],
  ])('of %j are %j', (question, expected) => {
    expect(
      labelledValues(question as Record<string, unknown>).map(({ value, text }) => [value, text]),
    ).toEqual(expected);
  });
});
