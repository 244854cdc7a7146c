import { code } from '../../../api/src/contracts/common.ts';
import { fromXlsForm } from '../../../api/src/domain/xlsform/import.ts';

type Rows = string[][];

/** What is told of a form, as `sheet row column: message`, and its questions. */
function read(
  survey: Rows,
  choices: Rows = [],
  settings: Rows = [],
  more: Record<string, Rows> = {},
) {
  const sheets = Object.entries({ survey, choices, settings, ...more });
  const found = fromXlsForm(sheets.map(([name, rows]) => ({ name, rows })))!;
  const [page] = found.questionnaire.pages as { elements: Record<string, unknown>[] }[];
  return {
    questionnaire: found.questionnaire,
    elements: page.elements,
    told: found.unsupported.map(
      ({ sheet, row, column, message }) => `${sheet} ${row} ${column}: ${message}`,
    ),
  };
}
const noPlace = (text: string) => `"${text}" has no place in this row and is left out`;
const twice = 'another column says the same; this one is left out';

describe('what a form says and a questionnaire has no place for is told', () => {
  it('of cells that mean something in other rows only', () => {
    const { told } = read([
      ['type', 'name', 'calculation', 'choice_filter', 'repeat_count', 'parameters', 'required'],
      ['text', 'a', '1 + 1', 'x = 1', '3', 'rows=3', 'no'],
      ['calculate', 'c', '1 + 1', '', '', '', 'yes'],
      ['note', 'n', '', '', '', '', 'false()'],
      ['begin group', 'g', '', '', '', '', ''],
      ['end group', 'g', '', '', '', '', 'yes'],
    ]);
    expect(told).toEqual([
      `survey 2 calculation: ${noPlace('1 + 1')}`,
      `survey 2 choice_filter: ${noPlace('x = 1')}`,
      `survey 2 repeat_count: ${noPlace('3')}`,
      `survey 2 parameters: ${noPlace('rows=3')}`,
      `survey 3 required: ${noPlace('yes')}`,
      `survey 6 required: ${noPlace('yes')}`,
    ]);
  });

  it('of rules that an instruction, a group or a page cannot have', () => {
    const { elements, told } = read([
      ['type', 'name', 'label', 'hint', 'constraint', 'default', 'relevant'],
      ['note', 'n', 'Read', 'aside', '. > 1', 'x', '${q} = 1'],
      ['begin group', 'g', 'G', 'of the group', '. > 1', 'x', '${q} = 1'],
      ['text', 'q'],
      ['end group'],
    ]);
    expect(elements).toMatchObject([
      { type: 'html', name: 'n', html: 'Read', visibleIf: '{q} = 1' },
      { type: 'panel', name: 'g', title: 'G', description: 'of the group', visibleIf: '{q} = 1' },
    ]);
    expect(Object.keys(elements[0])).toEqual(['type', 'name', 'visibleIf', 'html']);
    expect(told.map((one) => one.split(':')[0])).toEqual([
      ...['survey 2 hint', 'survey 2 constraint', 'survey 2 default'],
      ...['survey 3 constraint', 'survey 3 default'],
    ]);
  });

  it('of the message of a rule that could not be read', () => {
    const { told } = read([
      ['type', 'name', 'constraint', 'constraint_message'],
      ['text', 'a', 'f(.)', 'Not so'],
    ]);
    expect(told).toEqual([
      'survey 2 constraint: "f(.)" is left out: the function f() has no counterpart',
      `survey 2 constraint_message: ${noPlace('Not so')}`,
    ]);
  });

  it('of a second column for one text, whose words fill the gaps of the first', () => {
    const { elements, told } = read(
      [
        ['type', 'name', 'label', 'label::Русский (ru)', 'label:ru', 'hint', 'HINT'],
        ['text', 'a', 'Раз', 'Два', 'Три', 'One', 'Two'],
        ['text', 'b', '', 'Два', 'Три', '', 'Two'],
      ],
      [],
      [['default_language'], ['Русский (ru)']],
    );
    expect(elements).toEqual([
      { type: 'text', name: 'a', title: { ru: 'Раз' }, description: { ru: 'One' } },
      { type: 'text', name: 'b', title: { ru: 'Два' } },
    ]);
    expect(told).toEqual([
      `survey 1 label::Русский (ru): ${twice}`,
      `survey 1 label:ru: ${twice}`,
      `survey 1 HINT: ${twice}`,
    ]);
  });

  it('of columns without a heading, from where they hold something', () => {
    const { told } = read([
      ['type', 'name', '', ''],
      ['text', 'a'],
      ['text', 'b', 'a remark'],
    ]);
    expect(told).toEqual([
      'survey 3 null: a column without a heading is left out; it begins with "a remark"',
    ]);
  });

  it('of other sheets that hold something, but for our own list of losses', () => {
    const { told } = read(
      [
        ['type', 'name'],
        ['text', 'a'],
      ],
      [],
      [],
      {
        external_choices: [['list_name'], ['x']],
        Лист1: [['', ' ']],
        unsupported: [['sheet'], ['survey']],
      },
    );
    expect(told).toEqual([
      'external_choices 1 null: this sheet is left out: a form has the sheets survey, choices and settings',
    ]);
  });

  it('of columns of the choices that no filter asks for', () => {
    const { elements, told } = read(
      [
        ['type', 'name', 'choice_filter'],
        ['text', 'region'],
        ['select_one l', 'q', 'zone = ${region}'],
      ],
      [
        ['list_name', 'name', 'label', 'zone', 'image', 'empty'],
        ['l', 'a', 'A', 'north', 'a.png', ''],
      ],
    );
    expect(elements[1].choices).toMatchObject([{ value: 'a', visibleIf: "{region} = 'north'" }]);
    expect(told).toEqual(['choices 1 image: this column is left out']);
  });

  it('of settings beside the first row, and of the number of the version', () => {
    const { questionnaire, told } = read(
      [
        ['type', 'name'],
        ['text', 'a'],
      ],
      [],
      [
        ['form_title::Қазақша (kk)', 'form_title::ru', 'form_id', 'version'],
        ['Сауалнама', 'Анкета', 'village-2026', '7'],
        ['Another'],
      ],
    );
    expect(questionnaire).toMatchObject({
      code: 'village-2026',
      title: { kk: 'Сауалнама', ru: 'Анкета' },
    });
    expect(told).toEqual([
      `settings 3 form_title::қазақша (kk): ${noPlace('Another')}`,
      `settings 2 version: ${noPlace('7')}`,
    ]);
  });

  it.each(['My Form', 'форма', ''])('gives no code from the form_id %j', (id) => {
    const { questionnaire, told } = read(
      [
        ['type', 'name'],
        ['text', 'a'],
      ],
      [],
      [['form_id'], [id]],
    );
    expect(code.safeParse(id).success).toBe(false);
    expect(questionnaire.code).toBeUndefined();
    expect(told).toEqual(id === '' ? [] : [`settings 2 form_id: ${noPlace(id)}`]);
  });

  it('of a calculation that calculates nothing', () => {
    const { told } = read([
      ['type', 'name', 'calculation'],
      ['calculate', 'c', ''],
    ]);
    expect(told).toEqual(['survey 2 calculation: a calculation without an expression is left out']);
  });
});

