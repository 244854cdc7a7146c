import { Serializer, type Base, type LocalizableString, type SurveyModel } from 'survey-core';
import { compileScoring } from '@akimetr/api/domain/scoring';
import { scaleOf, textOf } from '@akimetr/api/domain/questionnaire-json';
import {
  answerCodes,
  codesOf,
  methodologyJson,
  newModel,
  questionNamed,
  questionnaireJson,
  questions,
} from './load.ts';

const languages = ['en', 'kk', 'ru'];
const interviewQuestions = ['consent', 'settlement', 'sex', 'age'];
const substantive = questions.filter(({ name }) => !interviewQuestions.includes(String(name)));
const indicators = methodologyJson.blocks.flatMap((block) => block.indicators);

interface Text {
  where: string;
  value: LocalizableString;
}

const localizable = (object: Base) =>
  Serializer.getPropertiesByObj(object).filter(
    (property) => property.isLocalizable && property.serializationProperty,
  );

const stringsOf = (where: string, object: Base): Text[] =>
  localizable(object).map((property) => ({
    where: `${where}.${property.name}`,
    value: (object as unknown as Record<string, LocalizableString>)[property.serializationProperty],
  }));

/** Objects inside a survey object, found through survey-core's own metadata: pages, questions, choices, rows … */
const childrenOf = (object: Base): Base[] =>
  Serializer.getPropertiesByObj(object).flatMap((property) => {
    const value: unknown = (object as unknown as Record<string, unknown>)[property.name];
    return Array.isArray(value)
      ? value.filter(
          (child): child is Base => typeof (child as Base | null)?.getType === 'function',
        )
      : [];
  });

function everyText(root: SurveyModel): Text[] {
  const texts: Text[] = [];
  const visit = (where: string, object: Base) => {
    texts.push(...stringsOf(where, object));
    for (const child of childrenOf(object)) {
      const { name, value } = child as unknown as { name?: string; value?: unknown };
      visit(`${where}/${name || String(value)}`, child);
    }
  };
  visit('questionnaire', root);
  return texts;
}

