import { findingsOf } from '../../api/src/domain/questionnaire-check.ts';

const t = (text: string) => ({ kk: text, ru: text, en: text });
const about = new Set(['scale_unbalanced', 'scale_unlabelled', 'no_dont_know', 'unscored']);

/** What is found about the scale of one question: code, severity and message. */
function found(question: object, more: object[] = []): string[] {
  const whole = {
    title: t('Title'),
    levels: ['district'],
    pages: [{ name: 'p', elements: [{ name: 'q', title: t('Trust?'), ...question }, ...more] }],
  };
  return findingsOf(whole)
    .filter((one) => about.has(one.code) && one.question === 'q')
    .map(({ code, severity, message, page, path }) => {
      expect([page, path]).toEqual(['p', 'pages.0.elements.0']);
      return `${code} ${severity}: ${message}`;
    });
}
const labelled = (...values: (string | number)[]) =>
  values.map((value) => ({ value, text: t(`label of ${value}`) }));
const map = (scores: Record<string, number>) => ({ scoring: { kind: 'map', scores } });
/** Sound: balanced, labelled, with "don't know". */
const sound = {
  type: 'radiogroup',
  indicator: 'trust',
  choices: labelled('bad', 'so', 'good'),
  showDontKnowItem: true,
  ...map({ bad: 0, so: 50, good: 100 }),
};
const unbalanced = (better: number, worse: number) =>
  `scale_unbalanced warning: the scale has ${better} answers above the middle and ${worse} below it`;
const unlabelled = (points: number) =>
  `scale_unlabelled warning: points of the scale without a label: ${points}`;
const noWayOut = (severity: string) =>
  `no_dont_know ${severity}: it is scored and leaves no way to say "don't know"`;