describe('the answer a question begins with', () => {
  const list = [
    ['list_name', 'name'],
    ['l', 'a'],
    ['l', 'b'],
  ];
  it.each([
    ['select_multiple l', 'a  b', ['a', 'b']],
    ['rank l', 'b a', ['b', 'a']],
    ['select_one l', 'a', 'a'],
    ['integer', '-5', -5],
    ['decimal', '1.5', 1.5],
    ['range', '4', 4],
    ['acknowledge', 'TRUE', true],
    ['trigger', 'no', false],
    ['date', '2026-01-31', '2026-01-31'],
    ['text', '12', '12'],
  ])('is of the kind that %s is answered with: %j', (type, given, kept) => {
    const { elements, told } = read(
      [
        ['type', 'name', 'default'],
        [type, 'q', given],
      ],
      list,
    );
    expect(elements[0].defaultValue).toEqual(kept);
    expect(told.filter((one) => one.startsWith('survey'))).toEqual([]);
  });

  it.each([
    ['integer', '1,5'],
    ['decimal', 'many'],
    ['acknowledge', 'OK'],
    ['date', 'today()'],
  ])('is told where %s cannot be answered with %j', (type, given) => {
    const { elements, told } = read([
      ['type', 'name', 'default'],
      [type, 'q', given],
    ]);
    expect(elements[0].defaultValue).toBeUndefined();
    expect(told).toEqual([`survey 2 default: the default "${given}" is left out`]);
  });
});
