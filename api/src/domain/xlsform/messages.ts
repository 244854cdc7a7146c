/** What became of a part that a form and a questionnaire do not share, in English; the web has the same in three languages. */
import type { UnsupportedCode, UnsupportedPart } from '../../contracts/xlsform.ts';

type Params = UnsupportedPart['params'];

const messages: Readonly<Record<UnsupportedCode, (params: Params) => string>> = {
  renamed: ({ name }) => `renamed to "${name}": the name holds what a name may not`,
  language_left_out: () =>
    'texts in this language are left out: only Kazakh, Russian and English are kept',
  type_left_out: ({ type }) => `the type "${type}" has no counterpart; the question is left out`,
  became_text: ({ type }) => `"${type}" became a text that is typed in`,
  expression_unreadable: ({ text, rest }) =>
    `"${text}" is left out: it cannot be read at "${rest}"`,
  expression_name: ({ text, name }) => `"${text}" is left out: there is no question "${name}"`,
  expression_function: ({ text, function: called }) =>
    `"${text}" is left out: the function ${called}() has no counterpart`,
  expression_self: ({ text }) => `"${text}" is left out: "." has no question here`,
  above_headings: ({ text }) => `"${text}" stands above the headings and is left out`,
  formula_error: ({ text }) => `a formula that gives ${text} is left out`,
  sheet_left_out: () =>
    'this sheet is left out: a form has the sheets survey, choices and settings',
  column_left_out: () => 'this column is left out',
  column_nameless: ({ text }) => `a column without a heading is left out; it begins with "${text}"`,
  column_twice: () => 'another column says the same; this one is left out',
  cell_left_out: ({ text }) => `"${text}" has no place in this row and is left out`,
  expression_deep: ({ text }) => `"${text}" is left out: it is nested too deep`,
  name_invented: ({ name }) => `the row has no name; it is called "${name}"`,
  list_missing: ({ list }) => `there is no list "${list}" on the sheet choices`,
  list_unused: ({ list }) => `no question uses the list "${list}"; it is left out`,
  choice_listless: () =>
    'a choice without the name of its list is left out; are cells of the list joined?',
  choice_nameless: () => 'a choice without a name is left out',
  default_left_out: ({ text }) => `the default "${text}" is left out`,
  appearance_left_out: ({ appearance }) => `the appearance "${appearance}" is left out`,
  parameters_left_out: ({ parameters }) => `the parameters "${parameters}" are left out`,
  hidden_left_out: () => 'a hidden field without a value is left out',
  calculation_missing: () => 'a calculation without an expression is left out',
  repeat_count_left_out: () => 'the number of repeats is left out',
  closes_nothing: ({ type }) => `this "${type}" closes nothing`,
  row_without_type: () => 'a row without a type is left out',
  never_closed: ({ type }) => `this ${type} is never closed; it ends with the form`,
  properties_left_out: ({ properties }) => `left out, XLSForm has no place for it: ${properties}`,
  expression_operator: ({ text, operator }) =>
    `"${text}" is left out: "${operator}" has no counterpart here`,
  expression_quotes: ({ text }) => `"${text}" is left out: a text holds both kinds of quotes`,
  soft_rule_left_out: ({ text }) =>
    `the rule "${text}" only warns and is left out: a constraint of a form always stops`,
  rule_left_out: ({ type }) => `the rule "${type}" has no counterpart and is left out`,
  message_left_out: ({ text }) => `a form has one message for all rules; left out: "${text}"`,
  choice_condition: ({ text }) => `the condition "${text}" of a choice is left out`,
  code_with_spaces: ({ value }) => `the code "${value}" holds spaces, which ODK and Kobo refuse`,
  codes_as_texts: () => 'the codes are numbers here and texts in a form: 1 comes back as "1"',
  title_languages: ({ languages }) =>
    `a form has its title in one language; left out: ${languages}`,
  split: ({ names }) => `it became questions of their own: ${names}`,
  page_with_repeat: () => 'a page with repeats cannot stand on one screen; it became a plain group',
  group_hint: ({ name }) =>
    `its description became the note ${name}: ODK and Kobo show no hint of a group`,
  text_name: ({ name }) =>
    `the text shows {${name}}, which the form does not hold: it stays as it is`,
};

export interface FormPlace {
  readonly sheet?: string;
  readonly row: number;
  readonly column?: string | null;
  readonly name?: string | null;
}

/** One part with its message. */
export const unsupported = (
  code: UnsupportedCode,
  { sheet = 'survey', row, column = null, name = null }: FormPlace,
  params: Params = {},
): UnsupportedPart => ({ sheet, row, column, name, code, params, message: messages[code](params) });

/**
 * As much of an author's text as a message quotes.
 * @example an expression of 300 characters → its first 200
 */
export const quoted = (text: string): string => text.slice(0, 200);

/** An expression that the other side cannot say, and why. */
export class Untranslatable extends Error {
  readonly code: UnsupportedCode;
  readonly params: Params;
  constructor(code: UnsupportedCode, params: Params = {}) {
    super(code);
    this.code = code;
    this.params = params;
  }
}