describe('the check of scales', () => {
  it('finds nothing about a sound one', () => {
    expect(found(sound)).toEqual([]);
  });

  it.each([
    ['three above, one below', { bad: 0, so: 60, good: 80, best: 100 }, [unbalanced(3, 1)]],
    ['one above, two below', { bad: 0, so: 40, good: 100 }, [unbalanced(1, 2)]],
    ['the middle counts for neither side', { bad: 50, so: 50, good: 100 }, [unbalanced(1, 0)]],
    ['two answers are no scale', { bad: 80, good: 100 }, []],
  ])('weighs the answers of a map: %s', (_what, scores, expected) => {
    const choices = labelled(...Object.keys(scores));
    expect(found({ ...sound, choices, ...map(scores) })).toEqual(expected);
  });

  it('asks for a way to say "don\'t know", more where an answer is required', () => {
    expect(found({ ...sound, showDontKnowItem: undefined })).toEqual([noWayOut('note')]);
    expect(found({ ...sound, showDontKnowItem: undefined, isRequired: true })).toEqual([
      noWayOut('warning'),
    ]);
    const refuse = { missingValues: { refused: ['so'] }, showDontKnowItem: undefined };
    expect(found({ ...sound, ...refuse, ...map({ bad: 0, good: 100 }) })).toEqual([
      noWayOut('note'),
    ]);
  });

  it.each<[string, unknown[], number]>([
    ['texts in some language', [{ value: 1, text: { ru: 'плохо' } }, ...labelled(2, 3)], 0],
    ['no text in any language', [{ value: 1, text: { ru: '' } }, ...labelled(2, 3)], 1],
    [
      'a text without language',
      [{ value: 1, text: 'bad' }, { value: 2, text: 'so' }, ...labelled(3)],
      0,
    ],
    ['a number as text', [{ value: 1, text: '1' }, { value: 2, text: '' }, ...labelled(3)], 2],
    ['values that are words', ['1', 2, 'word'], 2],
    ['values in an object', [{ value: 'word' }, { value: '1' }, { value: 2 }], 2],
    ['no text at all', [{ value: 1, text: null }, ...labelled(2, 3)], 1],
  ])('counts points without words: %s', (_what, choices, points) => {
    const values = choices.map((one: any) => one.value ?? one);
    const scores = { [values[0]]: 0, [values[1]]: 50, [values[2]]: 100 };
    expect(found({ ...sound, choices, ...map(scores) })).toEqual(
      points === 0 ? [] : [unlabelled(points)],
    );
  });

  it('leaves "don\'t know" and the like out of the points', () => {
    const question = {
      ...sound,
      choices: [...labelled('bad', 'so', 'good'), 99, { value: 98 }],
      showDontKnowItem: undefined,
      missingValues: { dontKnow: [99], refused: [98] },
    };
    expect(found(question)).toEqual([]);
  });

  const linear = (from: number, to: number) => ({ scoring: { kind: 'linear', from, to } });
  const rating = {
    type: 'rating',
    indicator: 'trust',
    rateMin: 0,
    rateMax: 10,
    missingValues: { dontKnow: [99] },
    ...linear(0, 10),
  };
  it.each<[string, object, number]>([
    ['nothing explains its ends', {}, 2],
    ['words at both ends', { minRateDescription: t('bad'), maxRateDescription: t('good') }, 0],
    ['a word at one end', { minRateDescription: t('bad') }, 2],
    ['a word at the other end', { maxRateDescription: t('good') }, 2],
    ['the wording says both numbers', { title: t('From 0 (bad) to 10 (good)?') }, 0],
    ['a wording without a language', { title: 'From 0 (bad) to 10 (good)?' }, 0],
    ['the wording says one number', { title: t('Of 10?') }, 2],
    ['one language does not say it', { title: { ...t('From 0 to 10'), ru: 'Сколько?' } }, 2],
    ['other numbers', { title: t('From 1 to 100?') }, 2],
  ])('reads a rating of bare numbers: %s', (_what, more, points) => {
    expect(found({ ...rating, ...more })).toEqual(points === 0 ? [] : [unlabelled(points)]);
  });

  it('reads values of a rating and columns of a matrix as points', () => {
    const named = { rateMin: undefined, rateMax: undefined, rateValues: [...labelled(0), 5, 10] };
    expect(found({ ...rating, ...named })).toEqual([unlabelled(2)]);
    const matrix = {
      ...sound,
      type: 'matrix',
      choices: undefined,
      rows: ['water', 'light'],
      columns: [...labelled('bad', 'so'), 3, { value: 99 }],
      showDontKnowItem: undefined,
      missingValues: { dontKnow: [99] },
      ...map({ bad: 0, so: 50, 3: 100 }),
    };
    expect(found(matrix)).toEqual([unlabelled(1)]);
  });

  it('wants of a scale of more than seven points its ends labelled, or explained', () => {
    const values = (count: number) => Array.from({ length: count }, (_, place) => place);
    const choices = (count: number) =>
      values(count).map((value) => (value === 0 ? labelled(value)[0] : value));
    const long = (count: number, more: object = {}) =>
      found({ ...sound, ...linear(0, count - 1), choices: choices(count), ...more });
    expect(long(7)).toEqual([unlabelled(6)]);
    expect(long(8)).toEqual([unlabelled(1)]);
    expect(long(8, { choices: values(8) })).toEqual([unlabelled(2)]);
    expect(long(8, { choices: [...labelled(0), ...values(7).slice(1), ...labelled(7)] })).toEqual(
      [],
    );
    expect(long(8, { title: t('From 0 to 7?') })).toEqual([]);
    expect(long(11, { title: t('From 1 to 10?') })).toEqual([unlabelled(1)]);
  });

  const unscored =
    'unscored note: it can be scored and is not; right for facts about the respondent';
  it.each<[string, object, string[]]>([
    ['choices', { type: 'radiogroup', choices: ['a'] }, [unscored]],
    ['a rating', { type: 'rating' }, [unscored]],
    ['a number with limits', { type: 'text', inputType: 'number', min: 0, max: 9 }, [unscored]],
    ['a grid', { type: 'matrixdropdown', columns: [{ name: 'c' }], rows: ['r'] }, [unscored]],
    ['a number without limits', { type: 'text', inputType: 'number' }, []],
    ['a text', { type: 'comment' }, []],
    ['an indicator without a rule', { type: 'radiogroup', choices: ['a'], indicator: 'x' }, []],
    ['a rule without an indicator', { type: 'radiogroup', choices: ['a'], ...map({ a: 1 }) }, []],
  ])('says that a question is not scored: %s', (_what, question, expected) => {
    expect(found(question)).toEqual(expected);
    // Another question that is scored changes nothing.
    expect(found(question, [{ ...sound, name: 'other', title: t('x') }])).toEqual(expected);
  });

  it('says nothing of questions inside a dynamic panel, and of panels', () => {
    const inside = { type: 'radiogroup', name: 'r', choices: ['a'] };
    const whole = (panel: object) => ({
      pages: [{ name: 'p', elements: [{ name: 'r2', ...panel }] }],
    });
    const codes = (panel: object) =>
      findingsOf(whole(panel)).flatMap(({ code, question }) =>
        code === 'unscored' ? question : [],
      );
    expect(codes({ type: 'paneldynamic', templateElements: [inside] })).toEqual([]);
    expect(codes({ type: 'panel', elements: [inside] })).toEqual(['r']);
  });
});
