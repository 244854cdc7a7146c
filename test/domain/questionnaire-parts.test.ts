import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Model } from 'survey-core';
import { joinParts, splitQuestionnaire } from '../../api/src/domain/questionnaire-parts.ts';
import {
  applyTexts,
  completenessOf,
  missingLanguages,
  textsOf,
} from '../../api/src/domain/questionnaire-texts.ts';
import { canonicalJson } from '../../api/src/contracts/canonical-json.ts';
import { aQuestion, aQuestionnaire, questionTypes } from '../support/random-questionnaire.ts';
import fc from '../support/fast-check.ts';

const shipped = JSON.parse(
  readFileSync(resolve(__dirname, '../../surveys/akim-district.json'), 'utf8'),
);
const together = (questionnaire: any) => joinParts(splitQuestionnaire(questionnaire));

describe('a questionnaire taken apart', () => {
  it('is the same when it is put together again: the one that ships', () => {
    expect(together(shipped)).toEqual(shipped);
  });

  it('is the same when it is put together again: any, by canonical JSON', () => {
    fc.assert(
      fc.property(aQuestionnaire, (questionnaire) => {
        expect(canonicalJson(together(questionnaire))).toBe(canonicalJson(questionnaire));
      }),
    );
  });

  it.each(questionTypes)('loses nothing of a question of type %s', (type) => {
    fc.assert(
      fc.property(aQuestion(type, 'q1'), (question) => {
        const questionnaire = { pages: [{ name: 'p', elements: [question] }] };
        const again = together(questionnaire);
        expect(again).toEqual(questionnaire);
        // What survey-core makes of it is the same too.
        expect(new Model(again).toJSON()).toEqual(new Model(questionnaire).toJSON());
      }),
      { numRuns: 6 },
    );
  });

  it.each<[string, any]>([
    ['nothing', {}],
    [
      'names that stand twice or not at all',
      { elements: [{ type: 'text', name: 'a' }, { type: 'text', name: 'a' }, { type: 'text' }] },
    ],
    [
      'choices that stand twice',
      { elements: [{ type: 'dropdown', name: 'a', choices: [1, 1, 'x'] }] },
    ],
    [
      '1 and "1"',
      { elements: [{ type: 'dropdown', name: 'a', choices: [1, '1', { value: true }] }] },
    ],
    [
      'empty lists and odd values',
      { pages: [], title: null, elements: [{ name: 'q', choices: [], title: {}, rows: 'x' }] },
    ],
    [
      'keys with a meaning of their own',
      JSON.parse('{"__proto__": {"a": 1}, "elements": [{"name": "q", "a/b@c": 1, "": 2}]}'),
    ],
    [
      'questions inside choices',
      {
        elements: [
          {
            type: 'radiogroup',
            name: 'a',
            choices: [{ value: 1, elements: [{ type: 'text', name: 'b', title: { kk: 'x' } }] }],
          },
        ],
      },
    ],
    [
      'dynamic panels and details',
      {
        elements: [
          { type: 'paneldynamic', name: 'a', templateElements: [{ type: 'text', name: 'b' }] },
          { type: 'matrixdynamic', name: 'm', detailElements: [{ type: 'text', name: 'c' }] },
        ],
      },
    ],
  ])('keeps %s', (_what, questionnaire) => {
    expect(canonicalJson(together(questionnaire))).toBe(canonicalJson(questionnaire));
  });
});

describe('the texts of a questionnaire', () => {
  it('change nothing when nothing is edited', () => {
    fc.assert(
      fc.property(aQuestionnaire, (questionnaire) => {
        const { questionnaire: same, unknown } = applyTexts(questionnaire, []);
        expect(canonicalJson(same)).toBe(canonicalJson(questionnaire));
        expect(unknown).toEqual([]);
      }),
    );
  });

  it('change nothing when every text is written again as it is', () => {
    const edits = textsOf(shipped).map(({ key, texts }) => ({ key, texts }));
    expect(applyTexts(shipped, edits)).toEqual({ questionnaire: shipped, unknown: [] });
  });

  it('have one key each, and are all there after every one was translated', () => {
    fc.assert(
      fc.property(aQuestionnaire, (questionnaire) => {
        const texts = textsOf(questionnaire);
        expect(new Set(texts.map(({ key }) => key)).size).toBe(texts.length);
        const edits = texts.map(({ key }) => ({ key, texts: { kk: 'Қ', ru: 'Я', en: 'E' } }));
        const { questionnaire: full, unknown } = applyTexts(questionnaire, edits);
        expect(unknown).toEqual([]);
        const after = textsOf(full);
        expect(after.flatMap(missingLanguages)).toEqual([]);
        expect(after.every(({ plain }) => plain === null)).toBe(true);
        for (const { done, of } of Object.values(completenessOf(after))) expect(done).toBe(of);
      }),
    );
  });

  it('name the question, the property and the place', () => {
    const questionnaire = {
      title: 'T',
      pages: [
        {
          name: 'p',
          elements: [
            {
              type: 'radiogroup',
              name: 'sex',
              title: { kk: 'Жынысы' },
              choices: ['male', { value: 2, text: { ru: 'Ж' } }],
            },
          ],
        },
      ],
    };
    const texts = textsOf(questionnaire);
    expect(texts.map(({ key, path }) => [key, path])).toEqual([
      ['whole/title', 'title'],
      ['question:sex/title', 'pages.0.elements.0.title'],
      ['question:sex/choices/=2/text', 'pages.0.elements.0.choices.1.text'],
      ['question:sex/choices/male/text', 'pages.0.elements.0.choices.0'],
    ]);
    expect(texts[0]).toMatchObject({ plain: 'T', texts: {}, question: null, implied: false });
    expect(texts[3]).toMatchObject({ implied: true, needed: true });
    expect(texts.map((one) => missingLanguages(one).join())).toEqual([
      'kk,ru,en',
      'ru,en',
      'kk,en',
      'kk,ru,en',
    ]);
    const { questionnaire: edited, unknown } = applyTexts(questionnaire, [
      { key: 'whole/title', texts: { kk: 'К', ru: 'Р' } },
      { key: 'question:sex/choices/male/text', texts: { kk: 'Ер' } },
      { key: 'question:sex/title', texts: { kk: '', en: 'Sex' } },
      { key: 'question:gone/title', texts: { kk: 'x' } },
    ]);
    expect(unknown).toEqual(['question:gone/title']);
    expect(edited).toMatchObject({
      title: { default: 'T', kk: 'К', ru: 'Р' },
      pages: [
        {
          elements: [
            { title: { en: 'Sex' }, choices: [{ value: 'male', text: { kk: 'Ер' } }, {}] },
          ],
        },
      ],
    });
  });
});
