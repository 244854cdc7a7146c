import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unsupportedCode } from '../../../api/src/contracts/xlsform.ts';
import { printExpression } from '../../../api/src/domain/expression-print.ts';
import {
  parseExpression,
  type BinaryOperator,
  type Expression,
} from '../../../api/src/domain/expressions.ts';
import { questionsOf } from '../../../api/src/domain/questionnaire-json.ts';
import { toXlsForm } from '../../../api/src/domain/xlsform/export.ts';
import { fromXlsForm } from '../../../api/src/domain/xlsform/import.ts';
import { fromXPath } from '../../../api/src/domain/xlsform/read-expression.ts';
import { toXPath } from '../../../api/src/domain/xlsform/write-expression.ts';
import { aQuestion, aQuestionnaire, questionTypes } from '../../support/random-questionnaire.ts';
import fc from '../../support/fast-check.ts';

type Json = Record<string, any>;
const folder = join(process.cwd(), 'surveys');
const shipped = readdirSync(folder)
  .filter((file) => /^akim-\w+\.json$/.test(file))
  .map((file): [string, Json] => [file, JSON.parse(readFileSync(join(folder, file), 'utf8'))]);

/** Rows of a sheet as objects of what they say. */
function rowsOf(questionnaire: Json, sheet = 'survey'): Json[] {
  const [header = [], ...rows] = toXlsForm(questionnaire).sheets.find(
    ({ name }) => name === sheet,
  )!.rows;
  return rows.map((cells) =>
    Object.fromEntries(
      header.flatMap((name, place) => (cells[place] ? [[name, cells[place]]] : [])),
    ),
  );
}
const asked = (...elements: Json[]) => ({ pages: [{ name: 'page_1', elements }] });
const codes = (questionnaire: Json) => toXlsForm(questionnaire).unsupported.map(({ code }) => code);

