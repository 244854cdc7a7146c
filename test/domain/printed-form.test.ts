import type { Locale } from '../../api/src/contracts/common.ts';
import { askOnlyIf } from '../../api/src/domain/condition-words.ts';
import { printedForm } from '../../api/src/domain/printed-form.ts';

const named = (name: string) =>
  ({
    roads: { number: '5', labelOf: (value: string) => (value === 'yes' ? 'Ия' : value) },
    age: { number: '2', labelOf: (value: string) => `label of ${value}` },
  })[name];
const inWords = (condition: unknown, locale: Locale) => askOnlyIf(condition, locale, named);

describe('a condition in words', () => {
  it.each([
    ["{roads} = 'yes'", '5-сұрақтың жауабы — «Ия»', 'ответ на вопрос 5 — «Ия»'],
    ["{roads} != 'yes'", '5-сұрақтың жауабы «Ия» емес', 'ответ на вопрос 5 — не «Ия»'],
    ['{age} < 30', '2-сұрақтың жауабы мына саннан кіші: 30', 'ответ на вопрос 2 меньше 30'],
    ['{age} > 30', '2-сұрақтың жауабы мына саннан үлкен: 30', 'ответ на вопрос 2 больше 30'],
    ['{age} <= 30', '2-сұрақтың жауабы мынадан аспайды: 30', 'ответ на вопрос 2 не больше 30'],
    ['{age} >= 30', '2-сұрақтың жауабы мынадан кем емес: 30', 'ответ на вопрос 2 не меньше 30'],
    ["{roads} contains 'yes'", '5-сұрақта «Ия» белгіленсе', 'в вопросе 5 отмечено «Ия»'],
    ["{roads} notcontains 'yes'", '5-сұрақта «Ия» белгіленбесе', 'в вопросе 5 не отмечено «Ия»'],
    [
      "{roads} anyof ['yes', 'no']",
      '5-сұрақтың жауабы — «Ия» немесе «no»',
      'ответ на вопрос 5 — «Ия» или «no»',
    ],
    [
      "{roads} noneof ['yes', 'no']",
      '5-сұрақта мыналардың ешқайсысы белгіленбесе: «Ия», «no»',
      'в вопросе 5 не отмечено ни одно из: «Ия», «no»',
    ],
    ['{roads} empty', '5-сұраққа жауап берілмесе', 'на вопрос 5 нет ответа'],
    ['{roads} notempty', '5-сұраққа жауап берілсе', 'на вопрос 5 есть ответ'],
    [
      '!({roads} empty)',
      'мынау дұрыс емес: (5-сұраққа жауап берілмесе)',
      'неверно, что (на вопрос 5 нет ответа)',
    ],
  ])('%s in Kazakh and in Russian', (condition, kazakh, russian) => {
    expect(inWords(condition, 'kk')).toBe(`Мына жағдайда ғана сұраңыз: ${kazakh}.`);
    expect(inWords(condition, 'ru')).toBe(`Спрашивайте, только если ${russian}.`);
  });

  it.each([
    ["{roads} = 'yes'", 'the answer to question 5 is “Ия”'],
    ["{roads} != 'yes'", 'the answer to question 5 is not “Ия”'],
    ['{age} < 30', 'the answer to question 2 is less than 30'],
    ['{age} > 30', 'the answer to question 2 is more than 30'],
    ['{age} <= 30', 'the answer to question 2 is at most 30'],
    ['{age} >= 30', 'the answer to question 2 is at least 30'],
    ["{roads} contains 'yes'", '“Ия” is marked in question 5'],
    ["{roads} notcontains 'yes'", '“Ия” is not marked in question 5'],
    ["{roads} anyof ['yes', 'no']", 'the answer to question 5 is “Ия” or “no”'],
    ["{roads} noneof ['yes', 'no']", 'none of these is marked in question 5: “Ия”, “no”'],
    ['{roads} notempty', 'question 5 is answered'],
    ['{roads} empty', 'question 5 is not answered'],
    ['!({roads} empty)', 'it is not so that (question 5 is not answered)'],
    [
      "({roads} = 'yes' or {age} > 30) and {age} < 60",
      '(the answer to question 5 is “Ия” or the answer to question 2 is more than 30) and the answer to question 2 is less than 60',
    ],
    [
      '{age} > 30 and {age} < 60 or {roads} empty',
      'the answer to question 2 is more than 30 and the answer to question 2 is less than 60 or question 5 is not answered',
    ],
    // What words cannot say stands as it was written.
    ["{gone} = 'yes'", "{gone} = 'yes'"],
    ['{gone} empty', '{gone} empty'],
    ['{age} + 1 > 30', '{age} + 1 > 30'],
    ['{age} + 1', '{age} + 1'],
    ['{age} > {roads}', '{age} > {roads}'],
    ["{roads} anyof ['yes', {age}]", "{roads} anyof ['yes', {age}]"],
    ["{roads} allof ['yes']", "{roads} allof ['yes']"],
    ['{age}', '{age}'],
    ["'x' empty", "'x' empty"],
    ['{age} =', '{age} ='],
  ])('%s in English', (condition, words) => {
    expect(inWords(condition, 'en')).toBe(`Ask only if ${words}.`);
  });

  it('is nothing where there is none', () => {
    expect([undefined, '', '  ', 5].map((one) => inWords(one, 'en'))).toEqual(Array(4).fill(null));
  });
});

