import { Model } from 'survey-core';
import { toXlsForm } from '../../../api/src/domain/xlsform/export.ts';
import { fromXlsForm } from '../../../api/src/domain/xlsform/import.ts';

type Rows = string[][];
const sheetsOf = (survey: Rows, choices: Rows = [], settings: Rows = []) => [
  { name: 'survey', rows: survey },
  { name: 'choices', rows: choices },
  { name: 'settings', rows: settings },
];
/** The questionnaire, which survey-core must read without a complaint, and what was left out. Written as a form and read again it is the same. */
function read(...sheets: Parameters<typeof sheetsOf>) {
  const found = fromXlsForm(sheetsOf(...sheets))!;
  expect(new Model(structuredClone(found.questionnaire)).jsonErrors ?? []).toEqual([]);
  const written = toXlsForm(found.questionnaire);
  expect(fromXlsForm(written.sheets)!.questionnaire).toEqual(found.questionnaire);
  const { elements } = (found.questionnaire as any).pages[0];
  const told = found.unsupported.map(({ sheet, row, column }) => `${sheet} ${row} ${column}`);
  return { ...found, elements, told };
}
const yesNo = [
  ['list_name', 'name', 'label'],
  ['yn', 'yes', 'Yes'],
  ['yn', 'no', 'No'],
];

