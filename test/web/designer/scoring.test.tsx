import { fireEvent } from '@testing-library/react';
import type { Scenario } from '@akimetr/api/contracts/questionnaire-drafts';
import { methodology as methodologySchema } from '@akimetr/api/contracts/methodologies';
import { scaleOf } from '@akimetr/api/domain/questionnaire-json';
import { compileScoring } from '@akimetr/api/domain/scoring';
import {
  evenScores,
  kindsFor,
  ruleFor,
  withMissing,
} from '../../../web/src/features/designer/scoring/question-rule.ts';
import { QuestionScoring } from '../../../web/src/features/designer/scoring/QuestionScoring.tsx';
import { respondentIndex } from '../../../web/src/features/designer/scoring/respondent-index.ts';
import {
  holds,
  planOf,
  previewSurvey,
  courseOf,
  replay,
} from '../../../web/src/features/designer/preview/preview-survey.ts';
import {
  getAt,
  setAt,
  type Doc,
  type Plain,
} from '../../../web/src/features/designer/model/document.ts';
import { outlineOf } from '../../../web/src/features/designer/model/outline.ts';
import { showPart } from './support.tsx';

const doc = (): Doc => ({
  pages: [
    {
      name: 'only',
      elements: [
        {
          type: 'radiogroup',
          name: 'solves',
          title: { en: 'Does the akim solve problems?' },
          choices: ['yes', 'partly', 'no', 'dk'],
          isRequired: true,
        },
        { type: 'comment', name: 'why', visibleIf: "{solves} = 'no'" },
      ],
    },
  ],
});
const methodology = methodologySchema.parse({
  code: 'm',
  version: 1,
  name: { kk: 'м', ru: 'м', en: 'm' },
  blocks: [
    {
      code: 'b',
      name: { kk: 'б', ru: 'б', en: 'b' },
      indicators: [
        { code: 'solving', name: { kk: 'ш', ru: 'р', en: 'Solving' }, importance: 0.75 },
        { code: 'trust', name: { kk: 'с', ru: 'д', en: 'Trust' }, importance: 0.25 },
      ],
    },
  ],
  rules: {},
});

describe('scoring in the designer', () => {
  it.each<[string, Plain]>([
    ['radiogroup', { choices: ['a', 'b', 'c'] }],
    ['rating', { rateMin: 0, rateMax: 10 }],
    ['boolean', {}],
    ['checkbox', { choices: ['a', 'b'], showNoneItem: true }],
    ['ranking', { choices: ['a', 'b', 'c'] }],
    ['matrix', { rows: ['r'], columns: [1, 2, 3, 4, 5] }],
    ['text', { inputType: 'number', min: 0, max: 10 }],
    ['slider', {}],
    ['matrixdropdown', { rows: ['r'], columns: [{ name: 'c', cellType: 'rating' }] }],
  ])('begins with a rule of each kind that fits a %s', (type, more) => {
    const question: Plain = { type, name: 'q', indicator: 'i', ...more };
    const scale = scaleOf(question, [question]);
    if (typeof scale === 'string') throw new Error(scale);
    for (const kind of kindsFor(scale)) {
      const scored = { ...question, scoring: ruleFor(kind, scale, {}) };
      expect(compileScoring({ elements: [scored] }).faults).toEqual([]);
    }
  });

  it('spreads scores evenly, the first best', () => {
    expect(evenScores(['a', 'b', 'c', 'd'])).toEqual({ a: 100, b: 67, c: 33, d: 0 });
  });

  it('takes the score from an answer that becomes missing, and keeps a number a number', () => {
    const question = { scoring: { kind: 'map', scores: { '1': 100, '9': 0 } } };
    const marked = withMissing(question, 9, 'refused');
    expect(marked).toEqual({
      scoring: { kind: 'map', scores: { '1': 100 } },
      missingValues: { refused: [9] },
    });
    expect(withMissing(marked, 9, null)).toEqual({
      scoring: { kind: 'map', scores: { '1': 100 } },
    });
  });

  it('gives no index while an indicator is missing, unless the methodology renormalises', () => {
    const half = { solving: 80, trust: null };
    expect(respondentIndex(methodology, { solving: 80, trust: 40 })).toBe(70);
    expect(respondentIndex(methodology, half)).toBeNull();
    const rules = { ...methodology.rules, missingIndicator: 'renormalise' as const };
    expect(respondentIndex({ ...methodology, rules }, half)).toBe(80);
  });

  it('calls answers taken from another question what they are called there', async () => {
    const choices = [{ value: 'a', text: { en: 'Alpha' } }];
    const taken = { type: 'radiogroup', name: 'taken', choicesFromQuestion: 'own' };
    const own = { type: 'radiogroup', name: 'own', choices };
    const both = { pages: [{ name: 'one', elements: [own, taken] }] };
    const branch = outlineOf(both)[0].children[1];
    const { screen } = await showPart(
      <QuestionScoring branch={branch} all={[own, taken]} methodology={methodology} faults={[]} />,
      both,
    );
    expect(screen.getByRole('rowheader').textContent).toBe('Alpha');
  });

  it('gives a question its indicator with a whole rule, and marks "don’t know" as missing', async () => {
    const [page] = outlineOf(doc());
    const all = page.children.map(({ element }) => element);
    const form = (now: Doc) => (
      <QuestionScoring
        branch={outlineOf(now)[0].children[0]}
        all={all}
        methodology={methodology}
        faults={[]}
      />
    );
    const { store, screen } = await showPart(form(doc()), doc());
    const path = ['pages', 0, 'elements', 0];
    fireEvent.change(screen.getByRole('combobox', { name: 'Indicator' }), {
      target: { value: 'solving' },
    });
    expect(getAt(store.doc(), path)).toMatchObject({
      indicator: 'solving',
      scoring: { kind: 'map', scores: { yes: 100, no: 33, dk: 0 } },
    });
    expect(compileScoring(store.doc()).faults).toEqual([]);
  });
});