const questionnaire = {
  title: { kk: 'Сауалнама', ru: 'Опрос' },
  pages: [
    {
      name: 'p1',
      title: { kk: 'Бірінші бет', en: 'First page' },
      description: { en: 'Read <b>slowly</b>.&nbsp;' },
      elements: [
        { type: 'html', name: 'hello', html: { en: ' <p>About {office} of {territory}</p> ' } },
        { type: 'image', name: 'logo' },
        { type: 'expression', name: 'sum', title: 'Not on paper', expression: '1' },
        {
          type: 'radiogroup',
          name: 'roads',
          title: { en: 'Are the roads good?' },
          description: { en: 'One answer' },
          choices: [{ value: 'yes', text: { en: 'Yes' } }, 'no'],
          showDontKnowItem: true,
        },
        {
          type: 'panel',
          name: 'inner',
          visibleIf: "{roads} = 'yes'",
          elements: [{ type: 'text', name: 'why', visibleIf: '{roads} notempty' }],
        },
      ],
    },
    {
      name: 'p2',
      elements: [
        {
          type: 'rating',
          name: 'trust',
          minRateDescription: { en: 'not at all' },
          maxRateDescription: { en: 'fully' },
        },
        { type: 'rating', name: 'named', rateValues: [{ value: 1, text: { en: 'bad' } }, 2] },
        { type: 'rating', name: 'nps', rateMin: 0, rateMax: 10 },
        { type: 'rating', name: 'fives', rateMin: 5, rateStep: 5, rateCount: 3 },
        { type: 'rating', name: 'standing', rateStep: 0 },
        { type: 'rating', name: 'backwards', rateMin: 9, rateMax: 1 },
        { type: 'slider', name: 'how_far' },
        { type: 'boolean', name: 'own', labelTrue: { en: 'Own' } },
        {
          type: 'matrix',
          name: 'services',
          columns: [{ value: 1, text: { en: 'Good' } }, 2],
          rows: ['water', { value: 'light', text: { en: 'Light' } }, { value: 'heat' }],
        },
        {
          type: 'matrixdropdown',
          name: 'grid',
          choices: [
            { value: 1, text: { en: 'good' } },
            { value: 2, text: { en: 'bad' } },
          ],
          columns: [
            { name: 'now', title: { en: 'Now' } },
            { name: 'then', choices: [{ value: 1, text: 'from 1' }, 2] },
            { name: 'why', cellType: 'text' },
          ],
          rows: ['water'],
        },
        {
          type: 'paneldynamic',
          name: 'members',
          title: 'Members',
          templateElements: [{ type: 'checkbox', name: 'has', choices: ['car'] }],
        },
      ],
    },
  ],
  questions: [{ type: 'comment', name: 'last', title: '' }],
};

