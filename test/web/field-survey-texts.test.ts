/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import { englishStrings } from 'survey-core';
import { defaultWords } from '../../api/src/domain/default-words.ts';
// Sets them up.
import '../../web/src/lib/interview/survey-texts.ts';
import kk from '../../web/src/lib/interview/survey-texts.kk.json';
import ru from '../../web/src/lib/interview/survey-texts.ru.json';

const english = englishStrings as Record<string, string>;
const placesIn = (words: string) => [...words.matchAll(/\{\w+\}/g)].map(String).sort();

describe.each([
  ['Kazakh', kk as Record<string, string>],
  ['Russian', ru as Record<string, string>],
])('SurveyJS in %s', (_, texts) => {
  it('has every text that SurveyJS can show', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
  });

  it('keeps the places where values are put in', () => {
    // An expression is no use to an interviewer: ours says only that the answer does not fit.
    const differing = Object.keys(texts).filter(
      (key) =>
        key !== 'invalidExpression' &&
        placesIn(texts[key]).join() !== placesIn(english[key]).join(),
    );
    expect(differing).toEqual([]);
  });
});

describe('what an answer is called that the author gave no words', () => {
  const keys = {
    ...{ true: 'booleanCheckedLabel', false: 'booleanUncheckedLabel', none: 'noneItemText' },
    ...{ dontknow: 'dontKnowItemText', refused: 'refuseItemText', other: 'otherItemText' },
  };
  it('is on paper and in the codebook as on the tablet', () => {
    const shown = Object.entries(keys).map(([value, key]) => [
      value,
      {
        kk: (kk as Record<string, string>)[key],
        ru: (ru as Record<string, string>)[key],
        en: english[key],
      },
    ]);
    expect(defaultWords).toEqual(Object.fromEntries(shown));
  });
});
