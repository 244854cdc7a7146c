import { compileScoring, scoreAnswers } from '@akimetr/api/domain/scoring';
import { aFullAnswer, anAnswerWithoutAppeal } from '../fixtures/answers.ts';
import { district, indicatorsOf, methodologyJson } from './load.ts';

const { newModel, json } = district;

/** Names of the questions that survey-core finds fault with. */
function faultyQuestions(answers: Record<string, unknown>): string[] {
  const model = newModel();
  model.data = answers;
  model.validate(true, false);
  return model
    .getAllQuestions()
    .filter(({ errors }) => errors.length > 0)
    .map(({ name }) => name);
}

describe('answers to surveys/akim-district.json', () => {
  it('accepts a respondent who applied to the akimat and one who did not', () => {
    expect(faultyQuestions(aFullAnswer())).toEqual([]);
    expect(faultyQuestions(anAnswerWithoutAppeal())).toEqual([]);
  });

  it.each([
    ['an interview without consent', { consent: false }, 'consent'],
    ['a respondent of 12', { age: 12 }, 'age'],
    ['a respondent of 101', { age: 101 }, 'age'],
    ['an age that is not whole', { age: 18.5 }, 'age'],
    ['a missing required answer', { trust: undefined }, 'trust'],
    ['a code that is not offered', { trust: 'adores' }, 'trust'],
    ['a matrix with a row left out', { economy: { jobs: 'good' } }, 'economy'],
    ['an appeal whose outcome was not asked', { appeal_solved: undefined }, 'appeal_solved'],
  ])('refuses %s', (_, overrides, question) => {
    expect(faultyQuestions(aFullAnswer(overrides))).toEqual([question]);
  });

  it('asks about the outcome of an appeal only those who applied', () => {
    const visible = (applied: string) => {
      const model = newModel();
      model.data = anAnswerWithoutAppeal({ applied });
      return ['appeal_in_time', 'appeal_solved'].map(
        (name) => model.getQuestionByName(name).isVisible,
      );
    };
    expect(visible('yes')).toEqual([true, true]);
    for (const applied of ['no', 'dont_know', 'refused']) {
      expect(visible(applied)).toEqual([false, false]);
    }
  });

  it('asks what was answered at a meeting only those who were there', () => {
    const visible = (attended: string) => {
      const model = newModel();
      model.data = aFullAnswer({ report_meeting_attended: attended });
      return model.getQuestionByName('report_meeting_answers').isVisible;
    };
    expect(['yes', 'no', 'dont_know'].map(visible)).toEqual([true, false, false]);
  });

  it('asks whether an age over 90 is right, and takes it', () => {
    const warned = (age: number) => {
      const model = newModel();
      model.data = aFullAnswer({ age });
      const valid = model.validate(true, false);
      const { errors } = model.getQuestionByName('age');
      return [valid, errors.map(({ notificationType }) => notificationType)];
    };
    expect(warned(90)).toEqual([true, []]);
    expect(warned(91)).toEqual([true, ['warning']]);
  });

  it('pipes the office into the texts of the language chosen', () => {
    const model = newModel();
    model.setVariable('office', 'аким Абайского района');
    model.locale = 'ru';
    expect(model.getPageByName('overall').locDescription.textOrHtml).toBe(
      'Оцениваемая должность: аким Абайского района',
    );
  });

  it('scores as worked by hand', () => {
    const { plan } = compileScoring(json, { indicators: indicatorsOf(methodologyJson) });
    const scores = scoreAnswers(plan, aFullAnswer());
    expect(scores).toEqual({
      accessibility: 67, // (67 + 67) / 2
      openness: expect.closeTo((100 * (2 / 3) + 67 + 33) / 3, 10), // 2 of 3 channels; most; rather difficult
      participation: 33, // do not know; rarely
      problem_solving: 50, // (67 + 33) / 2
      appeals: expect.closeTo((67 + 100 + 50) / 3, 10),
      integrity: 100, // corruption refused; nobody asked for a bribe
      fairness: 50, // (67 + 33) / 2
      roads_transport: 50, // (25 + 50 + 75) / 3
      utilities: expect.closeTo((75 + 100 + 25 + 67 + 50) / 5, 10),
      health_education: expect.closeTo((50 + 75 + 33) / 3, 10),
      surroundings: 50, // (75 + 25) / 2; no playground
      safety: 71, // (67 + 75) / 2
      economy: 25, // bad; do not know
      trust: 67,
      overall: 68, // (67 + 70 + 67) / 3
    });
    const withoutAppeal = scoreAnswers(plan, anAnswerWithoutAppeal());
    expect(withoutAppeal).toEqual({ ...scores, appeals: 67 });
  });
});
