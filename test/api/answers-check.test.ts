import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Model } from 'survey-core';
import { compileAnswersCheck } from '../../api/src/services/answers-check.ts';
import { wholeModelParts } from '../../api/src/services/whole-model-parts.ts';
import { aFullAnswer, anAnswerWithoutAppeal } from '../fixtures/answers.ts';
import fc from '../support/fast-check.ts';

const questionnaire = JSON.parse(
  readFileSync(resolve(__dirname, '../../surveys/akim-district.json'), 'utf8'),
);
const plain = compileAnswersCheck(questionnaire);
/** The same questionnaire with a part that only a whole Model can follow. */
const followed = {
  ...questionnaire,
  calculatedValues: [{ name: 'twice_age', expression: '{age} * 2' }],
};
const whole = compileAnswersCheck(followed);

/** What survey-core itself says of some answers. */
function modelAccepts(json: object, answers: Record<string, unknown>): boolean {
  const model = new Model(json);
  model.data = { ...answers };
  return model.validate(true, false);
}

describe('compileAnswersCheck', () => {
  // survey-core tells of every wrong value on the console.
  let warn: jest.SpyInstance;
  beforeAll(() => {
    warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  });
  afterAll(() => jest.restoreAllMocks());

  it('checks the questionnaire that ships without a Model for each interview', () => {
    expect(wholeModelParts(new Model(questionnaire))).toEqual([]);
    expect(wholeModelParts(new Model(followed))).not.toEqual([]);
  });

  describe.each([
    ['compiled', plain],
    ['with a whole Model', whole],
  ])('%s', (_kind, check) => {
    it('accepts what an interviewer can enter', () => {
      expect(check(aFullAnswer())).toEqual([]);
      expect(check(anAnswerWithoutAppeal())).toEqual([]);
    });

    it.each<[string, Record<string, unknown>, string]>([
      ['an unknown question', { shoe_size: 43 }, 'shoe_size'],
      ['an unknown choice', { sex: 'x' }, 'sex'],
      ['a choice in a list', { sex: ['male'] }, 'sex'],
      ['an age under 18', { age: 12 }, 'age'],
      ['an age that is half a year', { age: 20.5 }, 'age'],
      ['an age as text', { age: '34' }, 'age'],
      ['a rating outside the scale', { overall_rating: 11 }, 'overall_rating'],
      ['a boolean as text', { consent: 'true' }, 'consent'],
      ['no consent', { consent: false }, 'consent'],
      ['a required answer that is missing', { trust: undefined }, 'trust'],
      ['an empty list', { contact_channels: [] }, 'contact_channels'],
      ['a choice twice', { contact_channels: ['chat_bot', 'chat_bot'] }, 'contact_channels'],
      ['one choice where a list belongs', { contact_channels: 'chat_bot' }, 'contact_channels'],
      [
        '"don\'t know" together with others',
        { contact_channels: ['dont_know', 'chat_bot'] },
        'contact_channels',
      ],
      ['a matrix row that is missing', { utilities: { water_supply: 'good' } }, 'utilities'],
      [
        'an unknown matrix row',
        { health_education: { health_care: 'good', schools: 'good', x: 'good' } },
        'health_education',
      ],
      [
        'a list in a matrix cell',
        { health_education: { health_care: ['good'], schools: 'good' } },
        'health_education',
      ],
      ['an answer to a question that was not asked', { applied: 'no' }, 'appeal_in_time'],
    ])('refuses %s and names the question', (_what, over, name) => {
      const answers = Object.fromEntries(
        Object.entries({ ...aFullAnswer(), ...over }).filter(([, value]) => value !== undefined),
      );
      expect(check(answers).map(({ path }) => path)).toContain(`answers.${name}`);
    });
  });

  it('prints nothing of an answer, however wrong it is', () => {
    warn.mockClear();
    expect(whole({ ...aFullAnswer(), sex: 'x', trust: { told: 'a secret' } })).not.toEqual([]);
    expect(warn).not.toHaveBeenCalled();
    modelAccepts(followed, { sex: 'x', utilities: 'a secret' });
    expect(warn).toHaveBeenCalled(); // what it would have printed
  });

  it('refuses whatever survey-core refuses', () => {
    const names = Object.keys(aFullAnswer());
    const anyValue = fc.oneof(
      fc.constantFrom<unknown>(
        undefined,
        null,
        '',
        'yes',
        'no',
        'dont_know',
        'refused',
        'good',
        true,
        false,
        0,
        5,
        17,
        101,
        34.5,
      ),
      fc.array(fc.constantFrom('chat_bot', 'dont_know', 'x'), { maxLength: 3 }),
      fc.constantFrom<unknown>({}, { schools: 'good' }, { jobs: 'x' }),
    );
    let refusedByModel = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...names), anyValue), { minLength: 1, maxLength: 3 }),
        (changes) => {
          const answers: Record<string, unknown> = { ...aFullAnswer() };
          for (const [name, value] of changes) {
            if (value === undefined) delete answers[name];
            else answers[name] = value;
          }
          if (modelAccepts(questionnaire, answers)) return;
          refusedByModel += 1;
          expect(plain(answers)).not.toEqual([]);
        },
      ),
      { numRuns: 60, seed: 2026 },
    );
    expect(refusedByModel).toBeGreaterThan(20);
  });
});
