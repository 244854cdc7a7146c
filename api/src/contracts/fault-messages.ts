import { fill, reader, type ValuesOf } from './sentences.ts';

/**
 * What can be wrong with a piece of input, in English: {place} is filled in. The server says one of these, the web says
 * the same in the reader's language; `test/web/fault-words.test.ts` holds the two together.
 */
export const faultMessages = {
  // shapes: the sentences of zod
  expected_type: 'Invalid input: expected {expected}, received {received}',
  expected_value: 'Invalid input: expected {expected}',
  one_of: 'Invalid option: expected one of {options}',
  too_short: 'Too small: expected {what} to have {bound} characters',
  too_long: 'Too big: expected {what} to have {bound} characters',
  too_few: 'Too small: expected {what} to have {bound} items',
  too_many: 'Too big: expected {what} to have {bound} items',
  too_small: 'Too small: expected {what} to be {bound}',
  too_big: 'Too big: expected {what} to be {bound}',
  pattern: 'Invalid string: must match pattern {pattern}',
  unknown_key: 'Unrecognized key: {key}',
  unknown_keys: 'Unrecognized keys: {keys}',
  invalid: 'Invalid input',
  bad_format: 'Invalid {what}',
  // forms of a value
  not_empty: 'must not be empty',
  kato: 'nine digits of the KATO classifier',
  sha256: 'SHA-256 in hexadecimal',
  code: 'lower-case letters, digits and hyphens',
  day_or_in_office: 'a day as YYYY-MM-DD, or empty while in office',
  nominated_by: 'self, party or empty',
  yes_or_no: 'yes, no or empty',
  birth_year: 'a year 1930–2010, or empty',
  term: 'a number 1–10',
  people_or_empty: 'a whole number of people, or empty',
  people: 'a number of people',
  age_band: 'a band as 18-29 or 61+',
  question_name: 'a question without dot or dollar in its name',
  file: 'a file',
  // tables
  column_missing: 'column is missing',
  no_column: 'the first row has no column "{column}"',
  csv_unreadable: 'the file cannot be read as CSV: {reason}',
  row_already: 'stands in row {row} already',
  text_without_key: 'a text without a key',
  key_already: 'row {row} has the same key',
  workbook_too_large: 'the workbook is too large',
  workbook_cells: 'the workbook has too many cells',
  workbook_unreadable: 'this is not an .xlsx workbook that can be read; save it anew as .xlsx',
  not_xlsform: 'there is no sheet "survey" with the column "type": this is not an XLSForm',
  objects_too_deep: 'objects are nested more than {levels} levels deep',
  // registers
  no_territory: 'no such territory',
  unknown_territory: 'is no known territory',
  not_a_region: '{region} is not a region',
  not_region_kato: 'is not the KATO of a region',
  region_has_none_above: 'a region has no unit above it',
  cannot_stand_above: 'is not a unit that can stand above a {level} unit',
  ends_before_start: 'is before "from"',
  only_elected_nominated: 'only an elected akim was nominated by somebody',
  tenure_overlaps: 'overlaps the tenure from {from} to {to} in the same office',
  regions_wanted: 'name at least one region for a supervisor or interviewer',
  login_taken: 'the login {login} is taken',
  // fieldwork
  no_interviewer: 'no such interviewer in your regions',
  no_interviewer_there: 'no such interviewer in the region of the akim',
  no_akim: 'no such akim in your regions',
  no_questionnaire_for_level: 'the wave has no questionnaire for this level',
  point_taken: 'this point is handed out already',
  cell_already: 'the same cell stands in row {row} already',
  broken_down_otherwise: 'is broken down otherwise than row {row}',
  // waves and methodologies
  code_taken: 'the code {code} is taken',
  not_published: '{version} is not published',
  retired: '{version} is retired',
  level_twice: 'the level {level} stands twice',
  not_for_level: '{version} is not for the level {level}',
  scoring_misfit: 'its scoring does not fit: {reason}',
  margin_not_asked: 'the methodology calibrates by the question {question}, which is not asked',
  closes_before_opening: 'must not be before opensOn',
  importances_sum: 'importances sum to {sum}, not to 1',
  indicator_twice: 'indicator {indicator} stands twice',
  margin_twice: '{question} is a margin twice',
  bands_not_ascending: 'the bands {bands} do not ascend',
  // answers
  too_deep: 'is nested deeper than {levels}',
  hostile_key: 'has the key "{key}", which no answer can have',
  too_large: 'is larger than {bytes} bytes',
  no_question: 'no such question',
  not_to_be_asked: 'is answered, but was not to be asked',
  required: 'is required',
  empty_answer: 'is empty: leave it out',
  unreadable_answers: 'cannot be read by the questionnaire',
  condition_unmet: 'does not meet the condition of the question',
  check_failed: 'does not pass the check "{check}"',
  not_a_choice: 'is not one of the choices of the question',
  choices_wanted: 'must be a list of choices',
  choice_twice: 'names a choice twice',
  every_choice: 'must put every choice in order',
  choices_least: 'needs at least {least} choices',
  choices_most: 'takes at most {most} choices',
  stands_alone: 'has a choice that stands alone together with others',
  rows_wanted: 'must name an answer for each row',
  no_row: 'has no row "{row}"',
  number_wanted: 'must be a number',
  at_least: 'must be at least {least}',
  at_most: 'must be at most {most}',
  steps: 'must go in steps of {step}',
  text_wanted: 'must be text',
  text_too_long: 'must not be longer than {most} characters',
} as const;

export type FaultCode = keyof typeof faultMessages;

/** The English sentence of a fault with its places filled in. @example faultMessage('steps', { step: 5 }) */
export const faultMessage = <Code extends FaultCode>(
  code: Code,
  ...[values]: ValuesOf<(typeof faultMessages)[Code]>
): string => fill(faultMessages[code], values);

/**
 * Which fault a sentence of the server's tells, and what stands in its places.
 * @returns null for a sentence that is none of these: it can only be shown as it is
 * @example readFaultMessage('must be at most 5') → { code: 'at_most', values: { most: '5' } }
 */
export const readFaultMessage = reader(faultMessages);