describe('surveys/akim-district.json', () => {
  const model = newModel();
  const texts = everyText(model).filter(({ value }) => !value.isEmpty);

  it('is read by survey-core without a single complaint', () => {
    expect(model.jsonErrors ?? []).toEqual([]);
    expect(model.getAllQuestions()).toHaveLength(questions.length);
  });

  it('has 27 to 30 questions', () => {
    expect(questions.length).toBeGreaterThanOrEqual(27);
    expect(questions.length).toBeLessThanOrEqual(30);
  });

  it('says everything visible in Kazakh, Russian and English, with no fallback to hide a gap', () => {
    const incomplete = texts.filter(
      ({ value }) => [...value.getLocales()].sort().join() !== languages.join(),
    );
    expect(incomplete.map(({ where }) => where)).toEqual([]);
    const blank = texts.filter(({ value }) =>
      languages.some((language) => value.getLocaleText(language).trim() === ''),
    );
    expect(blank.map(({ where }) => where)).toEqual([]);
    expect(texts.length).toBeGreaterThan(200);
  });

  it('titles every question and labels every choice that is not a bare number', () => {
    const titled = new Set(texts.map(({ where }) => where));
    const untitled = model
      .getAllQuestions()
      .filter(({ page, name }) => !titled.has(`questionnaire/${page.name}/${name}.title`));
    expect(untitled.map(({ name }) => name)).toEqual([]);
    const lists = questions.flatMap(({ name, choices, columns, rows, rateValues }) =>
      [choices, columns, rows, rateValues].map((list) => ({
        name,
        list: (list ?? []) as unknown[],
      })),
    );
    const unlabelled = lists.flatMap(({ name, list }) =>
      list
        .filter((choice) => typeof choice !== 'number')
        .filter((choice) => typeof (choice as { text?: unknown }).text !== 'object')
        .map((choice) => `${String(name)}: ${JSON.stringify(choice)}`),
    );
    expect(unlabelled).toEqual([]);
  });

  it('instructs the interviewer at every question', () => {
    expect(questions.filter(({ description }) => description === undefined)).toEqual([]);
  });

  it('has no Kazakh text that is the Russian one', () => {
    const copied = texts.filter(
      ({ value }) => value.getLocaleText('kk') === value.getLocaleText('ru'),
    );
    expect(copied.map(({ where }) => where)).toEqual([]);
  });

  it('puts the office into the same places in every language', () => {
    const piped = (text: string) => (text.match(/\{[^}]*\}/g) ?? []).join();
    const uneven = texts.filter(
      ({ value }) =>
        new Set(languages.map((language) => piped(value.getLocaleText(language)))).size > 1,
    );
    expect(uneven.map(({ where }) => where)).toEqual([]);
    const placeholders = texts.flatMap(({ value }) => piped(value.getLocaleText('kk')) || []);
    expect([...new Set(placeholders)]).toEqual(['{office}']);
  });

  it('names questions and codes in lower_snake_case, each question once', () => {
    const names = questions.map(({ name }) => String(name));
    const codes = questions.flatMap((question) => [
      ...(answerCodes(question) ?? []),
      ...codesOf(question.rows),
    ]);
    const texts = codes.filter((code) => typeof code !== 'number').map(String);
    expect([...names, ...texts].filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    for (const question of questions) {
      const own = answerCodes(question) ?? [];
      expect(new Set(own).size).toBe(own.length);
    }
  });

  it('asks sex, age and settlement by the names and codes that targets use', () => {
    expect(answerCodes(questionNamed('sex'))).toEqual(['male', 'female']);
    expect(answerCodes(questionNamed('settlement'))).toEqual(['urban', 'rural']);
    expect(questionNamed('age')).toMatchObject({ inputType: 'number', min: 18, max: 100 });
  });

  it('requires an answer to every question', () => {
    expect(questions.filter(({ isRequired }) => isRequired !== true)).toEqual([]);
  });

  it.each(substantive.map((question) => [String(question.name), question] as const))(
    'lets the respondent not know or refuse, told apart: %s',
    (_, question) => {
      const codes = answerCodes(question) ?? [];
      const missing = question.missingValues as Record<string, unknown[]>;
      expect(missing).toMatchObject({ dontKnow: ['dont_know'], refused: ['refused'] });
      expect(codes).toEqual(expect.arrayContaining(Object.values(missing).flat()));
      expect(codes.slice(-2)).toEqual(['dont_know', 'refused']);
    },
  );

  it('takes "none", "do not know" and "refused" only alone where several answers are possible', () => {
    const several = questions.filter(({ type }) => type === 'checkbox');
    expect(several).not.toEqual([]);
    for (const { choices } of several) {
      const alone = (choices as { value: string; isExclusive?: boolean }[])
        .filter(({ isExclusive }) => isExclusive)
        .map(({ value }) => value);
      expect(alone).toEqual(['none', 'dont_know', 'refused']);
    }
  });

  it('offers as many better answers as worse ones', () => {
    for (const { name, scoring } of questions) {
      const { kind, scores } = (scoring ?? {}) as {
        kind?: string;
        scores?: Record<string, number>;
      };
      if (kind !== 'map' || scores === undefined) continue;
      const values = Object.values(scores);
      const better = values.filter((score) => score > 50).length;
      const worse = values.filter((score) => score < 50).length;
      expect({ name, better }).toEqual({ name, better: worse });
      expect([Math.max(...values), Math.min(...values)]).toEqual([100, 0]);
    }
  });

  it('keeps a matrix short enough to read aloud and to hold on a tablet', () => {
    const matrices = questions.filter(({ type }) => type === 'matrix');
    expect(matrices).not.toEqual([]);
    for (const matrix of matrices) expect(codesOf(matrix.rows).length).toBeLessThanOrEqual(3);
  });

  it('is scored without a fault and measures every indicator of the methodology', () => {
    const { plan, faults } = compileScoring(questionnaireJson, {
      indicators: indicators.map(({ code, minimumItems }) => ({ name: code, minimumItems })),
    });
    expect(faults).toEqual([]);
    expect(plan.indicators.filter(({ items }) => items.length === 0)).toEqual([]);
  });

  it('shows domain and survey-core the same values to choose from', () => {
    for (const question of questions) {
      const codes = answerCodes(question);
      if (codes === null) continue;
      const scale = scaleOf(question, questions);
      expect(typeof scale === 'string' ? scale : scale.values).toEqual(codes.map(textOf));
    }
  });
});

describe('surveys/methodology-2026.json', () => {
  it('gives importances that sum to 1', () => {
    const total = indicators.reduce((sum, { importance }) => sum + importance, 0);
    expect(total).toBeCloseTo(1, 12);
  });

  it('has 12 to 14 indicators, each named once and in its own words in each language', () => {
    expect(indicators.length).toBeGreaterThanOrEqual(12);
    expect(indicators.length).toBeLessThanOrEqual(14);
    for (const key of [
      ({ code }: (typeof indicators)[number]) => code,
      ({ name }: (typeof indicators)[number]) => name.kk,
      ({ name }: (typeof indicators)[number]) => name.ru,
      ({ name }: (typeof indicators)[number]) => name.en,
    ]) {
      expect(new Set(indicators.map(key)).size).toBe(indicators.length);
    }
  });
});
