import { randomStream } from '@akimetr/api/domain/random';
import { compileScoring, scoreInterview } from '@akimetr/api/domain/scoring';
import {
  akimEffects,
  syntheticAnswers,
  type RespondentProfile,
} from '../../scripts/synthetic-answers.ts';
import { all, answerCodes, district } from '../surveys/load.ts';

const { json: questionnaireJson, questions, newModel } = district;

const profile: RespondentProfile = { sex: 'female', age: 30, settlement: 'rural' };
const { plan } = compileScoring(questionnaireJson);

const respondents = (count: number, quality: number, seed = 'seed', who = profile) => {
  const rng = randomStream(seed).uniform;
  return Array.from({ length: count }, () =>
    syntheticAnswers(questionnaireJson, rng, quality, who),
  );
};

const meanScore = (answers: Record<string, unknown>[], indicator?: string): number => {
  const scores = answers.flatMap((one) =>
    Object.entries(scoreInterview(plan, one).indicators)
      .filter(([name]) => indicator === undefined || name === indicator)
      .flatMap(([, score]) => score ?? []),
  );
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
};

describe('syntheticAnswers', () => {
  it('gives answers that survey-core accepts, for poor, middling and good akims', () => {
    const model = newModel();
    for (const quality of [-1, 0, 1]) {
      for (const answers of respondents(60, quality)) {
        model.data = answers;
        expect(model.validate(false, false)).toBe(true);
        expect(model.data).toEqual(answers);
      }
    }
  });

  it.each(all)('answers %s so that survey-core accepts it', (_code, { json, newModel: model }) => {
    const survey = model();
    const rng = randomStream('every questionnaire').uniform;
    for (let place = 0; place < 40; place += 1) {
      const answers = syntheticAnswers(json, rng, 0, profile);
      survey.data = answers;
      expect(survey.validate(false, false)).toBe(true);
      expect(survey.data).toEqual(answers);
    }
  });

  it('answers only with offered codes, and only what is asked', () => {
    const codes = new Map(questions.map((question) => [question.name, answerCodes(question)]));
    for (const answers of respondents(300, 0)) {
      for (const [name, value] of Object.entries(answers)) {
        const offered = codes.get(name);
        if (!offered) continue;
        const given =
          Array.isArray(value) || typeof value !== 'object' ? value : Object.values(value ?? {});
        expect(offered).toEqual(expect.arrayContaining([given].flat()));
      }
      expect('appeal_solved' in answers).toBe(answers.applied === 'yes');
      const channels = answers.contact_channels as string[];
      if (['none', 'dont_know', 'refused'].some((code) => channels.includes(code))) {
        expect(channels).toHaveLength(1);
      }
    }
  });

  it('is the same respondent for the same seed, and another for another', () => {
    expect(respondents(20, 0.3)).toEqual(respondents(20, 0.3));
    expect(respondents(20, 0.3)).not.toEqual(respondents(20, 0.3, 'other'));
  });

  it('takes sex, age and settlement from the profile', () => {
    const who: RespondentProfile = { sex: 'male', age: 77, settlement: 'urban' };
    expect(respondents(1, 0, 'seed', who)[0]).toMatchObject({ consent: true, ...who });
  });

  it('gives better akims better scores', () => {
    const [poor, middling, good] = [-1, 0, 1].map((quality) =>
      meanScore(respondents(400, quality)),
    );
    expect(middling - poor).toBeGreaterThan(8);
    expect(good - middling).toBeGreaterThan(8);
    expect(poor).toBeGreaterThan(15);
    expect(good).toBeLessThan(90);
  });

  it('lets an akim be better at one thing than at another', () => {
    const who = (effect: number) => ({ ...profile, indicatorEffects: { utilities: effect } });
    const strong = respondents(400, 0, 'seed', who(1.5));
    const feeble = respondents(400, 0, 'seed', who(-1.5));
    expect(meanScore(strong, 'utilities') - meanScore(feeble, 'utilities')).toBeGreaterThan(12);
    expect(Math.abs(meanScore(strong, 'trust') - meanScore(feeble, 'trust'))).toBeLessThan(5);
    expect(Object.keys(akimEffects(questionnaireJson, randomStream(1).uniform))).toEqual(
      expect.arrayContaining(['utilities', 'trust', 'overall']),
    );
  });

  it('leaves 3 to 8 per cent of scored answers unknown or refused, unevenly between respondents', () => {
    const shares = respondents(600, 0).map((answers) => {
      const { items } = scoreInterview(plan, answers);
      const asked = items.filter(({ missing }) => missing !== 'unanswered');
      return (
        asked.filter(({ missing }) => missing === 'dontKnow' || missing === 'refused').length /
        asked.length
      );
    });
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeGreaterThan(0.03);
    expect(mean).toBeLessThan(0.08);
    expect(Math.max(...shares)).toBeGreaterThan(0.15);
  });
});
