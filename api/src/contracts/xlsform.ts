import { z } from 'zod';

/** What can become of a part that XLSForm and a questionnaire do not share; the web has each in three languages. */
export const unsupportedCode = z.enum([
  // both ways
  'renamed',
  'language_left_out',
  'type_left_out',
  'became_text',
  'expression_unreadable',
  'expression_name',
  'expression_function',
  'expression_self',
  // form → questionnaire
  'above_headings',
  'formula_error',
  'sheet_left_out',
  'column_left_out',
  'column_nameless',
  'column_twice',
  'cell_left_out',
  'expression_deep',
  'name_invented',
  'list_missing',
  'list_unused',
  'choice_listless',
  'choice_nameless',
  'default_left_out',
  'appearance_left_out',
  'parameters_left_out',
  'hidden_left_out',
  'calculation_missing',
  'repeat_count_left_out',
  'closes_nothing',
  'row_without_type',
  'never_closed',
  // questionnaire → form
  'properties_left_out',
  'expression_operator',
  'expression_quotes',
  'soft_rule_left_out',
  'rule_left_out',
  'message_left_out',
  'choice_condition',
  'code_with_spaces',
  'codes_as_texts',
  'title_languages',
  'split',
  'page_with_repeat',
  'group_hint',
  'text_name',
]);
export type UnsupportedCode = z.infer<typeof unsupportedCode>;

/** A part that the other side cannot hold: where it stands on the form's sheets and what became of it. */
export const unsupportedPart = z.object({
  sheet: z.string(),
  /** Row of the sheet, the header being 1. */
  row: z.number().int(),
  column: z.string().nullable(),
  /** Name of the question, where there is one. */
  name: z.string().nullable(),
  code: unsupportedCode,
  /** What the translated message of the code is filled with. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The message in English, for workbooks and programs. */
  message: z.string(),
});
export type UnsupportedPart = z.infer<typeof unsupportedPart>;