describe('an XLSForm', () => {
  it('1: of texts, numbers, dates and notes', () => {
    const { elements, told } = read([
      ['type', 'name', 'label', 'hint', 'required'],
      ['text', 'who', 'Who?', 'Full name', 'yes'],
      ['integer', 'age', 'Age', '', 'true()'],
      ['decimal', 'height', 'Height'],
      ['date', 'born', 'Born'],
      ['time', 'hour', 'Hour'],
      ['note', 'thanks', 'Thank you, ${who}'],
    ]);
    expect(elements).toMatchObject([
      { type: 'text', name: 'who', title: 'Who?', description: 'Full name', isRequired: true },
      { type: 'text', inputType: 'number', step: 1, isRequired: true },
      { inputType: 'number' },
      { inputType: 'date' },
      { inputType: 'time' },
      { type: 'html', html: 'Thank you, {who}' },
    ]);
    expect(told).toEqual([]);
  });

  it('2: of choices, with other, and an order of them', () => {
    const { elements } = read(
      [
        ['type', 'name', 'label'],
        ['select_one yn or_other', 'one', 'One'],
        ['select_multiple yn', 'many', 'Many'],
        ['rank yn', 'order', 'Order'],
      ],
      yesNo,
    );
    const choices = [
      { value: 'yes', text: 'Yes' },
      { value: 'no', text: 'No' },
    ];
    expect(elements).toMatchObject([
      { type: 'radiogroup', showOtherItem: true, choices },
      { type: 'checkbox', choices },
      { type: 'ranking', choices },
    ]);
  });

  it('3: in Kazakh, Russian and English, and in a language that is not kept', () => {
    const { elements, told } = read(
      [
        [
          'type',
          'name',
          'label::Қазақша (kk)',
          'label::Русский (ru)',
          'label::English (en)',
          'label::Deutsch (de)',
        ],
        ['select_one yn', 'q', 'Сұрақ', 'Вопрос', 'Question', 'Frage'],
      ],
      [
        ['list_name', 'name', 'label::kk', 'label::ru', 'label::en'],
        ['yn', 'yes', 'Иә', 'Да', 'Yes'],
      ],
      [
        ['form_title', 'default_language'],
        ['T', 'Русский (ru)'],
      ],
    );
    expect(elements[0].title).toEqual({ kk: 'Сұрақ', ru: 'Вопрос', en: 'Question' });
    expect(elements[0].choices[0].text).toEqual({ kk: 'Иә', ru: 'Да', en: 'Yes' });
    expect(told).toEqual(['survey 1 label::Deutsch (de)']);
  });

  it('4: of conditions and constraints', () => {
    const { elements, told } = read(
      [
        ['type', 'name', 'label', 'relevant', 'constraint', 'constraint_message', 'required'],
        ['integer', 'age', 'Age', '', '. >= 18 and . <= 100', '18 to 100', 'yes'],
        ['select_multiple yn', 'many', 'Many', '${age} > 20 or not(${age} = 19)'],
        [
          'text',
          'why',
          'Why',
          "selected(${many}, 'yes') and ${age} != ''",
          '',
          '',
          '${age} div 2 > 10',
        ],
        ['text', 'odd', 'Odd', "regex(${why}, '^a')"],
      ],
      yesNo,
    );
    expect(elements[0].validators).toEqual([
      { type: 'expression', expression: '{age} >= 18 and {age} <= 100', text: '18 to 100' },
    ]);
    expect(elements[1].visibleIf).toBe('{age} > 20 or !({age} = 19)');
    expect(elements[2]).toMatchObject({
      visibleIf: "{many} contains 'yes' and {age} notempty",
      requiredIf: '{age} / 2 > 10',
    });
    expect(elements[3]).not.toHaveProperty('visibleIf');
    expect(told).toEqual(['survey 5 relevant']);
  });

  it('5: of groups and repeats, even where they are not closed', () => {
    const { elements, told } = read([
      ['type', 'name', 'label', 'repeat_count'],
      ['begin group', 'household', 'Household'],
      ['begin_repeat', 'person', 'Person', '3'],
      ['text', 'first_name', 'Name'],
      ['end_repeat'],
      ['end group'],
      ['end group'],
      ['begin group', 'open', 'Open'],
      ['text', 'last', 'Last'],
    ]);
    expect(elements).toMatchObject([
      {
        type: 'panel',
        elements: [{ type: 'paneldynamic', templateElements: [{ name: 'first_name' }] }],
      },
      { type: 'panel', elements: [{ name: 'last' }] },
    ]);
    expect(told.sort()).toEqual(['survey 3 repeat_count', 'survey 7 type', 'survey 8 type']);
  });

  it('6: of choices that depend on an earlier answer', () => {
    const { elements } = read(
      [
        ['type', 'name', 'label', 'choice_filter'],
        ['select_one region', 'region', 'Region'],
        ['select_one city', 'city', 'City', 'region = ${region}'],
      ],
      [
        ['list_name', 'name', 'label', 'region'],
        ['region', 'west', 'West'],
        ['city', 'aktobe', 'Aktobe', 'west'],
      ],
    );
    expect(elements[1].choices).toEqual([
      { value: 'aktobe', text: 'Aktobe', visibleIf: "{region} = 'west'" },
    ]);
  });

  it('7: of calculations, ranges and default values', () => {
    const { questionnaire, elements, told } = read([
      ['type', 'name', 'label', 'calculation', 'parameters', 'default'],
      ['range', 'mark', 'Mark', '', 'start=0 end=10 step=2', '4'],
      ['calculate', 'double', '', 'if(${mark} > 5, ${mark} * 2, 0)'],
      ['calculate', 'far', '', "pulldata('a', 'b')"],
      ['hidden', 'kind', '', '', '', "'rural'"],
    ]);
    expect(elements).toMatchObject([{ type: 'slider', min: 0, max: 10, step: 2, defaultValue: 4 }]);
    expect((questionnaire as any).calculatedValues).toMatchObject([
      { name: 'double', expression: 'iif({mark} > 5, {mark} * 2, 0)' },
      { name: 'kind', expression: "'rural'" },
    ]);
    expect(told).toEqual(['survey 4 calculation']);
  });

  it('8: of pictures, places and what a tablet notes by itself', () => {
    const { elements, told } = read([
      ['type', 'name', 'label', 'appearance', 'bind::esri:fieldType'],
      ['image', 'photo', 'Photo'],
      ['geopoint', 'place', 'Place'],
      ['acknowledge', 'agreed', 'Agreed'],
      ['text', 'story', 'Story', 'multiline'],
      ['text', 'signed', 'Sign', 'signature'],
      ['start', 'start'],
      ['deviceid', 'deviceid'],
    ]);
    expect(elements.map(({ type }: any) => type)).toEqual([
      'file',
      'text',
      'boolean',
      'comment',
      'text',
    ]);
    expect(told).toEqual([
      'survey 1 bind::esri:fieldType',
      'survey 3 type',
      'survey 6 appearance',
      'survey 7 type',
      'survey 8 type',
    ]);
  });

  it('9: of names that are none of ours, in texts and conditions too', () => {
    const { elements, told } = read([
      ['type', 'name', 'label', 'relevant'],
      ['text', 'Full Name', 'A'],
      ['text', 'Full-Name', 'B', "${Full Name} != ''"],
      ['text', 'x', '${Full-Name}', '${no_such} = 1'],
    ]);
    expect(elements.map(({ name }: any) => name)).toEqual(['full_name', 'full_name_2', 'x']);
    expect(elements[1].visibleIf).toBe('{full_name} notempty');
    expect(elements[2].title).toBe('{full_name_2}');
    expect(told).toEqual(['survey 2 name', 'survey 3 name', 'survey 4 relevant']);
  });

  it('may begin below empty rows, and its rows keep their numbers', () => {
    const { elements, told } = read(
      [
        [],
        ['', ' '],
        ['type', 'name', 'label', 'odd'],
        [],
        ['select_one yn', 'Q', 'Q?'],
        ['flurble', 'c'],
      ],
      [[], ...yesNo],
    );
    expect(elements.map(({ name, choices }: any) => [name, choices.length])).toEqual([['q', 2]]);
    expect(told).toEqual(['survey 3 odd', 'survey 5 name', 'survey 6 type']);
  });

  it('may have a title above its headings on every sheet; it is told', () => {
    const found = fromXlsForm([
      {
        name: 'survey',
        rows: [['Household form', '2027'], [], ['type', 'name'], ['select_one YN', 'q']],
      },
      {
        name: 'choices',
        rows: [['Answers'], ['list_name', 'name', 'label'], ['YN', 'yes', 'Yes']],
      },
      { name: 'settings', rows: [['About'], ['form_title'], ['T']] },
    ])!;
    expect(found.questionnaire).toMatchObject({
      title: 'T',
      pages: [{ elements: [{ name: 'q', choices: [{ value: 'yes', text: 'Yes' }] }] }],
    });
    expect(found.unsupported).toMatchObject([
      { code: 'above_headings', sheet: 'survey', row: 1, params: { text: 'Household form 2027' } },
      { code: 'above_headings', sheet: 'choices', row: 1 },
      { code: 'above_headings', sheet: 'settings', row: 1 },
    ]);
  });

  it('lists names that were made up, lists nobody uses, and formulas that fail', () => {
    const { elements, unsupported } = read(
      [
        ['type', 'name', 'label'],
        ['text', '', 'Nameless'],
        ['text', 'row_2', 'Takes its name'],
        ['select_one yn', 'q', '#REF!'],
        ['begin group', '', 'Group'],
        ['flurble', '', 'Left out'],
        ['end group'],
      ],
      [...yesNo, ['yn', 'maybe', '#N/A'], ['spare', 'a', 'A'], ['spare', 'b', 'B']],
    );
    expect(elements.map(({ name, title }: any) => [name, title])).toEqual([
      ['row_2_', 'Nameless'],
      ['row_2', 'Takes its name'],
      ['q', undefined],
      ['row_5', 'Group'],
    ]);
    expect(elements[2].choices[2]).toEqual({ value: 'maybe' });
    expect(unsupported.map(({ code, sheet, row, name }) => [code, sheet, row, name])).toEqual([
      ['formula_error', 'survey', 4, 'q'],
      ['formula_error', 'choices', 4, null],
      ['name_invented', 'survey', 2, null],
      ['name_invented', 'survey', 5, null],
      ['type_left_out', 'survey', 6, 'row_6'],
      ['list_unused', 'choices', 5, null],
    ]);
  });

  it('is not one without its sheet or column, and odd rows are listed', () => {
    expect(fromXlsForm([])).toBeNull();
    expect(fromXlsForm([{ name: 'survey', rows: [['name', 'label']] }])).toBeNull();
    const { told } = read([
      ['type', 'name'],
      ['', 'lost'],
      ['select_one gone', 'q'],
      ['crystal_ball', 'c'],
    ]);
    expect(told).toEqual(['survey 2 type', 'survey 3 type', 'survey 4 type']);
    const joined = read(
      [
        ['type', 'name'],
        ['select_one yn', 'q'],
      ],
      [...yesNo.slice(0, 2), ['', 'no', 'No']],
    );
    expect(joined.elements[0].choices).toEqual([{ value: 'yes', text: 'Yes' }]);
    expect(joined.told).toEqual(['choices 3 list_name']);
    expect(joined.unsupported[0].code).toBe('choice_listless');
    const deep = `${'('.repeat(5000)}1`;
    expect(
      read([
        ['type', 'name', 'relevant'],
        ['text', 'a', deep],
      ]).told,
    ).toEqual(['survey 2 relevant']);
  });
});