describe('the printed form', () => {
  const blocksOf = () => printedForm(questionnaire, 'en').blocks;
  const question = (name: string) =>
    blocksOf().find((block) => block.kind === 'question' && block.title === name);

  it('has the title in the language, or in another where it is missing', () => {
    expect(printedForm(questionnaire, 'en')).toMatchObject({ title: 'Сауалнама', language: 'en' });
    expect(printedForm(questionnaire, 'ru').title).toBe('Опрос');
    expect(printedForm({ title: { ru: '', en: 'Only' } }, 'ru').title).toBe('Only');
    expect(printedForm({ title: { default: 'Main', en: 'Other' } }, 'ru').title).toBe('Main');
    expect(printedForm({}, 'ru')).toEqual({ title: '', language: 'ru', blocks: [] });
  });

  it('lays out headings, texts without marks, and conditions in words', () => {
    expect(blocksOf().slice(0, 5)).toEqual([
      { kind: 'heading', text: 'First page', note: 'Read slowly.', condition: null },
      { kind: 'text', text: 'About ________ of ________', condition: null },
      {
        kind: 'question',
        number: '1',
        title: 'Are the roads good?',
        note: 'One answer',
        condition: null,
        answer: 'one',
        answers: ['Yes', 'no', "Don't know / hard to say"],
        rows: [],
        ends: ['', ''],
      },
      {
        kind: 'heading',
        text: '',
        note: '',
        condition: 'Ask only if the answer to question 1 is “Yes”.',
      },
      {
        kind: 'question',
        number: '2',
        title: 'why',
        note: '',
        condition: 'Ask only if question 1 is answered.',
        answer: 'open',
        answers: [],
        rows: [],
        ends: ['', ''],
      },
    ]);
    // The second page has nothing to say of itself; the dynamic panel has.
    expect(blocksOf().flatMap((one) => (one.kind === 'heading' ? one.text : []))).toEqual([
      'First page',
      '',
      'Members',
    ]);
  });

  it('numbers what is asked, in the order of asking', () => {
    expect(
      blocksOf().flatMap((one) => (one.kind === 'question' ? `${one.number} ${one.title}` : [])),
    ).toEqual([
      ...['1 Are the roads good?', '2 why', '3 trust', '4 named', '5 nps', '6 fives'],
      ...['7 standing', '8 backwards', '9 how_far', '10 own', '11 services', '12 grid'],
      ...['13 has', '14 '],
    ]);
  });

  it.each([
    ['trust', 'scale', ['1', '2', '3', '4', '5']],
    ['named', 'scale', ['bad', '2']],
    ['nps', 'scale', ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10']],
    ['fives', 'scale', ['5', '10', '15']],
    ['standing', 'scale', []],
    ['backwards', 'scale', []],
    ['how_far', 'scale', []],
    ['own', 'one', ['Own', 'No']],
    ['services', 'grid', ['Good', '2']],
    ['grid', 'table', ['Now (good / bad)', 'then (from 1 / 2)', 'why']],
    ['has', 'several', ['car']],
  ])('offers of %s a %s of %j', (name, answer, answers) => {
    expect(question(name)).toMatchObject({ answer, answers });
  });

  it('names the rows of a grid, and says what the ends of a scale mean', () => {
    expect(question('services')).toMatchObject({ rows: ['water', 'Light', 'heat'] });
    expect(question('trust')).toMatchObject({ ends: ['not at all', 'fully'] });
  });

  it('has a line for each field, and empty rows where the respondent says how many there are', () => {
    const items = [{ name: 'men', title: { kk: 'Ер', en: 'Men' } }, { name: 'women' }];
    const elements = [
      { type: 'multipletext', name: 'people', items },
      { type: 'matrixdynamic', name: 'plots', columns: [{ name: 'size', cellType: 'text' }] },
    ];
    expect(printedForm({ elements }, 'en').blocks).toMatchObject([
      { answer: 'open', rows: ['Men', 'women'] },
      { answer: 'table', answers: ['size'], rows: ['', '', '', '', ''] },
    ]);
  });

  it.each([
    ['kk', 'Осы бөлімді әрқайсысы үшін қайталаңыз.'],
    ['ru', 'Повторите этот раздел для каждого.'],
    ['en', 'Repeat this part for each one.'],
  ] as const)('says in %s that a part is repeated', (locale, note) => {
    const repeat = { type: 'paneldynamic', name: 'members', templateElements: [] };
    expect(printedForm({ elements: [repeat] }, locale).blocks).toMatchObject([{ note }]);
  });

  it.each([
    ['checkbox', 'several'],
    ['tagbox', 'several'],
    ['ranking', 'several'],
    ['rating', 'scale'],
    ['slider', 'scale'],
    ['matrix', 'grid'],
    ['matrixdropdown', 'table'],
    ['matrixdynamic', 'table'],
    ['radiogroup', 'one'],
    ['dropdown', 'one'],
    ['buttongroup', 'one'],
    ['imagepicker', 'one'],
    ['boolean', 'one'],
    ['text', 'open'],
  ])('draws a %s as %s', (type, answer) => {
    const form = printedForm({ elements: [{ type, name: 'q' }] }, 'kk');
    expect(form.blocks).toMatchObject([{ kind: 'question', answer }]);
  });

  it('draws no endless scale', () => {
    const form = printedForm({ elements: [{ type: 'rating', name: 'q', rateMax: 1e9 }] }, 'kk');
    expect(form.blocks[0]).toMatchObject({ answers: { length: 100 } });
  });
});
