import { scaleOf, textOf, type Plain } from '@akimetr/api/domain/questionnaire-json';
import { all, answerCodes, codesOf, full, short } from './load.ts';
import { everyText } from './texts.ts';

const interviewQuestions = ['consent', 'settlement', 'sex', 'age'];
const privateQuestions = ['approval', 'corruption', 'bribe_request', 'spoke_freely'];

describe.each(all)('surveys/%s.json', (code, content) => {
  const { json, questions, named, newModel } = content;
  const model = newModel();
  const ofType = (type: string) => questions.filter((question) => question.type === type);
  const pages = json.pages as { name: string; privateBlock?: boolean; elements: Plain[] }[];

  it('is read by survey-core without a single complaint', () => {
    expect(model.jsonErrors ?? []).toEqual([]);
    expect(model.getAllQuestions()).toHaveLength(questions.length);
    expect(json.code).toBe(code);
  });

  it('titles every question and labels every choice that is not a bare number', () => {
    const titled = new Set(everyText(model).map(({ where }) => where));
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

  it('asks no two questions in the same words', () => {
    const titles = questions.map(({ title }) => JSON.stringify(title));
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('instructs at every question', () => {
    expect(questions.filter(({ description }) => description === undefined)).toEqual([]);
  });

  it('names questions and codes in lower_snake_case, each question once', () => {
    const names = questions.map(({ name }) => String(name));
    const codes = questions.flatMap((question) => [
      ...(answerCodes(question) ?? []),
      ...codesOf(question.rows),
    ]);
    const texts = codes.filter((one) => typeof one !== 'number').map(String);
    expect([...names, ...texts].filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    for (const question of questions) {
      const own = answerCodes(question) ?? [];
      expect(new Set(own).size).toBe(own.length);
    }
  });

  it('asks for no name, number or free text: only choices, consent and age', () => {
    const types = ['radiogroup', 'rating', 'checkbox', 'matrix'];
    const others = questions.filter(({ type }) => !types.includes(String(type)));
    expect(others.map(({ name }) => name)).toEqual(['consent', 'age']);
    expect(named('age')).toMatchObject({ type: 'text', inputType: 'number' });
    const open = ['showOtherItem', 'hasOther', 'showCommentArea', 'hasComment'];
    expect(questions.filter((question) => open.some((one) => one in question))).toEqual([]);
  });

  it('asks for consent before anything else, and who ordered it last of all', () => {
    expect(pages[0].elements.map(({ name }) => name)).toEqual(['consent']);
    expect(questions.at(-1)?.name).toBe('sponsor');
    expect(named('consent')).toMatchObject({ type: 'boolean', isRequired: true });
  });

  it('asks sex, age and settlement by the names and codes that targets use', () => {
    expect(answerCodes(named('sex'))).toEqual(['male', 'female']);
    expect(answerCodes(named('settlement'))).toEqual(['urban', 'rural']);
    expect(named('age')).toMatchObject({ inputType: 'number', min: 18, max: 100 });
  });

  it('requires an answer to every question', () => {
    expect(questions.filter(({ isRequired }) => isRequired !== true)).toEqual([]);
  });

  it('lets the respondent not know or refuse, told apart, last of all answers', () => {
    for (const question of questions) {
      if (interviewQuestions.includes(String(question.name))) continue;
      const codes = answerCodes(question) ?? [];
      const missing = question.missingValues as Record<string, unknown[]>;
      expect(missing).toMatchObject({ dontKnow: ['dont_know'], refused: ['refused'] });
      expect(codes).toEqual(expect.arrayContaining(Object.values(missing).flat()));
      expect(codes.slice(-2)).toEqual(['dont_know', 'refused']);
    }
  });

  it('takes "none", "do not know" and "refused" only alone where several answers are possible', () => {
    for (const { choices } of ofType('checkbox')) {
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
    const matrices = ofType('matrix');
    expect(matrices).not.toEqual([]);
    for (const matrix of matrices) expect(codesOf(matrix.rows).length).toBeLessThanOrEqual(3);
  });

  it('says "except the last two" where two answers are not read, "three" where three', () => {
    for (const question of questions) {
      const { ru, en } = question.description as Record<string, string>;
      const unread = /except the last (two|three)/.exec(en)?.[1];
      if (unread === undefined) continue;
      expect(ru).toMatch(unread === 'two' ? /кроме двух последних/ : /кроме трёх последних/);
      const last = (answerCodes(question) ?? []).at(unread === 'two' ? -3 : -4);
      const unreadCodes = ['no_service', 'not_relevant', 'dont_know', 'refused'];
      expect([question.name, unreadCodes.includes(String(last))]).toEqual([question.name, false]);
    }
  });

  it('keeps what is sensitive in the block that the respondent fills in alone', () => {
    const block = pages.filter(({ privateBlock }) => privateBlock === true);
    const expected = privateQuestions.filter((name) =>
      questions.some((question) => question.name === name),
    );
    expect(block.flatMap(({ elements }) => elements.map(({ name }) => name))).toEqual(expected);
    expect(expected).toContain('corruption');
  });

  it('refers in conditions only to questions asked before, with codes they have', () => {
    for (const [place, { name, visibleIf }] of questions.entries()) {
      if (typeof visibleIf !== 'string') continue;
      const [, on = '', wanted] = /^\{(\w+)\} = '(\w+)'$/.exec(visibleIf) ?? [];
      const before = questions.slice(0, place).find((question) => question.name === on);
      expect([name, before && answerCodes(before)]).toEqual([
        name,
        expect.arrayContaining([wanted]),
      ]);
    }
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

describe('how many questions', () => {
  it.each(full)('%s has 35 to 45, and is for one level', (code, { json, questions }) => {
    expect(questions.length).toBeGreaterThanOrEqual(35);
    expect(questions.length).toBeLessThanOrEqual(45);
    expect(json.levels).toEqual([code.replace('akim-', '')]);
  });

  it('the short form has 12, for any level', () => {
    expect(short.questions).toHaveLength(12);
    expect(short.json.levels).toEqual(['region', 'district', 'rural']);
  });
});

describe('how long it takes', () => {
  const words = (text: string) => text.match(/\p{L}[\p{L}’'-]*/gu)?.length ?? 0;
  const perMinute = { kk: 95, ru: 115, en: 130 };
  const secondsPerAnswer = 7;

  /** Minutes to read everything aloud that is read aloud, once for each matrix row, and to hear the answers. */
  function minutes({ questions, json }: (typeof all)[number][1], language: 'kk' | 'ru' | 'en') {
    const said = (text: unknown) => words((text as Record<string, string>)[language] ?? '');
    const [{ description }] = json.pages as Plain[];
    let spoken = said(description);
    let answers = 0;
    for (const question of questions) {
      const rows = (question.rows ?? []) as Plain[];
      const silent = /оқымаңыз|Сұрамай/.test((question.description as { kk: string }).kk);
      const options = ((question.choices ?? question.columns ?? []) as Plain[])
        .filter(({ value }) => value !== 'dont_know' && value !== 'refused')
        .reduce((sum, { text }) => sum + said(text), 0);
      spoken += said(question.title) + rows.reduce((sum, { text }) => sum + said(text), 0);
      spoken += silent ? 0 : options * Math.max(1, rows.length);
      answers += Math.max(1, rows.length);
    }
    return spoken / perMinute[language] + (answers * secondsPerAnswer) / 60;
  }

  it.each(full)('%s: between 10 and 20 minutes in each language', (_code, content) => {
    for (const language of ['kk', 'ru', 'en'] as const) {
      expect(minutes(content, language)).toBeGreaterThan(10);
      expect(minutes(content, language)).toBeLessThan(20);
    }
  });

  it('the short form: at most 5 minutes in each language', () => {
    for (const language of ['kk', 'ru', 'en'] as const) {
      expect(minutes(short, language)).toBeLessThan(5);
    }
  });
});