describe('a questionnaire as an XLSForm', () => {
  it('has its texts by language, its conditions in XPath and its choices in lists', () => {
    const questionnaire = {
      code: 'trial',
      locale: 'ru',
      title: { ru: 'Опрос', kk: 'Сауалнама' },
      pages: [
        {
          name: 'first',
          title: { ru: 'Начало', en: 'Start' },
          elements: [
            { type: 'text', name: 'age', title: 'Возраст', inputType: 'number', step: 1, min: 18 },
            {
              type: 'checkbox',
              name: 'seen',
              title: { ru: 'Кого видели? {age}' },
              visibleIf: '{age} >= 21 and {age} notempty',
              choices: [{ value: 'akim', text: { ru: 'Акима' } }, 'none'],
              showDontKnowItem: true,
            },
          ],
        },
        {
          name: 'last',
          elements: [{ type: 'comment', name: 'why', visibleIf: "{seen} contains 'akim'" }],
        },
      ],
    };
    expect(rowsOf(questionnaire)).toEqual([
      {
        type: 'begin_group',
        name: 'first',
        'label::Русский (ru)': 'Начало',
        'label::English (en)': 'Start',
        appearance: 'field-list',
      },
      { type: 'integer', name: 'age', 'label::Русский (ru)': 'Возраст', constraint: '. >= 18' },
      {
        type: 'select_multiple seen',
        name: 'seen',
        'label::Русский (ru)': 'Кого видели? ${age}',
        relevant: "${age} >= 21 and ${age} != ''",
      },
      { type: 'end_group' },
      { type: 'begin_group', name: 'last', appearance: 'field-list' },
      {
        type: 'text',
        name: 'why',
        relevant: "selected(${seen}, 'akim')",
        appearance: 'multiline',
      },
      { type: 'end_group' },
    ]);
    expect(rowsOf(questionnaire, 'choices')).toEqual([
      { list_name: 'seen', name: 'akim', 'label::Русский (ru)': 'Акима' },
      { list_name: 'seen', name: 'none' },
      {
        list_name: 'seen',
        name: 'dontknow',
        'label::Қазақша (kk)': 'Жауап беру қиын',
        'label::Русский (ru)': 'Затрудняюсь ответить',
        'label::English (en)': "Don't know / hard to say",
      },
    ]);
    expect(rowsOf(questionnaire, 'settings')).toEqual([
      { form_title: 'Опрос', form_id: 'trial', default_language: 'Русский (ru)' },
    ]);
    expect(codes(questionnaire)).toEqual(['title_languages']);
    expect(rowsOf(questionnaire, 'unsupported')).toEqual([
      {
        sheet: 'settings',
        row: '2',
        column: 'form_title',
        'what became of it': 'a form has its title in one language; left out: kk',
      },
    ]);
  });

  it('asks a grid row by row, and knows its answers in conditions', () => {
    const questionnaire = asked(
      {
        type: 'matrix',
        name: 'roads',
        title: 'Roads',
        eachRowRequired: true,
        columns: ['good', 'bad'],
        rows: [{ value: 'winter', text: 'In winter' }, 'summer'],
      },
      { type: 'text', name: 'why', visibleIf: "{roads.winter} = 'bad'" },
    );
    expect(rowsOf(questionnaire)).toEqual([
      { type: 'begin_group', name: 'roads', label: 'Roads' },
      {
        type: 'select_one roads_winter',
        name: 'roads_winter',
        label: 'In winter',
        required: 'yes',
      },
      { type: 'select_one roads_winter', name: 'roads_summer', label: 'summer', required: 'yes' },
      { type: 'end_group' },
      { type: 'text', name: 'why', relevant: "${roads_winter} = 'bad'" },
    ]);
    expect(codes(questionnaire)).toEqual(['split']);
  });

  it('holds cells, repeats and several texts as questions of their own', () => {
    const questionnaire = asked(
      {
        type: 'matrixdropdown',
        name: 'grid',
        columns: [
          { name: 'mark', cellType: 'rating' },
          { name: 'note', cellType: 'text' },
        ],
        rows: ['one'],
      },
      { type: 'matrixdynamic', name: 'people', columns: [{ name: 'who', cellType: 'text' }] },
      { type: 'multipletext', name: 'both', items: [{ name: 'a', title: 'A' }, { name: 'b' }] },
    );
    expect(rowsOf(questionnaire).map(({ type, name }) => `${type} ${name ?? ''}`.trim())).toEqual([
      'begin_group grid',
      'begin_group grid_one',
      'select_one grid_one_mark grid_one_mark',
      'text grid_one_note',
      'end_group',
      'end_group',
      'begin_repeat people',
      'text people_who',
      'end_repeat',
      'begin_group both',
      'text both_a',
      'text both_b',
      'end_group',
    ]);
  });

  it('makes every rule one constraint, and lists what a constraint cannot say', () => {
    const [row] = rowsOf(
      asked({
        type: 'text',
        name: 'age',
        inputType: 'number',
        max: 95,
        maxErrorText: 'At most 95',
        validators: [
          { type: 'expression', expression: '{age} > 17 or {age} = 0', text: 'Adults' },
          { type: 'expression', expression: '{age} < 90', notificationType: 'warning' },
          { type: 'email' },
          { type: 'regex', regex: "^it's$" },
        ],
      }),
    );
    expect(row).toMatchObject({
      constraint: '. <= 95 and (. > 17 or . = 0) and regex(., "^it\'s$")',
      constraint_message: 'At most 95',
    });
    const told = toXlsForm(
      asked({
        type: 'comment',
        name: 'a',
        validators: [
          { type: 'expression', expression: '{a} < 90', notificationType: 'warning' },
          { type: 'email' },
          { type: 'text', minLength: 2, text: 'First' },
          { type: 'text', maxLength: 9, text: 'Second' },
          { type: 'expression', expression: '{nobody} = 1' },
          { type: 'expression', expression: '{a} ==' },
          { type: 'expression', expression: 'diffDays({a}, today()) > 1' },
          { type: 'expression', expression: String.raw`{a} = 'it\'s \"it\"'` },
        ],
      }),
    );
    expect(told.unsupported.map(({ code, name }) => `${code} ${name}`)).toEqual([
      'soft_rule_left_out a',
      'rule_left_out a',
      'expression_name a',
      'expression_unreadable a',
      'expression_function a',
      'expression_quotes a',
      'message_left_out a',
    ]);
  });

  it('compares a yes-or-no answer as the text that it is in a form', () => {
    const questionnaire = asked(
      { type: 'boolean', name: 'consent', labelTrue: 'Agrees' },
      { type: 'text', name: 'a', visibleIf: '{consent} = true' },
      { type: 'text', name: 'b', visibleIf: '{consent} and {a} notempty' },
      { type: 'text', name: 'c', visibleIf: '!{consent}' },
    );
    expect(
      rowsOf(questionnaire)
        .slice(1)
        .map(({ relevant }) => relevant),
    ).toEqual([
      "${consent} = 'true'",
      "${consent} = 'true' and ${a} != ''",
      "not(${consent} = 'true')",
    ]);
    const [consent, a] = (fromXlsForm(toXlsForm(questionnaire).sheets)!.questionnaire as Json)
      .pages[0].elements;
    expect(consent).toEqual({ type: 'boolean', name: 'consent', labelTrue: 'Agrees' });
    expect(a.visibleIf).toBe('{consent} = true');
  });

  it('asks nothing of a value that it cannot compute', () => {
    const questionnaire = {
      ...asked({ type: 'text', name: 'q', visibleIf: '{twice} > 1' }),
      calculatedValues: [
        { name: 'far', expression: 'dateAdd({q}, 1)' },
        { name: 'twice', expression: '{far} * 2' },
        { name: 'fine', expression: 'iif({q} > 1, 2, 3)' },
      ],
    };
    expect(rowsOf(questionnaire)).toEqual([
      { type: 'text', name: 'q' },
      { type: 'calculate', name: 'fine', calculation: 'if(${q} > 1, 2, 3)' },
    ]);
    expect(codes(questionnaire)).toEqual([
      'expression_name',
      'expression_function',
      'expression_name',
    ]);
  });

  it('keeps pages, drop-downs, scales and a random order', () => {
    const questionnaire = {
      locale: 'kk',
      pages: [
        { name: 'one', elements: [{ type: 'dropdown', name: 'a', choices: [{ value: 'x' }] }] },
        {
          name: 'two',
          visibleIf: "{a} = 'x'",
          elements: [
            { type: 'tagbox', name: 'b', choices: [{ value: 'x' }], choicesOrder: 'random' },
            { type: 'rating', name: 'c', rateValues: [{ value: '1', text: 'Low' }] },
          ],
        },
      ],
    };
    expect(codes(questionnaire)).toEqual([]);
    expect(fromXlsForm(toXlsForm(questionnaire).sheets)).toEqual({
      questionnaire,
      unsupported: [],
    });
  });

  it('shows the description of a group as a note at its beginning, and tells it', () => {
    const description = { kk: 'Оқыңыз', ru: 'Прочитайте', en: 'Read out' };
    const inside = [{ type: 'comment', name: 'why' }];
    const { sheets, unsupported } = toXlsForm(
      asked({ type: 'panel', name: 'g', description, elements: inside }),
    );
    expect(unsupported).toMatchObject([{ code: 'group_hint', params: { name: 'g_note' } }]);
    const { elements } = (fromXlsForm(sheets)!.questionnaire.pages as Json[])[0].elements[0] as {
      elements: Json[];
    };
    expect(elements).toMatchObject([
      { type: 'html', name: 'g_note', html: description },
      { type: 'comment', name: 'why' },
    ]);
  });

  it('never drops a property silently, whatever the type', () => {
    for (const type of questionTypes) {
      const { unsupported } = toXlsForm(
        asked({ type, name: 'q', noSuchProperty: 1, width: '50%' }),
      );
      const said = unsupported.map(({ code, params }) => `${code} ${params.properties ?? ''}`);
      expect([type, said.some((one) => /type_left_out|noSuchProperty, width/.test(one))]).toEqual([
        type,
        true,
      ]);
    }
  });

  it.each(shipped)('%s is written whole: every question is there or listed', (_, questionnaire) => {
    const { sheets, unsupported } = toXlsForm(questionnaire);
    const names = new Set(sheets[0].rows.map(([, name]) => name));
    const questions = questionsOf(questionnaire).map(({ question }) => String(question.name));
    expect(questions.filter((name) => !names.has(name))).toEqual([]);
    // Nothing of what these questionnaires ask is lost: only scores, look, soft rules, numbers and one title.
    expect([...new Set(unsupported.map(({ code }) => code))].sort()).toEqual(
      [
        'codes_as_texts',
        'group_hint',
        'message_left_out',
        'properties_left_out',
        'soft_rule_left_out',
        'split',
        'text_name',
        'title_languages',
      ].filter((code) => unsupported.some((one) => one.code === code)),
    );
    const again = fromXlsForm(sheets)!;
    expect(again.unsupported.map(({ column }) => column)).toEqual(['version']);
    expect(fromXlsForm(toXlsForm(again.questionnaire).sheets)!.questionnaire).toEqual(
      again.questionnaire,
    );
    const texts = JSON.stringify(again.questionnaire);
    for (const { question } of questionsOf(questionnaire)) {
      expect(texts).toContain(JSON.stringify((question.title as Json).kk).slice(1, -1));
    }
  });

  it('is written, and read again, from any questionnaire', () => {
    fc.assert(
      fc.property(aQuestionnaire, (questionnaire) => {
        const { sheets, unsupported } = toXlsForm(questionnaire);
        expect(fromXlsForm(sheets)).not.toBeNull();
        for (const { row, code } of unsupported) {
          expect(row).toBeGreaterThan(0);
          expect(unsupportedCode.options).toContain(code);
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each(questionTypes)('a question of type %s is a row or is listed', (type) => {
    fc.assert(
      fc.property(aQuestion(type, 'q1'), (question) => {
        const { sheets, unsupported } = toXlsForm(asked(question));
        const isRow = sheets[0].rows.some((cells) => cells.includes('q1'));
        const isListed = unsupported.some(
          ({ code, name }) => name === 'q1' && /type_left_out|^expression_|split/.test(code),
        );
        expect(isRow || isListed || type === 'expression').toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

/** What both languages can say. Lists and empty texts apart: they have other forms of the same meaning. */
const operators: BinaryOperator[] = [
  ...([
    'or',
    'and',
    'equal',
    'notequal',
    'less',
    'greater',
    'lessorequal',
    'greaterorequal',
  ] as const),
  ...(['plus', 'minus', 'mul', 'div', 'mod', 'contains'] as const),
];
const value = fc.oneof(
  fc.integer({ min: -99, max: 99 }).map((number): Expression => ({ kind: 'value', value: number })),
  fc.constantFrom('yes', "it's", 'a b').map((text): Expression => ({ kind: 'value', value: text })),
);
const variable = fc
  .constantFrom('one', 'many')
  .map((name): Expression => ({ kind: 'variable', name }));
const anExpression = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    variable,
    fc
      .record({ operator: fc.constantFrom(...operators), left: variable, right: tie('tree') })
      .map((parts): Expression => ({ kind: 'binary', ...parts })),
    fc
      .record({
        operator: fc.constantFrom(...operators.slice(0, 2)),
        left: tie('tree'),
        right: tie('tree'),
      })
      .map((parts): Expression => ({ kind: 'binary', ...parts })),
    fc
      .record({
        operator: fc.constantFrom('equal', 'less', 'plus', 'mul'),
        left: variable,
        right: value,
      })
      .map((parts): Expression => ({
        kind: 'binary',
        ...(parts as { operator: BinaryOperator; left: Expression; right: Expression }),
      })),
    tie('tree').map((of): Expression => ({ kind: 'unary', operator: 'negate', of })),
    variable.map((of): Expression => ({ kind: 'unary', operator: 'notempty', of })),
    fc
      .tuple(tie('tree'), value, variable)
      .map((given): Expression => ({ kind: 'call', name: 'iif', given })),
  ),
})).tree;

describe('expressions', () => {
  const names = {
    question: (name: string) => (['one', 'many'].includes(name) ? name : null),
    isList: (name: string) => name === 'many',
    isBoolean: () => false,
    column: () => null,
    self: null,
  };

  it('come back as the same tree from XPath, and from SurveyJS', () => {
    fc.assert(
      fc.property(anExpression, (tree) => {
        expect(fromXPath(toXPath(tree, names), names)).toEqual(tree);
        expect(parseExpression(printExpression(tree))).toEqual({ expression: tree });
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["{many} anyof ['a', 'b']", "selected(${many}, 'a') or selected(${many}, 'b')"],
    ["{one} anyof ['a', 'b'] and {one} > 1", "(${one} = 'a' or ${one} = 'b') and ${one} > 1"],
    ["{many} noneof ['a']", "not(selected(${many}, 'a'))"],
    ["{many} allof ['a', 'b']", "selected(${many}, 'a') and selected(${many}, 'b')"],
    ["{many} notcontains 'a'", "not(selected(${many}, 'a'))"],
    ['{one} ^ 2 > 4', 'pow(${one}, 2) > 4'],
    ['({one} + 1) * 2 = 6', '(${one} + 1) * 2 = 6'],
    ['{one} empty or {many} notempty', "${one} = '' or ${many} != ''"],
    ['sum({one}) > round({one} / 3)', 'sum(${one}) > round(${one} div 3)'],
  ])('%s is %s', (ours, xpath) => {
    const read = parseExpression(ours);
    expect('expression' in read && toXPath(read.expression, names)).toBe(xpath);
  });
});