describe('a recorded respondent', () => {
  const scored = setAt(
    setAt(doc(), ['pages', 0, 'elements', 0, 'indicator'], 'solving'),
    ['pages', 0, 'elements', 0, 'scoring'],
    {
      kind: 'map',
      scores: { yes: 100, partly: 50, no: 0, dk: 0 },
    },
  );
  const answers = { solves: 'no', why: 'nobody answers' };
  const course = courseOf(previewSurvey(scored, 'en', answers), planOf(scored));
  const scenario = {
    name: 'Dissatisfied',
    language: 'en' as const,
    answers,
    expected: { asked: [...course.asked], scores: { ...course.scores }, stuck: [] },
  };
  const again = (now: Doc) => replay(now, planOf(now), scenario);

  it('is asked and scored the same by an unchanged questionnaire', () => {
    expect(course).toEqual({ asked: ['solves', 'why'], stuck: [], scores: { solving: 0 } });
    expect(holds(again(scored))).toBe(true);
  });

  it('tells what is no longer asked, what is asked anew, and where he is stuck', () => {
    const other = setAt(scored, ['pages', 0, 'elements', 1, 'visibleIf'], "{solves} = 'yes'");
    const more = setAt(other, ['pages', 0, 'elements', 2], {
      type: 'text',
      name: 'age',
      isRequired: true,
    });
    expect(again(more)).toEqual({
      added: ['age'],
      gone: ['why'],
      stuck: ['age'],
      freed: [],
      rescored: [],
    });
  });

  it('may end where it is refused, and tells when it no longer does', () => {
    const consent = {
      type: 'boolean',
      name: 'consent',
      validators: [{ type: 'expression', expression: '{consent} = true' }],
    };
    const asked = setAt(scored, ['pages', 0, 'elements', 0], consent);
    const no = { consent: false };
    const { stuck } = courseOf(previewSurvey(asked, 'en', no), planOf(asked));
    expect(stuck).toEqual(['consent']);
    const refusing: Scenario = {
      name: 'A refusing respondent',
      language: 'en',
      answers: no,
      expected: { asked: ['consent'], scores: {}, stuck: [...stuck] },
    };
    const given = (now: Doc) => replay(now, planOf(now), refusing);
    expect(holds(given(asked))).toBe(true);
    const lenient = setAt(asked, ['pages', 0, 'elements', 0, 'validators'], undefined);
    expect(given(lenient).freed).toEqual(['consent']);
    expect(holds(given(lenient))).toBe(false);
  });

  it('tells that a score is another', () => {
    const other = setAt(scored, ['pages', 0, 'elements', 0, 'scoring', 'scores', 'no'], 20);
    expect(again(other).rescored).toEqual([{ indicator: 'solving', before: 0, now: 20 }]);
  });
});
